import type { Checkpoint, ProgressPoint } from '../kernel/checkpoint';
import { seededRng } from '../kernel/rng';
import { logistic } from '../kernel/stats';
import { checkExamples, type Examples, type Frame, UntrainableError } from './frame';
import { splitOff } from './holdout';
import type { ParallelFor } from './parallel';
import { type BinnedFrame, binFrame, settleBins } from './trees/binning';
import { createGrower, type Grower } from './trees/growth';
import { sumLeaves } from './trees/leafSums';
import { type Packing, packingFor } from './trees/packing';
import { addLeaves, type GrownTree, grownTree, joinTrees, type Trees } from './trees/trees';

/** How gradient boosting learns. */
export interface BoostingOptions {
  /** Trees at most; fewer where early stopping ends it. */
  readonly trees: number;
  readonly learningRate: number;
  readonly mostLeaves: number;
  /** Splits from the root to a leaf, or null for as many as come. */
  readonly deepest: number | null;
  readonly fewestRowsInLeaf: number;
  /** λ: pulls the values of leaves towards 0. */
  readonly regularisation: number;
  /** Share of the rows, and of the columns, that each tree sees. */
  readonly rowShare: number;
  readonly columnShare: number;
  /** Weighs both outcomes alike. */
  readonly balanced: boolean;
  /** Stops when so many trees brought no better log loss on a share of the rows that is kept aside; null: never. */
  readonly earlyStopping: { readonly share: number; readonly patience: number } | null;
  readonly categorySmoothing: number;
  readonly fewestRowsOfCategory: number;
  readonly seed: number;
}

/** Many small steps of small trees that each see half of the columns: the best of a few tried on leads and on outcomes of courses. */
export const boostingDefaults: BoostingOptions = {
  trees: 200,
  learningRate: 0.05,
  mostLeaves: 16,
  deepest: null,
  fewestRowsInLeaf: 20,
  regularisation: 5,
  rowShare: 1,
  columnShare: 0.5,
  balanced: false,
  earlyStopping: null,
  categorySmoothing: 10,
  fewestRowsOfCategory: 10,
  seed: 1,
};

/** Log loss after each tree. */
export interface LearningCurve {
  readonly training: readonly number[];
  /** Empty where nothing was kept aside. */
  readonly validation: readonly number[];
}

export interface BoostingModel {
  readonly type: 'gradient_boosting';
  /** Log-odds that the trees start from. */
  readonly base: number;
  readonly trees: Trees;
  readonly curve: LearningCurve;
}

/** Weighs rows so that both outcomes count alike, if asked, and by the weights of the examples. */
export function rowWeights({ frame, labels, weights }: Examples, balanced: boolean): Float64Array | null {
  if (!balanced && weights === undefined) return null;
  const result = new Float64Array(frame.rows);
  const sums = [0, 0];
  for (let row = 0; row < frame.rows; row += 1) sums[labels[row]!]! += weights?.[row] ?? 1;
  const of = balanced ? sums.map((sum) => frame.rows / (2 * sum)) : [1, 1];
  for (let row = 0; row < frame.rows; row += 1) result[row] = (weights?.[row] ?? 1) * of[labels[row]!]!;
  return result;
}

function check(options: BoostingOptions): void {
  const { trees, learningRate, mostLeaves, fewestRowsInLeaf, rowShare, columnShare, regularisation } = options;
  const wrong =
    !(trees >= 1) || !(learningRate > 0) || !(mostLeaves >= 2) || !(fewestRowsInLeaf >= 1) || !(rowShare > 0 && rowShare <= 1) ||
    !(columnShare > 0 && columnShare <= 1) || !(regularisation >= 0);
  if (wrong) throw new UntrainableError('bad_option', 'An option of gradient boosting is out of its range.');
}

/** So many rows tell how training goes. */
const curveRows = 8_192;

