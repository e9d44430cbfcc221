import type { BinnedFrame, ColumnBins } from './binning';
import { setWords } from './splits';

/**
 * Trees as plain arrays, one entry a node, trees one after the other. The right child of a node follows its left one.
 * A bin goes left where it is at most the cut; of a category split where the set holds it.
 */
export interface Trees {
  readonly columns: readonly ColumnBins[];
  /** The first node of each tree. */
  readonly roots: Int32Array;
  /** The column that a node asks; -1 in a leaf. */
  readonly column: Int16Array;
  /** The last bin that goes left. */
  readonly cut: Uint8Array;
  /** {@link missingLeftFlag} and {@link categoryFlag}. */
  readonly flags: Uint8Array;
  readonly left: Int32Array;
  /** Of a leaf what it adds; of a category split which set. */
  readonly value: Float64Array;
  /** Sets of bins, eight words each. */
  readonly sets: Uint32Array;
  /** Training rows that came by. */
  readonly cover: Float32Array;
}

/** What is missing goes left. */
export const missingLeftFlag = 1;
/** The node asks for a set of categories. */
export const categoryFlag = 2;

/** A tree while it grows. */
export interface TreeBuilder {
  readonly nodes: { column: number; cut: number; flags: number; left: number; value: number; cover: number }[];
  readonly sets: number[];
}

/** A tree's nodes as arrays, so that they cross threads cheaply. */
export type GrownTree = Omit<Trees, 'columns' | 'roots'>;

/** Puts a tree that has grown into arrays. */
export function grownTree({ nodes, sets }: TreeBuilder): GrownTree {
  return {
    column: Int16Array.from(nodes, ({ column }) => column),
    cut: Uint8Array.from(nodes, ({ cut }) => cut),
    flags: Uint8Array.from(nodes, ({ flags }) => flags),
    left: Int32Array.from(nodes, ({ left }) => left),
    value: Float64Array.from(nodes, ({ value }) => value),
    sets: Uint32Array.from(sets),
    cover: Float32Array.from(nodes, ({ cover }) => cover),
  };
}

/** Joins trees, each value times a factor. */
export function joinTrees(columns: readonly ColumnBins[], grown: readonly GrownTree[], factor = 1): Trees {
  const nodes = grown.reduce((sum, tree) => sum + tree.column.length, 0);
  const trees: Trees = {
    columns,
    roots: new Int32Array(grown.length),
    column: new Int16Array(nodes),
    cut: new Uint8Array(nodes),
    flags: new Uint8Array(nodes),
    left: new Int32Array(nodes),
    value: new Float64Array(nodes),
    sets: new Uint32Array(grown.reduce((sum, tree) => sum + tree.sets.length, 0)),
    cover: new Float32Array(nodes),
  };
  let at = 0;
  let setAt = 0;
  grown.forEach((tree, index) => {
    const firstSet = setAt / setWords;
    trees.roots[index] = at;
    trees.column.set(tree.column, at);
    trees.cut.set(tree.cut, at);
    trees.flags.set(tree.flags, at);
    trees.cover.set(tree.cover, at);
    trees.sets.set(tree.sets, setAt);
    for (let node = 0; node < tree.column.length; node += 1) {
      trees.left[at + node] = tree.left[node]! + at;
      const isSplit = tree.column[node]! >= 0;
      trees.value[at + node] = isSplit ? tree.value[node]! + firstSet : tree.value[node]! * factor;
    }
    at += tree.column.length;
    setAt += tree.sets.length;
  });
  return trees;
}

/** Whether a bin goes left at a node. */
export function goesLeft({ flags, cut, value, sets }: Trees, node: number, bin: number): boolean {
  if ((flags[node]! & categoryFlag) !== 0) return ((sets[value[node]! * setWords + (bin >> 5)]! >>> (bin & 31)) & 1) === 1;
  return bin === 0 ? (flags[node]! & missingLeftFlag) !== 0 : bin <= cut[node]!;
}

/** Adds to some rows of a frame the values of the leaves of one tree in which they end. */
export function addLeaves(trees: Trees, { bins, rows }: BinnedFrame, some: Int32Array, sums: Float64Array): void {
  const { column, left, value, roots } = trees;
  for (const root of roots) {
    for (const row of some) {
      let node = root;
      for (let asked = column[node]!; asked >= 0; asked = column[node]!) node = left[node]! + (goesLeft(trees, node, bins[asked * rows + row]!) ? 0 : 1);
      sums[row]! += value[node]!;
    }
  }
}
