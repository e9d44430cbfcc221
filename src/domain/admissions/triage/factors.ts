import { daysBetween } from '#domain/kernel/clock';
import { phrase, type Phrase } from '#domain/kernel/phrase';
import { clamp, round } from '#domain/kernel/stats';
import { signals, type Signal, type SignalTotals } from '../leads/signals';
import { isNamedUnknown, sourceRate, workspaceRate } from '../sources/rates';
import type { Factor, TriageConfiguration } from './configuration';
import type { Baseline, CourseFacts, LeadFacts, SourceOutcomes } from './facts';

/** One factor of one lead before the workspace's mean stands in for what is unknown. */
export interface FactorValue {
  /** In [0, 1], or null where unknown. */
  readonly value: number | null;
  /** How sure the value is, in [0, 1]. An unknown has 0. */
  readonly certainty: number;
  readonly reason: Phrase;
}

const noOutcomes: SourceOutcomes = { converted: 0, known: 0 };

/**
 * How near a signal's total is to all it can say: log(1 + total) / log(1 + cap), at most 1. The logarithm because the tenth visit
 * says less than the second (seed 2.4, log1p engagement).
 */
export function signalShare(total: number, cap: number): number {
  return cap <= 0 ? 0 : clamp(Math.log1p(Math.max(0, total)) / Math.log1p(cap), 0, 1);
}

/**
 * Engagement from the known signals as a noisy-or: 1 − ∏ (1 − weight · share). More evidence never lowers it, and what is unknown
 * adds nothing. Source: Pearl, Probabilistic Reasoning in Intelligent Systems (1988), section 4.3.2.
 *
 * @returns null where no signal is known
 */
export function engagementValue(totals: SignalTotals, caps: SignalTotals, configuration: TriageConfiguration): number | null {
  let silent = 1;
  let known = false;
  for (const signal of signals) {
    const total = totals[signal];
    if (total === undefined) continue;
    known = true;
    const { weight, cap } = configuration.signals[signal];
    silent *= 1 - weight * signalShare(total, caps[signal] ?? cap);
  }
  return known ? 1 - silent : null;
}

/** The known signals of a lead that say most, the strongest first. */
function strongestSignals(totals: SignalTotals, baseline: Baseline, configuration: TriageConfiguration): Signal[] {
  const strength = (signal: Signal): number => {
    const { weight, cap } = configuration.signals[signal];
    return weight * signalShare(totals[signal] ?? 0, baseline.signalCaps[signal] ?? cap);
  };
  return signals
    .filter((signal) => (totals[signal] ?? 0) > 0)
    .sort((a, b) => strength(b) - strength(a))
    .slice(0, 2);
}

function engagement(facts: LeadFacts, value: number | null, baseline: Baseline, configuration: TriageConfiguration): FactorValue {
  if (value === null) return { value, certainty: 0, reason: phrase('triage.engagement.unknown') };
  const [first, second] = strongestSignals(facts.signals, baseline, configuration);
  if (first === undefined) return { value, certainty: 1, reason: phrase('triage.engagement.none') };
  const params: Record<string, string | number> = { first, firstTotal: round(facts.signals[first] ?? 0, 1) };
  if (second === undefined) return { value, certainty: 1, reason: phrase('triage.engagement.one', params) };
  return {
    value,
    certainty: 1,
    reason: phrase('triage.engagement.two', { ...params, second, secondTotal: round(facts.signals[second] ?? 0, 1) }),
  };
}

/**
 * Recency halves with every half-life: 2^(−days / half-life).
 *
 * @param days whole days since the last activity, at least 0
 */
export function recencyValue(days: number, halfLifeDays: number): number {
  return 2 ** (-days / halfLifeDays);
}

/** Whole days since the last activity, or null where it is unknown. */
function daysSince({ lastActivityAt }: LeadFacts, asOf: number): number | null {
  return lastActivityAt === null ? null : Math.floor(daysBetween(lastActivityAt, asOf));
}

function recency(facts: LeadFacts, value: number | null, asOf: number): FactorValue {
  const days = daysSince(facts, asOf);
  if (days === null) return { value, certainty: 0, reason: phrase('triage.recency.unknown') };
  return {
    value,
    certainty: 1,
    reason: phrase('triage.recency.days', { count: days }),
  };
}

function sourceValue({ source: from }: LeadFacts, baseline: Baseline, configuration: TriageConfiguration): number | null {
  if (from === null) return null;
  if (isNamedUnknown(from.name)) return configuration.source.unknownNamed;
  return sourceRate(baseline.sources[from.key] ?? noOutcomes, baseline.outcomes, configuration.source);
}

