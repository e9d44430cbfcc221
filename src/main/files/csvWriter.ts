import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stringify } from 'csv-stringify';
import { writeWhole } from './wholeFile';

/**
 * A cell that a spreadsheet cannot take for a formula: an apostrophe before what begins with = + - @, a tab or a line break, unless it
 * is a plain number. Source: OWASP, CSV Injection.
 */
export function neutralise(cell: string): string {
  if (!/^[=+\-@\t\r\n|]/.test(cell)) return cell;
  return /^[-+]?\d+(?:[.,]\d+)*%?$/.test(cell) ? cell : `'${cell}`;
}

type Cell = string | number | boolean | null;

/**
 * Writes a CSV file that every spreadsheet opens: UTF-8 with a byte order mark, CRLF, formula cells neutralised.
 *
 * @returns the file's size in bytes
 * @throws Refusal `storage_full` where the disk is full; nothing half written is left
 */
export async function writeCsv(
  path: string,
  header: readonly string[],
  rows: Iterable<readonly Cell[]> | AsyncIterable<readonly Cell[]>,
  signal: AbortSignal,
): Promise<number> {
  const text = stringify({
    header: true,
    columns: header.map((name) => ({ key: name, header: neutralise(name) })),
    bom: true,
    record_delimiter: 'windows',
    // By itself the library quotes what holds a CRLF, and would let a single line feed begin a new row.
    quoted_match: /[\r\n]/,
    cast: { string: neutralise, boolean: (value) => (value ? 'yes' : 'no') },
  });
  return writeWhole(path, (to) => pipeline(Readable.from(rows), text, to, { signal }));
}
