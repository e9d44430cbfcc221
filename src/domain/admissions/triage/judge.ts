import { type ForecastConfiguration, forecastLead, type LeadForecast } from '../forecast/predict';
import { factors, type Weights } from './configuration';
import type { LeadFacts } from './facts';
import { standIn } from './factors';
import { type LeadScore, scoreLead, type TriageSetting } from './score';

/** All that a judgement depends on besides the lead. */
export interface JudgeSetting extends TriageSetting {
  readonly forecast: ForecastConfiguration;
}

/** A lead's score and its forecast, which rests on it. */
export interface Judgement {
  readonly score: LeadScore;
  readonly forecast: LeadForecast;
}

/** The points that an average lead of the workspace has for each factor. */
export function meanPoints(setting: TriageSetting): Weights {
  const { weights, baseline, configuration } = setting;
  return Object.fromEntries(factors.map((factor) => [factor, weights[factor] * standIn(factor, baseline, configuration)])) as unknown as Weights;
}

/** Scores and forecasts one lead. */
export function judgeLead(facts: LeadFacts, setting: JudgeSetting, means: Weights = meanPoints(setting)): Judgement {
  const score = scoreLead(facts, setting);
  return { score, forecast: forecastLead(score, means, setting.forecast) };
}
