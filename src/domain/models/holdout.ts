import { seededRng } from '../kernel/rng';
import { type Examples, selectExamples } from './frame';

/** Puts numbers into a random order (Fisher and Yates). */
export function shuffle(values: Int32Array, random: () => number): Int32Array {
  for (let index = values.length - 1; index > 0; index -= 1) {
    const other = Math.floor(random() * (index + 1));
    const value = values[index]!;
    values[index] = values[other]!;
    values[other] = value;
  }
  return values;
}

/** Keeps a share of each outcome's rows aside, at least one of each. Rows stay in their order. */
export function splitOff(examples: Examples, share: number, seed: number): { readonly training: Examples; readonly validation: Examples } {
  const random = seededRng(seed);
  const { labels } = examples;
  const aside = new Uint8Array(labels.length);
  for (const label of [0, 1]) {
    const rows: number[] = [];
    for (let row = 0; row < labels.length; row += 1) if (labels[row] === label) rows.push(row);
    const count = Math.min(rows.length - 1, Math.max(1, Math.round(rows.length * share)));
    for (const row of shuffle(Int32Array.from(rows), random).subarray(0, count)) aside[row] = 1;
  }
  const rowsWhere = (value: number): Int32Array => {
    const rows: number[] = [];
    for (let row = 0; row < aside.length; row += 1) if (aside[row] === value) rows.push(row);
    return Int32Array.from(rows);
  };
  return { training: selectExamples(examples, rowsWhere(0)), validation: selectExamples(examples, rowsWhere(1)) };
}
