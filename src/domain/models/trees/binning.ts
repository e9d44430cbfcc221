import type { Column, Frame } from '../frame';
import type { ParallelFor } from '../parallel';
import { seededRng } from '#domain/kernel/rng';

// Values become small numbers before trees see them. Bin 0 is "missing" in every column; of a category, bin 1 is "rare or never seen".

/** Bins a byte can name. */
export const mostBins = 256;
/** Value bins a column may have, beside the one for what is missing. */
const mostValueBins = 254;
/** So many rows settle where the bounds of bins lie. */
const sampleRows = 32_768;

/** How a model reads one column. Plain data. */
export type ColumnBins =
  | {
      readonly kind: 'number' | 'boolean';
      readonly name: string;
      /** Ascending. A value in bin b (from 1) is at most bounds[b - 1]; the last bin has no bound. */
      readonly bounds: Float64Array;
    }
  | {
      readonly kind: 'category';
      readonly name: string;
      /** The level of bin b is levels[b - 2]. */
      readonly levels: readonly string[];
    };

/** Bins that a column uses. */
export function binCount(bins: ColumnBins): number {
  return bins.kind === 'category' ? bins.levels.length + 2 : bins.bounds.length + 2;
}

/** Rows as bins, one column after the other. */
export interface BinnedFrame {
  readonly rows: number;
  readonly columns: readonly ColumnBins[];
  /** Bin of column c and row r at c * rows + r. */
  readonly bins: Uint8Array;
}

/** Bounds between some values, sorted in room that is handed in: in the middle of neighbours where they are few, else at even ranks. */
function boundsOf(values: Float64Array, sample: Int32Array, sorted: Float64Array): Float64Array {
  let known = 0;
  for (const row of sample) {
    const value = values[row]!;
    if (Number.isFinite(value)) {
      sorted[known] = value;
      known += 1;
    }
  }
  const present = sorted.subarray(0, known).sort();
  const distinct: number[] = [];
  for (let index = 0; index < known && distinct.length <= mostValueBins; index += 1) {
    if (index === 0 || present[index] !== present[index - 1]) distinct.push(present[index]!);
  }
  const bounds: number[] = [];
  const add = (low: number, high: number): void => {
    // Halving each first cannot overflow; a bound must lie below the upper neighbour.
    const middle = low / 2 + high / 2;
    const bound = middle >= high ? low : middle;
    if (bounds.length === 0 || bound > bounds[bounds.length - 1]!) bounds.push(bound);
  };
  if (distinct.length <= mostValueBins) {
    for (let index = 1; index < distinct.length; index += 1) add(distinct[index - 1]!, distinct[index]!);
  } else {
    for (let bin = 1; bin < mostValueBins; bin += 1) {
      const position = Math.floor((bin * known) / mostValueBins);
      let before = position - 1;
      while (before >= 0 && present[before] === present[position]) before -= 1;
      if (before >= 0) add(present[before]!, present[position]!);
    }
  }
  return Float64Array.from(bounds);
}

/** Levels that are frequent enough to have a bin of their own, the most frequent first. */
function levelsOf(codes: Int32Array, levels: readonly string[], fewestRows: number): string[] {
  const counts = new Int32Array(levels.length);
  for (const code of codes) if (code >= 0) counts[code]! += 1;
  return levels
    .map((level, code) => ({ level, count: counts[code]! }))
    .filter(({ count }) => count >= fewestRows)
    .sort((a, b) => b.count - a.count || (a.level < b.level ? -1 : 1))
    .slice(0, mostBins - 2)
    .map(({ level }) => level);
}

export interface BinningOptions {
  /** A level with fewer rows shares the bin of rare ones. */
  readonly fewestRowsOfLevel: number;
  readonly seed: number;
}

