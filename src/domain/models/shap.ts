import type { Frame } from './frame';
import { logistic } from '../kernel/stats';
import { logisticScores, type LogisticModel } from './logistic';
import { applyFeatures } from './features';
import type { Model, PreparedModel, SingleModel } from './model';
import { onOneThread } from './parallel';
import { type BinnedFrame, binFrame } from './trees/binning';
import { goesLeft, type Trees } from './trees/trees';

// What each column adds to one prediction: Shapley values, exact for trees (Lundberg et al. 2020, algorithm 2, path-dependent).
// Columns that a tree has not been told are averaged over its training rows.

/** Contributions of rows: they add up, with the base, to what the model says. */
export interface Contributions {
  /** Log-odds for logistic regression and boosting, a probability for forests and ensembles. */
  readonly scale: 'logOdds' | 'probability';
  readonly base: number;
  readonly columns: readonly string[];
  /** Of row r and column c at r * columns.length + c. */
  readonly values: Float64Array;
}

/** The path through a tree: columns met, the share of ways that go on when a column is unknown or known, and the weights of subsets. */
interface Path {
  readonly column: Int32Array;
  readonly unknown: Float64Array;
  readonly known: Float64Array;
  readonly weight: Float64Array;
}

function pathOf(length: number): Path {
  return { column: new Int32Array(length), unknown: new Float64Array(length), known: new Float64Array(length), weight: new Float64Array(length) };
}

function extend(path: Path, at: number, depth: number, unknown: number, known: number, column: number): void {
  path.column[at + depth] = column;
  path.unknown[at + depth] = unknown;
  path.known[at + depth] = known;
  path.weight[at + depth] = depth === 0 ? 1 : 0;
  for (let index = depth - 1; index >= 0; index -= 1) {
    path.weight[at + index + 1]! += (known * path.weight[at + index]! * (index + 1)) / (depth + 1);
    path.weight[at + index] = (unknown * path.weight[at + index]! * (depth - index)) / (depth + 1);
  }
}

function unwind(path: Path, at: number, depth: number, place: number): void {
  const known = path.known[at + place]!;
  const unknown = path.unknown[at + place]!;
  let next = path.weight[at + depth]!;
  for (let index = depth - 1; index >= 0; index -= 1) {
    if (known !== 0) {
      const kept = path.weight[at + index]!;
      path.weight[at + index] = (next * (depth + 1)) / ((index + 1) * known);
      next = kept - (path.weight[at + index]! * unknown * (depth - index)) / (depth + 1);
    } else {
      path.weight[at + index] = (path.weight[at + index]! * (depth + 1)) / (unknown * (depth - index));
    }
  }
  for (let index = place; index < depth; index += 1) {
    path.column[at + index] = path.column[at + index + 1]!;
    path.unknown[at + index] = path.unknown[at + index + 1]!;
    path.known[at + index] = path.known[at + index + 1]!;
  }
}

function unwoundSum(path: Path, at: number, depth: number, place: number): number {
  const known = path.known[at + place]!;
  const unknown = path.unknown[at + place]!;
  let next = path.weight[at + depth]!;
  let total = 0;
  for (let index = depth - 1; index >= 0; index -= 1) {
    if (known !== 0) {
      const part = (next * (depth + 1)) / ((index + 1) * known);
      total += part;
      next = path.weight[at + index]! - (part * unknown * (depth - index)) / (depth + 1);
    } else {
      total += (path.weight[at + index]! * (depth + 1)) / (unknown * (depth - index));
    }
  }
  return total;
}

/** The mean value of each tree over its training rows, summed. */
function expectation(trees: Trees): number {
  let sum = 0;
  for (let tree = 0; tree < trees.roots.length; tree += 1) {
    const root = trees.roots[tree]!;
    const end = trees.roots[tree + 1] ?? trees.column.length;
    for (let node = root; node < end; node += 1) if (trees.column[node]! < 0) sum += (trees.value[node]! * trees.cover[node]!) / trees.cover[root]!;
  }
  return sum;
}

function deepest(trees: Trees): number {
  const depth = new Int32Array(trees.column.length);
  let most = 0;
  for (let node = 0; node < trees.column.length; node += 1) {
    if (trees.column[node]! < 0) continue;
    for (let side = 0; side < 2; side += 1) depth[trees.left[node]! + side] = depth[node]! + 1;
    most = Math.max(most, depth[node]! + 1);
  }
  return most;
}

