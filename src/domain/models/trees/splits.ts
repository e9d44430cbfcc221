import { type ColumnBins, mostBins } from './binning';

// How the best way to part some rows by one column is found, from the sums of gradients and hessians in its bins.
// Gain: GL²/(HL+λ) + GR²/(HR+λ) − G²/(H+λ) (Chen and Guestrin 2016, equation 7, without the half and γ). With gradient = weight · outcome,
// hessian = weight and λ = 0 it is the decrease in Gini impurity, so forests use it too.

/** What a split must keep to. */
export interface SplitRules {
  /** λ of the gain. */
  readonly regularisation: number;
  readonly fewestRows: number;
  readonly leastHessian: number;
  /** Added to the hessian where categories are put in order, so that small ones stay in the middle. */
  readonly categorySmoothing: number;
  /** A category with fewer rows in the node stays with the rest. */
  readonly fewestRowsOfCategory: number;
  /** Categories that one side may name. */
  readonly mostCategories: number;
  readonly unit: number;
}

/** Numbers that describe a found split: gain, bin, direction of the missing, and gradient and packed sum of the left side. */
export const splitWidth = 5;
export const gainAt = 0;
export const binAt = 1;
export const missingAt = 2;
export const leftGradientAt = 3;
export const leftPackedAt = 4;
/** Words of a set of bins. */
export const setWords = mostBins / 32;

/** Room that a search needs, made once. */
export interface SplitScratch {
  readonly order: Int32Array;
  readonly key: Float64Array;
}

export function splitScratch(): SplitScratch {
  return { order: new Int32Array(mostBins), key: new Float64Array(mostBins) };
}

/**
 * Finds the best split by a column whose bins are in order. `found` gets the gain (0 where there is none), the last bin that goes left,
 * and whether the missing go left (1), right (0), or were not seen (2).
 *
 * @param sums gradient and packed sum of each bin, from `from` on
 */
export function findOrderedSplit(
  sums: Float64Array,
  from: number,
  bins: number,
  gradient: number,
  packed: number,
  rules: SplitRules,
  found: Float64Array,
  foundAt: number,
): void {
  const { regularisation, fewestRows, leastHessian, unit } = rules;
  const total = packed - Math.floor(packed / unit) * unit;
  const rows = Math.floor(packed / unit);
  const parent = (gradient * gradient) / (total + regularisation);
  const inverse = 1 / unit;
  const missingGradient = sums[from]!;
  const missingPacked = sums[from + 1]!;
  let best = 0;
  found[foundAt + gainAt] = 0;
  for (let direction = 0; direction < 2; direction += 1) {
    if (direction === 1 && missingPacked === 0) break;
    let left = direction === 1 ? missingGradient : 0;
    let leftPacked = direction === 1 ? missingPacked : 0;
    // Where some are missing, the last cut parts them from all others.
    const last = direction === 0 && missingPacked > 0 ? bins - 1 : bins - 2;
    for (let bin = 1; bin <= last; bin += 1) {
      const added = sums[from + 2 * bin + 1]!;
      if (added === 0) continue;
      left += sums[from + 2 * bin]!;
      leftPacked += added;
      const leftRows = Math.floor(leftPacked * inverse);
      if (leftRows < fewestRows) continue;
      if (rows - leftRows < fewestRows) break;
      const leftHessian = leftPacked - leftRows * unit;
      const rightHessian = total - leftHessian;
      if (leftHessian < leastHessian) continue;
      if (rightHessian < leastHessian) break;
      const right = gradient - left;
      const gain = (left * left) / (leftHessian + regularisation) + (right * right) / (rightHessian + regularisation) - parent;
      if (gain > best) {
        best = gain;
        found[foundAt + gainAt] = gain;
        found[foundAt + binAt] = bin;
        found[foundAt + missingAt] = missingPacked === 0 ? 2 : direction;
        found[foundAt + leftGradientAt] = left;
        found[foundAt + leftPackedAt] = leftPacked;
      }
    }
  }
}

/**
 * Finds the best split by a column of categories: they are put in order of gradient by hessian and cut once (Fisher 1958), from
 * either end. `set` gets the bins that go left; what is missing is a category like others.
 */
