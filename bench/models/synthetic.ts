import { type Examples, numberColumn } from '#domain/models/frame';
import { seededRng } from '#domain/kernel/rng';

/** Rows with as many numbers, of which twelve tell the outcome, alone and in pairs. */
export function syntheticExamples(rows: number, columns: number, seed: number): Examples {
  const random = seededRng(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const values = Array.from({ length: columns }, () => new Float64Array(rows));
  const labels = new Uint8Array(rows);
  for (let row = 0; row < rows; row += 1) {
    for (const column of values) column[row] = normal();
    let score = 0;
    for (let column = 0; column < 12; column += 1) {
      const value = values[column]![row]!;
      const next = values[(column + 5) % 12]![row]!;
      score += 0.35 * value * (column % 2 === 0 ? 1 : -1) + 0.3 * value * next + (value > 0.8 ? 0.4 : 0);
    }
    labels[row] = Number(random() < 1 / (1 + Math.exp(-score)));
  }
  return { frame: { rows, columns: values.map((column, index) => numberColumn(`f${String(index)}`, column)) }, labels };
}
