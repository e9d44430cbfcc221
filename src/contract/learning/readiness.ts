import { z } from 'zod';
import { ensembleParts, milestones } from '#domain/learning/readiness/configuration';
import { readinessFeatureNames } from '#domain/learning/readiness/features';
import { knowledgeFeatures } from '#domain/learning/knowledge/history';
import { regressionFeatureNames } from '#domain/learning/readiness/regression';
import { interventions } from '#domain/learning/recommendations/interventions';
import { access, command, job, query, role } from '../define';
import { day, id, instant, listOf, none } from '../shapes';
import { courseName, share, standingHead, standingOf, standingTopics } from './standing';

const chanceWithInterval = { chance: share, low: share, high: share };

export const readiness = z.object({
  ...standingHead,
  /** `missing` says what is missing where there is no estimate. */
  state: z.enum(['estimated', 'notEnough']),
  missing: z.object({ reason: z.enum(['noExam', 'fewAnswers', 'fewDomains']), have: z.number(), need: z.number() }).nullable(),
  /** The ensemble: the chance of passing and its interval of four in five. */
  estimate: z
    .object({
      ...chanceWithInterval,
      parts: z.array(z.object({ part: z.enum(ensembleParts), weight: share, ...chanceWithInterval })),
      milestones: z.array(z.object({ milestone: z.enum(milestones), points: z.number(), reached: share })),
    })
    .nullable(),
  /** The other way to a chance: exams that were simulated over what is known of each topic. */
  simulated: z.object({ ...chanceWithInterval, score: z.number(), scoreLow: z.number(), scoreHigh: z.number(), questions: z.number().int(), passCount: z.number().int() }).nullable(),
  /** Whether the two are within 15 hundredths of each other; null where there are not both. */
  agree: z.boolean().nullable(),
  /** What the regression was fitted on: published outcomes, or the exams of this workspace where those predict better. */
  regression: z.object({
    basis: z.enum(['published', 'own']),
    /** The newest fit on own exams, with what it and the published one are worth on students that they had not seen; null where there are too few. */
    own: z.object({ exams: z.number().int(), passed: z.number().int(), auc: share, brier: share, publishedAuc: share, publishedBrier: share, at: instant }).nullable(),
  }),
  domains: z.array(
    z.object({
      id,
      code: z.string(),
      title: z.string(),
      /** Of the exam. */
      share,
      answers: z.number().int(),
      accuracy: share.nullable(),
      low: share.nullable(),
      high: share.nullable(),
      chance: share.nullable(),
      standing: z.enum(['strength', 'weakness', 'between', 'unknown']),
    }),
  ),
  topics: z.array(z.object({ id, code: z.string(), title: z.string(), domainId: id, chance: share, answers: z.number().int(), lastAt: instant.nullable() })),
  features: z.record(z.enum(readinessFeatureNames), z.number().nullable()),
  /** What would raise the chance most, with the gain by estimate. */
  actions: z.array(z.object({ kind: z.enum(['domain', 'topic']), id, title: z.string(), from: share, to: share, gain: z.number(), answers: z.number().int() })),
  /** What was told on earlier days. */
  history: z.array(z.object({ day, chance: share.nullable(), low: share.nullable(), high: share.nullable() })),
  examDate: day.nullable(),
  daysUntilExam: z.number().int().nullable(),
  strength: share,
  weakness: share,
  asOf: instant,
});
export type ReadinessAnswer = z.output<typeof readiness>;

const count = z.number().int().min(0).max(100_000);
const weight = z.number().min(0).max(1_000);
const coefficient = z.number().min(-1_000).max(1_000);

/** The numbers of the readiness engine that may be changed. */
export const readinessConfiguration = z.strictObject({
  ensemble: z.strictObject({ bayesian: weight, regression: weight, rules: weight }).refine((parts) => Object.values(parts).some((part) => part > 0), { error: 'One part must count.' }),
  minimumAnswers: count,
  minimumDomainAnswers: count,
  minimumCoverage: share,
  strength: share,
  weakness: share,
  topicAnswers: count.min(1),
  bayesian: z.strictObject({ priorShare: z.number().gt(0).lt(1), priorStrength: z.number().gt(0).max(1_000), practiceWeight: share, repeatWeight: share, halfLife: z.number().min(1).max(1_000_000) }),
  regression: z.strictObject(Object.fromEntries(regressionFeatureNames.map((name) => [name, coefficient])) as Record<(typeof regressionFeatureNames)[number], typeof coefficient>),
  rules: z.strictObject({
    points: z.strictObject(Object.fromEntries(milestones.map((name) => [name, weight])) as Record<(typeof milestones)[number], typeof weight>),
    completion: share,
    mocks: count,
    studiedWithinDays: count,
  }),
  knowledge: z.strictObject({
    coefficients: z.strictObject(Object.fromEntries(knowledgeFeatures.map((name) => [name, coefficient])) as Record<(typeof knowledgeFeatures)[number], typeof coefficient>),
    spread: z.strictObject({ unseen: share, few: share, seen: share, shared: share }),
  }),
});

