import { type ReadinessFeature, readinessFeatureNames } from '#domain/learning/readiness/features';
import { categoryColumn, type Frame, numberColumn } from '../frame';

/** What models foretell of students. */
export const studentTargets = ['student.risk', 'student.readiness'] as const;
export type StudentTarget = (typeof studentTargets)[number];

/** What was written down of a student in a course on one day, and nothing that came later. */
export interface ToldMoment {
  readonly userKey: number;
  readonly courseKey: number;
  /** The title of the course. */
  readonly course: string;
  /** Study days, counted from 1 January 1970. */
  readonly day: number;
  /** UTC milliseconds. */
  readonly at: number;
  readonly answers: number;
  /** What the rules said of passing, [0, 1]; null where there was not enough to say. */
  readonly chance: number | null;
  /** As readiness wrote them down. */
  readonly features: Readonly<Record<string, number | null>>;
}

const further = ['margin', 'weakest', 'idleDays', 'ahead'] as const;
type FurtherFeature = (typeof further)[number];

/** Columns of a student, by what they are called in models: apart from those of leads. */
export const studentColumns = ['student.course', 'student.answers', 'student.chance', ...[...readinessFeatureNames, ...further].map((name) => `student.${name}` as const)] as const;

/** Students as a model sees them. One definition serves training and serving. */
export function studentFrame(moments: readonly ToldMoment[]): Frame {
  const feature = (name: ReadinessFeature | FurtherFeature) => numberColumn(`student.${name}`, moments.map(({ features }) => features[name] ?? Number.NaN));
  return {
    rows: moments.length,
    columns: [
      categoryColumn('student.course', moments.map(({ course }) => course)),
      // Answers are counted over years by some and over days by others.
      numberColumn('student.answers', moments.map(({ answers }) => Math.log1p(answers))),
      numberColumn('student.chance', moments.map(({ chance }) => chance ?? Number.NaN)),
      ...[...readinessFeatureNames, ...further].map(feature),
    ],
  };
}

/** Whoever answers nothing for so many days has stopped; so long one waits before a student counts as one who went on. */
export const daysToStop = 28;

/** How a goal came out, for the student and the course of a moment. */
export interface KnownGoal {
  readonly createdAt: number;
  readonly closedAt: number | null;
  readonly outcome: 'passed' | 'failed' | 'dropped' | null;
}

/**
 * Whether a student who was still studying at a moment stopped or failed: they answered nothing for four weeks, or gave the goal of the
 * moment up or failed it within them. Null where four weeks are not over and nothing has come out.
 *
 * @param until the end of those four weeks, UTC milliseconds
 * @param answeredSince whether they answered anything between the moment and `until`
 */
export function wentAstray({ at }: Pick<ToldMoment, 'at'>, until: number, goals: readonly KnownGoal[], answeredSince: boolean, now: number): boolean | null {
  const closed = goals.find(({ createdAt, closedAt }) => createdAt <= at && closedAt !== null && closedAt > at && closedAt <= Math.min(until, now));
  if (closed !== undefined) return closed.outcome !== 'passed';
  if (answeredSince) return now >= until ? false : null;
  return now >= until ? true : null;
}

/**
 * Moments four weeks apart of each student in each course, at which the student was still studying: windows that follow do not overlap, so that
 * no outcome counts twice.
 *
 * @param moments of one student in one course, in the order of days
 */
export function momentsApart(moments: readonly ToldMoment[]): ToldMoment[] {
  const chosen: ToldMoment[] = [];
  for (const moment of moments) {
    const last = chosen.at(-1);
    if (last !== undefined && moment.day < last.day + daysToStop) continue;
    if ((moment.features.idleDays ?? 0) < daysToStop) chosen.push(moment);
  }
  return chosen;
}
