import { type BinnedFrame, binCount, mostBins } from './binning';
import { askedOf, commandWidth, type GrowthData, growthWork, lanes } from './growthPieces';
import type { ParallelFor, ParallelSection } from '../parallel';
import { binAt, fillSides, gainAt, leftGradientAt, leftPackedAt, missingAt, setWords, type SplitRules, splitWidth } from './splits';
import { categoryFlag, missingLeftFlag, type TreeBuilder } from './trees';

// Grows one tree, the leaf with the largest gain first (Shi 2007), from sums by bin.

/** Limits of a tree's size. */
export interface TreeLimits {
  readonly mostLeaves: number;
  /** Splits from the root to a leaf, or null for as many as come. */
  readonly deepest: number | null;
}

export interface Grower {
  /**
   * Grows a tree on rows with gradients and packed hessians.
   *
   * @param rows the rows that it learns from, or null for all
   * @param asked the columns that it may ask, ascending
   * @param leafValue of a leaf's gradient and hessian
   * @param leafRows told the rows of each leaf with its value
   */
  grow(
    rows: Int32Array | null,
    gradients: Float32Array,
    hessians: Float64Array,
    asked: Int32Array,
    leafValue: (gradient: number, hessian: number) => number,
    leafRows: (order: Int32Array, first: number, end: number, value: number) => void,
  ): TreeBuilder;
  close(): void;
}

interface Leaf {
  node: number;
  depth: number;
  first: number;
  end: number;
  slot: number;
  gradient: number;
  packed: number;
  /** The best split, or null where none helps. */
  split: { gain: number; column: number; found: Float64Array; set: Uint32Array } | null;
}

function mostPromising(leaves: readonly Leaf[]): [Leaf | null, Leaf['split']] {
  let best: Leaf | null = null;
  let split: Leaf['split'] = null;
  for (const leaf of leaves) {
    if (leaf.split === null || leaf.split.gain <= (split?.gain ?? 0)) continue;
    best = leaf;
    split = leaf.split;
  }
  return [best, split];
}

function shared<Values>(parallelFor: ParallelFor, make: { new (buffer: ArrayBufferLike): Values; readonly BYTES_PER_ELEMENT: number }, length: number): Values {
  return new make(parallelFor.allocate(length * make.BYTES_PER_ELEMENT));
}

/** Puts the rows that go left before the others, both in the order that they had, and answers where the others begin. */
function partRows(bins: Uint8Array, sides: Uint8Array, order: Int32Array, first: number, end: number, aside: Int32Array): number {
  let kept = first;
  let moved = 0;
  for (let index = first; index < end; index += 1) {
    const row = order[index]!;
    const left = sides[bins[row]!]!;
    // Written on both sides and kept on one: no branch that a processor would guess wrongly half of the time.
    order[kept] = row;
    aside[moved] = row;
    kept += left;
    moved += 1 - left;
  }
  order.set(aside.subarray(0, moved), kept);
  return kept;
}

function gatherRows(order: Int32Array, first: number, end: number, gradients: Float32Array, hessians: Float64Array, toGradients: Float32Array, toHessians: Float64Array): void {
  for (let index = first; index < end; index += 1) {
    const row = order[index]!;
    toGradients[index - first] = gradients[row]!;
    toHessians[index - first] = hessians[row]!;
  }
}

