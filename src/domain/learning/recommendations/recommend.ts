import { quantile } from '#domain/kernel/stats';
import { type Phrase, phrase } from '#domain/kernel/phrase';
import type { Attempt } from '#domain/learning/attempts';
import type { Blueprint } from '#domain/learning/blueprint';
import type { ReadinessAction } from '#domain/learning/readiness/actions';
import type { DomainReadiness } from '#domain/learning/readiness/readiness';
import type { RecommendationConfiguration } from '#domain/learning/recommendations/configuration';
import type { InterventionCause } from '#domain/learning/recommendations/interventions';

/** The six types of the specification, section 3.3. */
export const recommendationKinds = ['intervention', 'next_action', 'weak_domain', 'study_schedule', 'resource', 'strategy'] as const;
export type RecommendationKind = (typeof recommendationKinds)[number];

export const priorities = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof priorities)[number];

/** Where a recommendation leads. Keys are those of the rows. */
export interface RecommendationTarget {
  readonly to: 'session' | 'practice' | 'mock' | 'section' | 'cards' | 'goal';
  readonly domainKey: number | null;
  readonly topicKey: number | null;
  readonly sectionKey: number | null;
}

/** Something to do, and why. */
export interface Recommendation {
  /** What it comes from: the same cause is the same recommendation. */
  readonly cause: string;
  readonly kind: RecommendationKind;
  readonly priority: Priority;
  readonly title: Phrase;
  readonly reason: Phrase;
  readonly target: RecommendationTarget;
  readonly minutes: number | null;
  /** By how much the chance of passing grows by estimate, 0 to 1; null where none is made. */
  readonly gain: number | null;
}

export interface RecommendationFacts {
  readonly attempts: readonly Attempt[];
  readonly blueprint: Blueprint;
  readonly domains: readonly DomainReadiness[];
  readonly actions: readonly ReadinessAction[];
  readonly interventions: readonly InterventionCause[];
  readonly today: number;
  readonly examDay: number | null;
  readonly hoursAWeek: number | null;
  /** Study days of the last 28. */
  readonly activeDays: number;
  readonly dueCards: number;
  readonly mocks: number;
  readonly lastMockDay: number | null;
  /** Sections of the topics that are known least and that were not passed yet, the most useful first. */
  readonly sections: readonly { readonly sectionKey: number; readonly title: string; readonly topic: string; readonly chance: number; readonly minutes: number | null }[];
}

const nowhere = { domainKey: null, topicKey: null, sectionKey: null } as const;
const hundredths = (share: number): number => Math.round(share * 100);

/** Minutes that a question takes with its explanation, until the student's own pace is known. */
const minutesAnAnswer = 1.2;

function intervene({ intervention, priority, evidence }: InterventionCause): Recommendation {
  const targets: Readonly<Record<typeof intervention, RecommendationTarget['to']>> = { low_engagement: 'session', declining: 'cards', exam_unready: 'practice', burnout: 'goal' };
  const minutes = intervention === 'low_engagement' ? 15 : null;
  return {
    cause: intervention,
    kind: 'intervention',
    priority,
    title: phrase(`recommendations.${intervention}.title`, evidence),
    reason: phrase(`recommendations.${intervention}.reason`, evidence),
    target: { ...nowhere, to: targets[intervention] },
    minutes,
    gain: null,
  };
}

/** How somebody answers, where it costs them points. */
function strategies(attempts: readonly Attempt[]): Recommendation[] {
  const found: Recommendation[] = [];
  const add = (name: 'overconfident' | 'rushing' | 'easyOnly', params: Phrase['params']): void => {
    found.push({ cause: `strategy ${name}`, kind: 'strategy', priority: 'medium', title: phrase(`recommendations.${name}.title`, params), reason: phrase(`recommendations.${name}.reason`, params), target: { ...nowhere, to: 'practice' }, minutes: null, gain: null });
  };
  const lately = attempts.slice(-200);
  const share = (some: readonly Attempt[]): number => some.filter(({ correct }) => correct).length / Math.max(1, some.length);
  const sure = lately.filter(({ confidence }) => confidence !== null && confidence >= 3);
  if (sure.length >= 20 && share(sure) < 0.7) add('overconfident', { right: hundredths(share(sure)), answers: sure.length });
  const timed = lately.flatMap(({ milliseconds }) => (milliseconds === null ? [] : [milliseconds / 1_000]));
  const seconds = quantile(timed, 0.5);
  if (timed.length >= 40 && seconds !== null && seconds < 8 && share(lately) < 0.75) add('rushing', { seconds: Math.round(seconds), right: hundredths(share(lately)) });
  const hard = lately.filter(({ difficulty }) => difficulty === 'hard');
  const rated = lately.filter(({ difficulty }) => difficulty !== null);
  const easier = rated.filter(({ difficulty }) => difficulty !== 'hard');
  if (rated.length >= 60 && hard.length < rated.length / 10 && share(easier) >= 0.85) add('easyOnly', { hard: hard.length, answers: rated.length });
  return found;
}

/**
 * What a student should do next, the most urgent first: interventions, then what brings the most points, then what keeps the work going.
 * At most three weak domains, two sections and one next action, for a long list is no advice.
 */
