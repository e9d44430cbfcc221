import { unpackReach } from '#domain/admissions/leads/reach';
import { type Signal, signals } from '#domain/admissions/leads/signals';
import { hasReached, type Stage, stages } from '#domain/admissions/leads/stages';
import { academicWeek, type AcademicCalendar, isIn, type PeriodKind } from '#domain/admissions/calendar/calendar';
import { defaultTriageConfiguration } from '#domain/admissions/triage/configuration';
import { engagementValue } from '#domain/admissions/triage/factors';
import { civilClock, type CivilTime } from '#domain/kernel/civil';
import { type DatedSignals, recentActivity, totalsAt } from './moments';
import { emailQuality, phoneQuality } from './quality';
import { booleanColumn, categoryColumn, type Column, type Frame, joinRows, numberColumn, withoutColumns } from '../frame';

// Leads as a model sees them. One definition serves training and prediction.

export interface RawAttribute {
  readonly name: string;
  readonly label: string;
  readonly type: 'option' | 'number' | 'boolean' | 'date';
  readonly knownAfterContact: boolean;
  readonly values: readonly (string | number | null)[];
}

const recentNames = ['daysSinceActivity', 'activityLastWeek', 'activityLastMonth', 'activityGrowth'] as const;
const textFields = ['source', 'course', 'campus', 'country', 'city', 'lastActivity'] as const;

/** Leads as columns, as they are kept. */
export interface LeadTable extends DatedSignals {
  readonly ids: readonly string[];
  readonly stages: Uint8Array;
  /** What a file or a person said of the outcome: 1, 0, or NaN. */
  readonly converted: Float64Array;
  readonly texts: Readonly<Record<(typeof textFields)[number], readonly (string | null)[]>>;
  readonly reach: Uint8Array;
  readonly emails: readonly (string | null)[];
  readonly phones: readonly (string | null)[];
  /** UTC milliseconds, NaN where unknown. */
  readonly enquiredAt: Float64Array;
  /** The chance by the rules. */
  readonly rules: Float64Array;
  readonly attributes: readonly RawAttribute[];
}

export interface KeyedLeads extends LeadTable {
  readonly keys: readonly number[];
  /** Of each lead as it was read. */
  readonly revisions: readonly number[];
}

/** What a person knows a column by, and whether the catalogue says that it is known only after contact. */
export interface ColumnName {
  readonly field: string;
  readonly label: string | null;
  readonly knownAfterContact: boolean;
}

/** Whether a lead converted: null while it is open. */
export function outcomeOf(stage: Stage, said: number, convertedStage: Stage): boolean | null {
  if (said === 1 || hasReached(stage, convertedStage)) return true;
  return said === 0 || stage === 'lost' ? false : null;
}

/** Outcomes of all leads: 1, 0, or 2 while open. */
export function outcomesOf({ stages: kept, converted }: Pick<LeadTable, 'stages' | 'converted'>, convertedStage: Stage): Uint8Array {
  return Uint8Array.from(kept, (stage, row) => {
    const outcome = outcomeOf(stages[stage]!, converted[row]!, convertedStage);
    return outcome === null ? 2 : Number(outcome);
  });
}

/** How the workspace counts time: its zone and its academic year. */
export interface LeadCalendar {
  readonly timeZone: string;
  readonly calendar: AcademicCalendar;
}

/** When enquiries came, on the workspace's walls: where in the year, the month as on a circle, the weekday, the hour, and the academic calendar. */
function temporalColumns(enquiredAt: Float64Array, { timeZone, calendar }: LeadCalendar): Column[] {
  const clock = civilClock(timeZone);
  const times = Array.from(enquiredAt, (at) => (Number.isFinite(at) ? clock(at) : null));
  const number = (name: string, value: (time: CivilTime) => number): Column => numberColumn(name, times.map((time) => (time === null ? Number.NaN : value(time))));
  const flag = (name: string, kind: PeriodKind): Column => booleanColumn(name, times.map((time) => (time === null ? null : isIn(calendar, kind, time))));
  const year = ({ dayOfYear }: CivilTime): number => (2 * Math.PI * dayOfYear) / 365.25;
  const month = ({ month: of }: CivilTime): number => (2 * Math.PI * (of - 1)) / 12;
  return [
    number('yearSine', (time) => Math.sin(year(time))),
    number('yearCosine', (time) => Math.cos(year(time))),
    number('monthSine', (time) => Math.sin(month(time))),
    number('monthCosine', (time) => Math.cos(month(time))),
    number('weekday', ({ weekday }) => weekday),
    number('hour', ({ hour }) => hour),
    number('academicWeek', (time) => academicWeek(calendar, time)),
    flag('inPeak', 'peak'),
    flag('inClearing', 'clearing'),
    flag('inHoliday', 'holiday'),
  ];
}

