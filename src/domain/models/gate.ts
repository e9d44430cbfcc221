import { logLoss } from './metrics';

// What a model must be before it may serve people.

/** Rows of each outcome below which no model is trained, shown or activated; the rules serve until then. */
export const fewestOfEachOutcome = 40;

export interface OutcomeCounts {
  readonly positives: number;
  readonly negatives: number;
}

/** Counts the outcomes of rows. */
export function countOutcomes(labels: Uint8Array): OutcomeCounts {
  let positives = 0;
  for (const label of labels) positives += label;
  return { positives, negatives: labels.length - positives };
}

/** Whether there are enough rows of each outcome to learn from. */
export function isEnough({ positives, negatives }: OutcomeCounts): boolean {
  return positives >= fewestOfEachOutcome && negatives >= fewestOfEachOutcome;
}

export interface GateVerdict {
  readonly passes: boolean;
  /** Log loss on rows that nobody had seen. */
  readonly modelLogLoss: number;
  readonly baseRateLogLoss: number;
  /** Null where the rules have nothing to say of this outcome. */
  readonly rulesLogLoss: number | null;
}

/**
 * Judges a model against always saying the base rate and against the rules, by log loss on rows that the model had not seen. It must beat
 * both.
 *
 * @param rules what the rules said of the same rows, or null
 */
export function publishGate(labels: Uint8Array, probabilities: Float64Array, rules: Float64Array | null): GateVerdict {
  const { positives } = countOutcomes(labels);
  const modelLogLoss = logLoss(labels, probabilities);
  const baseRateLogLoss = logLoss(labels, new Float64Array(labels.length).fill(positives / labels.length));
  const rulesLogLoss = rules === null ? null : logLoss(labels, rules);
  return { passes: modelLogLoss < Math.min(baseRateLogLoss, rulesLogLoss ?? Number.POSITIVE_INFINITY), modelLogLoss, baseRateLogLoss, rulesLogLoss };
}
