import { fold } from '#domain/kernel/text';

/** A header as it is compared: folded, without punctuation. */
export function headerKey(header: string): string {
  return fold(header.replace(/([a-z])([A-Z])/g, '$1 $2'))
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The most characters of a header that are kept. */
const longestHeader = 500;
/** The most characters of an attribute's key: a number may still be put behind it. */
const longestKey = 90;

/**
 * Headers fit for use: without a byte order mark and stray white space, an empty one named by its place, a repeated one numbered,
 * a very long one cut. So every column can be told from every other.
 */
export function cleanHeaders(row: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return row.map((cell, index) => {
    const name = cell.replace(/^\uFEFF/, '').replace(/\s+/g, ' ').trim().slice(0, longestHeader) || `Column ${String(index + 1)}`;
    const key = fold(name);
    const times = (seen.get(key) ?? 0) + 1;
    seen.set(key, times);
    return times === 1 ? name : `${name} (${String(times)})`;
  });
}

/** What makes two files the same shape: their headers, in order. A mapping is kept under it. */
export function shapeOf(headers: readonly string[]): string {
  return headers.map(headerKey).join('|');
}

/** A short, stable key for an attribute from its header: "What matters most" becomes "whatMattersMost". It begins with a letter. */
export function attributeKey(header: string): string {
  const words = headerKey(header)
    .replace(/[^a-z0-9 ]/g, '')
    .split(' ')
    .filter((word) => word !== '')
    .slice(0, 8);
  const key = words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join('');
  return (/^[a-z]/.test(key) ? key : `attribute${key}`).slice(0, longestKey);
}
