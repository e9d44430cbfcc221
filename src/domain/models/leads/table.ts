import { unpackReach } from '#domain/admissions/leads/reach';
import { type Signal, signals } from '#domain/admissions/leads/signals';
import { hasReached, type Stage, stages } from '#domain/admissions/leads/stages';
import { booleanColumn, categoryColumn, type Column, type Frame, numberColumn } from '../frame';

// Leads as a model sees them. One definition serves training and prediction.

export interface RawAttribute {
  readonly name: string;
  readonly label: string;
  readonly type: 'option' | 'number' | 'boolean' | 'date';
  readonly knownAfterContact: boolean;
  readonly values: readonly (string | number | null)[];
}

const textFields = ['source', 'course', 'campus', 'country', 'city', 'lastActivity'] as const;

/** Leads as columns, as they are kept. */
export interface LeadTable {
  readonly ids: readonly string[];
  readonly stages: Uint8Array;
  /** What a file or a person said of the outcome: 1, 0, or NaN. */
  readonly converted: Float64Array;
  readonly texts: Readonly<Record<(typeof textFields)[number], readonly (string | null)[]>>;
  readonly reach: Uint8Array;
  /** UTC milliseconds, NaN where unknown. */
  readonly enquiredAt: Float64Array;
  /** The chance by the rules. */
  readonly rules: Float64Array;
  readonly signals: Readonly<Record<Signal, Float64Array>>;
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
export function outcomesOf({ stages: kept, converted }: LeadTable, convertedStage: Stage): Uint8Array {
  return Uint8Array.from(kept, (stage, row) => {
    const outcome = outcomeOf(stages[stage]!, converted[row]!, convertedStage);
    return outcome === null ? 2 : Number(outcome);
  });
}

const millisecondsPerDay = 86_400_000;

/** Day of the year of an instant, 0 to 365, in UTC: to the day is as exact as a season needs. */
function dayOfYear(at: number): number {
  const date = new Date(at);
  return Math.floor((at - Date.UTC(date.getUTCFullYear(), 0, 1)) / millisecondsPerDay);
}

/** The season of an enquiry: where in the year, the weekday, and the week since 1 September, when the academic year begins. */
function seasonColumns(enquiredAt: Float64Array): Column[] {
  const turn = (at: number): number => (2 * Math.PI * dayOfYear(at)) / 365.25;
  const known = (value: (at: number) => number): Float64Array => enquiredAt.map((at) => (Number.isFinite(at) ? value(at) : Number.NaN));
  return [
    numberColumn('yearSine', known((at) => Math.sin(turn(at)))),
    numberColumn('yearCosine', known((at) => Math.cos(turn(at)))),
    numberColumn('weekday', known((at) => (new Date(at).getUTCDay() + 6) % 7)),
    numberColumn('academicWeek', known((at) => {
      const date = new Date(at);
      const september = Date.UTC(date.getUTCFullYear() - (date.getUTCMonth() < 8 ? 1 : 0), 8, 1);
      return Math.floor((at - september) / (7 * millisecondsPerDay));
    })),
  ];
}

/** The columns that a model may learn from, with their names. Owner, team, stage and anything that follows from the outcome are none. */
export function leadFrame(table: LeadTable): { readonly frame: Frame; readonly names: readonly ColumnName[] } {
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
  // Conversations are had after contact by their nature. Log1p, so that logistic regression is not led by a few very busy ones.
  for (const signal of signals) add(numberColumn(signal, table.signals[signal].map((total) => Math.log1p(Math.max(0, total)))), null, signal === 'conversations');
  const { emailOpens, emailClicks } = table.signals;
  add(numberColumn('clickRate', emailOpens.map((opens, row) => (opens > 0 ? Math.min(1, emailClicks[row]! / opens) : Number.NaN))));
  for (const column of seasonColumns(table.enquiredAt)) add(column);
  for (const { name, label, type, knownAfterContact, values } of table.attributes) {
    const field = `attribute.${name}`;
    if (type === 'option') add(categoryColumn(field, values.map((value) => (value === null ? null : String(value)))), label, knownAfterContact);
    else if (type === 'boolean') add(booleanColumn(field, values.map((value) => (value === null ? null : Number(value) === 1))), label, knownAfterContact);
    else add(numberColumn(field, values.map((value) => (value === null ? Number.NaN : Number(value)))), label, knownAfterContact);
  }
  // A column without any value is none.
  const kept = columns.map((column) => (column.kind === 'category' ? column.levels.length > 0 : column.kind === 'number' ? column.values.some((value) => Number.isFinite(value)) : true));
  return { frame: { rows, columns: columns.filter((_, index) => kept[index]) }, names: names.filter((_, index) => kept[index]) };
}
