import type { Attempt } from '#domain/learning/attempts';
import { type Blueprint, domainShares } from '#domain/learning/blueprint';
import { mondayOf } from '#domain/learning/calendar';
import { inOrder, type TopicKnowledge } from '#domain/learning/knowledge/topics';
import { rhythmOf } from '#domain/learning/practice/streak';
import type { DomainRate } from '#domain/learning/readiness/evidence';

/** The fifteen features of the specification, section 3.4: progress 3, performance 4, engagement 3, time 3, exam 2. */
export const readinessFeatureNames = [
  'modulesCompleted',
  'completion',
  'studyHours',
  'accuracy',
  'domainScores',
  'mockAverage',
  'mockBest',
  'streak',
  'activeSessions',
  'practiceQuestions',
  'preparationDays',
  'sessionMinutes',
  'velocity',
  'daysUntilExam',
  'targetShare',
] as const;
export type ReadinessFeature = (typeof readinessFeatureNames)[number];

/**
 * Shares are in [0, 1], times in the unit of the name; the streak is in weeks with three days of study or more, so that a day off costs nothing.
 * Null where it is not known: no mock exam taken, no date set, fewer than the answers that a trend needs.
 */
export type ReadinessFeatures = Readonly<Record<ReadinessFeature, number | null>>;

export interface MockResult {
  readonly score: number;
  readonly total: number;
  readonly at: number;
}

/** What is known of a student beside the answers themselves. */
export interface StudyFacts {
  /** Modules whose sections were all passed, and all modules. */
  readonly modulesCompleted: number;
  readonly modules: number;
  /** Milliseconds of each sitting. */
  readonly sittings: readonly number[];
  readonly mocks: readonly MockResult[];
  /** Study days on which something was done, as whole numbers, each once, in order. */
  readonly activeDays: readonly number[];
  /** The study day of now, and of the exam where there is a date. */
  readonly today: number;
  readonly examDay: number | null;
  /** The share that the student aims for; null for the pass mark. */
  readonly targetShare: number | null;
}

/** Imagined answers at the prior's rate, so that the first few real ones are not the whole. */
const imagined = { answers: 10, share: 0.658 };
/** Answers that a trend is read from. */
const trendAnswers = 20;

/** Right answers of all, drawn a little to what is usual. */
export function shrunkAccuracy(correct: number, answers: number): number {
  return (correct + imagined.answers * imagined.share) / (answers + imagined.answers);
}

/** Share of right answers in the newer half less that in the older; null below the answers that it needs. */
export function accuracyTrend(attempts: readonly Attempt[]): number | null {
  if (attempts.length < trendAnswers) return null;
  const ordered = inOrder(attempts).slice(-200);
  const half = Math.floor(ordered.length / 2);
  const share = (some: readonly Attempt[]): number => some.filter(({ correct }) => correct).length / some.length;
  return share(ordered.slice(-half)) - share(ordered.slice(0, half));
}

export function readinessFeatures(
  attempts: readonly Attempt[],
  blueprint: Blueprint,
  knowledge: readonly TopicKnowledge[],
  rates: readonly DomainRate[],
  facts: StudyFacts,
  topicAnswers: number,
): ReadinessFeatures {
  const { modulesCompleted, modules, sittings, mocks, activeDays, today, examDay, targetShare } = facts;
  const shares = domainShares(blueprint);
  const correct = attempts.filter((attempt) => attempt.correct).length;
  const examined = knowledge.filter(({ domainKey }) => (shares.get(domainKey) ?? 0) > 0);
  const mockShares = mocks.filter(({ total }) => total > 0).map(({ score, total }) => score / total);
  const hours = sittings.reduce((sum, milliseconds) => sum + milliseconds, 0) / 3_600_000;
  return {
    modulesCompleted: modules === 0 ? null : modulesCompleted,
    completion: examined.length === 0 ? 0 : examined.filter(({ answers }) => answers >= topicAnswers).length / examined.length,
    studyHours: hours,
    accuracy: shrunkAccuracy(correct, attempts.length),
    domainScores: rates.reduce((sum, { domainKey, correct: right, answers }) => sum + (shares.get(domainKey) ?? 0) * shrunkAccuracy(right, answers), 0),
    mockAverage: mockShares.length === 0 ? null : mockShares.reduce((sum, share) => sum + share, 0) / mockShares.length,
    mockBest: mockShares.length === 0 ? null : Math.max(...mockShares),
    streak: rhythmOf(activeDays, today, mondayOf).weeksInARow,
    activeSessions: sittings.length,
    practiceQuestions: attempts.filter(({ assessment }) => assessment !== 'mock').length,
    preparationDays: activeDays[0] === undefined ? 0 : Math.max(0, today - activeDays[0]),
    sessionMinutes: sittings.length === 0 ? null : (hours * 60) / sittings.length,
    velocity: accuracyTrend(attempts),
    daysUntilExam: examDay === null ? null : examDay - today,
    targetShare,
  };
}
