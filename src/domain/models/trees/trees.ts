import type { ParallelFor, ParallelWork } from '../parallel';
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

/**
 * Nodes as walking them wants: two words each. The first holds the column (16 bits), the cut (8) and what is added to a bin before it is
 * compared (8); the second the left child, in a leaf the leaf itself. Adding 255, less 256 where it overflows, turns "missing" into the
 * last bin and takes one from the others, so that the missing go right.
 */
interface Walk {
  readonly nodes: Int32Array;
  readonly depths: Int32Array;
  /** Trees that ask for categories are walked one row after the other. */
  readonly hasSets: Uint8Array;
}

const walks = new WeakMap<Trees, Walk>();

function walkOf(trees: Trees): Walk {
  const known = walks.get(trees);
  if (known !== undefined) return known;
  const { column, cut, flags, left, roots } = trees;
  const nodes = new Int32Array(2 * column.length);
  const depths = new Int32Array(roots.length);
  const hasSets = new Uint8Array(roots.length);
  const depthAt = new Uint16Array(column.length);
  for (let tree = 0; tree < roots.length; tree += 1) {
    const end = roots[tree + 1] ?? column.length;
    // Children come after their parent.
    for (let node = roots[tree]!; node < end; node += 1) {
      if (column[node]! < 0) {
        nodes[2 * node] = 255 << 16;
        nodes[2 * node + 1] = node;
        depths[tree] = Math.max(depths[tree]!, depthAt[node]!);
        continue;
      }
      const missingRight = (flags[node]! & missingLeftFlag) === 0;
      nodes[2 * node] = column[node]! | ((missingRight ? cut[node]! - 1 : cut[node]!) << 16) | ((missingRight ? 255 : 0) << 24);
      nodes[2 * node + 1] = left[node]!;
      if ((flags[node]! & categoryFlag) !== 0) hasSets[tree] = 1;
      depthAt[left[node]!] = depthAt[node]! + 1;
      depthAt[left[node]! + 1] = depthAt[node]! + 1;
    }
  }
  const walk = { nodes, depths, hasSets };
  walks.set(trees, walk);
  return walk;
}

/** Rows whose bins are laid out together, so that they and a tree stay in the nearest cache. */
const blockRows = 256;
/** Trees that are larger than that cache come by less often: as many rows as the next one holds pass each. */
const blockRowsOfLarge = 4_096;
const largeNodes = 2_048;
/** Rows of one piece of work. */
const pieceRows = 8_192;
/** A tree this deep is walked until all rows have come to their leaves: few paths are as long as the longest. */
const deepTree = 12;

interface SumData {
  readonly trees: Trees;
  readonly bins: Uint8Array;
  readonly rows: number;
  readonly sums: Float64Array;
}

export const leafSumWork: ParallelWork<SumData, undefined> = {
  name: 'leafSum',
  prepare: ({ trees, bins, rows, sums }) => {
    const walk = walkOf(trees);
    const width = trees.columns.length;
    const together = trees.column.length > largeNodes * trees.roots.length ? blockRowsOfLarge : blockRows;
    const block = new Uint8Array(together * width);
    return (piece) => {
      const end = Math.min(rows, (piece + 1) * pieceRows);
      for (let first = piece * pieceRows; first < end; first += together) {
        const count = Math.min(together, end - first);
        layOut(bins, rows, first, count, width, block);
        for (let tree = 0; tree < trees.roots.length; tree += 1) {
          const root = trees.roots[tree]!;
          if (walk.hasSets[tree] === 1) walkSets(trees, root, block, width, count, sums, first);
          else if (walk.depths[tree]! >= deepTree) walkDeep(walk.nodes, walk.depths[tree]!, trees.value, root, block, width, count, sums, first);
          else walkCuts(walk.nodes, walk.depths[tree]!, trees.value, root, block, width, count, sums, first);
        }
      }
      return undefined;
    };
  },
};

function layOut(bins: Uint8Array, rows: number, first: number, count: number, width: number, block: Uint8Array): void {
  for (let column = 0; column < width; column += 1) {
    const from = column * rows + first;
    for (let row = 0, to = column; row < count; row += 1, to += width) block[to] = bins[from + row]!;
  }
}

