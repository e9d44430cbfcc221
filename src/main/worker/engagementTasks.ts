import { type EngagementColumns, type EngagementRow, engagementRowReader } from '#domain/admissions/engagement/files';
import type { Phrase } from '#domain/kernel/phrase';
import { openTable, type TableChoice } from '#main/files/openTable';
import type { TaskContext } from './tasks';

export interface EngagementReadPayload {
  readonly table: TableChoice;
  readonly columns: EngagementColumns;
  readonly format: string;
  readonly timeZone: string;
  readonly now: number;
}

export interface EngagementPiece {
  readonly rows: readonly EngagementRow[];
  readonly problems: readonly { readonly line: number; readonly reason: Phrase }[];
  /** Rows that say nothing of opens, clicks and deliveries. */
  readonly ignored: number;
  readonly bytesRead: number;
  readonly bytes: number;
}

/** Reads a file of events and hands them over in pieces. */
export async function readEngagementTask({ table: choice, ...reading }: EngagementReadPayload, { checkpoint, give }: TaskContext<EngagementPiece>): Promise<undefined> {
  const table = await openTable(choice);
  const read = engagementRowReader(reading);
  for await (const piece of table.rows()) {
    checkpoint(table.bytesRead(), table.bytes);
    const rows: EngagementRow[] = [];
    const problems: { line: number; reason: Phrase }[] = [];
    let ignored = 0;
    for (const { cells, line } of piece) {
      const result = read(cells, line);
      if (result.kind === 'event') rows.push(result.row);
      else if (result.kind === 'rejected') problems.push({ line, reason: result.reason });
      else ignored += 1;
    }
    await give({ rows, problems, ignored, bytesRead: table.bytesRead(), bytes: table.bytes });
  }
  return undefined;
}
