import type { ParallelFor, ParallelWork } from '../parallel';
import { type BinnedFrame, binCount } from './binning';
import { categoryFlag, goesLeft, missingLeftFlag, type Trees } from './trees';

// Adds up what the leaves say in which rows end. Bins are read as they lie, one column after the other. No row walks by itself: a small
// tree is asked by tables, a large one takes all rows of a piece down together. Rows get their trees in the order of the trees, so that
// sums are the same bits for any number of threads.

/** A tree of so many leaves is asked by tables: its leaves are the bits of a word. */
const mostLeavesOfTables = 32;
/** Bytes have so many values. */
const tableLength = 256;

/**
 * A small tree as tables, one for each column that it asks: of each bin, the leaves that it leaves possible (QuickScorer, Lucchese et al.
 * 2015, with one word a bin in place of one a split). The one leaf that all tables leave is that of the row.
 */
interface TreeTables {
  readonly columns: Int32Array;
  /** One after the other, in the order of `columns`. */
  readonly tables: Int32Array;
  /** What each leaf adds, by its bit. */
  readonly values: Float64Array;
}

const known = new WeakMap<Trees, readonly (TreeTables | null)[]>();

function leavesOf(trees: Trees, root: number, end: number): number[] {
  const leaves: number[] = [];
  for (let node = root; node < end; node += 1) if (trees.column[node]! < 0) leaves.push(node);
  return leaves;
}

function tablesOfTree(trees: Trees, root: number, end: number): TreeTables | null {
  const leaves = leavesOf(trees, root, end);
  if (leaves.length > mostLeavesOfTables) return null;
  const under = new Int32Array(end - root);
  leaves.forEach((leaf, bit) => { under[leaf - root] = 1 << bit; });
  const asked = new Set<number>();
  // Children come after their parent.
  for (let node = end - 1; node >= root; node -= 1) {
    if (trees.column[node]! < 0) continue;
    const left = trees.left[node]! - root;
    under[node - root] = under[left]! | under[left + 1]!;
    asked.add(trees.column[node]!);
  }
  const columns = Int32Array.from(asked).sort();
  const places = new Map(Array.from(columns, (column, place) => [column, place * tableLength]));
  const tables = new Int32Array(columns.length * tableLength).fill(under[0]!);
  for (let node = root; node < end; node += 1) {
    const column = trees.column[node]!;
    if (column < 0) continue;
    const place = places.get(column)!;
    const left = trees.left[node]! - root;
    for (let bin = 0; bin < binCount(trees.columns[column]!); bin += 1) tables[place + bin]! &= ~(goesLeft(trees, node, bin) ? under[left + 1]! : under[left]!);
  }
  return { columns, tables, values: Float64Array.from(leaves, (leaf) => trees.value[leaf]!) };
}

function tablesOf(trees: Trees): readonly (TreeTables | null)[] {
  const found = known.get(trees);
  if (found !== undefined) return found;
  const tables = Array.from(trees.roots, (root, tree) => tablesOfTree(trees, root, trees.roots[tree + 1] ?? trees.column.length));
  known.set(trees, tables);
  return tables;
}

/** Rows that ask the tables together: their bins, the words and the tables stay in the nearest caches. */
const blockRows = 1_024;
/** Rows of one piece of work at most: enough of them go the same way in a large tree, and their bins stay in the second cache. */
const mostPieceRows = 16_384;
/** Fewer rows are not worth tables. */
const rowsForTables = 64;
/** So few rows go on one by one. */
const rowsForWalking = 4;

interface SumData {
  readonly trees: Trees;
  readonly bins: Uint8Array;
  readonly rows: number;
  readonly pieceRows: number;
  readonly sums: Float64Array;
}

export const leafSumWork: ParallelWork<SumData, undefined> = {
  name: 'leafSum',
  prepare: ({ trees, bins, rows, pieceRows, sums }) => {
    const tables = rows < rowsForTables ? null : tablesOf(trees);
    const possible = new Int32Array(blockRows);
    const most = Math.min(rows, pieceRows);
    const order = new Int32Array(most);
    const aside = new Int32Array(most);
    return (piece) => {
      const first = piece * pieceRows;
      const end = Math.min(rows, first + pieceRows);
      if (end <= first) return undefined;
      for (let tree = 0; tree < trees.roots.length; ) {
        // Trees of tables go together, block by block.
        let after = tree;
        while (tables !== null && after < trees.roots.length && tables[after] !== null) after += 1;
        if (tables !== null && after > tree) {
          for (let at = first; at < end; at += blockRows) {
            const count = Math.min(blockRows, end - at);
            for (let asked = tree; asked < after; asked += 1) askTables(tables[asked]!, bins, rows, at, count, possible, sums);
          }
          tree = after;
        } else {
          takeDown(trees, trees.roots[tree]!, bins, rows, first, end, order, aside, sums);
          tree += 1;
        }
      }
      return undefined;
    };
  },
};

