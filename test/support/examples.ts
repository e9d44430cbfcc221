import { seededRng } from '#domain/kernel/rng';
import { booleanColumn, categoryColumn, type Examples, numberColumn } from '#domain/models/frame';

/** Rows whose outcome has the chance 1 / (1 + e^−(x − z)), beside a column of noise. */
export function examplesOf(rows: number, seed: number, shift = 0): Examples & { readonly truth: Float64Array } {
  const random = seededRng(seed);
  const x = Float64Array.from({ length: rows }, () => 4 * random() - 2 + shift);
  const kind = Array.from({ length: rows }, () => (random() < 0.5 ? 'near' : 'far'));
  const noise = Float64Array.from({ length: rows }, () => random());
  const truth = x.map((value, row) => 1 / (1 + Math.exp(-2 * value + (kind[row] === 'far' ? 1.5 : 0))));
  return {
    frame: { rows, columns: [numberColumn('x', x), categoryColumn('kind', kind), numberColumn('noise', noise), booleanColumn('never', new Array<boolean>(rows).fill(false))] },
    labels: Uint8Array.from(truth, (chance) => Number(random() < chance)),
    truth,
  };
}