const masteryConfiguration = z.strictObject({
  target: z.number().min(0.5).max(0.99),
  minimumAnswers: count.min(5),
  growthMean: z.number().min(-2).max(2),
  growthDeviation: z.number().min(0.01).max(100),
  mostAnswers: count.min(10),
});

const recommendationConfiguration = z.strictObject({
  lowEngagement: z.strictObject({ days: count.min(1) }),
  declining: z.strictObject({ answers: count.min(10), drop: share }),
  examUnready: z.strictObject({ days: count, chance: share }),
  burnout: z.strictObject({ activeDays: count.min(1).max(14), timesPlanned: z.number().min(0).max(100) }),
  weakness: share,
  mockEveryDays: count.min(1),
  restAfterCompleted: count,
  restAfterDismissed: count,
});

const configurations = z.object({ readiness: readinessConfiguration, mastery: masteryConfiguration, recommendations: recommendationConfiguration });
/** Whether each part is as it came with the program. */
const configurationState = configurations.extend({ changed: z.object({ readiness: z.boolean(), mastery: z.boolean(), recommendations: z.boolean() }) });

const studentAtRisk = z.object({
  id,
  name: z.string(),
  answers: z.number().int(),
  accuracy: share.nullable(),
  chance: share.nullable(),
  low: share.nullable(),
  high: share.nullable(),
  interventions: z.array(z.enum(interventions)),
  daysWithoutStudy: z.number().int().nullable(),
  daysUntilExam: z.number().int().nullable(),
  asOf: instant,
});
export type StudentAtRisk = z.output<typeof studentAtRisk>;

export const readinessEntries = {
  'learning.readiness.courses': query({
    reads: standingTopics,
    summary: 'The courses that a student studies, the one that is meant where none is named first.',
    input: z.strictObject({ userId: standingOf.userId }),
    output: z.object({ items: z.array(courseName.extend({ answered: z.boolean() })) }),
    allow: access('student_records', 'view'),
  }),
  'learning.readiness.get': query({
    reads: standingTopics,
    summary: 'How ready a student is for the exam: the chance of passing with its interval, what it rests on, and what would raise it.',
    input: z.strictObject(standingOf),
    output: readiness,
    allow: access('student_records', 'view'),
  }),
  'learning.readiness.students': query({
    reads: [...standingTopics, 'users'],
    summary: 'The students of a course within one’s reach, those with most to worry about first, as of when their figures were last worked out.',
    input: z.strictObject({ courseId: id, limit: z.number().int().min(1).max(500).default(50), offset: z.number().int().min(0).default(0) }),
    output: listOf(studentAtRisk).extend({ course: courseName }),
    allow: access('student_records', 'view'),
  }),
  'learning.readiness.refresh': job({
    summary: 'Work out the figures of all students within one’s reach anew.',
    input: none,
    output: z.object({ students: z.number().int(), interventions: z.number().int() }),
    allow: access('student_records', 'update'),
    changes: ['standing'],
  }),
  'learning.readiness.config.get': query({
    reads: ['standing'],
    summary: 'The editable numbers behind readiness, mastery and recommendations.',
    input: none,
    output: configurationState,
    allow: access('student_records', 'view'),
  }),
  'learning.readiness.config.update': command({
    summary: 'Change numbers behind readiness, mastery or recommendations; null brings a part’s defaults back.',
    input: z.strictObject({
      readiness: readinessConfiguration.nullable().optional(),
      mastery: masteryConfiguration.nullable().optional(),
      recommendations: recommendationConfiguration.nullable().optional(),
      note: z.string().trim().max(1_000).default(''),
    }),
    output: configurationState,
    allow: role('system_config', 'system_config', 'update'),
    rate: 'admin',
    changes: ['standing'],
  }),
};
