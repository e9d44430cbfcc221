import type { Checkpoint } from '#domain/kernel/checkpoint';
import { type Fit, fitParameters, type History } from '#domain/learning/cards/fit';

export interface FitPayload {
  readonly histories: readonly History[];
}

/** Parameters of the schedule from one student's log. */
export function fitTask({ histories }: FitPayload, { checkpoint }: { readonly checkpoint: Checkpoint }): Fit | null {
  return fitParameters(histories, checkpoint);
}
