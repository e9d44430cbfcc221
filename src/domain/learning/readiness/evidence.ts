import type { Attempt } from '#domain/learning/attempts';
import { type Blueprint, domainShares } from '#domain/learning/blueprint';
import { inOrder } from '#domain/learning/knowledge/topics';
import type { ReadinessConfiguration } from '#domain/learning/readiness/configuration';

/** The rate of right answers in a domain as a Beta(a, b). */
export interface DomainRate {
  readonly domainKey: number;
  readonly a: number;
  readonly b: number;
  readonly answers: number;
  readonly correct: number;
}

/**
 * The rate of right answers in each domain after all answers: a beta prior, to which each answer adds its worth. A mock exam's answer counts
 * whole, practice less, a question seen before less still, and all of them fade as newer ones come.
 * Source of the model: Gelman et al., Bayesian Data Analysis, 3rd ed., section 2.4.
 */
export function domainRates(attempts: readonly Attempt[], blueprint: Blueprint, { bayesian }: Pick<ReadinessConfiguration, 'bayesian'>): DomainRate[] {
  const { priorShare, priorStrength, practiceWeight, repeatWeight, halfLife } = bayesian;
  const rates = new Map(blueprint.domains.map(({ key }) => [key, { a: priorShare * priorStrength, b: (1 - priorShare) * priorStrength, answers: 0, correct: 0 }]));
  const seen = new Set<number>();
  const ordered = inOrder(attempts);
  ordered.forEach(({ domainKey, questionKey, assessment, correct }, index) => {
    const rate = rates.get(domainKey);
    const known = seen.has(questionKey);
    seen.add(questionKey);
    if (rate === undefined) return;
    const worth = (assessment === 'mock' ? 1 : practiceWeight) * (known ? repeatWeight : 1) * 0.5 ** ((ordered.length - 1 - index) / halfLife);
    rate.answers += 1;
    if (correct) {
      rate.a += worth;
      rate.correct += 1;
    } else rate.b += worth;
  });
  return [...rates].map(([domainKey, rate]) => ({ domainKey, ...rate }));
}

/** Two numbers of a beta distribution. */
export interface BetaShape {
  readonly a: number;
  readonly b: number;
}

/**
 * The rate on the whole exam: the domains' rates by their shares, as a beta of the same mean and variance.
 * The domains are taken as independent, which makes the interval somewhat too narrow; the simulated exams share a common factor.
 */
export function examRate(rates: readonly (BetaShape & Pick<DomainRate, 'domainKey'>)[], blueprint: Blueprint): BetaShape {
  const shares = domainShares(blueprint);
  let mean = 0;
  let variance = 0;
  for (const { domainKey, a, b } of rates) {
    const share = shares.get(domainKey) ?? 0;
    mean += (share * a) / (a + b);
    variance += (share ** 2 * a * b) / ((a + b) ** 2 * (a + b + 1));
  }
  const strength = variance === 0 ? 1 : (mean * (1 - mean)) / variance - 1;
  return { a: mean * strength, b: (1 - mean) * strength };
}
