import type { Frame } from './frame';
import { onOneThread } from './parallel';
import { binCount, binFrame, type ColumnBins, settleBins } from './trees/binning';

// Whether the rows of today are still those that a model learned from.

/** How a column's values were spread when a model was trained: few enough groups to compare. Plain data. */
export interface ColumnSpread {
  readonly bins: ColumnBins;
  /** Bins that make one group of numbers. */
  readonly joined: number;
  /** Share of rows in each group; the first is "missing". */
  readonly shares: readonly number[];
}

/** Groups of numbers, beside "missing". */
const numberGroups = 10;

function sharesOf(frame: Frame, bins: ColumnBins, joined: number): number[] {
  const { bins: values } = binFrame(frame, [bins], onOneThread);
  const shares = new Float64Array(1 + Math.ceil((binCount(bins) - 1) / joined));
  for (const bin of values) shares[bin === 0 ? 0 : 1 + Math.floor((bin - 1) / joined)]! += 1 / frame.rows;
  return [...shares];
}

/** How every column of a frame is spread. */
export function spreadOf(frame: Frame): ColumnSpread[] {
  return settleBins(frame, { fewestRowsOfLevel: 20, seed: 1 }).map((bins) => {
    const joined = bins.kind === 'number' ? Math.max(1, Math.ceil((binCount(bins) - 1) / numberGroups)) : 1;
    return { bins, joined, shares: sharesOf(frame, bins, joined) };
  });
}

export interface ColumnDrift {
  readonly column: string;
  /** Population stability index: below .1 stable, from .25 on another population. */
  readonly stability: number;
}

/** A share so small stands in for none, so that the logarithm stays finite. */
const smallestShare = 1e-4;

/** From this index on a column has moved. */
export const driftAt = 0.25;

/** Population stability index Σ (now − then) · ln(now / then) of every column (Siddiqi 2006), the largest first. */
export function driftOf(spreads: readonly ColumnSpread[], frame: Frame): ColumnDrift[] {
  if (frame.rows === 0) return [];
  return spreads
    .map(({ bins, joined, shares }) => {
      const now = sharesOf(frame, bins, joined);
      let stability = 0;
      shares.forEach((share, group) => {
        const before = Math.max(share, smallestShare);
        const after = Math.max(now[group] ?? 0, smallestShare);
        stability += (after - before) * Math.log(after / before);
      });
      return { column: bins.name, stability };
    })
    .sort((a, b) => b.stability - a.stability);
}

export interface CalibrationDrift {
  readonly rows: number;
  readonly meanProbability: number;
  readonly observedRate: number;
  /** Distance in standard deviations of what chance would give if the model still held. */
  readonly deviations: number;
}

/** Whether recent outcomes are as a model said. Null below 50 outcomes. */
export function calibrationDrift(labels: Uint8Array, probabilities: Float64Array): CalibrationDrift | null {
  if (labels.length < 50) return null;
  let said = 0;
  let variance = 0;
  let happened = 0;
  for (let row = 0; row < labels.length; row += 1) {
    said += probabilities[row]!;
    variance += probabilities[row]! * (1 - probabilities[row]!);
    happened += labels[row]!;
  }
  return { rows: labels.length, meanProbability: said / labels.length, observedRate: happened / labels.length, deviations: variance === 0 ? 0 : (happened - said) / Math.sqrt(variance) };
}