export function recommend(facts: RecommendationFacts, { weakness, mockEveryDays }: RecommendationConfiguration): Recommendation[] {
  const { attempts, blueprint, domains, actions, interventions, today, examDay, hoursAWeek, activeDays, dueCards, mocks, lastMockDay, sections } = facts;
  const domainOf = new Map(blueprint.domains.map((domain) => [domain.key, domain]));
  const topicOf = new Map(blueprint.domains.flatMap(({ topics }) => topics.map((topic) => [topic.key, topic] as const)));
  const found: Recommendation[] = interventions.map(intervene);

  if (attempts.length === 0) {
    found.push({ cause: 'begin', kind: 'next_action', priority: 'high', title: phrase('recommendations.begin.title'), reason: phrase('recommendations.begin.reason'), target: { ...nowhere, to: 'session' }, minutes: 10, gain: null });
  } else if (dueCards > 0) {
    found.push({ cause: 'reviews', kind: 'next_action', priority: dueCards >= 30 ? 'high' : 'medium', title: phrase('recommendations.reviews.title', { count: dueCards }), reason: phrase('recommendations.reviews.reason'), target: { ...nowhere, to: 'cards' }, minutes: Math.ceil(dueCards * 0.25), gain: null });
  }

  const gains = new Map(actions.filter(({ kind }) => kind === 'domain').map(({ key, gain }) => [key, gain]));
  const weak = domains
    .filter(({ accuracy, share }) => accuracy !== null && accuracy < weakness && share > 0)
    .sort((a, b) => (gains.get(b.domainKey) ?? 0) - (gains.get(a.domainKey) ?? 0) || (a.accuracy ?? 0) - (b.accuracy ?? 0))
    .slice(0, 3);
  weak.forEach(({ domainKey, accuracy, answers, share }, place) => {
    const params = { domain: domainOf.get(domainKey)?.title ?? '', right: hundredths(accuracy ?? 0), answers, need: hundredths(weakness), share: hundredths(share) };
    found.push({ cause: `domain ${String(domainKey)}`, kind: 'weak_domain', priority: place === 0 ? 'high' : 'medium', title: phrase('recommendations.weakDomain.title', params), reason: phrase('recommendations.weakDomain.reason', params), target: { ...nowhere, to: 'practice', domainKey }, minutes: Math.round(20 * minutesAnAnswer), gain: gains.get(domainKey) ?? null });
  });

  const [topic] = actions.filter(({ kind, key }) => kind === 'topic' && !weak.some(({ domainKey }) => domainOf.get(domainKey)?.topics.some((each) => each.key === key)));
  if (topic !== undefined) {
    const params = { topic: topicOf.get(topic.key)?.title ?? '', from: hundredths(topic.from), to: hundredths(topic.to) };
    found.push({ cause: `topic ${String(topic.key)}`, kind: 'next_action', priority: 'medium', title: phrase('recommendations.topic.title', params), reason: phrase('recommendations.topic.reason', params), target: { ...nowhere, to: 'practice', topicKey: topic.key }, minutes: Math.round(10 * minutesAnAnswer), gain: topic.gain });
  }

  const examAhead = examDay === null ? null : examDay - today;
  const mockIsDue = lastMockDay === null || today - lastMockDay >= mockEveryDays;
  if (blueprint.exam !== null && attempts.length >= 60 && mockIsDue && (mocks === 0 || (examAhead !== null && examAhead >= 0 && examAhead <= 28))) {
    found.push({ cause: 'mock', kind: 'next_action', priority: examAhead !== null && examAhead <= 14 ? 'high' : 'medium', title: phrase('recommendations.mock.title', { questions: blueprint.exam.questions }), reason: phrase(mocks === 0 ? 'recommendations.mock.first' : 'recommendations.mock.again', { days: lastMockDay === null ? 0 : today - lastMockDay }), target: { ...nowhere, to: 'mock' }, minutes: null, gain: null });
  }

  sections.slice(0, 2).forEach(({ sectionKey, title, topic: about, chance, minutes }) => {
    const params = { section: title, topic: about, chance: hundredths(chance) };
    found.push({ cause: `section ${String(sectionKey)}`, kind: 'resource', priority: 'low', title: phrase('recommendations.section.title', params), reason: phrase('recommendations.section.reason', params), target: { ...nowhere, to: 'section', sectionKey }, minutes, gain: null });
  });

  if (attempts.length > 0 && hoursAWeek !== null && hoursAWeek >= 2 && activeDays < 8 && !interventions.some(({ intervention }) => intervention === 'low_engagement')) {
    found.push({ cause: 'schedule', kind: 'study_schedule', priority: 'medium', title: phrase('recommendations.schedule.title'), reason: phrase('recommendations.schedule.reason', { days: activeDays, hours: hoursAWeek }), target: { ...nowhere, to: 'goal' }, minutes: null, gain: null });
  }
  found.push(...strategies(attempts));
  return found
    .map((recommendation, place) => ({ recommendation, place }))
    .sort((a, b) => priorities.indexOf(a.recommendation.priority) - priorities.indexOf(b.recommendation.priority) || (b.recommendation.gain ?? 0) - (a.recommendation.gain ?? 0) || a.place - b.place)
    .map(({ recommendation }) => recommendation);
}
