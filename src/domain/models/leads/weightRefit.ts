import { logistic, round } from '#domain/kernel/stats';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import { splitsOf, stratifiedFolds } from '../folds';
import { countOutcomes, isEnough } from '../gate';
import { type Factor, factors, type Weights } from '#domain/admissions/triage/configuration';

// Weights of the score fitted anew from outcomes. They are proposed where they foretell outcomes that they were not fitted on better than
// today's, by more than chance explains; people decide.

/** Values of the five factors of each lead, side by side in their order; unknown ones as the score fills them in. */
export interface RefitRows {
  readonly values: Float64Array;
  readonly labels: Uint8Array;
}

export interface WeightRefit {
  readonly rows: number;
  readonly positives: number;
  /** `too_few` outcomes of either kind; `not_better` than today's on rows that were not seen; or a `proposal`. */
  readonly verdict: 'too_few' | 'not_better' | 'proposal';
  /** Null where there are too few outcomes. */
  readonly weights: Weights | null;
  /** Mean log loss on unseen rows, by the score with today's weights and with new ones. */
  readonly logLossToday: number | null;
  readonly logLossRefit: number | null;
  /** How much less it loses per lead, and the standard error of that. */
  readonly gain: number | null;
  readonly standardError: number | null;
}

const width = factors.length;
const folds = 5;
/** A gain of so many standard errors is no chance (one-sided, 95 %). */
const surely = 1.645;
/** How strongly weights stay as they are: so much information, in leads of average chance whose factor differs by the whole scale. */
const pull = 1;
const mostSteps = 30;

/** Solves a small system of positive pivots by elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const size = right.length;
  const rows = matrix.map((row, index) => [...row, right[index]!]);
  for (let column = 0; column < size; column += 1) {
    let pivot = column;
    for (let row = column + 1; row < size; row += 1) if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot]!, rows[column]!];
    const divisor = rows[column]![column]! || 1e-12;
    for (let row = 0; row < size; row += 1) {
      if (row === column) continue;
      const factor = rows[row]![column]! / divisor;
      for (let at = column; at <= size; at += 1) rows[row]![at]! -= factor * rows[column]![at]!;
    }
  }
  return rows.map((row, index) => row[size]! / (row[index]! || 1e-12));
}

interface Fit {
  readonly intercept: number;
  readonly slopes: number[];
}

/** Columns of numbers, row after row. */
interface Design {
  readonly columns: number;
  readonly values: Float64Array;
  readonly labels: Uint8Array;
}

/**
 * Logistic regression with slopes of 0 or more, drawn towards where they begin: damped Newton steps on those above 0 (projected; Bertsekas
 * 1982). A slope that would fall below 0 is 0, for no factor counts against a lead.
 */
function fitSlopes({ columns, values, labels }: Design, begin: readonly number[], strength: number): Fit {
  const rows = labels.length;
  const scoreOf = (row: number, intercept: number, slopes: readonly number[]): number => {
    let score = intercept;
    for (let column = 0; column < columns; column += 1) score += slopes[column]! * values[row * columns + column]!;
    return score;
  };
  const objective = (intercept: number, slopes: readonly number[]): number => {
    let loss = 0;
    for (let row = 0; row < rows; row += 1) loss += lossOf(scoreOf(row, intercept, slopes), labels[row]!);
    return slopes.reduce((sum, slope, column) => sum + (strength / 2) * (slope - begin[column]!) ** 2, loss);
  };
  let intercept = 0;
  let slopes = begin.map((slope) => Math.max(0, slope));
  let reached = objective(intercept, slopes);
  const x = new Float64Array(columns + 1).fill(1);
  for (let step = 0; step < mostSteps; step += 1) {
    const gradient = new Array<number>(columns + 1).fill(0);
    const curvature = Array.from({ length: columns + 1 }, () => new Array<number>(columns + 1).fill(0));
    for (let row = 0; row < rows; row += 1) {
      for (let column = 0; column < columns; column += 1) x[column + 1] = values[row * columns + column]!;
      const probability = logistic(scoreOf(row, intercept, slopes));
      const weight = Math.max(1e-6, probability * (1 - probability));
      for (let a = 0; a <= columns; a += 1) {
        gradient[a]! += (probability - labels[row]!) * x[a]!;
        for (let b = 0; b <= a; b += 1) curvature[a]![b]! += weight * x[a]! * x[b]!;
      }
    }
    for (let a = 0; a <= columns; a += 1) for (let b = a + 1; b <= columns; b += 1) curvature[a]![b] = curvature[b]![a]!;
    slopes.forEach((slope, column) => {
      gradient[column + 1]! += strength * (slope - begin[column]!);
      curvature[column + 1]![column + 1]! += strength + 1e-9;
    });
    const free = [0, ...slopes.flatMap((slope, column) => (slope > 0 || gradient[column + 1]! < 0 ? [column + 1] : []))];
    const move = solve(free.map((a) => free.map((b) => curvature[a]![b]!)), free.map((a) => gradient[a]!));
    let share = 1;
    let better = reached;
    for (; share > 1e-4; share /= 2) {
      const next = [...slopes];
      free.forEach((at, index) => {
        if (at > 0) next[at - 1] = Math.max(0, slopes[at - 1]! - share * move[index]!);
      });
      better = objective(intercept - share * move[0]!, next);
      if (better <= reached) {
        intercept -= share * move[0]!;
        slopes = next;
        break;
      }
    }
    if (share <= 1e-4 || reached - better < 1e-9 * rows) break;
    reached = better;
  }
  return { intercept, slopes };
}

