import { type Checkpoint, noCheckpoint } from '../kernel/checkpoint';
import { shrunkRate } from '../kernel/stats';
import { stratifiedFolds } from './folds';
import { type Column, type Examples, isMissing } from './frame';
import { rocAuc } from './metrics';
import { binCount, binFrame, settleBins } from './trees/binning';
import { onOneThread } from './parallel';

// A column that is filled in after the outcome, or because of it, makes a model that shines on old records and fails on new ones.

/**
 * Why a column is suspected of knowing the outcome: it tells it by itself better than any honest column does; whether it is filled in tells
 * it; the attribute catalogue says that it is known only after contact; or it numbers the rows, so that it tells when they came and means
 * nothing for those to come.
 */
export const leakageReasons = ['tells_outcome', 'missingness_tells_outcome', 'known_after_contact', 'identifier'] as const;
export type LeakageReason = (typeof leakageReasons)[number];

export interface LeakageFinding {
  readonly column: string;
  /** AUC of a model that knows this column alone, judged on rows that it was not fitted on. */
  readonly auc: number;
  /** AUC of whether it is missing. */
  readonly missingnessAuc: number;
  readonly reason: LeakageReason;
}

export interface LeakageLimits {
  /** A column with this AUC or more is suspected. */
  readonly auc: number;
  readonly missingnessAuc: number;
}

/** Limits: see docs/models.md for what honest columns of real lead files reach. */
export const leakageLimits: LeakageLimits = { auc: 0.78, missingnessAuc: 0.7 };

/** Groups of numbers in a column that is looked at alone. */
const numberGroups = 32;

/**
 * The AUC of each column alone: rows get the shrunk rate of outcomes among rows of their value (numbers in groups), counted on the other folds.
 */
export function singleColumnAuc(column: Column, labels: Uint8Array, foldOf: Int32Array, folds: number): number {
  const frame = { rows: labels.length, columns: [column] };
  const [bins] = settleBins(frame, { fewestRowsOfLevel: 1, seed: 1 });
  if (bins === undefined) return 0.5;
  const { bins: values } = binFrame(frame, [bins], onOneThread);
  const count = binCount(bins);
  // Many bins of numbers are joined, so that each has rows enough.
  const joined = bins.kind === 'number' ? Math.max(1, Math.ceil((count - 1) / numberGroups)) : 1;
  const groupOf = (row: number): number => (values[row] === 0 ? 0 : 1 + Math.floor((values[row]! - 1) / joined));
  const groups = 1 + Math.ceil(count / joined);
  const trials = new Float64Array(groups * folds);
  const successes = new Float64Array(groups * folds);
  const trialsOfFold = new Float64Array(folds);
  const successesOfFold = new Float64Array(folds);
  for (let row = 0; row < labels.length; row += 1) {
    const fold = foldOf[row]!;
    trials[fold * groups + groupOf(row)]! += 1;
    successes[fold * groups + groupOf(row)]! += labels[row]!;
    trialsOfFold[fold]! += 1;
    successesOfFold[fold]! += labels[row]!;
  }
  const sum = (values: Float64Array, group: number, without: number): number => {
    let total = 0;
    for (let fold = 0; fold < folds; fold += 1) if (fold !== without) total += values[fold * groups + group]!;
    return total;
  };
  const rates = new Float64Array(labels.length);
  const known = new Float64Array(groups * folds).fill(Number.NaN);
  for (let row = 0; row < labels.length; row += 1) {
    const fold = foldOf[row]!;
    const place = fold * groups + groupOf(row);
    if (Number.isNaN(known[place])) {
      let all = 0;
      let positive = 0;
      for (let other = 0; other < folds; other += 1) {
        if (other === fold) continue;
        all += trialsOfFold[other]!;
        positive += successesOfFold[other]!;
      }
      known[place] = shrunkRate(sum(successes, groupOf(row), fold), sum(trials, groupOf(row), fold), all === 0 ? 0.5 : positive / all, 5);
    }
    rates[row] = known[place]!;
  }
  // Folds differ a little in their base rate, which would order rows across folds: they are compared within theirs.
  let area = 0;
  let weight = 0;
  for (let fold = 0; fold < folds; fold += 1) {
    const rows = Int32Array.from(labels, (_, row) => row).filter((row) => foldOf[row] === fold);
    const auc = rocAuc(Uint8Array.from(rows, (row) => labels[row]!), Float64Array.from(rows, (row) => rates[row]!));
    if (auc === null) continue;
    area += auc * rows.length;
    weight += rows.length;
  }
  return weight === 0 ? 0.5 : area / weight;
}

/** How well it tells the outcome whether a column is missing: 0.5 not at all, 1 fully, whichever way. */
export function missingnessAuc(column: Column, labels: Uint8Array): number {
  const auc = rocAuc(labels, Float64Array.from(labels, (_, row) => Number(isMissing(column, row))));
  return auc === null ? 0.5 : Math.max(auc, 1 - auc);
}

/** From so many rows on, and with so large a share of different values, whole numbers or texts are names of their rows. */
const identifierRows = 100;
const identifierShare = 0.95;

/** Whether a column numbers or names its rows. */
export function isIdentifier(column: Column): boolean {
  if (column.kind === 'boolean') return false;
  const known = column.kind === 'number' ? column.values.filter((value) => Number.isFinite(value)) : column.codes.filter((code) => code >= 0);
  if (known.length < identifierRows || !known.every((value) => Number.isInteger(value))) return false;
  return new Set<number>(known).size >= identifierShare * known.length;
}

function reasonOf(column: Column, auc: number, missing: number, knownAfterContact: ReadonlySet<string>, limits: LeakageLimits): LeakageReason | null {
  if (auc >= limits.auc) return 'tells_outcome';
  if (missing >= limits.missingnessAuc) return 'missingness_tells_outcome';
  if (knownAfterContact.has(column.name)) return 'known_after_contact';
  return isIdentifier(column) ? 'identifier' : null;
}

/**
 * Columns that seem to know the outcome, the most suspicious first.
 *
 * @param knownAfterContact columns that the attribute catalogue marks so
 */
export function findLeakage({ frame, labels }: Examples, knownAfterContact: ReadonlySet<string>, limits: LeakageLimits = leakageLimits, checkpoint: Checkpoint = noCheckpoint): LeakageFinding[] {
  const folds = 5;
  const foldOf = stratifiedFolds(labels, folds, 1);
  return frame.columns
    .flatMap((column, index): LeakageFinding[] => {
      checkpoint(index, frame.columns.length);
      const auc = singleColumnAuc(column, labels, foldOf, folds);
      const missing = missingnessAuc(column, labels);
      const reason = reasonOf(column, auc, missing, knownAfterContact, limits);
      return reason === null ? [] : [{ column: column.name, auc, missingnessAuc: missing, reason }];
    })
    .sort((a, b) => b.auc - a.auc);
}
