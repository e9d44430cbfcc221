import type { RowScope } from '#main/app/scope';
import type { Store } from '../open';
import { leadColumns } from './leadColumns';
import { fittingLeads, type LeadQuery } from './leadList';
import type { FilterSetting } from './leadTests';

/** Rows that were written since the workspace was opened: while it stays, so do all names. */
export function writesSoFar(store: Store): number {
  return store.value<number>('select total_changes()') ?? 0;
}

/** Ten bins from 0 to 100; a full hundred belongs to the last. */
export const scoreBins = 10;

/** How the scores of leads that an actor sees and that fit are spread, in tens, and how many have none. */
export function scoreSpread(store: Store, scope: RowScope, query: LeadQuery, setting: FilterSetting): { readonly counts: number[]; readonly unscored: number } {
  const columns = leadColumns(store);
  const { marks } = fittingLeads(store, scope, query, setting, columns);
  const scores = columns.numbersOf('score');
  const counts = new Array<number>(scoreBins).fill(0);
  let unscored = 0;
  for (let position = 0; position < marks.length; position += 1) {
    if (marks[position] !== 1) continue;
    const score = scores[position] ?? Number.NaN;
    if (Number.isNaN(score)) unscored += 1;
    else {
      const bin = Math.min(scoreBins - 1, Math.floor(score / (100 / scoreBins)));
      counts[bin] = (counts[bin] ?? 0) + 1;
    }
  }
  return { counts, unscored };
}

/** What a model said of leads that an actor sees and that fit, in ten bins of its chance. */
export function predictionSpread(store: Store, scope: RowScope, query: LeadQuery, modelKey: number, setting: FilterSetting): { readonly counts: number[]; readonly predicted: number; readonly sum: number } {
  const columns = leadColumns(store);
  const { marks } = fittingLeads(store, scope, query, setting, columns);
  const counts = new Array<number>(scoreBins).fill(0);
  let predicted = 0;
  let sum = 0;
  for (const { key, probability } of store.all<{ readonly key: number; readonly probability: number }>('select lead_key as key, probability from lead_predictions where model_key = ?', modelKey)) {
    if (marks[columns.positionOf(key)] !== 1) continue;
    predicted += 1;
    sum += probability;
    const bin = Math.min(scoreBins - 1, Math.floor(probability * scoreBins));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { counts, predicted, sum };
}
