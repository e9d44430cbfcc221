import type { Phrase } from '#domain/kernel/phrase';
import { cleanHeaders } from '#domain/admissions/imports/headers';
import type { ColumnMapping, ColumnProposal } from '#domain/admissions/imports/mapping';
import { PreviewCollector } from '#domain/admissions/imports/preview';
import { type ImportedLead, rowReader } from '#domain/admissions/imports/rows';
import type { Encoding } from '#domain/admissions/imports/sniff';
import { Refusal } from '#contract/errors';
import { openTable, type TableChoice } from '#main/files/openTable';
import type { TaskContext } from './tasks';

/** Rows that a preview looks at; a file of this size or less is seen whole. */
const previewRows = 20_000;

export interface PreviewPayload {
  readonly table: TableChoice;
  readonly timeZone: string;
}

export interface PreviewResult {
  readonly format: 'csv' | 'xlsx';
  readonly delimiter: string | null;
  readonly encoding: Encoding | null;
  readonly bytes: number;
  readonly columns: readonly ColumnProposal[];
  readonly rowsSeen: number;
  readonly complete: boolean;
  readonly rows: readonly (readonly string[])[];
}

function noRows({ name }: TableChoice): Refusal {
  return new Refusal('unreadable_file', `${name} has a header but no rows below it. Choose a file with enquiries in it.`);
}

/** Looks into a file. */
export async function previewTask({ table: choice, timeZone }: PreviewPayload, { checkpoint }: TaskContext<never>): Promise<PreviewResult> {
  const table = await openTable(choice);
  const collector = new PreviewCollector(table.header);
  let complete = true;
  for await (const piece of table.rows()) {
    checkpoint(table.bytesRead(), table.bytes);
    for (const { cells } of piece) collector.add(cells);
    if (collector.rows >= previewRows) {
      complete = table.bytesRead() >= table.bytes;
      break;
    }
  }
  if (collector.rows === 0) throw noRows(choice);
  return {
    format: table.format,
    delimiter: table.delimiter,
    encoding: table.encoding,
    bytes: table.bytes,
    columns: collector.proposals(timeZone),
    rowsSeen: collector.rows,
    complete,
    rows: collector.shown,
  };
}

/** Reads no more than the header of a file. */
export async function headerTask(choice: TableChoice): Promise<{ readonly headers: readonly string[]; readonly bytes: number }> {
  const { header, bytes } = await openTable(choice);
  return { headers: cleanHeaders(header), bytes };
}

/** A row or a cell that was not taken over. */
export interface RowProblem {
  readonly line: number;
  readonly kind: 'rejected' | 'warning';
  readonly header: string | null;
  readonly reason: Phrase;
  readonly cells: readonly string[];
}

export interface ReadPayload {
  readonly table: TableChoice;
  readonly mapping: readonly ColumnMapping[];
  readonly timeZone: string;
  readonly defaultCountry: string;
  readonly now: number;
}

export interface ReadPiece {
  readonly leads: readonly ImportedLead[];
  readonly problems: readonly RowProblem[];
  readonly bytesRead: number;
  readonly bytes: number;
}

/** A cell of a rejected row is kept up to this length. */
const keptCell = 2_000;

/** Reads a whole file through a mapping and hands over the leads in pieces. */
export async function readTask(payload: ReadPayload, { checkpoint, give }: TaskContext<ReadPiece>): Promise<{ readonly rows: number }> {
  const table = await openTable(payload.table);
  const read = rowReader({
    mapping: payload.mapping,
    columns: table.header.length,
    timeZone: payload.timeZone,
    defaultCountry: payload.defaultCountry,
    now: payload.now,
  });
  let rows = 0;
  for await (const piece of table.rows()) {
    checkpoint(table.bytesRead(), table.bytes);
    const leads: ImportedLead[] = [];
    const problems: RowProblem[] = [];
    for (const { cells, line } of piece) {
      const result = read(cells, line);
      if (result.kind === 'empty') continue;
      rows += 1;
      const kept = (): string[] => cells.map((cell) => cell.slice(0, keptCell));
      if (result.kind === 'rejected') {
        problems.push({ line, kind: 'rejected', header: null, reason: result.reason, cells: kept() });
        continue;
      }
      leads.push(result.lead);
      for (const { header, reason } of result.warnings) problems.push({ line, kind: 'warning', header, reason, cells: kept() });
    }
    await give({ leads, problems, bytesRead: table.bytesRead(), bytes: table.bytes });
  }
  if (rows === 0) throw noRows(payload.table);
  return { rows };
}
