/**
 * The logistic function 1 / (1 + e^-x), written so that neither tail overflows.
 *
 * @returns a probability in [0, 1]
 */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/**
 * Posterior mean of a rate under a beta prior: (successes + strength · prior) / (trials + strength).
 * With no trials it is the prior; one success out of one is far from 1.
 * Source: Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.4 (beta-binomial model).
 *
 * @param successes count, at least 0
 * @param trials count, at least successes
 * @param prior mean of the prior in [0, 1]
 * @param strength how many trials the prior is worth
 * @returns the shrunk rate in [0, 1]
 */
export function shrunkRate(successes: number, trials: number, prior: number, strength: number): number {
  const denominator = trials + strength;
  return denominator === 0 ? prior : (successes + strength * prior) / denominator;
}

/** Rounds half away from zero to a number of decimals, free of the binary surprise of 1.005. */
export function round(value: number, decimals = 0): number {
  const factor = 10 ** decimals;
  return (Math.sign(value) * Math.round((Math.abs(value) + Number.EPSILON) * factor)) / factor || 0;
}

/** Keeps a number within [low, high]. */
export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}

/**
 * The p-quantile of unsorted numbers with linear interpolation (definition 7 of Hyndman and Fan 1996, the default of R and NumPy).
 *
 * @param values any order; not changed
 * @param p in [0, 1]
 * @returns null when there are no values
 */
export function quantile(values: ArrayLike<number>, p: number): number | null {
  if (values.length === 0) return null;
  const sorted = Float64Array.from(values).sort();
  const position = (sorted.length - 1) * clamp(p, 0, 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? 0;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] ?? low;
  return low + (high - low) * (position - below);
}
