import { type Signal, signals } from '#domain/admissions/leads/signals';
import { stages } from '#domain/admissions/leads/stages';
import { packedColumns } from '#domain/admissions/triage/packed';
import type { Store } from '../open';
import { listCoursePlaces } from './catalogue';
import { leadColumns, leadColumnsFor, type LeadColumns } from './leadColumns';
import { hiddenImports } from './scope';

// Sums over all leads of the workspace, whoever owns them: what the rules measure themselves by.

const [accepted, enrolled, lost] = [stages.indexOf('accepted'), stages.indexOf('enrolled'), stages.indexOf('lost')];

/**
 * Walks the leads that a run of the rules covers: all that can be seen, and those of an import that is about to be shown.
 */
function eachCovered(store: Store, withImport: number | null, visit: (columns: LeadColumns, position: number) => void): void {
  const columns = leadColumns(store);
  const hidden = new Set(store.all<{ key: number }>(hiddenImports).map(({ key }) => key));
  if (withImport !== null) hidden.delete(withImport);
  const imports = columns.wholes('import');
  for (let position = 0; position < columns.length; position += 1) {
    if (columns.isAlive(position) && (hidden.size === 0 || !hidden.has(imports[position] ?? 0))) visit(columns, position);
  }
}

export function countCovered(store: Store, withImport: number | null): number {
  let total = 0;
  eachCovered(store, withImport, () => {
    total += 1;
  });
  return total;
}

export interface SourceTally {
  readonly leads: number;
  readonly known: number;
  readonly converted: number;
}

/**
 * Leads and outcomes of each source by key, 0 for none. An outcome is known where a file or a person said so, where the lead has reached
 * the stage that counts as converted, or where it is lost.
 *
 * @param convertedStage position of the stage from which a lead counts as converted
 */
export function sourceOutcomes(store: Store, convertedStage: number, withImport: number | null): Map<number, SourceTally> {
  const tallies = new Map<number, { leads: number; known: number; converted: number }>();
  eachCovered(store, withImport, (columns, position) => {
    const source = columns.wholes('source')[position] ?? 0;
    const stage = columns.wholes('stage')[position] ?? 0;
    const said = columns.numbersOf('converted')[position] ?? Number.NaN;
    const tally = tallies.get(source) ?? { leads: 0, known: 0, converted: 0 };
    tally.leads += 1;
    if (!Number.isNaN(said) || stage >= convertedStage) tally.known += 1;
    if (said === 1 || (stage >= convertedStage && stage < lost)) tally.converted += 1;
    tallies.set(source, tally);
  });
  return tallies;
}

export interface CourseTally {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly leads: number;
  readonly places: number | null;
  /** Leads that have taken a place: accepted or enrolled. */
  readonly taken: number;
}

export function courseTallies(store: Store): CourseTally[] {
  const counts = new Map<number, { leads: number; taken: number }>();
  eachCovered(store, null, (columns, position) => {
    const course = columns.wholes('course')[position] ?? 0;
    if (course === 0) return;
    const stage = columns.wholes('stage')[position];
    const tally = counts.get(course) ?? { leads: 0, taken: 0 };
    tally.leads += 1;
    if (stage === accepted || stage === enrolled) tally.taken += 1;
    counts.set(course, tally);
  });
  return listCoursePlaces(store).map((course) => ({ ...course, ...(counts.get(course.key) ?? { leads: 0, taken: 0 }) }));
}

/** Totals above zero of every signal, over the leads that a run covers. */
export function signalTotals(store: Store, withImport: number | null): Record<Signal, Float64Array> {
  const columns = leadColumns(store);
  const found = signals.map((signal) => ({ signal, from: columns.numbersOf(signal), totals: new Float64Array(columns.length), count: 0 }));
  eachCovered(store, withImport, (_columns, position) => {
    for (const each of found) {
      const total = each.from[position] ?? 0;
      if (!(total > 0)) continue;
      each.totals[each.count] = total;
      each.count += 1;
    }
  });
  return Object.fromEntries(found.map(({ signal, totals, count }) => [signal, totals.subarray(0, count)])) as Record<Signal, Float64Array>;
}

/** Leads that a run covers, or one in so many of them, by key. */
export function coveredKeys(store: Store, withImport: number | null, oneIn = 1): Float64Array {
  const keys = new Float64Array(leadColumns(store).length);
  let seen = 0;
  let count = 0;
  eachCovered(store, withImport, (columns, position) => {
    if (seen % oneIn === 0) {
      keys[count] = columns.keyAt(position);
      count += 1;
    }
    seen += 1;
  });
  return keys.slice(0, count);
}

/** The leads that an import has brought, by key. */
export function keysOfImport(store: Store, importKey: number): Float64Array {
  const keys: number[] = [];
  eachCovered(store, importKey, (columns, position) => {
    if (columns.wholes('import')[position] === importKey) keys.push(columns.keyAt(position));
  });
  return Float64Array.from(keys);
}

const wholes = ['revision', 'stage', 'reach', 'source', 'course', 'blockers', 'owner'] as const;

/** The leads of some keys as rows of numbers; those that are gone meanwhile are left out. */
export function packLeads(store: Store, keys: Float64Array): Float64Array {
  const columns = leadColumnsFor(store, keys);
  const pack = new Float64Array(keys.length * packedColumns.length);
  const sources = packedColumns.map((name): ArrayLike<number> | null =>
    name === 'key' ? null : (wholes as readonly string[]).includes(name) ? columns.wholes(name as (typeof wholes)[number]) : columns.numbersOf(name as Exclude<typeof name, (typeof wholes)[number]>),
  );
  let rows = 0;
  for (const key of keys) {
    const position = columns.positionOf(key);
    if (position < 0 || !columns.isAlive(position)) continue;
    const from = rows * packedColumns.length;
    sources.forEach((values, index) => {
      pack[from + index] = values === null ? key : (values[position] ?? Number.NaN);
    });
    rows += 1;
  }
  return pack.slice(0, rows * packedColumns.length);
}
