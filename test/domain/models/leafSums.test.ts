import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { boostingDefaults, fitBoosting } from '#domain/models/boosting';
import { fitForest, forestDefaults } from '#domain/models/forest';
import { categoryColumn, type Examples, numberColumn, selectRows } from '#domain/models/frame';
import { onOneThread, type ParallelFor } from '#domain/models/parallel';
import { binFrame } from '#domain/models/trees/binning';
import { sumLeaves } from '#domain/models/trees/leafSums';
import { addLeaves, type Trees } from '#domain/models/trees/trees';

// What takes many rows down trees together must say, to the bit, what one row after the other says.

const rows = 3_000;
const random = seededRng(7);
const levels = ['web', 'fair', 'phone', 'friend', 'school', 'letter', 'radio'];

/** Numbers with holes, numbers that are all but the same, and a category: every way in which a tree can ask. */
function examples(): Examples {
  const numbers = Array.from({ length: 4 }, (_, column) => Array.from({ length: rows }, () => (random() < 0.1 * column ? Number.NaN : random() * 10 ** (3 * column))));
  const skewed = Array.from({ length: rows }, () => (random() < 0.9 ? Math.floor(random() * 200) / 1_000 : random() * 1e9));
  const sources = Array.from({ length: rows }, () => (random() < 0.1 ? null : (levels[Math.floor(random() * levels.length)] ?? null)));
  const labels = Uint8Array.from({ length: rows }, (_, row) => Number(random() < ((numbers[0]?.[row] ?? 0) > 0.5 ? 0.7 : 0.3) * (sources[row] === 'fair' ? 1.3 : 0.9)));
  return { frame: { rows, columns: [...numbers.map((values, index) => numberColumn(`n${String(index)}`, values)), numberColumn('skewed', skewed), categoryColumn('source', sources)] }, labels };
}

const data = examples();
const inPieces: ParallelFor = { ...onOneThread, threads: 3 };

function oneByOne(trees: Trees, some: Int32Array): Float64Array {
  const binned = binFrame(selectRows(data.frame, some), trees.columns, onOneThread);
  const sums = new Float64Array(some.length).fill(0.25);
  addLeaves(trees, binned, some.map((_, row) => row), sums);
  return sums;
}

const first = (count: number): Int32Array => Int32Array.from({ length: count }, (_, row) => row);
const none = (): undefined => undefined;

describe('sums over the leaves of trees', () => {
  const models: readonly (readonly [string, Trees])[] = [
    ['stumps', fitBoosting(data, { ...boostingDefaults, trees: 5, mostLeaves: 2 }, none, onOneThread).trees],
    ['trees of 16 leaves', fitBoosting(data, { ...boostingDefaults, trees: 20 }, none, onOneThread).trees],
    ['trees of 32 leaves', fitBoosting(data, { ...boostingDefaults, trees: 8, mostLeaves: 32, fewestRowsInLeaf: 5 }, none, onOneThread).trees],
    ['trees of 33 leaves and more', fitBoosting(data, { ...boostingDefaults, trees: 8, mostLeaves: 60, fewestRowsInLeaf: 5 }, none, onOneThread).trees],
    ['a fully grown forest', fitForest(data, { ...forestDefaults, trees: 6, fewestRowsInLeaf: 1 }, none, onOneThread).trees],
  ];

  it.each(models)('are the same bits as of one row after the other: %s', (_name, trees) => {
    for (const count of [1, 3, 63, 64, 1_025, rows]) {
      const some = first(count);
      const expected = oneByOne(trees, some);
      const binned = binFrame(selectRows(data.frame, some), trees.columns, onOneThread);
      expect(sumLeaves(trees, binned, 0.25, onOneThread)).toEqual(expected);
      expect(sumLeaves(trees, binned, 0.25, inPieces)).toEqual(expected);
    }
  });

  it('puts a value into the bin whose bounds hold it, however unevenly bounds lie', () => {
    for (const [index, settled] of models[1]![1].columns.entries()) {
      const column = data.frame.columns[index];
      if (settled.kind !== 'number' || column?.kind !== 'number') continue;
      const { bins } = binFrame({ rows, columns: [column] }, [settled], onOneThread);
      const expected = Uint8Array.from(column.values, (value) => (Number.isFinite(value) ? 1 + settled.bounds.filter((bound) => value > bound).length : 0));
      expect(bins).toEqual(expected);
    }
  });
});
