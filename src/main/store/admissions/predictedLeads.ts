import { type Stage, stages } from '#domain/admissions/leads/stages';
import { outcomeOf } from '#domain/models/leads/table';
import type { RowScope } from '#main/app/scope';
import type { Store } from '../open';
import { leadColumns } from './leadColumns';
import { fittingLeads } from './leadList';
import type { FilterSetting } from './leadTests';

/** Of how many leads the model that serves has said a chance. */
export interface PredictedCounts {
  readonly leads: number;
  /** Changed ones among them. */
  readonly predicted: number;
  /** Leads that have changed since their prediction. */
  readonly changed: number;
}

/** Counts what has been predicted of the leads that an actor sees. */
export function countPredicted(store: Store, scope: RowScope, setting: FilterSetting): PredictedCounts {
  const columns = leadColumns(store);
  const { marks, total } = fittingLeads(store, scope, {}, setting, columns);
  const [now, then] = [columns.wholes('revision'), columns.predictedRevisions()];
  let predicted = 0;
  let changed = 0;
  for (let position = 0; position < marks.length; position += 1) {
    const revision = then[position] ?? 0;
    if (marks[position] !== 1 || revision === 0) continue;
    predicted += 1;
    if (revision !== now[position]) changed += 1;
  }
  return { leads: total, predicted, changed };
}

/** The keys of leads that an actor sees, in ascending order; only those without a prediction that holds, where that is asked for. */
export function keysToPredict(store: Store, scope: RowScope, setting: FilterSetting, onlyChanged: boolean): number[] {
  const columns = leadColumns(store);
  const { marks } = fittingLeads(store, scope, {}, setting, columns);
  const now = columns.wholes('revision');
  const then = onlyChanged ? columns.predictedRevisions() : null;
  const keys: number[] = [];
  for (let position = 0; position < marks.length; position += 1) {
    if (marks[position] === 1 && (then === null || then[position] !== now[position])) keys.push(columns.keyAt(position));
  }
  return keys;
}

/** Counts the leads that an actor sees by what is known of their outcome. */
export function countKnownOutcomes(store: Store, scope: RowScope, setting: FilterSetting, convertedStage: Stage): { converted: number; notConverted: number; open: number } {
  const columns = leadColumns(store);
  const { marks } = fittingLeads(store, scope, {}, setting, columns);
  const [stage, converted] = [columns.wholes('stage'), columns.numbersOf('converted')];
  const counts = { converted: 0, notConverted: 0, open: 0 };
  for (let position = 0; position < marks.length; position += 1) {
    if (marks[position] !== 1) continue;
    const outcome = outcomeOf(stages[stage[position] ?? 0] ?? 'enquiry', converted[position] ?? Number.NaN, convertedStage);
    counts[outcome === null ? 'open' : outcome ? 'converted' : 'notConverted'] += 1;
  }
  return counts;
}
