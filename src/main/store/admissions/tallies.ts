import { type Signal, signals } from '#domain/admissions/leads/signals';
import { stages } from '#domain/admissions/leads/stages';
import type { Store } from '../open';
import { listCoursePlaces } from './catalogue';
import { signalColumns } from './facts';
import { leadColumns, type LeadColumns } from './leadColumns';
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
export function signalTotals(store: Store): Record<Signal, number[]> {
  const totals = Object.fromEntries(signals.map((signal) => [signal, [] as number[]])) as Record<Signal, number[]>;
  const select = signals.map((signal) => `l.${signalColumns[signal]} as ${signal}`).join(', ');
  for (const row of store.iterate<Record<Signal, number | null>>(`select ${select} from leads l`)) {
    for (const signal of signals) {
      const total = row[signal];
      if (total !== null && total > 0) totals[signal].push(total);
    }
  }
  return totals;
}
