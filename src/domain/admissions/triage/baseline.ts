import { quantile, round } from '#domain/kernel/stats';
import { signals, type Signal } from '../leads/signals';
import type { TriageConfiguration } from './configuration';
import { factorValues } from './factors';
import type { Baseline, LeadFacts, SourceOutcomes } from './facts';

const sharedFactors = ['engagement', 'recency', 'courseFit', 'source'] as const;
type SharedFactor = (typeof sharedFactors)[number];

/** Keeps sums only, so that a million leads can pass by in pieces. */
export interface BaselineCollector {
  add(facts: LeadFacts): void;
  result(): Baseline['means'];
}

/**
 * The 95th percentile of each signal among totals above zero. A signal that fewer than `minimumKnown` leads have keeps the
 * configured cap.
 */
export function signalCaps(
  totals: Readonly<Record<Signal, ArrayLike<number>>>,
  minimumKnown: number,
): Baseline['signalCaps'] {
  const caps: Partial<Record<Signal, number>> = {};
  for (const signal of signals) {
    if (totals[signal].length < minimumKnown) continue;
    const cap = quantile(totals[signal], 0.95);
    if (cap !== null && cap > 0) caps[signal] = round(cap, 2);
  }
  return caps;
}

/** Means of the factors over the leads that know them, rounded so that one lead more does not move every score. */
export function collectMeans(
  configuration: TriageConfiguration,
  caps: Baseline['signalCaps'],
  outcomes: SourceOutcomes,
  sources: Baseline['sources'],
  asOf: number,
): BaselineCollector {
  const sums: Record<SharedFactor, { sum: number; known: number }> = {
    engagement: { sum: 0, known: 0 },
    recency: { sum: 0, known: 0 },
    courseFit: { sum: 0, known: 0 },
    source: { sum: 0, known: 0 },
  };
  const unmeaned: Baseline = {
    means: {
      engagement: { mean: 0, known: 0 },
      recency: { mean: 0, known: 0 },
      courseFit: { mean: 0, known: 0 },
      source: { mean: 0, known: 0 },
    },
    signalCaps: caps,
    outcomes,
    sources,
  };
  return {
    add(facts) {
      const values = factorValues(facts, unmeaned, configuration, asOf);
      for (const factor of sharedFactors) {
        const { value } = values[factor];
        if (value === null) continue;
        sums[factor].sum += value;
        sums[factor].known += 1;
      }
    },
    result() {
      const mean = (factor: SharedFactor): { mean: number; known: number } => {
        const { sum, known } = sums[factor];
        return { mean: known === 0 ? 0 : round(sum / known, 2), known };
      };
      return { engagement: mean('engagement'), recency: mean('recency'), courseFit: mean('courseFit'), source: mean('source') };
    },
  };
}
