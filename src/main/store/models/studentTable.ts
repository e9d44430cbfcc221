import { type KnownGoal, daysToStop, momentsApart, type ToldMoment, wentAstray } from '#domain/models/students/table';
import { millisecondsPerDay } from '#domain/kernel/clock';
import type { RowScope } from '#main/app/scope';
import { studentScope } from '../learning/students';
import type { Reader } from '../tx';

interface ToldRow extends Omit<ToldMoment, 'features'> {
  readonly features: string;
}

const asMoment = ({ features, ...moment }: ToldRow): ToldMoment => ({ ...moment, features: JSON.parse(features) as ToldMoment['features'] });

const selected = 'p.user_key as userKey, p.course_key as courseKey, c.title as course, p.day, p.at, p.answers, p.chance, p.features';
const joined = 'pass_probability_predictions p join users u on u.key = p.user_key join study_courses c on c.key = p.course_key';

/** Rows that teach, with how each came out. */
export interface TaughtStudents {
  readonly moments: readonly ToldMoment[];
  readonly labels: readonly boolean[];
  /** When the outcome was known, UTC milliseconds. */
  readonly outcomeAt: readonly number[];
  /** Moments whose outcome is not known yet. */
  readonly open: number;
}

/**
 * Exams that came out, each as it was told on one day between the goal and the exam. Which day is drawn by the goal's key, so that it is the same
 * each time and any distance from the exam comes up.
 */
export function taughtReadiness(reader: Reader, scope: RowScope): TaughtStudents {
  const { sql, params } = studentScope(scope);
  const rows = reader.all<ToldRow & { readonly goalKey: number; readonly outcome: string; readonly closedAt: number }>(
    `select ${selected}, g.key as goalKey, g.outcome, g.closed_at as closedAt
     from student_goals g join ${joined} and p.user_key = g.user_key and p.course_key = g.course_key
     where g.outcome in ('passed', 'failed') and p.chance is not null and p.at >= g.created_at and p.at < coalesce(unixepoch(g.exam_date) * 1000, g.closed_at) and ${sql}
     order by g.key, p.day`,
    ...params,
  );
  const chosen = [...Map.groupBy(rows, ({ goalKey }) => goalKey)].flatMap(([goalKey, told]) => told.filter((_, index) => index === (goalKey * 7) % told.length));
  const open = reader.value<number>(`select count(*) from student_goals g join users u on u.key = g.user_key where g.closed_at is null and ${sql}`, ...params) ?? 0;
  return {
    moments: chosen.map(({ goalKey: _goal, outcome: _outcome, closedAt: _closed, ...row }) => asMoment(row)),
    labels: chosen.map(({ outcome }) => outcome === 'passed'),
    outcomeAt: chosen.map(({ closedAt }) => closedAt),
    open,
  };
}

/** Moments of students who were studying, four weeks apart, and whether they stopped or failed within the next four. */
export function taughtRisk(reader: Reader, scope: RowScope, now: number): TaughtStudents {
  const { sql, params } = studentScope(scope);
  const rows = reader.all<ToldRow>(`select ${selected} from ${joined} where ${sql} order by p.user_key, p.course_key, p.day`, ...params);
  const moments: ToldMoment[] = [];
  const labels: boolean[] = [];
  const outcomeAt: number[] = [];
  let open = 0;
  for (const told of Map.groupBy(rows, ({ userKey, courseKey }) => `${String(userKey)}/${String(courseKey)}`).values()) {
    const [{ userKey, courseKey }] = told as [ToldRow];
    const goals = reader.all<KnownGoal>('select created_at as createdAt, closed_at as closedAt, outcome from student_goals where user_key = ? and course_key = ? order by created_at', userKey, courseKey);
    for (const moment of momentsApart(told.map(asMoment))) {
      const until = moment.at + daysToStop * millisecondsPerDay;
      const answered = reader.value<number>('select 1 from study_attempts where user_key = ? and course_key = ? and at > ? and at <= ? limit 1', userKey, courseKey, moment.at, until) === 1;
      const astray = wentAstray(moment, until, goals, answered, now);
      if (astray === null) {
        open += 1;
        continue;
      }
      moments.push(moment);
      labels.push(astray);
      outcomeAt.push(Math.min(until, now));
    }
  }
  return { moments, labels, outcomeAt, open };
}

/** What was told last of the students of a course, or of one's students in all courses, within a scope. */
export function newestMoments(reader: Reader, scope: RowScope, { courseId, userIds }: { readonly courseId: Uint8Array | null; readonly userIds: readonly string[] | null }): (ToldMoment & { readonly userId: string })[] {
  const { sql, params } = studentScope(scope);
  return reader
    .all<ToldRow & { readonly userId: string }>(
      `select ${selected}, u.id as userId from ${joined}
       where p.day = (select max(n.day) from pass_probability_predictions n where n.user_key = p.user_key and n.course_key = p.course_key)
         and u.active = 1 and ${sql}${courseId === null ? '' : ' and c.id = ?'}${userIds === null ? '' : ' and u.id in (select value from json_each(?))'}
       order by u.key, c.key limit 5000`,
      ...params,
      ...(courseId === null ? [] : [courseId]),
      ...(userIds === null ? [] : [JSON.stringify(userIds)]),
    )
    .map(({ userId, ...row }) => ({ ...asMoment(row), userId }));
}
