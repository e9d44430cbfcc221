import { round } from '#domain/kernel/stats';
import type { Phrase } from '#domain/kernel/phrase';
import { findBlockers, type Blocker } from './blockers';
import { type Action, type Band, type Factor, factors, type TriageConfiguration, type Weights } from './configuration';
import { factorValues, plainValues, standIn } from './factors';
import type { Baseline, LeadFacts } from './facts';

/** One factor as it counted. */
export interface FactorScore {
  readonly factor: Factor;
  /** maximum · value, in the points of the weights. */
  readonly points: number;
  readonly maximum: number;
  /** In [0, 1]; the workspace's mean where unknown. */
  readonly value: number;
  readonly known: boolean;
  readonly reason: Phrase;
}

export interface LeadScore {
  readonly leadId: string;
  /** 0 to 100, one decimal. */
  readonly score: number;
  readonly band: Band;
  readonly action: Action;
  /** 0 to 1: the share of the score that rests on what is known, and how surely. */
  readonly confidence: number;
  readonly factors: readonly FactorScore[];
  readonly blockers: readonly Blocker[];
}

export interface TriageSetting {
  readonly weights: Weights;
  readonly configuration: TriageConfiguration;
  readonly baseline: Baseline;
  /** UTC milliseconds: the end of the day for which the score holds, so that it does not drift within a day. */
  readonly asOf: number;
}

/** The band of a score. */
export function bandOf(score: number, bands: TriageConfiguration['bands']): Band {
  return score >= bands.high ? 'high' : score >= bands.medium ? 'medium' : 'low';
}

/**
 * Scores one lead: score = 100 · Σ max·v / Σ max over the five factors. An unknown v is the workspace's mean of that factor, and
 * lowers the confidence by its share. Source: the product's triage specification, sections 1.1 and 1.2.
 */
export function scoreLead(facts: LeadFacts, setting: TriageSetting): LeadScore {
  const { weights, configuration, baseline, asOf } = setting;
  const values = factorValues(facts, baseline, configuration, asOf);
  const sum = factors.reduce((total, factor) => total + weights[factor], 0);
  let points = 0;
  let certain = 0;
  const scored = factors.map((factor): FactorScore => {
    const { value, certainty, reason } = values[factor];
    const used = value ?? standIn(factor, baseline, configuration);
    const maximum = weights[factor];
    points += maximum * used;
    certain += maximum * certainty;
    return { factor, points: round(maximum * used, 2), maximum, value: round(used, 4), known: value !== null, reason };
  });
  const score = round((100 * points) / sum, 1);
  const band = bandOf(score, configuration.bands);
  return {
    leadId: facts.leadId,
    score,
    band,
    action: configuration.actions[band],
    confidence: round(certain / sum, 2),
    factors: scored,
    blockers: findBlockers({ facts, baseline, weights, configuration, asOf }),
  };
}

/** A score in figures alone, for many leads at once. */
export interface ScoreFigures {
  readonly score: number;
  /** As {@link FactorScore} has them. */
  readonly points: Weights;
  readonly engagement: number;
}

/** Scores one lead as {@link scoreLead} does, without its reasons. */
export function scoreFigures(facts: LeadFacts, { weights, configuration, baseline, asOf }: TriageSetting): ScoreFigures {
  const values = plainValues(facts, baseline, configuration, asOf);
  const points: Record<Factor, number> = { engagement: 0, recency: 0, source: 0, contactability: 0, courseFit: 0 };
  let [sum, all] = [0, 0];
  for (const factor of factors) {
    const given = weights[factor] * (values[factor] ?? standIn(factor, baseline, configuration));
    points[factor] = round(given, 2);
    all += given;
    sum += weights[factor];
  }
  return { score: round((100 * all) / sum, 1), points, engagement: round(values.engagement ?? standIn('engagement', baseline, configuration), 4) };
}
