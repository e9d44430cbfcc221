import { type FactorSums, sumFactors } from '#domain/admissions/triage/baseline';
import type { TriageConfiguration } from '#domain/admissions/triage/configuration';
import type { Baseline, LeadFacts } from '#domain/admissions/triage/facts';
import { judgeLead, type Judgement, type JudgeSetting, meanPoints } from '#domain/admissions/triage/judge';

export interface SumPayload {
  readonly leads: readonly LeadFacts[];
  readonly partial: Pick<Baseline, 'signalCaps' | 'outcomes' | 'sources'>;
  readonly configuration: TriageConfiguration;
  readonly asOf: number;
}

/** The part of a baseline's means that some leads give. */
export function sumTask({ leads, partial, configuration, asOf }: SumPayload): FactorSums {
  return sumFactors(leads, partial, configuration, asOf);
}

export interface JudgePayload {
  readonly leads: readonly LeadFacts[];
  readonly setting: JudgeSetting;
}

/** Scores and forecasts of some leads, in their order. */
export function judgeTask({ leads, setting }: JudgePayload): Judgement[] {
  const means = meanPoints(setting);
  return leads.map((facts) => judgeLead(facts, setting, means));
}
