import type { Encoding } from '#domain/admissions/imports/sniff';

/** A row of a table file: its cells as text, and the line at which it begins. */
export interface TableRow {
  readonly cells: readonly string[];
  readonly line: number;
}

/** A table file that is open: its header is read, its rows wait. */
export interface Table {
  readonly format: 'csv' | 'xlsx';
  readonly delimiter: string | null;
  readonly encoding: Encoding | null;
  /** The header as it stands in the file. */
  readonly header: readonly string[];
  /** The rows below the header, in pieces. */
  rows(): AsyncIterable<readonly TableRow[]>;
  /** Bytes read so far and in all, for progress. */
  bytesRead(): number;
  readonly bytes: number;
}

/** Rows that are handed over at once. */
export const rowsPerPiece = 250;
