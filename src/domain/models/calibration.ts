import { clamp, logistic } from '../kernel/stats';
import { stratifiedFolds } from './folds';
import { logLoss } from './metrics';

/** A map from what a model says to what happens. Plain data. */
export type Calibration =
  | { readonly kind: 'none' }
  /** 1 / (1 + e^−(a·logit(p) + b)). */
  | { readonly kind: 'platt'; readonly slope: number; readonly intercept: number }
  /** Linear between points, level beyond them. */
  | { readonly kind: 'isotonic'; readonly from: Float64Array; readonly to: Float64Array };

/** Log-odds of a probability, kept away from the ends. */
export function logit(probability: number): number {
  const kept = clamp(probability, 1e-7, 1 - 1e-7);
  return Math.log(kept / (1 - kept));
}

/**
 * Platt scaling on log-odds, with his smoothed targets (Platt 1999), by Newton's method.
 */
export function fitPlatt(labels: Uint8Array, probabilities: Float64Array): Calibration {
  let positives = 0;
  for (const label of labels) positives += label;
  const high = (positives + 1) / (positives + 2);
  const low = 1 / (labels.length - positives + 2);
  let slope = 1;
  let intercept = 0;
  const loss = (a: number, b: number): number => {
    let sum = 0;
    for (let row = 0; row < labels.length; row += 1) {
      const score = a * logit(probabilities[row]!) + b;
      sum += Math.log1p(Math.exp(-Math.abs(score))) + Math.max(score, 0) - (labels[row] === 1 ? high : low) * score;
    }
    return sum;
  };
  let value = loss(slope, intercept);
  for (let iteration = 0; iteration < 50; iteration += 1) {
    let gradientSlope = 0;
    let gradientIntercept = 0;
    let slopeSlope = 1e-9;
    let slopeIntercept = 0;
    let interceptIntercept = 1e-9;
    for (let row = 0; row < labels.length; row += 1) {
      const x = logit(probabilities[row]!);
      const said = logistic(slope * x + intercept);
      const off = said - (labels[row] === 1 ? high : low);
      const weight = said * (1 - said);
      gradientSlope += off * x;
      gradientIntercept += off;
      slopeSlope += weight * x * x;
      slopeIntercept += weight * x;
      interceptIntercept += weight;
    }
    const determinant = slopeSlope * interceptIntercept - slopeIntercept * slopeIntercept;
    const moveSlope = -(interceptIntercept * gradientSlope - slopeIntercept * gradientIntercept) / determinant;
    const moveIntercept = -(slopeSlope * gradientIntercept - slopeIntercept * gradientSlope) / determinant;
    let step = 1;
    let next = loss(slope + moveSlope, intercept + moveIntercept);
    while (next > value && step > 1e-6) {
      step /= 2;
      next = loss(slope + step * moveSlope, intercept + step * moveIntercept);
    }
    const gained = value - next;
    if (!(gained > 0)) break;
    slope += step * moveSlope;
    intercept += step * moveIntercept;
    value = next;
    if (gained < 1e-10 * (1 + Math.abs(value))) break;
  }
  // A model whose order is turned round is not calibrated but broken: what it said is kept.
  return slope > 0 ? { kind: 'platt', slope, intercept } : { kind: 'none' };
}

/** Isotonic regression by pooling adjacent violators (Ayer et al. 1955). */
export function fitIsotonic(labels: Uint8Array, probabilities: Float64Array): Calibration {
  const rows = Int32Array.from(labels, (_, row) => row).sort((a, b) => probabilities[a]! - probabilities[b]!);
  const blocks: { sum: number; count: number; first: number; last: number }[] = [];
  for (let index = 0; index < rows.length; ) {
    const at = probabilities[rows[index]!]!;
    let sum = 0;
    let count = 0;
    // Equal probabilities cannot be told apart.
    for (; index < rows.length && probabilities[rows[index]!] === at; index += 1) {
      sum += labels[rows[index]!]!;
      count += 1;
    }
    let block = { sum, count, first: at, last: at };
    for (let before = blocks.at(-1); before !== undefined && before.sum / before.count >= block.sum / block.count; before = blocks.at(-1)) {
      block = { sum: before.sum + block.sum, count: before.count + block.count, first: before.first, last: block.last };
      blocks.pop();
    }
    blocks.push(block);
  }
  const from: number[] = [];
  const to: number[] = [];
  for (const { sum, count, first, last } of blocks) {
    from.push(first);
    to.push(sum / count);
    if (last > first) {
      from.push(last);
      to.push(sum / count);
    }
  }
  return { kind: 'isotonic', from: Float64Array.from(from), to: Float64Array.from(to) };
}

/** What a calibration makes of a probability. */
export function calibrated(calibration: Calibration, probability: number): number {
  switch (calibration.kind) {
    case 'none':
      return probability;
    case 'platt':
      return logistic(calibration.slope * logit(probability) + calibration.intercept);
    case 'isotonic': {
      const { from, to } = calibration;
      if (from.length === 0) return probability;
      let low = 0;
      let high = from.length - 1;
      if (probability <= from[low]!) return to[low]!;
      if (probability >= from[high]!) return to[high]!;
      while (high - low > 1) {
        const middle = (low + high) >> 1;
        if (from[middle]! <= probability) low = middle;
        else high = middle;
      }
      const span = from[high]! - from[low]!;
      return span === 0 ? to[low]! : to[low]! + ((to[high]! - to[low]!) * (probability - from[low]!)) / span;
    }
  }
}

/** What a calibration makes of many probabilities. */
export function calibrateAll(calibration: Calibration, probabilities: Float64Array): Float64Array {
  return probabilities.map((probability) => calibrated(calibration, probability));
}

const fits = { none: (): Calibration => ({ kind: 'none' }), platt: fitPlatt, isotonic: fitIsotonic };
export type CalibrationKind = keyof typeof fits;

/** Isotonic steps can say 0 or 1; nobody is that sure on so few rows. */
export const surest = 0.999;

/**
 * Chooses and fits a calibration on probabilities that a model gave to rows it had not seen. The kind is the one with the least log loss
 * on rows that it was not fitted on either (five folds); a more complex one must be better by a little.
 *
 * @returns the calibration with the log loss of each kind
 */
export function chooseCalibration(labels: Uint8Array, probabilities: Float64Array, seed: number): { readonly calibration: Calibration; readonly logLosses: Readonly<Record<CalibrationKind, number>> } {
  const folds = stratifiedFolds(labels, 5, seed);
  const kinds = ['none', 'platt', 'isotonic'] as const;
  const held = { none: new Float64Array(labels.length), platt: new Float64Array(labels.length), isotonic: new Float64Array(labels.length) };
  for (let fold = 0; fold < 5; fold += 1) {
    const rows = Int32Array.from(labels, (_, row) => row).filter((row) => folds[row] !== fold);
    const someLabels = Uint8Array.from(rows, (row) => labels[row]!);
    const some = Float64Array.from(rows, (row) => probabilities[row]!);
    for (const kind of kinds) {
      const calibration = fits[kind](someLabels, some);
      for (let row = 0; row < labels.length; row += 1) {
        if (folds[row] === fold) held[kind][row] = clamp(calibrated(calibration, probabilities[row]!), 1 - surest, surest);
      }
    }
  }
  const logLosses = { none: logLoss(labels, held.none), platt: logLoss(labels, held.platt), isotonic: logLoss(labels, held.isotonic) };
  let best: CalibrationKind = 'none';
  for (const kind of kinds) if (logLosses[kind] < logLosses[best] - 1e-4) best = kind;
  return { calibration: fits[best](labels, probabilities), logLosses };
}
