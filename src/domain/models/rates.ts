import { seededRng } from '../kernel/rng';
import { shrunkRate } from '../kernel/stats';
import type { Examples } from './frame';
import { shuffle } from './holdout';

// How often the rows of a level have the outcome, for columns that are made of rates.

/** So many examples a rate of all is worth in the rate of a level. */
const rateStrength = 20;

/**
 * The rate of a row's level among the examples whose outcome was known before the row's moment, in the order of time and, at the same time,
 * in one drawn by lot (ordered target statistics; Prokhorenkova et al. 2018): no row is told its own outcome, and none what came later.
 */
export function orderedRates(codes: Int32Array, levels: number, labels: Uint8Array, moments: Examples['moments'], seed: number): Float64Array {
  const rows = labels.length;
  const lot = new Int32Array(rows);
  shuffle(Int32Array.from(labels, (_, row) => row), seededRng(seed)).forEach((row, place) => { lot[row] = place; });
  const at = (times: Float64Array | undefined, row: number): number => (times === undefined || Number.isNaN(times[row]) ? Number.NEGATIVE_INFINITY : times[row]!);
  const inOrder = (times: Float64Array | undefined): Int32Array => Int32Array.from(labels, (_, row) => row).sort((a, b) => compare(at(times, a), at(times, b)) || lot[a]! - lot[b]!);
  const asked = inOrder(moments?.describedAt);
  const told = inOrder(moments?.outcomeAt);
  const successes = new Float64Array(levels + 1);
  const trials = new Float64Array(levels + 1);
  const rates = new Float64Array(rows);
  let [next, positive] = [0, 0];
  for (const row of asked) {
    for (; next < rows; next += 1) {
      const other = told[next]!;
      const order = compare(at(moments?.outcomeAt, other), at(moments?.describedAt, row));
      if (order > 0 || (order === 0 && lot[other]! >= lot[row]!)) break;
      const level = codes[other]! + 1;
      trials[level]! += 1;
      successes[level]! += labels[other]!;
      positive += labels[other]!;
    }
    const all = shrunkRate(positive, next, 0.5, 2);
    rates[row] = codes[row]! < 0 ? all : shrunkRate(successes[codes[row]! + 1]!, trials[codes[row]! + 1]!, all, rateStrength);
  }
  return rates;
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rates of every level, and of all. */
export function ratesOf(codes: Int32Array, levels: readonly string[], labels: Uint8Array): { readonly rates: Float64Array; readonly otherwise: number } {
  const trials = new Float64Array(levels.length);
  const successes = new Float64Array(levels.length);
  let positive = 0;
  for (let row = 0; row < labels.length; row += 1) {
    positive += labels[row]!;
    if (codes[row]! < 0) continue;
    trials[codes[row]!]! += 1;
    successes[codes[row]!]! += labels[row]!;
  }
  const otherwise = shrunkRate(positive, labels.length, 0.5, 2);
  return { rates: trials.map((count, level) => shrunkRate(successes[level]!, count, otherwise, rateStrength)), otherwise };
}