/** Log loss of scores in log-odds: ln(1 + e^s) − y · s, mean by weight, over about so many rows. */
function meanLogLoss(scores: Float64Array, labels: Uint8Array, weights: Float64Array | null, most = Number.POSITIVE_INFINITY): number {
  let sum = 0;
  let total = 0;
  const step = Math.max(1, Math.floor(scores.length / most));
  for (let row = 0; row < scores.length; row += step) {
    const score = scores[row]!;
    const weight = weights === null ? 1 : weights[row]!;
    sum += weight * (Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - labels[row]! * score);
    total += weight;
  }
  return sum / total;
}

/**
 * Gradient boosting of trees on log loss (Friedman 2001) over binned columns (Ke et al. 2017).
 *
 * @param aside rows that it does not learn from: their log loss goes to the checkpoint after each tree, and changes nothing else
 * @throws UntrainableError where the examples or options cannot teach; Cancelled from the checkpoint, called once a tree
 */
export function fitBoosting(examples: Examples, options: BoostingOptions, checkpoint: Checkpoint, parallelFor: ParallelFor, aside?: Examples): BoostingModel {
  checkExamples(examples);
  check(options);
  const kept = options.earlyStopping === null ? null : splitOff(examples, options.earlyStopping.share, options.seed);
  const training = kept?.training ?? examples;
  const columns = settleBins(training.frame, { fewestRowsOfLevel: options.fewestRowsOfCategory, seed: options.seed });
  const binned = binFrame(training.frame, columns, parallelFor);
  const validation = kept === null ? null : startValidation(kept.validation, binFrame(kept.validation.frame, columns, parallelFor), options);
  const watched = aside === undefined ? null : startValidation(aside, binFrame(aside.frame, columns, parallelFor), options);
  return boost(training, binned, validation, watched, options, checkpoint, parallelFor);
}

/** Gradients and packed hessians of log loss at some scores. */
function derive(scores: Float64Array, labels: Uint8Array, weights: Float64Array | null, packing: Packing, gradients: Float32Array, hessians: Float64Array): void {
  const { unit, hessianRounder, gradientRounder } = packing;
  for (let row = 0; row < scores.length; row += 1) {
    const probability = 1 / (1 + Math.exp(-scores[row]!));
    const weight = weights === null ? 1 : weights[row]!;
    gradients[row] = weight * (probability - labels[row]!) + gradientRounder - gradientRounder;
    hessians[row] = unit + (weight * probability * (1 - probability) + hessianRounder - hessianRounder);
  }
}

interface Validation {
  readonly labels: Uint8Array;
  readonly weights: Float64Array | null;
  readonly binned: BinnedFrame;
  readonly scores: Float64Array;
  readonly all: Int32Array;
}

function startValidation(examples: Examples, binned: BinnedFrame, options: BoostingOptions): Validation {
  return { labels: examples.labels, weights: rowWeights(examples, options.balanced), binned, scores: new Float64Array(binned.rows), all: Int32Array.from({ length: binned.rows }, (_, row) => row) };
}

