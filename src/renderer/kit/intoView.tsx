/** As the `ref` of whichever entry of a row is chosen: where the row is wider than the screen, the entry is scrolled into sight once, when it is chosen. */
export function intoView(element: Element | null): void {
  element?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
}
