/**
 * Puts text on the clipboard, inside a click or a key press. The clipboard's own interface asks for a permission that the program
 * denies to every page; this older way is part of the person's own gesture and asks for none.
 */
export function copyText(text: string): boolean {
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('readonly', '');
  field.className = 'sr-only';
  const before = document.activeElement;
  // Inside a dialog the focus may not leave it.
  (before?.closest('[role="dialog"]') ?? document.body).append(field);
  field.select();
  try {
    // oxlint-disable-next-line typescript/no-deprecated -- see above: the newer way asks for a permission
    return document.execCommand('copy');
  } finally {
    field.remove();
    if (before instanceof HTMLElement) before.focus({ preventScroll: true });
  }
}
