import { Refusal } from '#contract/errors';
import type { ReadinessAnswer, readinessEntries } from '#contract/learning/readiness';
import { isoOf, studyCalendar } from '#domain/learning/calendar';
import { actionsFor } from '#domain/learning/readiness/actions';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { type ConfigurationName, currentConfiguration, insertConfiguration } from '#main/store/learning/decisions';
import { coursesOf } from '#main/store/learning/evidence';
import { predictionsOf } from '#main/store/learning/standing';
import { listStudentsOf } from '#main/store/learning/students';
import type { Intervention } from '#domain/learning/recommendations/interventions';
import { learnFromAnswers } from './learnt';
import { refreshStanding } from './refresh';
import { configurationOf, courseFor, type Evidence, gather, headOf, publicId, readinessOf, studentOf } from './standing';

/** Two ways to a chance that lie further apart than this do not agree. */
const agreement = 0.15;
/** How far the history of the chance reaches back, in days. */
const historyDays = 120;

const names: readonly ConfigurationName[] = ['readiness', 'mastery', 'recommendations'];

function regressionBasis({ ownRegression }: Evidence): ReadinessAnswer['regression'] {
  if (ownRegression === null) return { basis: 'published', own: null };
  const { better, exams, passed, own, published, at } = ownRegression;
  return { basis: better ? 'own' : 'published', own: { exams, passed, ...own, publishedAuc: published.auc, publishedBrier: published.brier, at } };
}

function answerOf(context: CallContext, evidence: Evidence): ReadinessAnswer {
  const configuration = configurationOf(context.store);
  const { outline, student, course, facts, record } = evidence;
  const readiness = readinessOf(evidence, configuration);
  const { estimate } = readiness;
  const { exam } = outline;
  const title = new Map(outline.domains.flatMap((domain) => [[`domain ${String(domain.key)}`, domain.title] as const, ...domain.topics.map((topic) => [`topic ${String(topic.key)}`, topic.title] as const)]));
  const domains = new Map(outline.domains.map((domain) => [domain.key, domain]));
  const topics = new Map(outline.domains.flatMap((domain) => domain.topics.map((topic) => [topic.key, topic] as const)));
  const actions = estimate === null ? [] : actionsFor(readiness.examKnowledge, outline, configuration.readiness.knowledge.spread.shared);
  return {
    ...headOf(evidence, context),
    state: estimate === null ? 'notEnough' : 'estimated',
    missing: readiness.missing,
    estimate: estimate === null ? null : { chance: estimate.chance, low: estimate.low, high: estimate.high, parts: estimate.parts.map((part) => ({ ...part })), milestones: estimate.milestones.map((milestone) => ({ ...milestone })) },
    simulated: estimate === null || exam === null ? null : { ...estimate.simulated, questions: exam.questions, passCount: exam.passCount },
    agree: estimate === null ? null : Math.abs(estimate.chance - estimate.simulated.chance) <= agreement,
    regression: regressionBasis(evidence),
    domains: readiness.domains.map(({ domainKey, ...domain }) => ({ id: publicId(evidence, 'domain', domainKey), code: domains.get(domainKey)?.code ?? '', title: domains.get(domainKey)?.title ?? '', ...domain })),
    topics: readiness.knowledge.map(({ topicKey, domainKey, chance, answers, lastAt }) => ({ id: publicId(evidence, 'topic', topicKey), code: topics.get(topicKey)?.code ?? '', title: topics.get(topicKey)?.title ?? '', domainId: publicId(evidence, 'domain', domainKey), chance, answers, lastAt })),
    features: { ...readiness.features },
    actions: actions.map(({ kind, key, ...action }) => ({ kind, id: publicId(evidence, kind, key), title: title.get(`${kind} ${String(key)}`) ?? '', ...action })),
    history: predictionsOf(context.store, student, course.key, facts.today - historyDays).map(({ day, ...told }) => ({ day: isoOf(day), ...told })),
    examDate: record.goal?.examDate ?? null,
    daysUntilExam: readiness.features.daysUntilExam,
    strength: configuration.readiness.strength,
    weakness: configuration.readiness.weakness,
    asOf: evidence.now,
  };
}

export function readinessHandlers({ workspace, pool, newId, now }: HandlerParts): HandlersOf<typeof readinessEntries> {
  const timeZone = (): string => workspace.settings().timeZone;

  const configurationState = (context: CallContext) => {
    const current = configurationOf(context.store);
    const isChanged = (name: ConfigurationName): boolean => (currentConfiguration(context.store, name)?.value ?? null) !== null;
    return { ...current, changed: { readiness: isChanged('readiness'), mastery: isChanged('mastery'), recommendations: isChanged('recommendations') } };
  };

  return {
    'learning.readiness.courses': ({ userId }, context) => {
      const student = studentOf(context, userId);
      return { items: coursesOf(context.store, student).map(({ id, title, answered }) => ({ id, title, answered })) };
    },

    'learning.readiness.get': (input, context) => answerOf(context, gather(context, input, timeZone())),

    'learning.readiness.students': ({ courseId, limit, offset }, context) => {
      const self = studentOf(context, undefined);
      const course = courseFor(context, self, courseId);
      const today = studyCalendar(timeZone()).dayOf(now());
      const { items, total } = listStudentsOf(context.store, context.scope, course.key, limit, offset);
      return {
        course: { id: course.id, title: course.title },
        total,
        totalIsExact: true,
        nextKey: null,
        items: items.map(({ id, name, answers, accuracy, chance, low, high, interventions, lastStudyDay, examDay, at }) => ({
          id,
          name,
          answers,
          accuracy,
          chance,
          low,
          high,
          interventions: interventions as Intervention[],
          daysWithoutStudy: lastStudyDay === null ? null : Math.max(0, today - lastStudyDay),
          daysUntilExam: examDay === null ? null : examDay - today,
          asOf: at,
        })),
      };
    },

    'learning.readiness.refresh': async (_input, context) => {
      // What is learnt is the whole workspace's, so only who sees all of it sets it going by hand.
      if (context.scope.kind === 'all') await learnFromAnswers({ store: context.store, pool, now: now(), checkpoint: context.checkpoint, signal: context.signal });
      const done = await refreshStanding({ store: context.store, scope: context.scope, timeZone: timeZone(), newId, now: now(), checkpoint: context.checkpoint, all: true });
      context.changed('standing');
      return done;
    },

    'learning.readiness.config.get': (_input, context) => configurationState(context),

    'learning.readiness.config.update': ({ note, ...parts }, context) => {
      const changed = names.filter((name) => parts[name] !== undefined);
      if (changed.length === 0) throw new Refusal('invalid_input', 'Give at least one of readiness, mastery and recommendations.');
      context.transact((writer, notes) => {
        for (const name of changed) {
          const value = parts[name] ?? null;
          // Null stands for the defaults of the program, also when they change with it.
          insertConfiguration(writer, newId(), name, value, actorOf(context).userKey, note, now());
          notes.detail(name, value === null ? 'defaults' : 'changed');
        }
      });
      return configurationState(context);
    },
  };
}