function boost(examples: Examples, binned: BinnedFrame, validation: Validation | null, watched: Validation | null, options: BoostingOptions, checkpoint: Checkpoint, parallelFor: ParallelFor): BoostingModel {
  const { labels } = examples;
  const { rows } = binned;
  const { learningRate, regularisation, mostLeaves, deepest, rowShare, columnShare, earlyStopping } = options;
  const weights = rowWeights(examples, options.balanced);
  let positive = 0;
  let total = 0;
  let heaviest = 1;
  for (let row = 0; row < rows; row += 1) {
    const weight = weights === null ? 1 : weights[row]!;
    positive += weight * labels[row]!;
    total += weight;
    heaviest = Math.max(heaviest, weight);
  }
  const base = Math.log(positive / (total - positive));
  const packing = packingFor(rows, heaviest, heaviest / 4);
  const rules = {
    regularisation,
    fewestRows: options.fewestRowsInLeaf,
    leastHessian: 1e-3,
    categorySmoothing: options.categorySmoothing,
    fewestRowsOfCategory: options.fewestRowsOfCategory,
    mostCategories: 32,
    unit: packing.unit,
  };
  const grower: Grower = createGrower(binned, rules, { mostLeaves, deepest }, parallelFor);
  const scores = new Float64Array(rows).fill(base);
  validation?.scores.fill(base);
  watched?.scores.fill(base);
  let point: ProgressPoint | undefined;
  const gradients = new Float32Array(rows);
  const hessians = new Float64Array(rows);
  const random = seededRng(options.seed);
  const grown: GrownTree[] = [];
  const trainingCurve: number[] = [];
  const validationCurve: number[] = [];
  let bestTrees = 0;
  const allColumns = Int32Array.from(binned.columns, (_, column) => column);
  try {
    for (let index = 0; index < options.trees; index += 1) {
      checkpoint(index, options.trees, undefined, point);
      if (index > 0) trainingCurve.push(meanLogLoss(scores, labels, weights, curveRows));
      derive(scores, labels, weights, packing, gradients, hessians);
      const chosen = rowShare < 1 ? sampleRows(rows, rowShare, random) : null;
      const asked = columnShare < 1 ? sampleRows(binned.columns.length, columnShare, random) : allColumns;
      const tree = grower.grow(
        chosen,
        gradients,
        hessians,
        asked,
        (gradient, hessian) => (-gradient / (hessian + regularisation)) * learningRate,
        (order, first, end, value) => {
          for (let index = first; index < end; index += 1) scores[order[index]!]! += value;
        },
      );
      grown.push(grownTree(tree));
      const single = joinTrees(binned.columns, grown.slice(-1));
      if (chosen !== null) addLeaves(single, binned, othersThan(chosen, rows), scores);
      if (watched !== null) {
        addLeaves(single, watched.binned, watched.all, watched.scores);
        point = { share: (index + 1) / options.trees, loss: meanLogLoss(watched.scores, watched.labels, watched.weights, curveRows) };
      }
      if (validation !== null) {
        addLeaves(single, validation.binned, validation.all, validation.scores);
        validationCurve.push(meanLogLoss(validation.scores, validation.labels, validation.weights));
        if (validationCurve[index]! < (validationCurve[bestTrees - 1] ?? Number.POSITIVE_INFINITY) - 1e-7) bestTrees = index + 1;
        if (earlyStopping !== null && index + 1 - bestTrees >= earlyStopping.patience) break;
      }
      // A tree of one leaf that saw everything can only be followed by the same.
      if (tree.nodes.length === 1 && chosen === null && columnShare === 1) break;
    }
  } finally {
    grower.close();
  }
  trainingCurve.push(meanLogLoss(scores, labels, weights, curveRows));
  const used = validation === null ? grown.length : Math.max(1, bestTrees);
  checkpoint(options.trees, options.trees, undefined, point);
  return { type: 'gradient_boosting', base, trees: joinTrees(binned.columns, grown.slice(0, used)), curve: { training: trainingCurve, validation: validationCurve } };
}

function sampleRows(rows: number, share: number, random: () => number): Int32Array {
  // Each row is taken with the chance that fills what is still wanted (Knuth, algorithm S), so that rows stay in order.
  const wanted = Math.max(1, Math.round(rows * share));
  const chosen = new Int32Array(wanted);
  let taken = 0;
  for (let row = 0; taken < wanted; row += 1) {
    if ((rows - row) * random() < wanted - taken) {
      chosen[taken] = row;
      taken += 1;
    }
  }
  return chosen;
}

function othersThan(chosen: Int32Array, rows: number): Int32Array {
  const others = new Int32Array(rows - chosen.length);
  let at = 0;
  let next = 0;
  for (let row = 0; row < rows; row += 1) {
    if (chosen[next] === row) next += 1;
    else {
      others[at] = row;
      at += 1;
    }
  }
  return others;
}

/** The log-odds that a model gives to each row of a frame. */
export function boostingScores({ trees, base }: BoostingModel, frame: Frame, parallelFor: ParallelFor): Float64Array {
  return sumLeaves(trees, binFrame(frame, trees.columns, parallelFor), base, parallelFor);
}

/** The probability that a model gives to each row of a frame. */
export function predictBoosting(model: BoostingModel, frame: Frame, parallelFor: ParallelFor): Float64Array {
  const scores = boostingScores(model, frame, parallelFor);
  for (let row = 0; row < scores.length; row += 1) scores[row] = logistic(scores[row]!);
  return scores;
}