function addTreeContributions(trees: Trees, { bins, rows, columns }: BinnedFrame, values: Float64Array): void {
  const most = deepest(trees) + 2;
  const path = pathOf((most * (most + 1)) / 2 + most);
  const { column, left, value, cover, roots } = trees;
  for (let row = 0; row < rows; row += 1) {
    const to = row * columns.length;
    const walk = (node: number, from: number, length: number, unknown: number, known: number, by: number): void => {
      // Each level works on a copy of its parent's path, which lies before it.
      const at = from + length;
      for (let index = 0; index < length; index += 1) {
        path.column[at + index] = path.column[from + index]!;
        path.unknown[at + index] = path.unknown[from + index]!;
        path.known[at + index] = path.known[from + index]!;
        path.weight[at + index] = path.weight[from + index]!;
      }
      extend(path, at, length, unknown, known, by);
      const asked = column[node]!;
      if (asked < 0) {
        for (let place = 1; place <= length; place += 1) {
          const weight = unwoundSum(path, at, length, place);
          values[to + path.column[at + place]!]! += weight * (path.known[at + place]! - path.unknown[at + place]!) * value[node]!;
        }
        return;
      }
      const hot = left[node]! + (goesLeft(trees, node, bins[asked * rows + row]!) ? 0 : 1);
      const cold = 2 * left[node]! + 1 - hot;
      let depth = length;
      let unknownBefore = 1;
      let knownBefore = 1;
      // A column asked before is taken off the path and put on anew with both answers.
      for (let place = 1; place <= length; place += 1) {
        if (path.column[at + place] !== asked) continue;
        unknownBefore = path.unknown[at + place]!;
        knownBefore = path.known[at + place]!;
        unwind(path, at, length, place);
        depth -= 1;
        break;
      }
      walk(hot, at, depth + 1, (unknownBefore * cover[hot]!) / cover[node]!, knownBefore, asked);
      walk(cold, at, depth + 1, (unknownBefore * cover[cold]!) / cover[node]!, 0, asked);
    };
    for (const root of roots) walk(root, 0, 0, 1, 1, -1);
  }
}

function ofTrees(trees: Trees, frame: Frame, base: number, scale: Contributions['scale']): Contributions {
  const binned = binFrame(frame, trees.columns, onOneThread);
  const values = new Float64Array(frame.rows * trees.columns.length);
  addTreeContributions(trees, binned, values);
  return { scale, base: base + expectation(trees), columns: trees.columns.map(({ name }) => name), values };
}

/**
 * Contributions in logistic regression: each column's own part of the sum. Numbers are standardised, so that their mean adds nothing; of a
 * category it is the coefficient itself.
 */
function ofLogistic(model: LogisticModel, frame: Frame): Contributions {
  const columns = model.terms.map(({ name }) => name);
  const values = new Float64Array(frame.rows * columns.length);
  model.terms.forEach((term, index) => {
    const scores = logisticScores({ ...model, terms: [term], intercept: 0 }, frame);
    for (let row = 0; row < frame.rows; row += 1) values[row * columns.length + index] = scores[row]!;
  });
  return { scale: 'logOdds', base: model.intercept, columns, values };
}

/** Log-odds become probabilities: each part in the share that it has of the way from base to result. */
function asProbability(contributions: Contributions): Contributions {
  if (contributions.scale === 'probability') return contributions;
  const { base, columns, values } = contributions;
  const width = columns.length;
  const result = new Float64Array(values.length);
  const baseProbability = logistic(base);
  for (let row = 0; row < values.length / width; row += 1) {
    let sum = 0;
    for (let index = 0; index < width; index += 1) sum += values[row * width + index]!;
    const span = logistic(base + sum) - baseProbability;
    const slope = Math.abs(sum) < 1e-12 ? baseProbability * (1 - baseProbability) : span / sum;
    for (let index = 0; index < width; index += 1) result[row * width + index] = values[row * width + index]! * slope;
  }
  return { scale: 'probability', base: baseProbability, columns, values: result };
}

function ofSingle(model: SingleModel, frame: Frame): Contributions {
  switch (model.type) {
    case 'logistic_regression':
      return ofLogistic(model, frame);
    case 'random_forest':
      return ofTrees(model.trees, frame, 0, 'probability');
    case 'gradient_boosting':
      return ofTrees(model.trees, frame, model.base, 'logOdds');
  }
}

/** What was made of one column alone counts towards that column; a product of two stands by itself. */
function ofPrepared({ features, model }: PreparedModel, frame: Frame): Contributions {
  const { scale, base, columns: asked, values: parts } = contributionsOf(model, applyFeatures(features, frame));
  const origins = new Map(features.made.flatMap(({ name, of }) => (of.length === 1 ? [[name, of[0]]] : [])));
  const columns = [...new Set(asked.map((name) => origins.get(name) ?? name))];
  const place = new Map(columns.map((name, index) => [name, index]));
  const values = new Float64Array(frame.rows * columns.length);
  asked.forEach((name, index) => {
    const to = place.get(origins.get(name) ?? name)!;
    for (let row = 0; row < frame.rows; row += 1) values[row * columns.length + to]! += parts[row * asked.length + index]!;
  });
  return { scale, base, columns, values };
}

/**
 * What each column adds to the prediction of each row. Base and contributions add up to the model's log-odds, or its probability.
 * An ensemble's are the weighted means of its members', as probabilities.
 */
export function contributionsOf(model: Model, frame: Frame): Contributions {
  if (model.type === 'prepared') return ofPrepared(model, frame);
  if (model.type !== 'ensemble') return ofSingle(model, frame);
  const parts = model.members.map(({ model: member, weight }) => ({ weight, part: asProbability(ofSingle(member, frame)) }));
  const columns = [...new Set(parts.flatMap(({ part }) => part.columns))];
  const place = new Map(columns.map((name, index) => [name, index]));
  const values = new Float64Array(frame.rows * columns.length);
  for (const { weight, part } of parts) {
    part.columns.forEach((name, index) => {
      const to = place.get(name)!;
      for (let row = 0; row < frame.rows; row += 1) values[row * columns.length + to]! += weight * part.values[row * part.columns.length + index]!;
    });
  }
  return { scale: 'probability', base: parts.reduce((sum, { weight, part }) => sum + weight * part.base, 0), columns, values };
}
