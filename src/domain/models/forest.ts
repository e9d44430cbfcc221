import type { Checkpoint } from '../kernel/checkpoint';
import { clamp } from '../kernel/stats';
import { rowWeights } from './boosting';
import { checkExamples, type Examples, type Frame, UntrainableError } from './frame';
import type { ParallelFor } from './parallel';
import { binFrame, settleBins } from './trees/binning';
import { forestTreeWork } from './trees/forestTrees';
import { sumLeaves } from './trees/leafSums';
import { packingFor } from './trees/packing';
import { type GrownTree, joinTrees, type Trees } from './trees/trees';

/** How a random forest learns. */
export interface ForestOptions {
  readonly trees: number;
  readonly fewestRowsInLeaf: number;
  /** Splits from the root to a leaf, or null for as many as come. */
  readonly deepest: number | null;
  /** Columns drawn for each split, or null for the square root of all. */
  readonly columnsPerSplit: number | null;
  /** Weighs both outcomes alike. */
  readonly balanced: boolean;
  readonly fewestRowsOfCategory: number;
  readonly seed: number;
}

export const forestDefaults: ForestOptions = {
  trees: 100,
  fewestRowsInLeaf: 5,
  deepest: null,
  columnsPerSplit: null,
  balanced: false,
  fewestRowsOfCategory: 10,
  seed: 1,
};

export interface ForestModel {
  readonly type: 'random_forest';
  /** Values of leaves are shares of a probability: those of all trees are added. */
  readonly trees: Trees;
}

/**
 * A random forest (Breiman 2001); its probability is the mean of its trees' (as scikit-learn's).
 *
 * @throws UntrainableError where the examples or options cannot teach; Cancelled from the checkpoint, called every few trees
 */
export function fitForest(examples: Examples, options: ForestOptions, checkpoint: Checkpoint, parallelFor: ParallelFor): ForestModel {
  checkExamples(examples);
  const { trees, fewestRowsInLeaf, deepest, fewestRowsOfCategory, seed } = options;
  if (!(trees >= 1) || !(fewestRowsInLeaf >= 1)) throw new UntrainableError('bad_option', 'An option of the random forest is out of its range.');
  const columns = settleBins(examples.frame, { fewestRowsOfLevel: fewestRowsOfCategory, seed });
  const binned = binFrame(examples.frame, columns, parallelFor);
  const weights = rowWeights(examples, options.balanced);
  let heaviest = 1;
  for (const weight of weights ?? []) heaviest = Math.max(heaviest, weight);
  // One row may be drawn many times; of the sum of all draws each gives one.
  const packing = packingFor(examples.frame.rows, heaviest, heaviest);
  const rules = {
    regularisation: 0,
    fewestRows: fewestRowsInLeaf,
    leastHessian: 0,
    categorySmoothing: 10,
    fewestRowsOfCategory: Math.min(fewestRowsOfCategory, fewestRowsInLeaf),
    mostCategories: 32,
    unit: packing.unit,
  };
  const columnsPerSplit = clamp(options.columnsPerSplit ?? Math.round(Math.sqrt(columns.length)), 1, columns.length);
  const section = parallelFor.open(forestTreeWork, { binned, labels: examples.labels, weights, rules, columnsPerSplit, deepest, ...packing, seed });
  const grown: GrownTree[] = [];
  try {
    while (grown.length < trees) {
      checkpoint(grown.length, trees);
      grown.push(...section.run(Math.min(parallelFor.threads, trees - grown.length), grown.length));
    }
  } finally {
    section.close();
  }
  checkpoint(trees, trees);
  return { type: 'random_forest', trees: joinTrees(columns, grown, 1 / trees) };
}

/** The probability that a model gives to each row of a frame. */
export function predictForest({ trees }: ForestModel, frame: Frame, parallelFor: ParallelFor): Float64Array {
  const sums = sumLeaves(trees, binFrame(frame, trees.columns, parallelFor), 0, parallelFor);
  for (let row = 0; row < sums.length; row += 1) sums[row] = clamp(sums[row]!, 0, 1);
  return sums;
}
