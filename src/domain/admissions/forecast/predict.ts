import type { Phrase } from '#domain/kernel/phrase';
import { logistic, round } from '#domain/kernel/stats';
import type { Blocker } from '../triage/blockers';
import { type Factor, factors, type Weights } from '../triage/configuration';
import type { FactorScore, LeadScore } from '../triage/score';

/** The editable numbers of the forecast, by the names of the specification (2.1). */
export interface ForecastConfiguration {
  readonly bias: number;
  /** Change of the log-odds for each point of a factor. */
  readonly weights: Readonly<Record<Factor, number>>;
  readonly etaBaseDays: number;
  readonly etaEngagementShorteningMax: number;
  readonly minProbabilityForEta: number;
}

/** Defaults of the product's forecast specification, section 2.1. */
export const defaultForecastConfiguration: ForecastConfiguration = {
  bias: -3,
  weights: { engagement: 0.085, recency: 0.07, source: 0.06, contactability: 0.055, courseFit: 0.05 },
  etaBaseDays: 45,
  etaEngagementShorteningMax: 20,
  minProbabilityForEta: 0.25,
};

/** What moves a forecast, beside the workspace's mean: its sign says which way. */
export interface ForecastInfluence {
  readonly factor: Factor | null;
  /** Difference of the log-odds from a lead with the workspace's mean; null for a blocker. */
  readonly logOdds: number | null;
  readonly reason: Phrase;
}

export interface LeadForecast {
  readonly leadId: string;
  /** 0 to 1, three decimals. */
  readonly probability: number;
  /** Whole days, or null below the probability from which an ETA is given. */
  readonly etaDays: number | null;
  readonly confidence: number;
  readonly drivers: readonly ForecastInfluence[];
  readonly risks: readonly ForecastInfluence[];
  /** The value of each factor, 0 to 1. */
  readonly explanation: Readonly<Record<Factor, number>>;
}

const noticeable = 0.05;

/** The chance of converting by the points of each factor, three decimals. */
export function chanceOf(points: Weights, { bias, weights }: ForecastConfiguration): number {
  return round(logistic(factors.reduce((sum, factor) => sum + weights[factor] * points[factor], bias)), 3);
}

/** Whole days until then by the value of engagement, or null where the chance is too small to tell. */
export function daysUntil(chance: number, engagement: number, { minProbabilityForEta, etaBaseDays, etaEngagementShorteningMax }: ForecastConfiguration): number | null {
  return chance < minProbabilityForEta ? null : Math.round(etaBaseDays - etaEngagementShorteningMax * engagement);
}

/**
 * Chance of converting: logistic(bias + Σ weight · points). ETA: the base shortened by up to the maximum in proportion to the
 * value of engagement, given only where the chance is high enough. Source: the product's forecast specification, section 2.1.
 *
 * @param score the lead's score, whose points and blockers are the inputs
 * @param means the mean points of each factor in the workspace; influences are told against them
 */
export function forecastLead(
  score: Pick<LeadScore, 'leadId' | 'factors' | 'blockers' | 'confidence'>,
  means: Weights,
  configuration: ForecastConfiguration,
): LeadForecast {
  const byFactor = new Map(score.factors.map((each) => [each.factor, each]));
  const at = (factor: Factor): FactorScore => {
    const found = byFactor.get(factor);
    if (found === undefined) throw new Error(`A score without the factor ${factor} cannot be forecast.`);
    return found;
  };
  const points = Object.fromEntries(factors.map((factor) => [factor, at(factor).points])) as Record<Factor, number>;
  const probability = chanceOf(points, configuration);
  const influences = factors
    .filter((factor) => at(factor).known)
    .map((factor): ForecastInfluence & { logOdds: number } => ({
      factor,
      logOdds: round(configuration.weights[factor] * (at(factor).points - means[factor]), 3),
      reason: at(factor).reason,
    }))
    .sort((a, b) => Math.abs(b.logOdds) - Math.abs(a.logOdds));
  const grave = (blocker: Blocker): boolean => blocker.severity === 'critical' || blocker.severity === 'high';
  return {
    leadId: score.leadId,
    probability,
    etaDays: daysUntil(probability, at('engagement').value, configuration),
    confidence: score.confidence,
    drivers: influences.filter((influence) => influence.logOdds >= noticeable),
    risks: [
      ...influences.filter((influence) => influence.logOdds <= -noticeable),
      ...score.blockers.filter(grave).map((each): ForecastInfluence => ({ factor: null, logOdds: null, reason: each.description })),
    ],
    explanation: {
      engagement: at('engagement').value,
      recency: at('recency').value,
      source: at('source').value,
      contactability: at('contactability').value,
      courseFit: at('courseFit').value,
    },
  };
}
