import { clamp } from '#domain/kernel/stats';

// How good probabilities are, given what happened. Labels are 1 or 0; both arrays are as long as there are rows.

/** Rows in order of probability, the largest first; of equal ones the earlier row first. */
function ranked(probabilities: Float64Array): Int32Array {
  return Int32Array.from(probabilities, (_, row) => row).sort((a, b) => probabilities[b]! - probabilities[a]! || a - b);
}

export interface CurvePoint {
  /** At or above this probability a row counts as positive. */
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
}

/** Counts at every threshold that tells rows apart, from the highest. */
export function countsByThreshold(labels: Uint8Array, probabilities: Float64Array): CurvePoint[] {
  const rows = ranked(probabilities);
  const points: CurvePoint[] = [];
  let truePositives = 0;
  let falsePositives = 0;
  rows.forEach((row, index) => {
    if (labels[row] === 1) truePositives += 1;
    else falsePositives += 1;
    const threshold = probabilities[row]!;
    const next = rows[index + 1];
    if (next === undefined || probabilities[next]! < threshold) points.push({ threshold, truePositives, falsePositives });
  });
  return points;
}

function positivesOf(labels: Uint8Array): number {
  let positives = 0;
  for (const label of labels) positives += label;
  return positives;
}

/** Area under the ROC curve: how often a positive stands above a negative, ties counting half. Null where one class is missing. */
export function rocAuc(labels: Uint8Array, probabilities: Float64Array): number | null {
  const positives = positivesOf(labels);
  const negatives = labels.length - positives;
  if (positives === 0 || negatives === 0) return null;
  let area = 0;
  let before: CurvePoint = { threshold: Number.POSITIVE_INFINITY, truePositives: 0, falsePositives: 0 };
  for (const point of countsByThreshold(labels, probabilities)) {
    area += ((point.falsePositives - before.falsePositives) * (point.truePositives + before.truePositives)) / 2;
    before = point;
  }
  return area / (positives * negatives);
}

/** Average precision: Σ (Rn − Rn−1) · Pn, the area under the precision–recall steps (as scikit-learn's). Null without positives. */
export function averagePrecision(labels: Uint8Array, probabilities: Float64Array): number | null {
  const positives = positivesOf(labels);
  if (positives === 0) return null;
  let sum = 0;
  let before = 0;
  for (const { truePositives, falsePositives } of countsByThreshold(labels, probabilities)) {
    sum += ((truePositives - before) / positives) * (truePositives / (truePositives + falsePositives));
    before = truePositives;
  }
  return sum;
}

/** Mean of −ln of the probability given to what happened; probabilities are kept 1e-15 away from 0 and 1. */
export function logLoss(labels: Uint8Array, probabilities: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row += 1) {
    const probability = clamp(probabilities[row]!, 1e-15, 1 - 1e-15);
    sum -= Math.log(labels[row] === 1 ? probability : 1 - probability);
  }
  return sum / labels.length;
}

/** Mean squared distance between probability and outcome (Brier 1950). */
export function brierScore(labels: Uint8Array, probabilities: Float64Array): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row += 1) sum += (probabilities[row]! - labels[row]!) ** 2;
  return sum / labels.length;
}

export interface Confusion {
  readonly threshold: number;
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly trueNegatives: number;
  readonly falseNegatives: number;
  readonly accuracy: number;
  /** Null where nothing is said to be positive. */
  readonly precision: number | null;
  /** Null where nothing is positive. */
  readonly recall: number | null;
  /** Null where neither is anything. */
  readonly f1: number | null;
}

/** What comes out when a row counts as positive from a probability on. */
export function confusionAt(labels: Uint8Array, probabilities: Float64Array, threshold: number): Confusion {
  let truePositives = 0;
  let falsePositives = 0;
  const positives = positivesOf(labels);
  for (let row = 0; row < labels.length; row += 1) {
    if (probabilities[row]! < threshold) continue;
    if (labels[row] === 1) truePositives += 1;
    else falsePositives += 1;
  }
  const falseNegatives = positives - truePositives;
  const trueNegatives = labels.length - positives - falsePositives;
  const said = truePositives + falsePositives;
  return {
    threshold,
    truePositives,
    falsePositives,
    trueNegatives,
    falseNegatives,
    accuracy: (truePositives + trueNegatives) / labels.length,
    precision: said === 0 ? null : truePositives / said,
    recall: positives === 0 ? null : truePositives / positives,
    f1: said + positives === 0 ? null : (2 * truePositives) / (said + positives),
  };
}

/**
 * The threshold that costs least when contacting in vain costs 1 and missing a positive costs so much. For calibrated probabilities
 * it is 1 / (1 + cost), whatever the rows (Elkan 2001).
 */
export function thresholdAtCost(costOfMiss: number): number {
  return 1 / (1 + costOfMiss);
}

export interface CalibrationBin {
  readonly rows: number;
  readonly meanProbability: number;
  readonly observedRate: number;
}

/** Rows in groups of about equal size by probability, with what was said and what happened in each. */
export function calibrationCurve(labels: Uint8Array, probabilities: Float64Array, bins = 10): CalibrationBin[] {
  const rows = ranked(probabilities).reverse();
  const groups: CalibrationBin[] = [];
  for (let bin = 0; bin < bins; bin += 1) {
    const group = rows.subarray(Math.floor((bin * rows.length) / bins), Math.floor(((bin + 1) * rows.length) / bins));
    if (group.length === 0) continue;
    let said = 0;
    let happened = 0;
    for (const row of group) {
      said += probabilities[row]!;
      happened += labels[row]!;
    }
    groups.push({ rows: group.length, meanProbability: said / group.length, observedRate: happened / group.length });
  }
  return groups;
}

/** Expected calibration error: the mean distance between what was said and what happened, by groups of equal size (Naeini et al. 2015). */
export function expectedCalibrationError(labels: Uint8Array, probabilities: Float64Array, bins = 10): number {
  const curve = calibrationCurve(labels, probabilities, bins);
  return curve.reduce((sum, { rows, meanProbability, observedRate }) => sum + rows * Math.abs(meanProbability - observedRate), 0) / labels.length;
}