/** Settles the bins of every column of a frame. */
export function settleBins(frame: Frame, { fewestRowsOfLevel, seed }: BinningOptions): ColumnBins[] {
  const sample = new Int32Array(Math.min(frame.rows, sampleRows));
  if (frame.rows <= sampleRows) for (let row = 0; row < frame.rows; row += 1) sample[row] = row;
  else {
    const random = seededRng(seed);
    for (let index = 0; index < sample.length; index += 1) sample[index] = Math.floor(random() * frame.rows);
  }
  const sorted = new Float64Array(sample.length);
  return frame.columns.map((column): ColumnBins => {
    switch (column.kind) {
      case 'number':
        return { kind: 'number', name: column.name, bounds: boundsOf(column.values, sample, sorted) };
      case 'boolean':
        return { kind: 'boolean', name: column.name, bounds: Float64Array.of(0.5) };
      case 'category':
        return { kind: 'category', name: column.name, levels: levelsOf(column.codes, column.levels, fewestRowsOfLevel) };
    }
  });
}

/** The bin of each level of a column as a frame spells them. */
function levelBins(levels: readonly string[], known: readonly string[]): Uint8Array {
  const bins = new Map(known.map((level, index) => [level, index + 2]));
  return Uint8Array.from(levels, (level) => bins.get(level) ?? 1);
}

/** Cells of the table that tells where to begin the search for a bin. */
const cells = 4_096;

function binNumbers(values: Float64Array, bounds: Float64Array, target: Uint8Array): void {
  const last = bounds.length;
  if (last === 0) {
    for (let row = 0; row < values.length; row += 1) target[row] = Number.isFinite(values[row]) ? 1 : 0;
    return;
  }
  const low = bounds[0]!;
  const scale = (cells - 1) / (bounds[last - 1]! - low || 1);
  // The first bound in or after each cell; a value lies behind none or some of its cell's.
  const starts = new Uint8Array(cells + 1);
  let bound = 0;
  let most = 0;
  for (let cell = 0; cell <= cells; cell += 1) {
    while (bound < last && (bounds[bound]! - low) * scale < cell) bound += 1;
    starts[cell] = bound;
    if (cell > 0) most = Math.max(most, bound - starts[cell - 1]!);
  }
  // Cells hold one or two bounds mostly, and then each is asked without a branch that could be guessed wrong.
  const isEven = most <= 4;
  const padded = new Float64Array(last + 4).fill(Number.POSITIVE_INFINITY);
  padded.set(bounds);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row]!;
    if (!Number.isFinite(value)) {
      target[row] = 0;
      continue;
    }
    if (value <= low) {
      target[row] = 1;
      continue;
    }
    const place = (value - low) * scale;
    if (place >= cells - 1) {
      let at = starts[cells - 1]!;
      while (at < last && value > bounds[at]!) at += 1;
      target[row] = at + 1;
      continue;
    }
    const cell = place | 0;
    let first = starts[cell]!;
    if (isEven) {
      for (let asked = 0; asked < most; asked += 1) first += Number(value > padded[first]!);
      target[row] = first + 1;
      continue;
    }
    let end = starts[cell + 1]!;
    while (first < end) {
      const middle = (first + end) >> 1;
      if (value > bounds[middle]!) first = middle + 1;
      else end = middle;
    }
    target[row] = first + 1;
  }
}

function binColumn(column: Column, bins: ColumnBins, target: Uint8Array): void {
  if (column.kind === 'category' && bins.kind === 'category') {
    const binOf = levelBins(column.levels, bins.levels);
    const { codes } = column;
    for (let row = 0; row < codes.length; row += 1) target[row] = codes[row]! < 0 ? 0 : binOf[codes[row]!]!;
  } else if (column.kind === 'number' && bins.kind === 'number') {
    binNumbers(column.values, bins.bounds, target);
  } else if (column.kind === 'boolean' && bins.kind === 'boolean') {
    const { values } = column;
    for (let row = 0; row < values.length; row += 1) target[row] = values[row]! > 1 ? 0 : values[row]! + 1;
  }
}

/** Turns a frame into bins. A column is found by its name; what the frame lacks, or has in another kind, is missing in every row. */
export function binFrame(frame: Frame, columns: readonly ColumnBins[], parallelFor: ParallelFor): BinnedFrame {
  const { rows } = frame;
  const bins = new Uint8Array(parallelFor.allocate(rows * columns.length));
  const byName = new Map(frame.columns.map((column) => [column.name, column]));
  columns.forEach((settled, index) => {
    const column = byName.get(settled.name);
    if (column !== undefined) binColumn(column, settled, bins.subarray(index * rows, (index + 1) * rows));
  });
  return { rows, columns, bins };
}
