import { type Rng, seededRng } from '#domain/kernel/rng';
import type { ParallelWork } from '../parallel';
import { type BinnedFrame, binCount, mostBins } from './binning';
import { binAt, fillSides, findCategorySplit, findOrderedSplit, gainAt, leftGradientAt, leftPackedAt, missingAt, setWords, type SplitRules, splitScratch, splitWidth } from './splits';
import { categoryFlag, type GrownTree, grownTree, missingLeftFlag, type TreeBuilder } from './trees';

// Trees of a forest (Breiman 2001) on binned columns: each on rows drawn with replacement, each node from columns drawn anew. "Gradient"
// is weight · outcome and "hessian" weight here, so that the gain is the decrease in Gini impurity.

export interface ForestData {
  readonly binned: BinnedFrame;
  readonly labels: Uint8Array;
  readonly weights: Float64Array | null;
  readonly rules: SplitRules;
  readonly columnsPerSplit: number;
  readonly deepest: number | null;
  readonly hessianRounder: number;
  readonly gradientRounder: number;
  readonly seed: number;
}

/** The rows that a tree sees, those of a node side by side, with what each counts for. */
interface Rows {
  readonly order: Int32Array;
  readonly gradients: Float32Array;
  readonly hessians: Float64Array;
}

function rowsOf(length: number): Rows {
  return { order: new Int32Array(length), gradients: new Float32Array(length), hessians: new Float64Array(length) };
}

function addColumn(bins: Uint8Array, { order, gradients, hessians }: Rows, first: number, end: number, sums: Float64Array): void {
  for (let index = first; index < end; index += 1) {
    const at = bins[order[index]!]! << 1;
    sums[at]! += gradients[index]!;
    sums[at + 1]! += hessians[index]!;
  }
}

/** The same, noting in a set which bins were touched: a small node leaves most of them empty. */
function addSparsely(bins: Uint8Array, { order, gradients, hessians }: Rows, first: number, end: number, sums: Float64Array, touched: Int32Array): void {
  for (let index = first; index < end; index += 1) {
    const bin = bins[order[index]!]!;
    touched[bin >> 5]! |= 1 << (bin & 31);
    sums[2 * bin]! += gradients[index]!;
    sums[2 * bin + 1]! += hessians[index]!;
  }
}

/** Moves touched bins together, "missing" first, leaves the sums empty, and answers how many there are. */
function compact(sums: Float64Array, touched: Int32Array, compacted: Float64Array, binOf: Uint8Array): number {
  compacted[0] = sums[0]!;
  compacted[1] = sums[1]!;
  sums[0] = 0;
  sums[1] = 0;
  touched[0]! &= -2;
  binOf[0] = 0;
  let count = 1;
  for (let word = 0; word < setWords; word += 1) {
    for (let rest = touched[word]!; rest !== 0; rest &= rest - 1) {
      const bin = (word << 5) + 31 - Math.clz32(rest & -rest);
      compacted[2 * count] = sums[2 * bin]!;
      compacted[2 * count + 1] = sums[2 * bin + 1]!;
      sums[2 * bin] = 0;
      sums[2 * bin + 1] = 0;
      binOf[count] = bin;
      count += 1;
    }
    touched[word] = 0;
  }
  return count;
}

function partRows(bins: Uint8Array, sides: Uint8Array, rows: Rows, first: number, end: number, aside: Rows): number {
  const { order, gradients, hessians } = rows;
  let kept = first;
  let moved = 0;
  for (let index = first; index < end; index += 1) {
    const row = order[index]!;
    const gradient = gradients[index]!;
    const hessian = hessians[index]!;
    const left = sides[bins[row]!]!;
    order[kept] = row;
    gradients[kept] = gradient;
    hessians[kept] = hessian;
    aside.order[moved] = row;
    aside.gradients[moved] = gradient;
    aside.hessians[moved] = hessian;
    kept += left;
    moved += 1 - left;
  }
  order.set(aside.order.subarray(0, moved), kept);
  gradients.set(aside.gradients.subarray(0, moved), kept);
  hessians.set(aside.hessians.subarray(0, moved), kept);
  return kept;
}

/** Draws as many rows as there are, with replacement, and answers how many different ones came. */
function drawRows({ binned, labels, weights, rules, gradientRounder, hessianRounder }: ForestData, random: Rng, times: Uint8Array, rows: Rows): number {
  times.fill(0);
  for (let draw = 0; draw < binned.rows; draw += 1) times[Math.floor(random() * binned.rows)]! += 1;
  let count = 0;
  for (let row = 0; row < binned.rows; row += 1) {
    if (times[row] === 0) continue;
    const weight = times[row]! * (weights === null ? 1 : weights[row]!);
    rows.order[count] = row;
    rows.gradients[count] = weight * labels[row]! + gradientRounder - gradientRounder;
    rows.hessians[count] = rules.unit + (weight + hessianRounder - hessianRounder);
    count += 1;
  }
  return count;
}