/** Engagement as one number: the value that scoring gives it by its first rules, so that a later change of the rules changes no model. */
function composite(rows: number, totals: Readonly<Record<Signal, Float64Array>>): Float64Array {
  return Float64Array.from({ length: rows }, (_, row) => {
    const known = Object.fromEntries(signals.flatMap((signal) => (Number.isFinite(totals[signal][row]) && signal !== 'conversations' ? [[signal, totals[signal][row]!]] : [])));
    return engagementValue(known, {}, defaultTriageConfiguration) ?? Number.NaN;
  });
}

/** Leads as columns, with what people know these by. */
export interface LeadFrame {
  readonly frame: Frame;
  readonly names: readonly ColumnName[];
}

/** The columns that a model may learn from, with their names. Owner, team, stage and anything that follows from the outcome are none. */
export function leadFrame(table: LeadTable, time: LeadCalendar): LeadFrame {
  return joinLeadFrames([columnsOfLeads(table, time)]);
}

/** The columns of some leads, also those that are empty: to be joined with those of others, so that many leads come in turns. */
export function columnsOfLeads(table: LeadTable, time: LeadCalendar): LeadFrame {
  const rows = table.ids.length;
  const columns: Column[] = [];
  const names: ColumnName[] = [];
  const add = (column: Column, label: string | null = null, knownAfterContact = false): void => {
    columns.push(column);
    names.push({ field: column.name, label, knownAfterContact });
  };
  for (const field of textFields) add(categoryColumn(field, table.texts[field]));
  const reach = Array.from(table.reach, unpackReach);
  add(booleanColumn('hasEmail', reach.map(({ hasEmail }) => hasEmail)));
  add(booleanColumn('hasPhone', reach.map(({ hasPhone }) => hasPhone)));
  add(booleanColumn('mayEmail', reach.map(({ mayEmail }) => mayEmail)));
  add(booleanColumn('mayPhone', reach.map(({ mayPhone }) => mayPhone)));
  add(numberColumn('emailQuality', table.emails.map(emailQuality)));
  add(numberColumn('phoneQuality', table.phones.map(phoneQuality)));
  add(booleanColumn('courseNamed', table.texts.course.map((course) => course !== null)));
  const totals = totalsAt(table);
  // Conversations are had after contact by their nature. Log1p, so that logistic regression is not led by a few very busy ones.
  for (const signal of signals) add(numberColumn(signal, totals[signal].map((total) => Math.log1p(Math.max(0, total)))), null, signal === 'conversations');
  const { emailOpens, emailClicks } = totals;
  add(numberColumn('clickRate', emailOpens.map((opens, row) => (opens > 0 ? Math.min(1, emailClicks[row]! / opens) : Number.NaN))));
  add(numberColumn('engagement', composite(rows, totals)));
  const recent = recentActivity(rows, table.activities, table.moments);
  for (const name of recentNames) add(numberColumn(name, recent[name]));
  for (const column of temporalColumns(table.enquiredAt, time)) add(column);
  for (const { name, label, type, knownAfterContact, values } of table.attributes) {
    const field = `attribute.${name}`;
    if (type === 'option') add(categoryColumn(field, values.map((value) => (value === null ? null : String(value)))), label, knownAfterContact);
    else if (type === 'boolean') add(booleanColumn(field, values.map((value) => (value === null ? null : Number(value) === 1))), label, knownAfterContact);
    else add(numberColumn(field, values.map((value) => (value === null ? Number.NaN : Number(value)))), label, knownAfterContact);
  }
  return { frame: { rows, columns }, names };
}

function isEmpty(column: Column): boolean {
  if (column.kind === 'category') return column.levels.length === 0;
  return column.kind === 'number' ? column.values.every((value) => !Number.isFinite(value)) : column.values.every((value) => value > 1);
}

/** The columns of all leads. A column without any value is none, and engagement in all says nothing where one total alone is known. */
export function joinLeadFrames(parts: readonly LeadFrame[]): LeadFrame {
  const [first] = parts;
  if (first === undefined) return { frame: { rows: 0, columns: [] }, names: [] };
  const frame = joinRows(parts.map((part) => part.frame));
  const empty = new Set(frame.columns.filter(isEmpty).map(({ name }) => name));
  const totals = signals.filter((signal) => signal !== 'conversations' && !empty.has(signal));
  if (totals.length < 2) empty.add('engagement');
  return { frame: withoutColumns(frame, empty), names: first.names.filter(({ field }) => !empty.has(field)) };
}