/** Adds what one small tree says of some rows: four columns at a time, and no row waits for the answer of another. */
function askTables({ columns, tables, values }: TreeTables, bins: Uint8Array, rows: number, first: number, count: number, possible: Int32Array, sums: Float64Array): void {
  const width = columns.length;
  if (width === 0) {
    for (let row = 0; row < count; row += 1) sums[first + row]! += values[0]!;
    return;
  }
  // What is left over of fours asks its last column again, which changes nothing.
  for (let column = 0; column < width; column += 4) {
    const at1 = Math.min(column + 1, width - 1);
    const at2 = Math.min(column + 2, width - 1);
    const at3 = Math.min(column + 3, width - 1);
    const bins0 = columns[column]! * rows + first;
    const bins1 = columns[at1]! * rows + first;
    const bins2 = columns[at2]! * rows + first;
    const bins3 = columns[at3]! * rows + first;
    const table0 = column * tableLength;
    const table1 = at1 * tableLength;
    const table2 = at2 * tableLength;
    const table3 = at3 * tableLength;
    const last = column + 4 >= width;
    if (column === 0 && !last) {
      for (let row = 0; row < count; row += 1) {
        possible[row] = tables[table0 + bins[bins0 + row]!]! & tables[table1 + bins[bins1 + row]!]! & tables[table2 + bins[bins2 + row]!]! & tables[table3 + bins[bins3 + row]!]!;
      }
    } else if (!last) {
      for (let row = 0; row < count; row += 1) {
        possible[row]! &= tables[table0 + bins[bins0 + row]!]! & tables[table1 + bins[bins1 + row]!]! & tables[table2 + bins[bins2 + row]!]! & tables[table3 + bins[bins3 + row]!]!;
      }
    } else {
      const whole = column === 0 ? -1 : 0;
      for (let row = 0; row < count; row += 1) {
        const left = (possible[row]! | whole) & tables[table0 + bins[bins0 + row]!]! & tables[table1 + bins[bins1 + row]!]! & tables[table2 + bins[bins2 + row]!]! & tables[table3 + bins[bins3 + row]!]!;
        sums[first + row]! += values[31 - Math.clz32(left)]!;
      }
    }
  }
}

/** Takes rows down a large tree together: at each node they are parted, in place, until few are left. */
function takeDown(trees: Trees, root: number, bins: Uint8Array, rows: number, first: number, end: number, order: Int32Array, aside: Int32Array, sums: Float64Array): void {
  const { column, cut, flags, left, value } = trees;
  const count = end - first;
  for (let row = 0; row < count; row += 1) order[row] = first + row;
  // Nodes that wait for their rows: node, from, to.
  const waitingNodes = [root, 0, count];
  while (waitingNodes.length > 0) {
    let to = waitingNodes.pop()!;
    const from = waitingNodes.pop()!;
    let node = waitingNodes.pop()!;
    for (;;) {
      const asked = column[node]!;
      if (asked < 0) {
        const adds = value[node]!;
        for (let at = from; at < to; at += 1) sums[order[at]!]! += adds;
        break;
      }
      if (to - from <= rowsForWalking) {
        for (let at = from; at < to; at += 1) sums[order[at]!]! += value[walk(trees, node, bins, rows, order[at]!)]!;
        break;
      }
      const middle =
        (flags[node]! & categoryFlag) === 0
          ? partByCut(bins, asked * rows, cut[node]!, (flags[node]! & missingLeftFlag) !== 0, from, to, order, aside)
          : partBySet(trees, node, bins, asked * rows, from, to, order, aside);
      if (middle < to) waitingNodes.push(left[node]! + 1, middle, to);
      if (middle === from) break;
      node = left[node]!;
      to = middle;
    }
  }
}

/** Where one row ends that begins at a node. */
function walk(trees: Trees, from: number, bins: Uint8Array, rows: number, row: number): number {
  const { column, left } = trees;
  let node = from;
  for (let asked = column[node]!; asked >= 0; asked = column[node]!) node = left[node]! + (goesLeft(trees, node, bins[asked * rows + row]!) ? 0 : 1);
  return node;
}

/** Puts what goes left before what goes right, each in the order that it had, and answers where the right begins. No branch to guess wrong. */
function partByCut(bins: Uint8Array, column: number, cut: number, missingLeft: boolean, from: number, to: number, order: Int32Array, aside: Int32Array): number {
  // Adding 255 turns "missing" into the last bin and takes one from the others, so that the missing go right.
  const added = missingLeft ? 0 : 255;
  const last = missingLeft ? cut : cut - 1;
  let lefts = from;
  let rights = 0;
  for (let at = from; at < to; at += 1) {
    const row = order[at]!;
    const goesRight = (last - ((bins[column + row]! + added) & 255)) >>> 31;
    order[lefts] = row;
    aside[rights] = row;
    lefts += 1 - goesRight;
    rights += goesRight;
  }
  putBack(order, aside, lefts, rights);
  return lefts;
}

function partBySet(trees: Trees, node: number, bins: Uint8Array, column: number, from: number, to: number, order: Int32Array, aside: Int32Array): number {
  let lefts = from;
  let rights = 0;
  for (let at = from; at < to; at += 1) {
    const row = order[at]!;
    const goes = goesLeft(trees, node, bins[column + row]!) ? 1 : 0;
    order[lefts] = row;
    aside[rights] = row;
    lefts += goes;
    rights += 1 - goes;
  }
  putBack(order, aside, lefts, rights);
  return lefts;
}

function putBack(order: Int32Array, aside: Int32Array, lefts: number, rights: number): void {
  if (rights > 32) order.set(aside.subarray(0, rights), lefts);
  else for (let at = 0; at < rights; at += 1) order[lefts + at] = aside[at]!;
}

/** For each row of a frame `base` and the values of the leaves in which it ends. The frame must have been binned for these trees. */
export function sumLeaves(trees: Trees, { bins, rows }: BinnedFrame, base: number, parallelFor: ParallelFor): Float64Array {
  const sums = new Float64Array(parallelFor.allocate(8 * rows)).fill(base);
  // As many pieces as all threads can share alike.
  const pieces = Math.ceil(rows / (mostPieceRows * parallelFor.threads)) * parallelFor.threads;
  const pieceRows = Math.ceil(rows / pieces);
  const section = parallelFor.open(leafSumWork, { trees, bins, rows, pieceRows, sums });
  try {
    section.run(pieces);
  } finally {
    section.close();
  }
  return sums;
}
