import type { Checkpoint } from '../kernel/checkpoint';
import { seededRng } from '../kernel/rng';
import type { Column, Examples, Frame } from './frame';
import { shuffle } from './holdout';
import { logLoss, rocAuc } from './metrics';
import { type Model, predictModel } from './model';
import type { ParallelFor } from './parallel';

/** What a model loses when it no longer knows a column. */
export interface ColumnImportance {
  readonly column: string;
  /** Rise of the log loss, mean over shuffles, and its standard deviation. */
  readonly logLossRise: number;
  readonly deviation: number;
  /** Fall of the ROC AUC; null where the rows have one outcome only. */
  readonly aucFall: number | null;
}

function shuffled(column: Column, order: Int32Array): Column {
  switch (column.kind) {
    case 'number':
      return { ...column, values: Float64Array.from(order, (row) => column.values[row]!) };
    case 'category':
      return { ...column, codes: Int32Array.from(order, (row) => column.codes[row]!) };
    case 'boolean':
      return { ...column, values: Uint8Array.from(order, (row) => column.values[row]!) };
  }
}

/**
 * Permutation importance (Breiman 2001; Fisher, Rudin and Dominici 2019): how much worse the model does when a column's values are
 * shuffled among rows, the largest first. Rows should be ones that the model has not seen.
 */
export function permutationImportance(model: Model, { frame, labels }: Examples, repeats: number, seed: number, checkpoint: Checkpoint, parallelFor: ParallelFor): ColumnImportance[] {
  const random = seededRng(seed);
  const before = predictModel(model, frame, parallelFor);
  const lossBefore = logLoss(labels, before);
  const aucBefore = rocAuc(labels, before);
  return frame.columns
    .map((column, index) => {
      const rises: number[] = [];
      let fall = 0;
      for (let repeat = 0; repeat < repeats; repeat += 1) {
        checkpoint(index * repeats + repeat, frame.columns.length * repeats);
        const order = shuffle(Int32Array.from(labels, (_, row) => row), random);
        const columns = frame.columns.map((other) => (other === column ? shuffled(column, order) : other));
        const after = predictModel(model, { rows: frame.rows, columns }, parallelFor);
        rises.push(logLoss(labels, after) - lossBefore);
        fall += ((aucBefore ?? 0) - (rocAuc(labels, after) ?? 0)) / repeats;
      }
      const mean = rises.reduce((sum, rise) => sum + rise, 0) / repeats;
      const deviation = Math.sqrt(rises.reduce((sum, rise) => sum + (rise - mean) ** 2, 0) / Math.max(1, repeats - 1));
      return { column: column.name, logLossRise: mean, deviation, aucFall: aucBefore === null ? null : fall };
    })
    .sort((a, b) => b.logLossRise - a.logLossRise);
}

export interface DependencePoint {
  /** The value that every row is given; null is missing. */
  readonly value: number | string | boolean | null;
  readonly meanProbability: number;
  /** Rows that have this value, or lie nearest to it. */
  readonly rows: number;
}

/** The column with one value in every row. */
function constant(column: Column, rows: number, value: DependencePoint['value']): Column {
  switch (column.kind) {
    case 'number':
      return { ...column, values: new Float64Array(rows).fill(typeof value === 'number' ? value : Number.NaN) };
    case 'category':
      return { ...column, codes: new Int32Array(rows).fill(typeof value === 'string' ? column.levels.indexOf(value) : -1) };
    case 'boolean':
      return { ...column, values: new Uint8Array(rows).fill(typeof value === 'boolean' ? Number(value) : 2) };
  }
}

/** Values at which a column is asked: quantiles of numbers, the most frequent levels, and missing where it occurs. */
function valuesAsked(column: Column, most: number): { value: DependencePoint['value']; rows: number }[] {
  const counts = new Map<DependencePoint['value'], number>();
  const count = (value: DependencePoint['value']): void => {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  };
  switch (column.kind) {
    case 'boolean':
      for (const value of column.values) count(value > 1 ? null : value === 1);
      break;
    case 'category':
      for (const code of column.codes) count(code < 0 ? null : column.levels[code]!);
      break;
    case 'number': {
      const known = column.values.filter((value) => Number.isFinite(value)).sort();
      if (known.length < column.values.length) counts.set(null, column.values.length - known.length);
      const points = new Set<number>();
      for (let point = 0; point < most && known.length > 0; point += 1) points.add(known[Math.round((point * (known.length - 1)) / Math.max(1, most - 1))]!);
      const ordered = [...points];
      for (const value of known) {
        let nearest = ordered[0]!;
        for (const point of ordered) if (Math.abs(point - value) < Math.abs(nearest - value)) nearest = point;
        count(nearest);
      }
    }
  }
  const asked = [...counts].map(([value, rows]) => ({ value, rows }));
  if (column.kind === 'number') return asked.sort((a, b) => (a.value === null ? 1 : b.value === null ? -1 : Number(a.value) - Number(b.value)));
  return asked.sort((a, b) => b.rows - a.rows).slice(0, most);
}

/** Partial dependence (Friedman 2001): the mean probability of all rows if a column had some value. Null where there is no such column. */
export function partialDependence(predict: (frame: Frame) => Float64Array, frame: Frame, name: string, most: number): DependencePoint[] | null {
  const column = frame.columns.find((one) => one.name === name);
  if (column === undefined) return null;
  return valuesAsked(column, most).map(({ value, rows }) => {
    const asked = constant(column, frame.rows, value);
    const probabilities = predict({ rows: frame.rows, columns: frame.columns.map((one) => (one === column ? asked : one)) });
    let sum = 0;
    for (const probability of probabilities) sum += probability;
    return { value, meanProbability: sum / frame.rows, rows };
  });
}
