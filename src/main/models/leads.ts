import { setImmediate as breathe } from 'node:timers/promises';
import { joinLeadFrames, type KeyedLeads, type LeadCalendar, columnsOfLeads, leadFrame, type LeadFrame } from '#domain/models/leads/table';
import type { Settings } from '#contract/platform/settings';
import type { RowScope } from '#main/app/scope';
import { currentCalendar } from '#main/store/admissions/academicCalendar';
import { type LeadSelection, readLeadTable } from '#main/store/models/leadTable';
import type { Reader } from '#main/store/tx';

/** How the workspace counts time. */
export function leadCalendar(reader: Reader, { timeZone }: Settings): LeadCalendar {
  return { timeZone, calendar: currentCalendar(reader).calendar };
}

export interface AskedLeads extends LeadFrame {
  readonly table: KeyedLeads;
}

/** Few leads as a model is asked about them: as they are now. */
export function askLeads(reader: Reader, scope: RowScope, settings: Settings, selection: LeadSelection): AskedLeads {
  const table = readLeadTable(reader, scope, selection);
  return { table, ...leadFrame(table, leadCalendar(reader, settings)) };
}

/** Leads that are read before others get a turn: some ten milliseconds. */
const leadsPerTurn = 1_000;

/** What is needed of many leads beside their columns. */
export interface ManyLeads extends LeadFrame {
  readonly keys: readonly number[];
  readonly ids: readonly string[];
  /** The tables of each turn, in the order of the rows. */
  readonly tables: readonly KeyedLeads[];
}

/** Many leads, read in turns so that nobody waits for all of them. What changes meanwhile is read as it is when its turn comes. */
export async function readManyLeads(reader: Reader, scope: RowScope, settings: Settings, selection: Omit<LeadSelection, 'most' | 'before'>, turn: (read: number) => void): Promise<ManyLeads> {
  const calendar = leadCalendar(reader, settings);
  const tables: KeyedLeads[] = [];
  const parts: LeadFrame[] = [];
  let read = 0;
  for (;;) {
    const last = tables.at(-1)?.keys.at(-1);
    const table = readLeadTable(reader, scope, { ...selection, most: leadsPerTurn, ...(last === undefined ? {} : { before: last }) });
    if (table.keys.length === 0 && tables.length > 0) break;
    tables.push(table);
    parts.push(columnsOfLeads(table, calendar));
    read += table.keys.length;
    if (table.keys.length < leadsPerTurn) break;
    turn(read);
    await breathe();
  }
  return { ...joinLeadFrames(parts), keys: tables.flatMap(({ keys }) => keys), ids: tables.flatMap(({ ids }) => ids), tables };
}

/** A figure of every lead, joined from its turns. */
export function figureOf(tables: readonly KeyedLeads[], of: (table: KeyedLeads) => Float64Array): Float64Array {
  const joined = new Float64Array(tables.reduce((sum, { keys }) => sum + keys.length, 0));
  let at = 0;
  for (const table of tables) {
    joined.set(of(table), at);
    at += table.keys.length;
  }
  return joined;
}
