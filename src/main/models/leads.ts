import { leadFrame, type ColumnName, type KeyedLeads, type LeadCalendar } from '#domain/models/leads/table';
import type { Frame } from '#domain/models/frame';
import type { Settings } from '#contract/platform/settings';
import type { RowScope } from '#main/app/scope';
import { currentCalendar } from '#main/store/admissions/academicCalendar';
import { type LeadSelection, readLeadTable } from '#main/store/models/leadTable';
import type { Reader } from '#main/store/tx';

/** How the workspace counts time. */
export function leadCalendar(reader: Reader, { timeZone }: Settings): LeadCalendar {
  return { timeZone, calendar: currentCalendar(reader).calendar };
}

export interface AskedLeads {
  readonly table: KeyedLeads;
  readonly frame: Frame;
  readonly names: readonly ColumnName[];
}

/** Leads as a model is asked about them: as they are now. */
export function askLeads(reader: Reader, scope: RowScope, settings: Settings, selection: LeadSelection): AskedLeads {
  const table = readLeadTable(reader, scope, selection);
  return { table, ...leadFrame(table, leadCalendar(reader, settings)) };
}
