import { clamp } from '../kernel/stats';

// An interval beside a probability says where the rate of fifty leads like this one lies, eight times out of ten. It is earned: on rows
// that the model had not seen, groups of fifty by probability are compared with what was said, and the interval is made as wide as needed
// for four in five (split conformal prediction, Vovk et al. 2005, on groups instead of rows).

/** Rows of a group: what the interval speaks of. */
export const intervalGroupRows = 50;
/** The share of groups that the interval holds. */
export const intervalShare = 0.8;

/** How wide intervals are. Plain data. */
export interface IntervalRule {
  /** Ascending; a probability in band b is at most bounds[b]. The last band has no bound. */
  readonly bounds: readonly number[];
  /** Of each band, how many standard deviations of a group's rate the interval reaches down and up. */
  readonly below: readonly number[];
  readonly above: readonly number[];
  /** Groups that it rests on. */
  readonly groups: number;
}

interface Group {
  readonly probability: number;
  /** Distance of the observed rate from the probability, in standard deviations of a group's rate. */
  readonly off: number;
}

/** Standard deviation of the rate of a group, and a little more, so that the surest probabilities have one too. */
export function groupDeviation(probability: number): number {
  const kept = clamp(probability, 0.002, 0.998);
  return Math.sqrt((kept * (1 - kept)) / intervalGroupRows);
}

/** Rows in order of probability in groups of fifty; what is left over joins the last. */
export function groupsByProbability(labels: Uint8Array, probabilities: Float64Array, rows: Int32Array): { readonly rows: Int32Array; readonly probability: number; readonly rate: number }[] {
  const sorted = Int32Array.from(rows).sort((a, b) => probabilities[a]! - probabilities[b]! || a - b);
  const count = Math.max(1, Math.floor(sorted.length / intervalGroupRows));
  return Array.from({ length: count }, (_, group) => {
    const members = sorted.subarray(group * intervalGroupRows, group === count - 1 ? sorted.length : (group + 1) * intervalGroupRows);
    let said = 0;
    let happened = 0;
    for (const row of members) {
      said += probabilities[row]!;
      happened += labels[row]!;
    }
    return { rows: members, probability: said / members.length, rate: happened / members.length };
  });
}

/** The conformal quantile: of n values the ⌈(n + 1) · share⌉-th. */
function conformalQuantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const place = Math.ceil((sorted.length + 1) * share) - 1;
  return sorted[Math.min(place, sorted.length - 1)] ?? 0;
}

/**
 * Learns how wide intervals must be.
 *
 * @param labels of rows that the model had not seen
 * @param probabilities what it said of them, calibrated
 * @param foldOf groups are made within a fold, as a model of its own judged each
 */
export function fitIntervals(labels: Uint8Array, probabilities: Float64Array, foldOf: Int32Array): IntervalRule {
  const groups: Group[] = [];
  let folds = 0;
  for (const fold of foldOf) folds = Math.max(folds, fold + 1);
  const all = Int32Array.from(labels, (_, row) => row);
  for (let fold = 0; fold < folds; fold += 1) {
    const rows = all.filter((row) => foldOf[row] === fold);
    if (rows.length < intervalGroupRows) continue;
    for (const { probability, rate } of groupsByProbability(labels, probabilities, rows)) groups.push({ probability, off: (rate - probability) / groupDeviation(probability) });
  }
  groups.sort((a, b) => a.probability - b.probability);
  const bands = clamp(Math.floor(groups.length / 30), 1, 3);
  const bounds: number[] = [];
  const below: number[] = [];
  const above: number[] = [];
  for (let band = 0; band < bands; band += 1) {
    const here = groups.slice(Math.floor((band * groups.length) / bands), Math.floor(((band + 1) * groups.length) / bands));
    const width = here.length === 0 ? 1.2816 : conformalQuantile(here.map(({ off }) => Math.abs(off)), intervalShare);
    below.push(width);
    above.push(width);
    if (band < bands - 1) bounds.push(here.at(-1)?.probability ?? 1);
  }
  return { bounds, below, above, groups: groups.length };
}

export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The interval beside a calibrated probability. */
export function intervalOf({ bounds, below, above }: IntervalRule, probability: number): Interval {
  let band = 0;
  while (band < bounds.length && probability > bounds[band]!) band += 1;
  const deviation = groupDeviation(probability);
  return { lower: clamp(probability - below[band]! * deviation, 0, 1), upper: clamp(probability + above[band]! * deviation, 0, 1) };
}
