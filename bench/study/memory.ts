import type { Rng } from '#domain/kernel/rng';
import { logistic } from '#domain/kernel/stats';

/**
 * A memory that is not FSRS: base-level activation of ACT-R with decay that depends on activation at the time of practice, by which
 * spaced practice lasts longer than massed.
 * Source: Pavlik and Anderson 2005, 2008 (m = ln Σ t^-d, d = c·e^m + a; a .177, c .217, threshold −.704, noise .255; time between sittings
 * counts with a factor of .025).
 */
export interface Learner {
  readonly decay: number;
  readonly scale: number;
  readonly threshold: number;
  readonly noise: number;
}

const betweenSittings = 0.025;
const secondsPerDay = 86_400;

const normal = (rng: Rng): number => Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());

/** Somebody around the published parameters: one forgets faster, another slower. */
export function learner(rng: Rng): Learner {
  return { decay: 0.177 * Math.exp(0.1 * normal(rng)), scale: 0.217 * Math.exp(0.2 * normal(rng)), threshold: -0.704 + 0.15 * normal(rng), noise: 0.255 };
}

/** What one item left in a memory. */
export interface Trace {
  /** How much easier or harder the item is than others. */
  readonly bias: number;
  /** Psychological seconds of each practice, and its decay. */
  readonly practices: { readonly at: number; readonly decay: number }[];
}

export function trace(rng: Rng): Trace {
  return { bias: 0.25 * normal(rng), practices: [] };
}

/** Psychological time: most of a day in which nothing is practised does not count. */
export function psychological(day: number, seconds: number): number {
  return day * secondsPerDay * betweenSittings + seconds;
}

function activation({ bias, practices }: Trace, at: number): number {
  let sum = 0;
  for (const practice of practices) sum += Math.max(1, at - practice.at) ** -practice.decay;
  return bias + Math.log(sum);
}

/** The chance that an item is recalled. */
export function recallChance(of: Trace, who: Learner, at: number): number {
  return of.practices.length === 0 ? 0 : logistic((activation(of, at) - who.threshold) / who.noise);
}

/** Practises an item: what was still active decays faster. */
export function practise(of: Trace, who: Learner, at: number): void {
  const before = of.practices.length === 0 ? -Infinity : activation(of, at);
  of.practices.push({ at, decay: who.scale * Math.exp(Math.min(before, 3)) + who.decay });
}
