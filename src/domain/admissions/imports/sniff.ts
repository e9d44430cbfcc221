export const delimiters = [',', ';', '\t', '|'] as const;
export type Delimiter = (typeof delimiters)[number];

export const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252'] as const;
export type Encoding = (typeof encodings)[number];

export interface EncodingGuess {
  readonly encoding: Encoding;
  /** Bytes of the byte order mark, to be skipped. */
  readonly bom: number;
}

function share(bytes: Uint8Array, from: number, test: (byte: number) => boolean): number {
  let hits = 0;
  let seen = 0;
  for (let i = from; i < bytes.length; i += 2) {
    seen += 1;
    if (test(bytes[i] ?? 0)) hits += 1;
  }
  return seen === 0 ? 0 : hits / seen;
}

/**
 * Whether bytes are well-formed UTF-8; a sequence cut off by the end of the sample is forgiven.
 * Source: the table of well-formed sequences of the Unicode Standard (3-7), overlong forms and surrogates refused.
 */
export function isUtf8(bytes: Uint8Array): boolean {
  for (let i = 0; i < bytes.length; ) {
    const byte = bytes[i] ?? 0;
    const length = byte < 0x80 ? 1 : byte >= 0xc2 && byte <= 0xdf ? 2 : byte >= 0xe0 && byte <= 0xef ? 3 : byte >= 0xf0 && byte <= 0xf4 ? 4 : 0;
    if (length === 0) return false;
    for (let k = 1; k < length; k += 1) {
      if (i + k >= bytes.length) return true;
      const next = bytes[i + k] ?? 0;
      if ((next & 0xc0) !== 0x80) return false;
      if (k === 1 && ((byte === 0xe0 && next < 0xa0) || (byte === 0xed && next > 0x9f) || (byte === 0xf0 && next < 0x90) || (byte === 0xf4 && next > 0x8f))) {
        return false;
      }
    }
    i += length;
  }
  return true;
}

/**
 * The encoding of a text file from its first bytes, or null where they are no text: byte order mark, then the zero bytes of UTF-16,
 * then well-formed UTF-8, else Windows-1252.
 */
export function guessEncoding(bytes: Uint8Array): EncodingGuess | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return { encoding: 'utf-8', bom: 3 };
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: 'utf-16le', bom: 2 };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { encoding: 'utf-16be', bom: 2 };
  const isZero = (byte: number): boolean => byte === 0;
  if (bytes.length >= 4) {
    const evenZeros = share(bytes, 0, isZero);
    const oddZeros = share(bytes, 1, isZero);
    if (oddZeros > 0.4 && evenZeros < 0.05) return { encoding: 'utf-16le', bom: 0 };
    if (evenZeros > 0.4 && oddZeros < 0.05) return { encoding: 'utf-16be', bom: 0 };
  }
  if (isBinary(bytes)) return null;
  return { encoding: isUtf8(bytes) ? 'utf-8' : 'windows-1252', bom: 0 };
}

/** Text has no zero bytes and next to no control characters. */
function isBinary(bytes: Uint8Array): boolean {
  let controls = 0;
  for (const byte of bytes) {
    if (byte === 0) return true;
    if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d && byte !== 0x0c && byte !== 0x1a) controls += 1;
  }
  return controls > bytes.length * 0.01;
}

/**
 * The delimiter of a text by the number of fields that it gives: the one whose rows agree on a number above one; among those, the
 * larger number.
 *
 * @param parse reads the sample with a delimiter and returns the number of fields of each record, or null where it cannot
 */
export function guessDelimiter(parse: (delimiter: Delimiter) => readonly number[] | null): Delimiter {
  let best: { delimiter: Delimiter; score: number } = { delimiter: ',', score: 0 };
  for (const delimiter of delimiters) {
    const counts = parse(delimiter);
    const first = counts?.[0];
    if (counts === null || first === undefined || first < 2) continue;
    const agreeing = counts.filter((each) => each === first).length / counts.length;
    const score = agreeing * 10 + Math.min(first, 100) / 100;
    if (agreeing > 0.5 && score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
