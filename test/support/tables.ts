import { openTable, type TableChoice } from '#main/files/openTable';
import type { Table, TableRow } from '#main/files/table';
import { createInlinePool } from '#main/worker/pool';
import type { PreviewResult, ReadPiece, RowProblem } from '#main/worker/importTasks';
import type { ColumnMapping } from '#domain/admissions/imports/mapping';
import type { ImportedLead } from '#domain/admissions/imports/rows';
import { monday } from './app';
import { fileWith } from './files';

export const zone = 'Europe/London';
const mebibyte = 1_048_576;

/** A file of some content, as somebody chose it. */
export function choice(content: string | Uint8Array, given: Partial<TableChoice> = {}): TableChoice {
  return { path: fileWith(content), name: 'leads.csv', maximumBytes: 64 * mebibyte, ...given };
}

/** Everything in a table file. */
export async function readTable(content: string | Uint8Array, given: Partial<TableChoice> = {}): Promise<Table & { readonly all: readonly TableRow[] }> {
  const table = await openTable(choice(content, given));
  const all: TableRow[] = [];
  for await (const piece of table.rows()) all.push(...piece);
  return { ...table, all };
}

export async function preview(content: string | Uint8Array, given: Partial<TableChoice> = {}): Promise<PreviewResult> {
  const pool = createInlinePool();
  return pool.run('imports.preview', { table: choice(content, given), timeZone: zone }, { signal: new AbortController().signal });
}

/** Reads a file through a mapping, as an import does. */
export async function readThrough(content: string | Uint8Array, mapping: readonly ColumnMapping[], given: Partial<TableChoice> = {}): Promise<{ readonly rows: number; readonly leads: readonly ImportedLead[]; readonly problems: readonly RowProblem[] }> {
  const pool = createInlinePool();
  const leads: ImportedLead[] = [];
  const problems: RowProblem[] = [];
  const { rows } = await pool.run(
    'imports.read',
    { table: choice(content, given), mapping, timeZone: zone, defaultCountry: 'GB', now: monday },
    {
      signal: new AbortController().signal,
      onBatch(piece: ReadPiece) {
        leads.push(...piece.leads);
        problems.push(...piece.problems);
      },
    },
  );
  return { rows, leads, problems };
}

/** A column that is taken over as text, whatever it holds. */
export function textColumn(index: number, header: string): ColumnMapping {
  return { index, header, target: { kind: 'attribute', key: `column${String(index)}` }, type: 'text', dateFormat: null, decimal: '.', placeholders: [], knownWhen: 'unknown' };
}

/** A row as a spreadsheet writes it: what has a delimiter, a quote or a line break in it stands in quotes. */
export function csvLine(cells: readonly string[], delimiter: string, quoteAll = false): string {
  return cells.map((cell) => (quoteAll || cell === '' || /["\r\n,;\t|]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(delimiter);
}