function lossOf(score: number, label: number): number {
  return Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - label * score;
}

/** The share of all points that a row's factors give by some weights. */
function scoreBy(weights: readonly number[], values: Float64Array, row: number): number {
  let [sum, all] = [0, 0];
  weights.forEach((weight, column) => {
    sum += weight * values[row * width + column]!;
    all += weight;
  });
  return all === 0 ? 0 : sum / all;
}

/** How the score by some weights tells the outcome of some rows. */
function fitScore(weights: readonly number[], { values, labels }: RefitRows, rows: Int32Array): Fit {
  return fitSlopes({ columns: 1, values: Float64Array.from(rows, (row) => scoreBy(weights, values, row)), labels: Uint8Array.from(rows, (row) => labels[row]!) }, [1], 1e-3);
}

/** Differences of a factor below which outcomes can say nothing of it, as a variance. */
const leastVariance = 1e-4;

/** Factors that differ between rows. */
function toldOf(values: Float64Array, rows: Int32Array): number[] {
  return factors.flatMap((_, column) => {
    let [sum, squares] = [0, 0];
    for (const row of rows) {
      const value = values[row * width + column]!;
      sum += value;
      squares += value * value;
    }
    return squares / rows.length - (sum / rows.length) ** 2 > leastVariance ? [column] : [];
  });
}

/** New weights from some rows, with the sum of today's; a factor of which they say nothing keeps its own. Null where none tells anything. */
function newWeights(today: readonly number[], { values, labels }: RefitRows, rows: Int32Array): number[] | null {
  const told = toldOf(values, rows);
  const all = today.reduce((sum, weight) => sum + weight, 0);
  const shared = told.reduce((sum, column) => sum + today[column]!, 0);
  const scale = fitScore(today, { values, labels }, rows).slopes[0]!;
  const design = { columns: told.length, values: Float64Array.from({ length: rows.length * told.length }, (_, at) => values[rows[Math.floor(at / told.length)]! * width + told[at % told.length]!]!), labels: Uint8Array.from(rows, (row) => labels[row]!) };
  const { slopes } = fitSlopes(design, told.map((column) => (scale * today[column]!) / all), pull);
  const sum = slopes.reduce((total, slope) => total + slope, 0);
  if (sum <= 0 || shared <= 0) return null;
  const weights = [...today];
  told.forEach((column, index) => { weights[column] = (slopes[index]! / sum) * shared; });
  return weights;
}

/** Fits the weights anew and judges them on rows that they were not fitted on, five times over. */
export function refitWeights(rows: RefitRows, today: Weights, seed: number, checkpoint: Checkpoint): WeightRefit {
  const { values, labels } = rows;
  const counts = countOutcomes(labels);
  const nothing = { rows: labels.length, positives: counts.positives, weights: null, logLossToday: null, logLossRefit: null, gain: null, standardError: null };
  if (!isEnough(counts)) return { ...nothing, verdict: 'too_few' };
  const before = factors.map((factor) => today[factor]);
  const gains: number[] = [];
  let [lostToday, lostRefit] = [0, 0];
  for (const [fold, { training, judged }] of splitsOf(stratifiedFolds(labels, folds, seed)).entries()) {
    checkpoint(fold, folds + 1);
    const weights = newWeights(before, rows, training) ?? before;
    const [old, made] = [fitScore(before, rows, training), fitScore(weights, rows, training)];
    for (const row of judged) {
      const byToday = lossOf(old.intercept + old.slopes[0]! * scoreBy(before, values, row), labels[row]!);
      const byRefit = lossOf(made.intercept + made.slopes[0]! * scoreBy(weights, values, row), labels[row]!);
      lostToday += byToday;
      lostRefit += byRefit;
      gains.push(byToday - byRefit);
    }
  }
  checkpoint(folds, folds + 1);
  const made = newWeights(before, rows, Int32Array.from(labels, (_, row) => row));
  const gain = gains.reduce((sum, each) => sum + each, 0) / gains.length;
  const standardError = Math.sqrt(gains.reduce((sum, each) => sum + (each - gain) ** 2, 0) / (gains.length - 1) / gains.length);
  const weights = made === null ? null : (Object.fromEntries(factors.map((factor, column) => [factor, round(made[column]!, 1)])) as Record<Factor, number>);
  const differs = weights !== null && factors.some((factor) => Math.abs(weights[factor] - today[factor]) >= 0.1);
  return {
    ...nothing,
    verdict: differs && gain > surely * standardError ? 'proposal' : 'not_better',
    weights,
    logLossToday: lostToday / gains.length,
    logLossRefit: lostRefit / gains.length,
    gain,
    standardError,
  };
}