function source(facts: LeadFacts, value: number | null, baseline: Baseline, configuration: TriageConfiguration): FactorValue {
  const from = facts.source;
  if (from === null || value === null) return { value, certainty: 0, reason: phrase('triage.source.unknown') };
  if (isNamedUnknown(from.name)) {
    return { value, certainty: 1, reason: phrase('triage.source.namedUnknown', { name: from.name }) };
  }
  const outcomes = baseline.sources[from.key] ?? noOutcomes;
  const certainty = outcomes.known / (outcomes.known + configuration.source.strength);
  const params = { name: from.name, rate: round(value * 100), mean: round(workspaceRate(baseline.outcomes, configuration.source) * 100), known: outcomes.known };
  return {
    value,
    certainty,
    reason: phrase(outcomes.known === 0 ? 'triage.source.noOutcomes' : 'triage.source.rate', params),
  };
}

function contactValue(facts: LeadFacts, { contact }: TriageConfiguration): number {
  return (facts.hasEmail && facts.mayEmail ? contact.email : 0) + (facts.hasPhone && facts.mayPhone ? contact.phone : 0);
}

function contactability(facts: LeadFacts, value: number | null): FactorValue {
  const email = facts.hasEmail && facts.mayEmail;
  const phone = facts.hasPhone && facts.mayPhone;
  const key = email && phone ? 'both' : email ? 'emailOnly' : phone ? 'phoneOnly' : facts.hasEmail || facts.hasPhone ? 'refused' : 'none';
  return { value, certainty: 1, reason: phrase(`triage.contactability.${key}`) };
}

/** How full a course is: places taken as a share of its capacity, or null where the capacity is unknown. */
export function fullness(course: CourseFacts): number | null {
  return course.capacity === null ? null : course.capacity === 0 ? 1 : course.taken / course.capacity;
}

function courseValue({ course }: LeadFacts, configuration: TriageConfiguration): number | null {
  if (course === null) return null;
  const full = fullness(course);
  const { open, nearlyFull, full: none } = configuration.courseFit;
  if (full === null) return open;
  return full >= 1 ? none : full >= configuration.blockers.nearlyFullShare ? nearlyFull : open;
}

function courseFit(facts: LeadFacts, value: number | null, configuration: TriageConfiguration): FactorValue {
  const { course } = facts;
  if (course === null) return { value, certainty: 0, reason: phrase('triage.courseFit.unknown') };
  const full = fullness(course);
  if (full === null) return { value, certainty: 1, reason: phrase('triage.courseFit.open', { course: course.name }) };
  const params = { course: course.name, left: Math.max(0, (course.capacity ?? 0) - course.taken), capacity: course.capacity ?? 0 };
  if (full >= 1) return { value, certainty: 1, reason: phrase('triage.courseFit.full', params) };
  return { value, certainty: 1, reason: phrase(full >= configuration.blockers.nearlyFullShare ? 'triage.courseFit.nearlyFull' : 'triage.courseFit.places', params) };
}

/** The values of the five factors as far as they are known, without a word about them: for many leads at once. */
export function plainValues(facts: LeadFacts, baseline: Baseline, configuration: TriageConfiguration, asOf: number): Readonly<Record<Factor, number | null>> {
  const days = daysSince(facts, asOf);
  return {
    engagement: engagementValue(facts.signals, baseline.signalCaps, configuration),
    recency: days === null ? null : recencyValue(days, configuration.recencyHalfLifeDays),
    source: sourceValue(facts, baseline, configuration),
    contactability: contactValue(facts, configuration),
    courseFit: courseValue(facts, configuration),
  };
}

/** The five factors of a lead as far as they are known. */
export function factorValues(
  facts: LeadFacts,
  baseline: Baseline,
  configuration: TriageConfiguration,
  asOf: number,
): Readonly<Record<Factor, FactorValue>> {
  const values = plainValues(facts, baseline, configuration, asOf);
  return {
    engagement: engagement(facts, values.engagement, baseline, configuration),
    recency: recency(facts, values.recency, asOf),
    source: source(facts, values.source, baseline, configuration),
    contactability: contactability(facts, values.contactability),
    courseFit: courseFit(facts, values.courseFit, configuration),
  };
}

/** What stands in for an unknown factor: the workspace's mean once enough leads know it, else the neutral figure. */
export function standIn(factor: Factor, baseline: Baseline, configuration: TriageConfiguration): number {
  const { mean, known } = baseline.means[factor];
  return known >= configuration.minimumKnown ? mean : configuration.unknownMean;
}

