import { quantile, round } from '#domain/kernel/stats';
import { signals, type Signal } from '../leads/signals';
import { type Factor, factors, type TriageConfiguration } from './configuration';
import { plainValues } from './factors';
import { type Baseline, emptyBaseline, type LeadFacts } from './facts';

/** Sums from which means are made; those of two groups of leads add up, so that a million leads can pass by in pieces. */
export type FactorSums = Readonly<Record<Factor, { readonly sum: number; readonly known: number }>>;

export const noSums: FactorSums = {
  engagement: { sum: 0, known: 0 },
  recency: { sum: 0, known: 0 },
  source: { sum: 0, known: 0 },
  contactability: { sum: 0, known: 0 },
  courseFit: { sum: 0, known: 0 },
};

function perFactor<Value>(make: (factor: Factor) => Value): Record<Factor, Value> {
  return Object.fromEntries(factors.map((factor) => [factor, make(factor)])) as Record<Factor, Value>;
}

/** Adds up the known values of each factor over some leads. */
export function sumFactors(
  leads: readonly LeadFacts[],
  partial: Pick<Baseline, 'signalCaps' | 'outcomes' | 'sources'>,
  configuration: TriageConfiguration,
  asOf: number,
): FactorSums {
  const baseline: Baseline = { ...emptyBaseline, ...partial };
  const sums = perFactor(() => ({ sum: 0, known: 0 }));
  for (const facts of leads) {
    const values = plainValues(facts, baseline, configuration, asOf);
    for (const factor of factors) {
      const value = values[factor];
      if (value === null) continue;
      sums[factor].sum += value;
      sums[factor].known += 1;
    }
  }
  return sums;
}

export function addSums(a: FactorSums, b: FactorSums): FactorSums {
  return perFactor((factor) => ({ sum: a[factor].sum + b[factor].sum, known: a[factor].known + b[factor].known }));
}

/** Means of the factors over the leads that know them, rounded so that one lead more does not move every score. */
export function meansOf(sums: FactorSums): Baseline['means'] {
  return perFactor((factor) => {
    const { sum, known } = sums[factor];
    return { mean: known === 0 ? 0 : round(sum / known, 2), known };
  });
}

/**
 * The 95th percentile of each signal among totals above zero. A signal that fewer than `minimumKnown` leads have keeps the
 * configured cap.
 */
export function signalCaps(totals: Readonly<Record<Signal, ArrayLike<number>>>, minimumKnown: number): Baseline['signalCaps'] {
  const caps: Partial<Record<Signal, number>> = {};
  for (const signal of signals) {
    if (totals[signal].length < minimumKnown) continue;
    const cap = quantile(totals[signal], 0.95);
    if (cap !== null && cap > 0) caps[signal] = round(cap, 2);
  }
  return caps;
}
