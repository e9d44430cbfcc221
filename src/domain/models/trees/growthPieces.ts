import { type BinnedFrame, binCount, mostBins } from './binning';
import type { ParallelWork } from '../parallel';
import { findCategorySplit, findOrderedSplit, setWords, type SplitRules, splitScratch, splitWidth } from './splits';

// The part of growing a tree that threads share: sums by bin of a node's rows, and the best split of each column. Only the smaller child
// of a split is added up, the larger is its parent less the smaller (Ke et al. 2017).

/** What every thread knows of the tree that grows. All arrays are shared. */
export interface GrowthData {
  readonly binned: BinnedFrame;
  readonly rules: SplitRules;
  /** Rows, those of a node side by side. */
  readonly order: Int32Array;
  /** Gradient and packed hessian of the rows that are added up, in their order. */
  readonly gradients: Float32Array;
  readonly hessians: Float64Array;
  /** Sums of a slot and column at slot * sumsWidth + starts[column]. */
  readonly sums: Float64Array;
  readonly starts: Int32Array;
  readonly sumsWidth: number;
  /** The columns that this tree may ask. */
  readonly asked: Int32Array;
  /** The best split of each column, of two nodes. */
  readonly found: Float64Array;
  readonly sets: Uint32Array;
  /** See {@link commandWidth}. */
  readonly command: Float64Array;
}

// What is to be done: add up the rows from `first` to `end` into `slot`, take it from `other` if there is one, and look for splits of both.
const firstOf = 0;
const endOf = 1;
const slotOf = 2;
const otherOf = 3;
export const askedOf = 4;
const gradientOf = 5;
const packedOf = 6;
const otherGradientOf = 7;
const otherPackedOf = 8;
export const commandWidth = 9;

/** Columns that are added up in one pass over the rows, so that a row's place and gradients are read once for all of them. */
export const lanes = 4;

/** Adds rows up by bin. */
function addUp(
  columns: readonly [Uint8Array, Uint8Array, Uint8Array, Uint8Array],
  sums: readonly [Float64Array, Float64Array, Float64Array, Float64Array],
  rows: Int32Array,
  first: number,
  count: number,
  gradients: Float32Array,
  hessians: Float64Array,
): void {
  const [column0, column1, column2, column3] = columns;
  const [sums0, sums1, sums2, sums3] = sums;
  for (let index = 0; index < count; index += 1) {
    const row = rows[first + index]!;
    const gradient = gradients[index]!;
    const hessian = hessians[index]!;
    const at0 = column0[row]! << 1;
    const at1 = column1[row]! << 1;
    const at2 = column2[row]! << 1;
    const at3 = column3[row]! << 1;
    sums0[at0]! += gradient;
    sums0[at0 + 1]! += hessian;
    sums1[at1]! += gradient;
    sums1[at1 + 1]! += hessian;
    sums2[at2]! += gradient;
    sums2[at2 + 1]! += hessian;
    sums3[at3]! += gradient;
    sums3[at3 + 1]! += hessian;
  }
}

function pieceOf(data: GrowthData): (piece: number) => void {
  const { binned, rules, order, gradients, hessians, sums, starts, sumsWidth, asked, found, sets, command } = data;
  const scratch = splitScratch();
  const unused = new Float64Array(2 * mostBins);
  const search = (column: number, start: number, gradient: number, packed: number, node: number): void => {
    const bins = binned.columns[column]!;
    const place = node * binned.columns.length + column;
    if (bins.kind === 'category') {
      findCategorySplit(sums, start, binCount(bins), gradient, packed, rules, found, place * splitWidth, sets, place * setWords, scratch);
    } else {
      findOrderedSplit(sums, start, binCount(bins), gradient, packed, rules, found, place * splitWidth);
    }
  };
  const binsOf = (column: number): Uint8Array => binned.bins.subarray(column * binned.rows, (column + 1) * binned.rows);
  return (piece) => {
    const here = asked.subarray(piece * lanes, Math.min(command[askedOf]!, (piece + 1) * lanes));
    const slotStart = command[slotOf]! * sumsWidth;
    const sumsOf = (lane: number): Float64Array => {
      if (lane >= here.length) return unused;
      const column = here[lane]!;
      const start = slotStart + starts[column]!;
      return sums.subarray(start, start + 2 * binCount(binned.columns[column]!)).fill(0);
    };
    const columnOf = (lane: number): Uint8Array => binsOf(here[Math.min(lane, here.length - 1)]!);
    const first = command[firstOf]!;
    addUp([columnOf(0), columnOf(1), columnOf(2), columnOf(3)], [sumsOf(0), sumsOf(1), sumsOf(2), sumsOf(3)], order, first, command[endOf]! - first, gradients, hessians);
    const other = command[otherOf]!;
    for (const column of here) {
      const start = slotStart + starts[column]!;
      search(column, start, command[gradientOf]!, command[packedOf]!, 0);
      if (other < 0) continue;
      const otherStart = other * sumsWidth + starts[column]!;
      subtract(sums, otherStart, start, 2 * binCount(binned.columns[column]!));
      search(column, otherStart, command[otherGradientOf]!, command[otherPackedOf]!, 1);
    }
  };
}

function subtract(sums: Float64Array, from: number, what: number, width: number): void {
  for (let index = 0; index < width; index += 1) sums[from + index]! -= sums[what + index]!;
}

export const growthWork: ParallelWork<GrowthData, undefined> = {
  name: 'growth',
  prepare: (data) => {
    const work = pieceOf(data);
    return (piece) => {
      work(piece);
      return undefined;
    };
  },
};