export function findCategorySplit(
  sums: Float64Array,
  from: number,
  bins: number,
  gradient: number,
  packed: number,
  rules: SplitRules,
  found: Float64Array,
  foundAt: number,
  set: Uint32Array,
  setAt: number,
  scratch: SplitScratch,
): void {
  const { regularisation, fewestRows, leastHessian, unit, categorySmoothing, fewestRowsOfCategory, mostCategories } = rules;
  const total = packed - Math.floor(packed / unit) * unit;
  const rows = Math.floor(packed / unit);
  const parent = (gradient * gradient) / (total + regularisation);
  const { order, key } = scratch;
  found[foundAt + gainAt] = 0;
  let known = 0;
  for (let bin = 0; bin < bins; bin += 1) {
    const here = sums[from + 2 * bin + 1]!;
    const count = Math.floor(here / unit);
    if (count === 0 || count < fewestRowsOfCategory) continue;
    const rank = sums[from + 2 * bin]! / (here - count * unit + categorySmoothing);
    let place = known;
    while (place > 0 && key[place - 1]! > rank) {
      key[place] = key[place - 1]!;
      order[place] = order[place - 1]!;
      place -= 1;
    }
    key[place] = rank;
    order[place] = bin;
    known += 1;
  }
  let best = 0;
  let bestCount = 0;
  let bestFromEnd = false;
  for (let direction = 0; direction < 2; direction += 1) {
    let left = 0;
    let leftPacked = 0;
    const most = Math.min(known, mostCategories);
    for (let place = 0; place < most; place += 1) {
      const bin = order[direction === 0 ? place : known - 1 - place]!;
      left += sums[from + 2 * bin]!;
      leftPacked += sums[from + 2 * bin + 1]!;
      const leftRows = Math.floor(leftPacked / unit);
      if (leftRows < fewestRows) continue;
      if (rows - leftRows < fewestRows) break;
      const leftHessian = leftPacked - leftRows * unit;
      const rightHessian = total - leftHessian;
      if (leftHessian < leastHessian) continue;
      if (rightHessian < leastHessian) break;
      const right = gradient - left;
      const gain = (left * left) / (leftHessian + regularisation) + (right * right) / (rightHessian + regularisation) - parent;
      if (gain > best) {
        best = gain;
        bestCount = place + 1;
        bestFromEnd = direction === 1;
        found[foundAt + gainAt] = gain;
        found[foundAt + leftGradientAt] = left;
        found[foundAt + leftPackedAt] = leftPacked;
      }
    }
  }
  if (bestCount === 0) return;
  for (let word = 0; word < setWords; word += 1) set[setAt + word] = 0;
  for (let place = 0; place < bestCount; place += 1) addToSet(set, setAt, order[bestFromEnd ? known - 1 - place : place]!);
  // What this node never saw follows the larger side.
  if (2 * Math.floor(found[foundAt + leftPackedAt]! / unit) > rows) {
    for (let bin = 0; bin < 2; bin += 1) if (sums[from + 2 * bin + 1] === 0) addToSet(set, setAt, bin);
  }
}

function addToSet(set: Uint32Array, at: number, bin: number): void {
  set[at + (bin >> 5)]! |= 1 << (bin & 31);
}

function inSet(set: Uint32Array, at: number, bin: number): boolean {
  return ((set[at + (bin >> 5)]! >>> (bin & 31)) & 1) === 1;
}

/** Writes into a table of all bins which of them go left. */
export function fillSides(
  sides: Uint8Array,
  column: ColumnBins,
  found: Float64Array,
  foundAt: number,
  set: Uint32Array,
  setAt: number,
  missingLeft: boolean,
): void {
  if (column.kind === 'category') {
    for (let bin = 0; bin < mostBins; bin += 1) sides[bin] = Number(inSet(set, setAt, bin));
    return;
  }
  const last = found[foundAt + binAt]!;
  for (let bin = 0; bin < mostBins; bin += 1) sides[bin] = Number(bin <= last);
  sides[0] = Number(missingLeft);
}
