import type { Weights } from '#domain/admissions/triage/configuration';
import { type RefitRows, refitWeights, type WeightRefit } from '#domain/models/leads/weightRefit';
import type { TaskContext } from './tasks';

export interface RefitPayload {
  readonly rows: RefitRows;
  readonly weights: Weights;
}

/** The same rows are parted the same way each time, so that two looks at the same outcomes say the same. */
const seed = 1;

/** Fits the weights of the score anew. */
export function refitTask({ rows, weights }: RefitPayload, { checkpoint }: TaskContext<never>): WeightRefit {
  return refitWeights(rows, weights, seed, checkpoint);
}
