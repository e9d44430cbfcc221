import { type Benchmark, type CohortKind, type ComparedStudent } from '#domain/learning/comparison/comparison';
import { idBytes } from '../ids';
import type { Reader, Writer } from '../tx';
import type { Student } from './students';

/** Whether a student does not want to be compared. */
export function isOptedOut(reader: Reader, student: Student): boolean {
  return reader.value<number>('select opted_out from study_comparison_choices where user_key = ?', student.key) === 1;
}

export function chooseComparison(writer: Writer, id: string, student: Student, optedOut: boolean, now: number): void {
  writer.run(
    'insert into study_comparison_choices (user_key, id, opted_out, at) values (?, ?, ?, ?) on conflict (user_key) do update set opted_out = excluded.opted_out, at = excluded.at',
    student.key,
    idBytes(id),
    optedOut ? 1 : 0,
    now,
  );
}

interface MemberRow {
  readonly userKey: number;
  readonly accuracy: number | null;
  readonly answers: number;
  readonly studyHours: number;
  readonly streak: number;
  readonly readiness: number | null;
  readonly domains: string;
}

/** Fewer answers than this say nothing about a domain of a cohort's member. */
const leastDomainAnswers = 5;

/** Somebody in a course with what their cohorts follow from: the instant of their first answer, and the study day of their exam. */
export interface CourseMember extends ComparedStudent {
  readonly beganOn: number;
  readonly examDay: number | null;
}

/**
 * The newest figures of everybody in a course but those who do not want to be compared. They are read over all teams, because a cohort is no
 * list of people: nothing of it is told but sums of five or more. A cohort leaves this place as sums alone.
 */
export function membersOf(reader: Reader, courseKey: number): CourseMember[] {
  return reader
    .all<MemberRow & { beganOn: number; examDay: number | null }>(
      `select s.user_key as userKey, s.accuracy, s.answers, s.study_hours as studyHours, s.streak, r.chance as readiness, s.domains, s.exam_day as examDay,
              coalesce(s.began_at, (select min(a.at) from study_attempts a where a.user_key = s.user_key and a.course_key = s.course_key)) as beganOn
       from student_performance_snapshots s
       left join pass_probability_predictions r indexed by pass_probability_predictions_course on r.course_key = s.course_key and r.user_key = s.user_key and r.day = s.day
       left join study_comparison_choices o on o.user_key = s.user_key
       where s.course_key = ? and s.answers > 0 and coalesce(o.opted_out, 0) = 0
         and s.day = (select max(n.day) from student_performance_snapshots n where n.course_key = s.course_key and n.user_key = s.user_key)`,
      courseKey,
    )
    .map(({ userKey, accuracy, answers, studyHours, streak, readiness, domains, beganOn, examDay }) => ({
      userKey,
      beganOn,
      examDay,
      metrics: { accuracy, answers, studyHours, streak, readiness },
      domains: new Map(
        Object.entries(JSON.parse(domains) as Record<string, [number, number]>)
          .filter(([, [tried]]) => tried >= leastDomainAnswers)
          .map(([key, [tried, right]]) => [Number(key), right / tried]),
      ),
    }));
}

/** Writes who belongs to which cohort, and what a cohort comes to. */
export function saveCohorts(
  writer: Writer,
  courseKey: number,
  assignments: readonly { readonly userKey: number; readonly kind: CohortKind; readonly cohort: string }[],
  benchmarks: readonly { readonly kind: CohortKind; readonly cohort: string; readonly metric: string; readonly benchmark: Benchmark }[],
  now: number,
): void {
  writer.run('delete from student_cohort_assignments where course_key = ?', courseKey);
  writer.run('delete from cohort_benchmarks where course_key = ?', courseKey);
  for (const { userKey, kind, cohort } of assignments) writer.run('insert into student_cohort_assignments (user_key, course_key, kind, cohort, at) values (?, ?, ?, ?, ?)', userKey, courseKey, kind, cohort, now);
  for (const { kind, cohort, metric, benchmark } of benchmarks) {
    const { count, mean, lower, middle, upper } = benchmark;
    writer.run('insert into cohort_benchmarks (course_key, kind, cohort, metric, members, mean, lower, middle, upper, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)', courseKey, kind, cohort, metric, count, mean, lower, middle, upper, now);
  }
}

/** Names in the cache of comparisons; all of a course begin alike, so that they are forgotten together. */
export const comparisonNames = {
  all: 'comparison ',
  course: (courseKey: number): string => `comparison ${String(courseKey)} `,
  student: (courseKey: number, userKey: number): string => `comparison ${String(courseKey)} ${String(userKey)} with published`,
} as const;

/** Names of the members of courses, whose months of beginning and of exams depend on the time zone. */
export const memberNames = {
  course: (courseKey: number): string => `members ${String(courseKey)} `,
  within: (courseKey: number, timeZone: string): string => `members ${String(courseKey)} ${timeZone}`,
} as const;

/** The courses in which a student has figures. */
export function coursesWithFigures(reader: Reader, student: Student): number[] {
  return reader.column('select distinct course_key from student_performance_snapshots where user_key = ?', student.key);
}

/** What is kept under a name and still holds, or null, without counting that it was asked for. */
export function peekAnalytics(reader: Reader, name: string, now: number): unknown {
  const value = reader.value<string>('select value from learning_analytics_cache where name = ? and expires_at > ? and at <= ?', name, now, now);
  return value === undefined ? null : (JSON.parse(value) as unknown);
}

/** What is kept under a name and still holds, or null. Whether it was there is counted. */
export function readAnalytics(writer: Writer, name: string, now: number): { readonly value: unknown; readonly at: number } | null {
  const row = writer.get<{ value: string; at: number }>('select value, at from learning_analytics_cache where name = ? and expires_at > ? and at <= ?', name, now, now);
  writer.run(`update learning_analytics_cache_counts set ${row === undefined ? 'misses = misses + 1' : 'hits = hits + 1'}`);
  return row === undefined ? null : { value: JSON.parse(row.value) as unknown, at: row.at };
}

export function keepAnalytics(writer: Writer, name: string, value: object, now: number, expiresAt: number): void {
  writer.run('delete from learning_analytics_cache where expires_at <= ?', now);
  writer.run('insert or replace into learning_analytics_cache (name, value, at, expires_at) values (?, ?, ?, ?)', name, JSON.stringify(value), now, expiresAt);
}

/** Drops what is kept under names that begin so. */
export function forgetAnalytics(writer: Writer, beginning: string): void {
  writer.run('delete from learning_analytics_cache where substr(name, 1, ?) = ?', beginning.length, beginning);
}

/** How often something was found in the cache, and how often not. */
export function analyticsCounts(reader: Reader): { readonly hits: number; readonly misses: number } {
  return reader.get<{ hits: number; misses: number }>('select hits, misses from learning_analytics_cache_counts') ?? { hits: 0, misses: 0 };
}
