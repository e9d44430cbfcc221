import { logistic } from '#domain/kernel/stats';

/**
 * Rows of which most columns are zero: row r has the columns `indices[offsets[r] .. offsets[r + 1]]` with the `values` beside them.
 * Each column stands at most once in a row.
 */
export interface SparseRows {
  readonly columns: number;
  readonly offsets: Int32Array;
  readonly indices: Int32Array;
  readonly values: Float64Array;
}

export interface RegressionOptions {
  /** What a squared coefficient costs, for each column; 0 leaves it free, as an intercept should be. */
  readonly penalties: Float64Array;
  /** Log-odds that each row has already, to which the columns add; 0 where left out. */
  readonly known?: ArrayLike<number>;
  /** Newton steps at the most. */
  readonly steps?: number;
}

/** Gathers sparse rows one after the other. */
export function sparseRows(columns: number, rows: Iterable<readonly (readonly [column: number, value: number])[]>): SparseRows {
  const offsets = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of rows) {
    for (const [column, value] of row) {
      if (value === 0) continue;
      indices.push(column);
      values.push(value);
    }
    offsets.push(indices.length);
  }
  return { columns, offsets: Int32Array.from(offsets), indices: Int32Array.from(indices), values: Float64Array.from(values) };
}

/** The sum of a row's values times the coefficients of their columns: the log-odds. */
export function logOddsOf(rows: SparseRows, row: number, coefficients: ArrayLike<number>): number {
  let sum = 0;
  for (let at = rows.offsets[row] ?? 0, end = rows.offsets[row + 1] ?? 0; at < end; at += 1) sum += (rows.values[at] ?? 0) * (coefficients[rows.indices[at] ?? 0] ?? 0);
  return sum;
}

/** Solves a symmetric positive definite system by Cholesky's method, in place; the lower half of `matrix` is read. */
function solve(matrix: Float64Array, vector: Float64Array): Float64Array {
  const n = vector.length;
  for (let column = 0; column < n; column += 1) {
    for (let row = column; row < n; row += 1) {
      let sum = matrix[row * n + column] ?? 0;
      for (let k = 0; k < column; k += 1) sum -= (matrix[row * n + k] ?? 0) * (matrix[column * n + k] ?? 0);
      // A column that never varies has no curvature; it keeps its coefficient.
      matrix[row * n + column] = row === column ? Math.sqrt(Math.max(sum, 1e-12)) : sum / (matrix[column * n + column] ?? 1);
    }
  }
  const solution = Float64Array.from(vector);
  for (let row = 0; row < n; row += 1) {
    let sum = solution[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= (matrix[row * n + k] ?? 0) * (solution[k] ?? 0);
    solution[row] = sum / (matrix[row * n + row] ?? 1);
  }
  for (let row = n - 1; row >= 0; row -= 1) {
    let sum = solution[row] ?? 0;
    for (let k = row + 1; k < n; k += 1) sum -= (matrix[k * n + row] ?? 0) * (solution[k] ?? 0);
    solution[row] = sum / (matrix[row * n + row] ?? 1);
  }
  return solution;
}

/**
 * Logistic regression with a ridge penalty, by Newton's method (iteratively reweighted least squares). Deterministic.
 * Source: Hastie, Tibshirani and Friedman, The Elements of Statistical Learning, 2nd ed., section 4.4.1.
 *
 * @param labels 1 or 0 for each row
 * @returns a coefficient for each column
 */
export function fitLogistic(rows: SparseRows, labels: Uint8Array, { penalties, known, steps = 12 }: RegressionOptions): Float64Array {
  const n = rows.columns;
  const coefficients = new Float64Array(n);
  for (let step = 0; step < steps; step += 1) {
    const gradient = new Float64Array(n);
    const curvature = new Float64Array(n * n);
    for (let row = 0; row < labels.length; row += 1) {
      const chance = logistic((known?.[row] ?? 0) + logOddsOf(rows, row, coefficients));
      const error = (labels[row] ?? 0) - chance;
      const weight = Math.max(chance * (1 - chance), 1e-6);
      const end = rows.offsets[row + 1] ?? 0;
      for (let a = rows.offsets[row] ?? 0; a < end; a += 1) {
        const column = rows.indices[a] ?? 0;
        const value = rows.values[a] ?? 0;
        gradient[column] = (gradient[column] ?? 0) + error * value;
        const base = column * n;
        const weighted = weight * value;
        for (let b = rows.offsets[row] ?? 0; b < end; b += 1) {
          const other = rows.indices[b] ?? 0;
          if (other <= column) curvature[base + other] = (curvature[base + other] ?? 0) + weighted * (rows.values[b] ?? 0);
        }
      }
    }
    for (let column = 0; column < n; column += 1) {
      const penalty = penalties[column] ?? 0;
      gradient[column] = (gradient[column] ?? 0) - penalty * (coefficients[column] ?? 0);
      curvature[column * n + column] = (curvature[column * n + column] ?? 0) + penalty;
    }
    const change = solve(curvature, gradient);
    let largest = 0;
    for (let column = 0; column < n; column += 1) {
      coefficients[column] = (coefficients[column] ?? 0) + (change[column] ?? 0);
      largest = Math.max(largest, Math.abs(change[column] ?? 0));
    }
    if (largest < 1e-6) break;
  }
  return coefficients;
}