/** Walks four rows at a time to the depth of the tree, without a branch; a row that has come to its leaf stays there. */
function walkCuts(nodes: Int32Array, depth: number, value: Float64Array, root: number, block: Uint8Array, width: number, count: number, sums: Float64Array, first: number): void {
  let row = 0;
  for (; row + 4 <= count; row += 4) {
    const at0 = row * width;
    const at1 = at0 + width;
    const at2 = at1 + width;
    const at3 = at2 + width;
    let node0 = root;
    let node1 = root;
    let node2 = root;
    let node3 = root;
    for (let level = 0; level < depth; level += 1) {
      const word0 = nodes[2 * node0]!;
      const word1 = nodes[2 * node1]!;
      const word2 = nodes[2 * node2]!;
      const word3 = nodes[2 * node3]!;
      node0 = nodes[2 * node0 + 1]! + ((((word0 >>> 16) & 255) - ((block[at0 + (word0 & 0xffff)]! + (word0 >>> 24)) & 255)) >>> 31);
      node1 = nodes[2 * node1 + 1]! + ((((word1 >>> 16) & 255) - ((block[at1 + (word1 & 0xffff)]! + (word1 >>> 24)) & 255)) >>> 31);
      node2 = nodes[2 * node2 + 1]! + ((((word2 >>> 16) & 255) - ((block[at2 + (word2 & 0xffff)]! + (word2 >>> 24)) & 255)) >>> 31);
      node3 = nodes[2 * node3 + 1]! + ((((word3 >>> 16) & 255) - ((block[at3 + (word3 & 0xffff)]! + (word3 >>> 24)) & 255)) >>> 31);
    }
    sums[first + row]! += value[node0]!;
    sums[first + row + 1]! += value[node1]!;
    sums[first + row + 2]! += value[node2]!;
    sums[first + row + 3]! += value[node3]!;
  }
  for (; row < count; row += 1) {
    let node = root;
    for (let level = 0; level < depth; level += 1) {
      const word = nodes[2 * node]!;
      node = nodes[2 * node + 1]! + ((((word >>> 16) & 255) - ((block[row * width + (word & 0xffff)]! + (word >>> 24)) & 255)) >>> 31);
    }
    sums[first + row]! += value[node]!;
  }
}

/** Levels between two looks whether all rows have come to their leaves. */
const levelsAtOnce = 4;

/** The same, four rows at a time, until none moves any more. */
function walkDeep(nodes: Int32Array, depth: number, value: Float64Array, root: number, block: Uint8Array, width: number, count: number, sums: Float64Array, first: number): void {
  const whole = count - (count % 4);
  for (let row = 0; row < whole; row += 4) {
    const at0 = row * width;
    const at1 = at0 + width;
    const at2 = at1 + width;
    const at3 = at2 + width;
    let node0 = root;
    let node1 = root;
    let node2 = root;
    let node3 = root;
    for (let from = 0; from < depth; from += levelsAtOnce) {
      for (let level = 0; level < levelsAtOnce; level += 1) {
        const word0 = nodes[2 * node0]!;
        const word1 = nodes[2 * node1]!;
        const word2 = nodes[2 * node2]!;
        const word3 = nodes[2 * node3]!;
        node0 = nodes[2 * node0 + 1]! + ((((word0 >>> 16) & 255) - ((block[at0 + (word0 & 0xffff)]! + (word0 >>> 24)) & 255)) >>> 31);
        node1 = nodes[2 * node1 + 1]! + ((((word1 >>> 16) & 255) - ((block[at1 + (word1 & 0xffff)]! + (word1 >>> 24)) & 255)) >>> 31);
        node2 = nodes[2 * node2 + 1]! + ((((word2 >>> 16) & 255) - ((block[at2 + (word2 & 0xffff)]! + (word2 >>> 24)) & 255)) >>> 31);
        node3 = nodes[2 * node3 + 1]! + ((((word3 >>> 16) & 255) - ((block[at3 + (word3 & 0xffff)]! + (word3 >>> 24)) & 255)) >>> 31);
      }
      // A leaf leads to itself.
      if (nodes[2 * node0 + 1] === node0 && nodes[2 * node1 + 1] === node1 && nodes[2 * node2 + 1] === node2 && nodes[2 * node3 + 1] === node3) break;
    }
    sums[first + row]! += value[node0]!;
    sums[first + row + 1]! += value[node1]!;
    sums[first + row + 2]! += value[node2]!;
    sums[first + row + 3]! += value[node3]!;
  }
  if (whole < count) walkCuts(nodes, depth, value, root, block.subarray(whole * width), width, count - whole, sums, first + whole);
}

function walkSets(trees: Trees, root: number, block: Uint8Array, width: number, count: number, sums: Float64Array, first: number): void {
  const { column, left, value } = trees;
  for (let row = 0; row < count; row += 1) {
    let node = root;
    for (let asked = column[node]!; asked >= 0; asked = column[node]!) node = left[node]! + (goesLeft(trees, node, block[row * width + asked]!) ? 0 : 1);
    sums[first + row]! += value[node]!;
  }
}

/** For each row of a frame `base` and the values of the leaves in which it ends. The frame must have been binned for these trees. */
export function sumLeaves(trees: Trees, { bins, rows }: BinnedFrame, base: number, parallelFor: ParallelFor): Float64Array {
  const sums = new Float64Array(parallelFor.allocate(8 * rows)).fill(base);
  const section = parallelFor.open(leafSumWork, { trees, bins, rows, sums });
  try {
    section.run(Math.ceil(rows / pieceRows));
  } finally {
    section.close();
  }
  return sums;
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