/** Makes what is needed to grow trees on a binned frame, once for all trees. */
export function createGrower(binned: BinnedFrame, rules: SplitRules, limits: TreeLimits, parallelFor: ParallelFor): Grower {
  const { rows, columns } = binned;
  const starts = new Int32Array(columns.length);
  let sumsWidth = 0;
  columns.forEach((bins, column) => {
    starts[column] = sumsWidth;
    sumsWidth += 2 * binCount(bins);
  });
  const data: GrowthData = {
    binned,
    rules,
    order: shared(parallelFor, Int32Array, rows),
    gradients: shared(parallelFor, Float32Array, rows),
    hessians: shared(parallelFor, Float64Array, rows),
    sums: shared(parallelFor, Float64Array, limits.mostLeaves * sumsWidth),
    starts,
    sumsWidth,
    asked: shared(parallelFor, Int32Array, columns.length),
    found: shared(parallelFor, Float64Array, 2 * columns.length * splitWidth),
    sets: shared(parallelFor, Uint32Array, 2 * columns.length * setWords),
    command: shared(parallelFor, Float64Array, commandWidth),
  };
  const { order, command, found, sets } = data;
  const section: ParallelSection<undefined> = parallelFor.open(growthWork, data);
  const aside = new Int32Array(rows);
  const sides = new Uint8Array(mostBins);
  const { unit } = rules;

  /** The best split of a node that was just searched; of equal ones that of the first column. */
  const bestOf = (which: number): Leaf['split'] => {
    let best = -1;
    let gain = 0;
    for (const column of data.asked.subarray(0, command[askedOf])) {
      const here = found[(which * columns.length + column) * splitWidth + gainAt]!;
      if (here > gain) {
        gain = here;
        best = column;
      }
    }
    if (best < 0) return null;
    const place = which * columns.length + best;
    return { gain, column: best, found: found.slice(place * splitWidth, (place + 1) * splitWidth), set: sets.slice(place * setWords, (place + 1) * setWords) };
  };
  const maySplit = (leaf: Leaf): boolean =>
    Math.floor(leaf.packed / unit) >= 2 * rules.fewestRows && (limits.deepest === null || leaf.depth < limits.deepest);

  return {
    grow(chosen, gradients, hessians, asked, leafValue, leafRows) {
      data.asked.set(asked);
      const pieces = Math.ceil(asked.length / lanes);
      const count = chosen?.length ?? rows;
      let gradient = 0;
      let packed = 0;
      if (chosen === null) for (let row = 0; row < rows; row += 1) order[row] = row;
      else order.set(chosen);
      for (let index = 0; index < count; index += 1) {
        gradient += gradients[order[index]!]!;
        packed += hessians[order[index]!]!;
      }
      const gather = (first: number, end: number): void => {
        gatherRows(order, first, end, gradients, hessians, data.gradients, data.hessians);
      };
      const builder: TreeBuilder = { nodes: [], sets: [] };
      const addNode = (sum: number): number =>
        builder.nodes.push({ column: -1, cut: 0, flags: 0, left: 0, value: 0, cover: Math.floor(sum / unit) }) - 1;

      const root: Leaf = { node: addNode(packed), depth: 0, first: 0, end: count, slot: 0, gradient, packed, split: null };
      const leaves: Leaf[] = [root];
      const free: number[] = [];
      for (let slot = limits.mostLeaves - 1; slot > 0; slot -= 1) free.push(slot);
      if (maySplit(root) && limits.mostLeaves > 1) {
        gather(0, count);
        command.set([0, count, 0, -1, asked.length, gradient, packed, 0, 0]);
        section.run(pieces);
        root.split = bestOf(0);
      }
      while (leaves.length < limits.mostLeaves) {
        const [chosenLeaf, split] = mostPromising(leaves);
        if (chosenLeaf === null || split === null) break;
        const bins = columns[split.column]!;
        const leftPacked = split.found[leftPackedAt]!;
        const leftGradient = split.found[leftGradientAt]!;
        const leftCount = Math.floor(leftPacked / unit);
        const missing = split.found[missingAt]!;
        // Where nothing was missing, what is missing later follows the larger side.
        const missingLeft = missing === 2 ? 2 * leftCount > chosenLeaf.end - chosenLeaf.first : missing === 1;
        fillSides(sides, bins, split.found, 0, split.set, 0, missingLeft);

        const { first, end } = chosenLeaf;
        const kept = partRows(binned.bins.subarray(split.column * rows, (split.column + 1) * rows), sides, order, first, end, aside);

        const left = addNode(leftPacked);
        addNode(chosenLeaf.packed - leftPacked);
        const node = builder.nodes[chosenLeaf.node]!;
        node.column = split.column;
        node.left = left;
        if (bins.kind === 'category') {
          node.flags = categoryFlag;
          node.value = builder.sets.length / setWords;
          builder.sets.push(...split.set);
        } else {
          node.flags = missingLeft ? missingLeftFlag : 0;
          node.cut = split.found[binAt]!;
        }
        const depth = chosenLeaf.depth + 1;
        const slot = free.pop()!;
        const smallerIsLeft = kept - first <= end - kept;
        const low: Leaf = { node: left, depth, first, end: kept, slot: smallerIsLeft ? slot : chosenLeaf.slot, gradient: leftGradient, packed: leftPacked, split: null };
        const high: Leaf = { node: left + 1, depth, first: kept, end, slot: smallerIsLeft ? chosenLeaf.slot : slot, gradient: chosenLeaf.gradient - leftGradient, packed: chosenLeaf.packed - leftPacked, split: null };
        leaves[leaves.indexOf(chosenLeaf)] = low;
        leaves.push(high);
        if (leaves.length >= limits.mostLeaves || (!maySplit(low) && !maySplit(high))) continue;
        const [small, large] = smallerIsLeft ? [low, high] : [high, low];
        gather(small.first, small.end);
        command.set([small.first, small.end, small.slot, large.slot, asked.length, small.gradient, small.packed, large.gradient, large.packed]);
        section.run(pieces);
        if (maySplit(small)) small.split = bestOf(0);
        if (maySplit(large)) large.split = bestOf(1);
      }
      for (const leaf of leaves) {
        const value = leafValue(leaf.gradient, leaf.packed - Math.floor(leaf.packed / unit) * unit);
        builder.nodes[leaf.node]!.value = value;
        leafRows(order, leaf.first, leaf.end, value);
      }
      return builder;
    },
    close: () => {
      section.close();
    },
  };
}
