/** The leads that came with an import, as an address. */
export function linkToImport(importId: string): string {
  return `/leads?${new URLSearchParams({ filter: JSON.stringify([{ field: 'import', is: importId }]) }).toString()}`;
}
