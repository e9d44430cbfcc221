/** Lets the person keep a few lines as a text file. */
export function saveText(name: string, text: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/plain' }));
  const anchor = document.createElement('a');
  anchor.href = address;
  anchor.download = name;
  anchor.click();
  // The browser has its own hold of it as soon as the download has begun.
  setTimeout(() => {
    URL.revokeObjectURL(address);
  }, 10_000);
}