function createForestGrower(data: ForestData): (seed: number) => TreeBuilder {
  const { binned, rules, columnsPerSplit, deepest } = data;
  const { columns } = binned;
  const { unit } = rules;
  const rows = rowsOf(binned.rows);
  const aside = rowsOf(binned.rows);
  const times = new Uint8Array(binned.rows);
  const sums = new Float64Array(2 * mostBins);
  const compacted = new Float64Array(2 * mostBins);
  const touched = new Int32Array(setWords);
  const binOf = new Uint8Array(mostBins);
  const found = new Float64Array(splitWidth);
  const best = new Float64Array(splitWidth);
  const set = new Uint32Array(setWords);
  const bestSet = new Uint32Array(setWords);
  const sides = new Uint8Array(mostBins);
  const scratch = splitScratch();
  const drawn = new Int32Array(columns.length);
  const binsOf = columns.map((_, column) => binned.bins.subarray(column * binned.rows, (column + 1) * binned.rows));

  /** Looks for the best split by one column; whether the column tells the rows of the node apart at all. */
  const search = (column: number, first: number, end: number, gradient: number, packed: number): boolean => {
    const bins = columns[column]!;
    const count = binCount(bins);
    if (bins.kind === 'category') {
      sums.fill(0, 0, 2 * count);
      addColumn(binsOf[column]!, rows, first, end, sums);
      findCategorySplit(sums, 0, count, gradient, packed, rules, found, 0, set, 0, scratch);
      sums.fill(0, 0, 2 * count);
      return found[gainAt]! > 0;
    }
    addSparsely(binsOf[column]!, rows, first, end, sums, touched);
    const seen = compact(sums, touched, compacted, binOf);
    if (seen <= 1 || (seen === 2 && compacted[1] === 0)) return false;
    findOrderedSplit(compacted, 0, seen, gradient, packed, rules, found, 0);
    if (found[gainAt]! > 0) {
      // The cut lies half-way to the next bin that was seen, as between values.
      const bin = found[binAt]!;
      found[binAt] = bin + 1 < seen ? (binOf[bin]! + binOf[bin + 1]! - 1) >> 1 : binOf[bin]!;
    }
    return true;
  };

  return (seed) => {
    const random = seededRng(seed);
    // A tree is the same whichever this thread grew before.
    for (let column = 0; column < drawn.length; column += 1) drawn[column] = column;
    const count = drawRows(data, random, times, rows);
    const builder: TreeBuilder = { nodes: [], sets: [] };
    let gradient = 0;
    let packed = 0;
    for (let index = 0; index < count; index += 1) {
      gradient += rows.gradients[index]!;
      packed += rows.hessians[index]!;
    }
    const add = (value: number, sum: number): number =>
      builder.nodes.push({ column: -1, cut: 0, flags: 0, left: 0, value, cover: Math.floor(sum / unit) }) - 1;
    const hessianOf = (sum: number): number => sum - Math.floor(sum / unit) * unit;
    const rateOf = (sumOfGradients: number, sum: number): number => Math.min(1, Math.max(0, sumOfGradients / hessianOf(sum)));
    const stack = [{ node: add(rateOf(gradient, packed), packed), first: 0, end: count, depth: 0, gradient, packed }];
    for (let here = stack.pop(); here !== undefined; here = stack.pop()) {
      const { first, end, depth } = here;
      const hessian = hessianOf(here.packed);
      const pure = here.gradient <= 1e-9 * hessian || hessian - here.gradient <= 1e-9 * hessian;
      if (pure || end - first < 2 * rules.fewestRows || (deepest !== null && depth >= deepest)) continue;
      let bestColumn = -1;
      best[gainAt] = 1e-12;
      let tried = 0;
      // Columns are drawn one after the other; one that is the same in all rows of the node does not count.
      for (let draw = 0; draw < columns.length && (tried < columnsPerSplit || bestColumn < 0); draw += 1) {
        const other = draw + Math.floor(random() * (columns.length - draw));
        const column = drawn[other]!;
        drawn[other] = drawn[draw]!;
        drawn[draw] = column;
        if (!search(column, first, end, here.gradient, here.packed)) continue;
        tried += 1;
        if (found[gainAt]! > best[gainAt]) {
          best.set(found);
          bestSet.set(set);
          bestColumn = column;
        }
      }
      if (bestColumn < 0) continue;
      const bins = columns[bestColumn]!;
      const leftPacked = best[leftPackedAt]!;
      const missing = best[missingAt]!;
      const missingLeft = missing === 2 ? 2 * Math.floor(leftPacked / unit) > end - first : missing === 1;
      fillSides(sides, bins, best, 0, bestSet, 0, missingLeft);
      const middle = partRows(binsOf[bestColumn]!, sides, rows, first, end, aside);
      const leftGradient = best[leftGradientAt]!;
      const left = add(rateOf(leftGradient, leftPacked), leftPacked);
      add(rateOf(here.gradient - leftGradient, here.packed - leftPacked), here.packed - leftPacked);
      const node = builder.nodes[here.node]!;
      node.column = bestColumn;
      node.left = left;
      if (bins.kind === 'category') {
        node.flags = categoryFlag;
        node.value = builder.sets.length / setWords;
        builder.sets.push(...bestSet);
      } else {
        node.flags = missingLeft ? missingLeftFlag : 0;
        node.cut = best[binAt]!;
        node.value = 0;
      }
      stack.push(
        { node: left + 1, first: middle, end, depth: depth + 1, gradient: here.gradient - leftGradient, packed: here.packed - leftPacked },
        { node: left, first, end: middle, depth: depth + 1, gradient: leftGradient, packed: leftPacked },
      );
    }
    return builder;
  };
}

/** One tree of a forest; the argument is the number of the first. */
export const forestTreeWork: ParallelWork<ForestData, GrownTree> = {
  name: 'forestTree',
  prepare: (data) => {
    const grow = createForestGrower(data);
    return (piece, first) => grownTree(grow(data.seed + 7_919 * (first + piece)));
  },
};
