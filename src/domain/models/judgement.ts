import type { Checkpoint } from '../kernel/checkpoint';
import { clamp } from '../kernel/stats';
import { calibrateAll, type Calibration, type CalibrationKind, chooseCalibration, surest } from './calibration';
import { type Split } from './folds';
import { type Examples, type Frame, selectExamples, selectRows } from './frame';
import { fitIntervals, type Interval, intervalOf, type IntervalRule } from './intervals';
import { fitModel, type Model, type ModelRecipe, predictModel } from './model';
import type { ParallelFor } from './parallel';

/** What models said of rows that they had not seen. */
export interface HeldOut {
  /** The rows that were judged; by time, the first part never is. */
  readonly rows: Int32Array;
  readonly labels: Uint8Array;
  readonly probabilities: Float64Array;
  readonly foldOf: Int32Array;
}

/** Fits a model for each split and keeps what it says of the rows that it did not see. */
export function crossValidate(examples: Examples, splits: readonly Split[], recipe: ModelRecipe, checkpoint: Checkpoint, parallelFor: ParallelFor): HeldOut {
  const count = splits.reduce((sum, { judged }) => sum + judged.length, 0);
  const rows = new Int32Array(count);
  const probabilities = new Float64Array(count);
  const foldOf = new Int32Array(count);
  let at = 0;
  splits.forEach(({ training, judged }, fold) => {
    // The first one tells how it goes on rows that it does not learn from.
    const aside = fold === 0 ? selectExamples(examples, judged) : undefined;
    const model = fitModel(selectExamples(examples, training), recipe, (done, total, note, point) => { checkpoint(fold + (total === 0 ? 0 : done / total), splits.length, note, point); }, parallelFor, aside);
    rows.set(judged, at);
    probabilities.set(predictModel(model, selectRows(examples.frame, judged), parallelFor), at);
    foldOf.fill(fold, at, at + judged.length);
    at += judged.length;
  });
  return { rows, labels: Uint8Array.from(rows, (row) => examples.labels[row]!), probabilities, foldOf };
}

/** A model with what makes its probabilities honest. Plain data. */
export interface Predictor {
  readonly model: Model;
  readonly calibration: Calibration;
  readonly intervals: IntervalRule;
}

export interface Prediction {
  readonly probabilities: Float64Array;
  readonly lower: Float64Array;
  readonly upper: Float64Array;
}

/** The calibrated probability of each row with its 80 % interval. */
export function predictRows({ model, calibration, intervals }: Predictor, frame: Frame, parallelFor: ParallelFor): Prediction {
  const probabilities = honest(calibration, predictModel(model, frame, parallelFor));
  const lower = new Float64Array(frame.rows);
  const upper = new Float64Array(frame.rows);
  for (let row = 0; row < frame.rows; row += 1) {
    const interval: Interval = intervalOf(intervals, probabilities[row]!);
    lower[row] = interval.lower;
    upper[row] = interval.upper;
  }
  return { probabilities, lower, upper };
}

function honest(calibration: Calibration, probabilities: Float64Array): Float64Array {
  return calibrateAll(calibration, probabilities).map((probability) => clamp(probability, 1 - surest, surest));
}

export interface Judged {
  readonly predictor: Predictor;
  /** What was said of unseen rows, calibrated by the calibration of all of them. */
  readonly heldOut: HeldOut;
  readonly calibrationLogLosses: Readonly<Record<CalibrationKind, number>>;
}

/**
 * Learns a model on all examples and, from models that did not see the rows they judge, its calibration and its intervals.
 */
export function trainPredictor(examples: Examples, splits: readonly Split[], recipe: ModelRecipe, seed: number, checkpoint: Checkpoint, parallelFor: ParallelFor): Judged {
  const parts = splits.length + 1;
  const raw = crossValidate(examples, splits, recipe, (done, _total, note, point) => { checkpoint(done, parts, note, point); }, parallelFor);
  const { calibration, logLosses } = chooseCalibration(raw.labels, raw.probabilities, seed);
  const probabilities = honest(calibration, raw.probabilities);
  const intervals = fitIntervals(raw.labels, probabilities, raw.foldOf);
  const model = fitModel(examples, recipe, (done, total, note) => { checkpoint(splits.length + (total === 0 ? 0 : done / total), parts, note); }, parallelFor);
  return { predictor: { model, calibration, intervals }, heldOut: { ...raw, probabilities }, calibrationLogLosses: logLosses };
}
