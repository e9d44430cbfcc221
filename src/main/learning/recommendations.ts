import { Refusal } from '#contract/errors';
import type { RecommendationItem, recommendationsEntries } from '#contract/learning/recommendations';
import { checkAdvice } from '#domain/learning/recommendations/advice';
import { actionsFor } from '#domain/learning/readiness/actions';
import type { Readiness } from '#domain/learning/readiness/readiness';
import { type Recommendation, recommend } from '#domain/learning/recommendations/recommend';
import { weeklySchedule } from '#domain/learning/recommendations/schedule';
import type { CallContext, HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { type Decision, decisionsOf, removeDecision, saveDecision } from '#main/store/learning/decisions';
import { openSectionsOf } from '#main/store/learning/evidence';
import type { Reader } from '#main/store/tx';
import { phrase } from '#domain/kernel/phrase';
import { adviceForm, adviceMessages, adviceRules } from './adviceModel';
import { interventionsOf } from './refresh';
import { configurationOf, courseFor, type Evidence, gather, headOf, publicId, readinessOf, type StandingConfiguration, studentOf } from './standing';

/** A topic below this chance is worth reading about. */
const readBelow = 0.75;

/** What a student should do next, without what they decided about lately. */
export interface Advice {
  readonly open: readonly Recommendation[];
  readonly all: readonly Recommendation[];
  readonly decisions: readonly Decision[];
  readonly sectionIds: ReadonlyMap<number, string>;
}

export function adviceFor(reader: Reader, evidence: Evidence, readiness: Readiness, configuration: StandingConfiguration): Advice {
  const { attempts, outline, facts, record, student, course, calendar, now } = evidence;
  const { estimate, knowledge, examKnowledge, domains } = readiness;
  const chances = new Map(knowledge.map((topic) => [topic.topicKey, topic]));
  const topicTitles = new Map(outline.domains.flatMap(({ topics }) => topics.map(({ key, title }) => [key, title] as const)));
  const sections = openSectionsOf(reader, student, course.key);
  const toRead = sections
    .flatMap(({ key, title, topicKey, minutes }) => {
      const topic = chances.get(topicKey);
      return topic === undefined || topic.answers === 0 || topic.chance >= readBelow ? [] : [{ sectionKey: key, title, topic: topicTitles.get(topicKey) ?? '', chance: topic.chance, minutes }];
    })
    .sort((a, b) => a.chance - b.chance);
  const lastMock = record.mocks.at(-1);
  const all = recommend(
    {
      attempts,
      blueprint: outline,
      domains,
      actions: estimate === null ? [] : actionsFor(examKnowledge, outline, configuration.readiness.knowledge.spread.shared, { most: 6 }),
      interventions: interventionsOf(evidence, estimate?.chance ?? null, configuration),
      today: facts.today,
      examDay: facts.examDay,
      hoursAWeek: record.goal?.hoursAWeek ?? null,
      activeDays: facts.activeDays.filter((day) => day > facts.today - 28).length,
      dueCards: record.dueCards,
      mocks: record.mocks.length,
      lastMockDay: lastMock === undefined ? null : calendar.dayOf(Math.min(lastMock.at, now)),
      sections: toRead,
    },
    configuration.recommendations,
  );
  const decisions = decisionsOf(reader, student, course.key);
  const { restAfterCompleted, restAfterDismissed } = configuration.recommendations;
  const resting = new Set(
    decisions.filter(({ state, decidedAt }) => facts.today - calendar.dayOf(Math.min(decidedAt, now)) < (state === 'completed' ? restAfterCompleted : restAfterDismissed)).map(({ cause }) => cause),
  );
  return { all, open: all.filter(({ cause }) => !resting.has(cause)), decisions, sectionIds: new Map(sections.map(({ key, id }) => [key, id])) };
}

/** A recommendation in words, with public ids. */
export function publicRecommendation(evidence: Evidence, { cause, kind, priority, title, reason, target, minutes, gain }: Recommendation, sectionIds: Advice['sectionIds']): RecommendationItem {
  const { domainKey, topicKey, sectionKey } = target;
  return {
    id: cause,
    kind,
    priority,
    title: say(title),
    reason: say(reason),
    target: {
      to: target.to,
      domainId: domainKey === null ? null : publicId(evidence, 'domain', domainKey),
      topicId: topicKey === null ? null : publicId(evidence, 'topic', topicKey),
      sectionId: sectionKey === null ? null : (sectionIds.get(sectionKey) ?? null),
    },
    minutes,
    gain,
  };
}

/** Answers on what a recommendation is about: its topic, its domain, or all of the course. */
function tallyOf({ attempts }: Evidence, { domainKey, topicKey }: Pick<Decision, 'domainKey' | 'topicKey'>): { readonly answers: number; readonly correct: number } {
  const some = attempts.filter((attempt) => (topicKey === null || attempt.topicKey === topicKey) && (domainKey === null || attempt.domainKey === domainKey));
  return { answers: some.length, correct: some.filter(({ correct }) => correct).length };
}

/** So many answers on the matter are following a recommendation. */
const followedFrom = 5;

function followThrough(evidence: Evidence, decisions: readonly Decision[]) {
  const completed = decisions.filter(({ state }) => state === 'completed');
  const measured = completed.map((decision) => {
    const { answers, correct } = tallyOf(evidence, decision);
    return { before: decision.answersBefore, rightBefore: decision.correctBefore, since: answers - decision.answersBefore, rightSince: correct - decision.correctBefore };
  });
  const followed = measured.filter(({ since }) => since >= followedFrom);
  const sum = (pick: (each: (typeof followed)[number]) => number): number => followed.reduce((total, each) => total + pick(each), 0);
  const shareOf = (right: number, all: number): number | null => (all <= 0 ? null : Math.min(1, Math.max(0, right / all)));
  return {
    completed: completed.length,
    dismissed: decisions.length - completed.length,
    followed: followed.length,
    before: shareOf(sum(({ rightBefore }) => rightBefore), sum(({ before }) => before)),
    since: shareOf(sum(({ rightSince }) => rightSince), sum(({ since }) => since)),
  };
}

export function recommendationsHandlers({ workspace, newId, now, language }: HandlerParts): HandlersOf<typeof recommendationsEntries> {
  const timeZone = (): string => workspace.settings().timeZone;

  const decide = (context: CallContext, { courseId, id }: { readonly courseId?: string | undefined; readonly id: string }, state: Decision['state']) => {
    const evidence = gather(context, { courseId }, timeZone());
    const configuration = configurationOf(context.store);
    const { all } = adviceFor(context.store, evidence, readinessOf(evidence, configuration), configuration);
    const recommendation = all.find(({ cause }) => cause === id);
    if (recommendation === undefined) throw new Refusal('not_found', 'That recommendation is gone: what it came from is over.');
    const { kind, priority, target } = recommendation;
    const matter = { domainKey: target.domainKey, topicKey: target.topicKey };
    const { answers, correct } = tallyOf(evidence, matter);
    context.transact((writer, notes) => {
      const rowId = newId();
      saveDecision(writer, rowId, evidence.student, evidence.course.key, { cause: id, kind, priority, state, ...matter, answersBefore: answers, correctBefore: correct, decidedAt: now() });
      notes.target(rowId);
      notes.detail('kind', kind);
    });
    return { id, state };
  };

  return {
    'learning.recommendations.list': (input, context) => {
      const evidence = gather(context, input, timeZone());
      const configuration = configurationOf(context.store);
      const readiness = readinessOf(evidence, configuration);
      const { open, decisions, sectionIds } = adviceFor(context.store, evidence, readiness, configuration);
      const { facts, record, outline } = evidence;
      const weak = open.flatMap(({ kind, target }) => (kind === 'weak_domain' && target.domainKey !== null ? [target.domainKey] : []));
      const weekdays = [0, 0, 0, 0, 0, 0, 0];
      // 1 January 1970 was a Thursday.
      for (const day of facts.activeDays.filter((each) => each > facts.today - 56)) weekdays[(day + 3) % 7] = (weekdays[(day + 3) % 7] ?? 0) + 1;
      return {
        ...headOf(evidence, context),
        items: open.map((each) => publicRecommendation(evidence, each, sectionIds)),
        schedule: weeklySchedule(record.goal?.hoursAWeek ?? 0, weekdays, weak).map(({ weekday, minutes, domainKey }) => ({ weekday, minutes, domain: outline.domains.find(({ key }) => key === domainKey)?.title ?? null })),
        decided: decisions.slice(0, 20).map(({ cause, kind, state, decidedAt }) => ({ id: cause, kind, state, at: decidedAt })),
        followThrough: followThrough(evidence, decisions),
      };
    },
    'learning.recommendations.advise': async ({ courseId, preview }, context) => {
      const none = { order: [], notes: [] };
      const evidence = gather(context, { courseId }, timeZone());
      const configuration = configurationOf(context.store);
      const { open, sectionIds } = adviceFor(context.store, evidence, readinessOf(evidence, configuration), configuration);
      const items = open.map((each) => publicRecommendation(evidence, each, sectionIds));
      const given = await language().ask({ purpose: 'paths', system: adviceRules, messages: adviceMessages(evidence, items), schema: adviceForm, maximumTokens: 1_200, preview }, context);
      if (!given.answered) return { outcome: 'offline', message: `${say(phrase('recommendations.advice.offline'))} ${given.offline.message}`, offline: given.offline, ...none };
      const checked = checkAdvice(given.value, items);
      if (!checked.ok) return { outcome: 'refused', message: say(phrase('recommendations.advice.refused')), offline: null, ...none };
      return { outcome: 'advised', message: checked.summary, offline: null, order: checked.order, notes: checked.notes };
    },
    'learning.recommendations.complete': (input, context) => decide(context, input, 'completed'),
    'learning.recommendations.dismiss': (input, context) => decide(context, input, 'dismissed'),
    'learning.recommendations.reopen': ({ courseId, id }, context) => {
      const student = studentOf(context, undefined);
      const course = courseFor(context, student, courseId);
      const there = context.transact((writer, notes) => {
        notes.detail('reopened', true);
        return removeDecision(writer, student, course.key, id);
      });
      if (!there) throw new Refusal('not_found', 'Nothing was decided about that recommendation.');
      return { id, state: 'open' };
    },
  };
}
