import type { Checkpoint } from '../kernel/checkpoint';
import { clamp, logistic, quantile } from '../kernel/stats';
import { rowWeights } from './boosting';
import { checkExamples, type Column, type Examples, type Frame, isMissing, UntrainableError } from './frame';
import { minimise } from './minimise';

/** How logistic regression learns. */
export interface LogisticOptions {
  /** λ of the penalty ½ λ ‖β‖² beside the sum of log loss; scikit-learn's C is 1/λ. */
  readonly regularisation: number;
  /** Weighs both outcomes alike. */
  readonly balanced: boolean;
  /** A level with fewer rows shares the coefficient of rare ones. */
  readonly fewestRowsOfLevel: number;
  readonly mostIterations: number;
  /** It has converged when no part of the mean gradient is larger. */
  readonly tolerance: number;
}

export const logisticDefaults: LogisticOptions = { regularisation: 1, balanced: false, fewestRowsOfLevel: 20, mostIterations: 500, tolerance: 1e-7 };

/** How a column enters the sum of log-odds. Coefficients begin at `at`. */
export type LogisticTerm =
  | {
      readonly kind: 'number' | 'boolean';
      readonly name: string;
      /** (value − mean) · scale is multiplied with the coefficient at `at`; scale is 1 by the standard deviation, or 0 for a useless column. */
      readonly mean: number;
      readonly scale: number;
      /** Stands in for what is missing, which also adds the coefficient at `at + 1`. */
      readonly substitute: number;
      readonly at: number;
    }
  | {
      readonly kind: 'category';
      readonly name: string;
      /** Coefficients in this order, after those for "missing" (at) and "rare or never seen" (at + 1). */
      readonly levels: readonly string[];
      readonly at: number;
    };

export interface LogisticModel {
  readonly type: 'logistic_regression';
  readonly terms: readonly LogisticTerm[];
  readonly intercept: number;
  readonly coefficients: Float64Array;
  readonly converged: boolean;
  readonly iterations: number;
}

function termsOf(frame: Frame, fewestRowsOfLevel: number): { terms: LogisticTerm[]; coefficients: number } {
  let at = 0;
  const terms = frame.columns.map((column): LogisticTerm => {
    const first = at;
    if (column.kind === 'category') {
      const counts = new Int32Array(column.levels.length);
      for (const code of column.codes) if (code >= 0) counts[code]! += 1;
      const levels = column.levels.filter((_, code) => counts[code]! >= fewestRowsOfLevel);
      at += levels.length + 2;
      return { kind: 'category', name: column.name, levels, at: first };
    }
    at += 2;
    const known: number[] = [];
    for (let row = 0; row < frame.rows; row += 1) if (!isMissing(column, row)) known.push(column.values[row]!);
    const substitute = quantile(known, 0.5) ?? 0;
    let sum = 0;
    for (const value of known) sum += value;
    sum += substitute * (frame.rows - known.length);
    const mean = sum / frame.rows;
    let squares = 0;
    for (const value of known) squares += (value - mean) ** 2;
    squares += (substitute - mean) ** 2 * (frame.rows - known.length);
    const deviation = Math.sqrt(squares / frame.rows);
    // A column that is the same everywhere, or too large to be measured, tells nothing.
    const usable = Number.isFinite(deviation) && deviation > 1e-12 * Math.abs(mean);
    return { kind: column.kind, name: column.name, mean: usable ? mean : substitute, scale: usable ? 1 / deviation : 0, substitute, at: first };
  });
  return { terms, coefficients: at };
}

/** A value counts as no further from the mean than so many standard deviations: beyond, a straight line means nothing. */
const furthest = 100;

/** Rows as the sum wants them: standardised numbers, and the places of the coefficients that are added as they are (-1: none). */
interface Design {
  readonly numbers: Float64Array;
  readonly numberAt: Int32Array;
  readonly places: Int32Array;
  readonly placesPerRow: number;
}

function designOf(terms: readonly LogisticTerm[], frame: Frame): Design {
  const { rows } = frame;
  const numeric = terms.filter(({ kind }) => kind !== 'category');
  const numbers = new Float64Array(rows * numeric.length);
  const places = new Int32Array(rows * terms.length).fill(-1);
  const byName = new Map(frame.columns.map((column) => [column.name, column]));
  let numberIndex = 0;
  terms.forEach((term, index) => {
    const column: Column | undefined = byName.get(term.name);
    if (term.kind === 'category') {
      const known = new Map(term.levels.map((level, place) => [level, term.at + 2 + place]));
      const placeOf = column?.kind === 'category' ? Int32Array.from(column.levels, (level) => known.get(level) ?? term.at + 1) : new Int32Array(0);
      for (let row = 0; row < rows; row += 1) {
        const code = column?.kind === 'category' ? column.codes[row]! : -1;
        places[row * terms.length + index] = code < 0 ? term.at : placeOf[code]!;
      }
      return;
    }
    for (let row = 0; row < rows; row += 1) {
      const missing = column === undefined || column.kind === 'category' || isMissing(column, row);
      const value = missing ? term.substitute : column.values[row]!;
      numbers[row * numeric.length + numberIndex] = term.scale === 0 ? 0 : clamp((value - term.mean) * term.scale, -furthest, furthest);
      if (missing) places[row * terms.length + index] = term.at + 1;
    }
    numberIndex += 1;
  });
  return { numbers, numberAt: Int32Array.from(numeric, ({ at }) => at), places, placesPerRow: terms.length };
}

