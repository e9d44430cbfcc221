/**
 * Brings the beginning or the end of an element into sight by moving the nearest part of the page that scrolls, and nothing around it:
 * `scrollIntoView` moves the whole frame too, wherever something reaches beyond it by a pixel.
 */
export function scrollWithin(element: Element | null | undefined, block: 'start' | 'end'): void {
  let around = element?.parentElement ?? null;
  while (around !== null && !/auto|scroll/u.test(getComputedStyle(around).overflowY)) around = around.parentElement;
  if (element === null || element === undefined || around === null) return;
  const [inner, outer] = [element.getBoundingClientRect(), around.getBoundingClientRect()];
  around.scrollTop += block === 'start' ? inner.top - outer.top : inner.bottom - outer.bottom;
}
