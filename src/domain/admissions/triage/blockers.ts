import { daysBetween } from '#domain/kernel/clock';
import { phrase, type Phrase } from '#domain/kernel/phrase';
import { round } from '#domain/kernel/stats';
import { signals } from '../leads/signals';
import { openStages } from '../leads/stages';
import { isNamedUnknown, sourceRate, workspaceRate } from '../sources/rates';
import { factors, type Factor, type TriageConfiguration, type Weights } from './configuration';
import { fullness } from './factors';
import type { Baseline, LeadFacts } from './facts';

export const blockerTypes = ['data_completeness', 'engagement_stall', 'source_quality', 'course_capacity'] as const;
export type BlockerType = (typeof blockerTypes)[number];

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/** Something that stands between a lead and enrolment, and what removes it. */
export interface Blocker {
  readonly type: BlockerType;
  readonly severity: Severity;
  readonly description: Phrase;
  readonly impact: Phrase;
  readonly actionRequired: Phrase;
  /** Points of the score that removing it would give back, 0 where it holds back something else. */
  readonly points: number;
}

interface Setting {
  readonly facts: LeadFacts;
  readonly baseline: Baseline;
  readonly weights: Weights;
  readonly configuration: TriageConfiguration;
  readonly asOf: number;
}

/** What a share of one factor is worth on the scale of the score. */
function scorePoints(factor: Factor, share: number, weights: Weights): number {
  const sum = factors.reduce((total, each) => total + weights[each], 0);
  return round((100 * weights[factor] * share) / sum, 1);
}

function blocker(
  type: BlockerType,
  severity: Severity,
  name: string,
  points: number,
  params: Phrase['params'] = {},
): Blocker {
  const said = (part: string): Phrase => phrase(`blockers.${name}.${part}`, { ...params, points });
  // Said when somebody reads it: a run over all leads only counts them.
  return {
    type,
    severity,
    points,
    get description() {
      return said('description');
    },
    get impact() {
      return said('impact');
    },
    get actionRequired() {
      return said('action');
    },
  };
}

function dataCompleteness({ facts, weights, configuration }: Setting): Blocker[] {
  const found: Blocker[] = [];
  const { email, phone } = configuration.contact;
  const emailWorks = facts.hasEmail && facts.mayEmail;
  const phoneWorks = facts.hasPhone && facts.mayPhone;
  const points = (share: number): number => scorePoints('contactability', share, weights);
  if (!facts.hasEmail && !facts.hasPhone) {
    found.push(blocker('data_completeness', 'critical', 'noContact', points(email + phone)));
  } else if (!emailWorks && !phoneWorks) {
    found.push(blocker('data_completeness', 'high', 'contactRefused', points(email + phone)));
  } else if (!facts.hasPhone) {
    found.push(blocker('data_completeness', 'medium', 'noPhone', points(phone)));
  } else if (!facts.hasEmail) {
    found.push(blocker('data_completeness', 'medium', 'noEmail', points(email)));
  }
  if (facts.course === null) found.push(blocker('data_completeness', 'low', 'noCourse', 0));
  if ((emailWorks || phoneWorks) && !facts.consentRecorded) found.push(blocker('data_completeness', 'low', 'noConsent', 0));
  return found;
}

function engagementStall({ facts, weights, configuration, asOf }: Setting): Blocker[] {
  const { stallDays, longStallDays } = configuration.blockers;
  if (facts.lastActivityAt !== null) {
    const days = Math.floor(daysBetween(facts.lastActivityAt, asOf));
    if (days >= stallDays) {
      return [blocker('engagement_stall', days >= longStallDays ? 'high' : 'medium', 'stalled', scorePoints('recency', 1, weights), { count: days })];
    }
    return [];
  }
  const known = signals.filter((signal) => facts.signals[signal] !== undefined);
  if (known.length > 0 && known.every((signal) => facts.signals[signal] === 0)) {
    return [blocker('engagement_stall', 'medium', 'noEngagement', scorePoints('engagement', 1, weights))];
  }
  return [];
}

function sourceQuality({ facts, baseline, weights, configuration }: Setting): Blocker[] {
  const { source } = facts;
  if (source === null) return [blocker('source_quality', 'low', 'noSource', 0)];
  if (isNamedUnknown(source.name)) {
    const mean = workspaceRate(baseline.outcomes, configuration.source);
    return [blocker('source_quality', 'medium', 'unknownSource', scorePoints('source', mean, weights))];
  }
  const outcomes = baseline.sources[source.key];
  if (outcomes === undefined || outcomes.known < configuration.blockers.weakSourceLeads) return [];
  const rate = sourceRate(outcomes, baseline.outcomes, configuration.source);
  const mean = workspaceRate(baseline.outcomes, configuration.source);
  if (rate >= mean * configuration.blockers.weakSourceRatio) return [];
  return [
    blocker('source_quality', 'medium', 'weakSource', 0, {
      name: source.name,
      rate: round(rate * 100),
      mean: round(mean * 100),
      known: outcomes.known,
    }),
  ];
}

function courseCapacity({ facts, weights, configuration }: Setting): Blocker[] {
  if (facts.course === null) return [];
  const full = fullness(facts.course);
  if (full === null || full < configuration.blockers.nearlyFullShare) return [];
  const params = { course: facts.course.name, capacity: facts.course.capacity ?? 0, taken: facts.course.taken };
  const points = (value: number): number => scorePoints('courseFit', configuration.courseFit.open - value, weights);
  return full >= 1
    ? [blocker('course_capacity', 'high', 'courseFull', points(configuration.courseFit.full), params)]
    : [blocker('course_capacity', 'medium', 'courseNearlyFull', points(configuration.courseFit.nearlyFull), params)];
}

/** What stands in a lead's way, the most severe first. A lead that has converted or is lost has no blockers. */
export function findBlockers(setting: Setting): Blocker[] {
  if (setting.facts.converted === true || !openStages.includes(setting.facts.stage)) return [];
  return [
    ...dataCompleteness(setting),
    ...engagementStall(setting),
    ...sourceQuality(setting),
    ...courseCapacity(setting),
  ].sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
}