function scoreRow({ numbers, numberAt, places, placesPerRow }: Design, row: number, coefficients: Float64Array, intercept: number): number {
  let score = intercept;
  const width = numberAt.length;
  for (let index = 0; index < width; index += 1) score += numbers[row * width + index]! * coefficients[numberAt[index]!]!;
  for (let index = 0; index < placesPerRow; index += 1) {
    const place = places[row * placesPerRow + index]!;
    if (place >= 0) score += coefficients[place]!;
  }
  return score;
}

function addToGradient({ numbers, numberAt, places, placesPerRow }: Design, row: number, by: number, gradient: Float64Array): void {
  const width = numberAt.length;
  for (let index = 0; index < width; index += 1) gradient[numberAt[index]!]! += by * numbers[row * width + index]!;
  for (let index = 0; index < placesPerRow; index += 1) {
    const place = places[row * placesPerRow + index]!;
    if (place >= 0) gradient[place]! += by;
  }
}

/**
 * Logistic regression with an L2 penalty on all coefficients but the intercept. Numbers are standardised; what is missing is the median
 * with a coefficient of its own; each level of a category has one.
 *
 * @throws UntrainableError where the examples or options cannot teach; Cancelled from the checkpoint, called once an iteration
 */
export function fitLogistic(examples: Examples, options: LogisticOptions, checkpoint: Checkpoint): LogisticModel {
  checkExamples(examples);
  const { regularisation, mostIterations, tolerance } = options;
  if (!(regularisation > 0) || !(mostIterations >= 1)) throw new UntrainableError('bad_option', 'An option of logistic regression is out of its range.');
  const { frame, labels } = examples;
  const { terms, coefficients } = termsOf(frame, options.fewestRowsOfLevel);
  const design = designOf(terms, frame);
  const weights = rowWeights(examples, options.balanced);
  let total = 0;
  let positive = 0;
  for (let row = 0; row < frame.rows; row += 1) {
    const weight = weights === null ? 1 : weights[row]!;
    total += weight;
    positive += weight * labels[row]!;
  }
  // The last number is the intercept. The mean is minimised, so that the tolerance does not depend on the number of rows.
  const start = new Float64Array(coefficients + 1);
  start[coefficients] = Math.log(positive / (total - positive));
  const { at, converged, iterations } = minimise(
    (at, gradient) => {
      gradient.fill(0);
      let loss = 0;
      for (let row = 0; row < frame.rows; row += 1) {
        const score = scoreRow(design, row, at, at[coefficients]!);
        const weight = weights === null ? 1 : weights[row]!;
        const label = labels[row]!;
        loss += weight * (Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - label * score);
        const by = weight * (logistic(score) - label);
        addToGradient(design, row, by, gradient);
        gradient[coefficients]! += by;
      }
      let squares = 0;
      for (let index = 0; index < coefficients; index += 1) {
        squares += at[index]! ** 2;
        gradient[index]! += regularisation * at[index]!;
      }
      for (let index = 0; index <= coefficients; index += 1) gradient[index]! /= total;
      return (loss + (regularisation / 2) * squares) / total;
    },
    start,
    tolerance,
    mostIterations,
    (done) => { checkpoint(done, mostIterations); },
  );
  return { type: 'logistic_regression', terms, intercept: at[coefficients]!, coefficients: at.slice(0, coefficients), converged, iterations };
}

/** The log-odds that a model gives to each row of a frame. */
export function logisticScores({ terms, intercept, coefficients }: LogisticModel, frame: Frame): Float64Array {
  const design = designOf(terms, frame);
  const scores = new Float64Array(frame.rows);
  for (let row = 0; row < frame.rows; row += 1) scores[row] = scoreRow(design, row, coefficients, intercept);
  return scores;
}

/** The probability that a model gives to each row of a frame. */
export function predictLogistic(model: LogisticModel, frame: Frame): Float64Array {
  return logisticScores(model, frame).map(logistic);
}
