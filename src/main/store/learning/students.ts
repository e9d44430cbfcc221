import type { RowScope } from '#main/app/scope';
import type { Reader, SqlValue } from '../tx';

/** Somebody who studies. */
export interface Student {
  readonly key: number;
  readonly id: string;
  readonly name: string;
}

interface StudentRow {
  readonly key: number;
  readonly id: string;
  readonly given_name: string | null;
  readonly family_name: string | null;
}

/**
 * The one condition that turns a scope of student records into rows of `users u`: oneself, and those of one's team or department.
 */
export function studentScope(scope: RowScope): { readonly sql: string; readonly params: readonly SqlValue[] } {
  switch (scope.kind) {
    case 'all':
      return { sql: '1', params: [] };
    case 'department':
      return { sql: '(u.key = ? or u.team_key in (select key from teams where department_key = ?))', params: [scope.userKey, scope.departmentKey] };
    case 'team':
      return { sql: '(u.key = ? or u.team_key = ?)', params: [scope.userKey, scope.teamKey] };
    case 'own':
      return { sql: 'u.key = ?', params: [scope.userKey] };
  }
}

const asStudent = ({ key, id, given_name: given, family_name: family }: StudentRow): Student => ({ key, id, name: [given, family].filter((part) => part !== null).join(' ') });

/** A student whom somebody may look at, or null. */
export function findStudent(reader: Reader, scope: RowScope, id: string): Student | null {
  const { sql, params } = studentScope(scope);
  const row = reader.get<StudentRow>(`select u.key, u.id, p.given_name, p.family_name from users u join people p on p.key = u.person_key where u.id = ? and ${sql}`, id, ...params);
  return row === undefined ? null : asStudent(row);
}

/** Whether there is such a user at all: tells "not yours" from "not there", and nothing else. */
export function studentExists(reader: Reader, id: string): boolean {
  return reader.value<number>('select 1 from users where id = ?', id) === 1;
}

/** A student in a list of a course, with what was last worked out of them. Shares are in [0, 1], days count from 1 January 1970. */
export interface ListedStudent extends Student {
  readonly day: number;
  readonly answers: number;
  readonly accuracy: number | null;
  readonly lastStudyDay: number | null;
  readonly examDay: number | null;
  readonly chance: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly interventions: readonly string[];
  readonly at: number;
}

interface ListedRow extends StudentRow {
  readonly day: number;
  readonly answers: number;
  readonly accuracy: number | null;
  readonly last_study_day: number | null;
  readonly exam_day: number | null;
  readonly chance: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly interventions: string | null;
  readonly at: number;
}

/** The students of a course within a scope, those with most to worry about first: who has an alert, then the smallest chance. */
export function listStudentsOf(reader: Reader, scope: RowScope, courseKey: number, limit: number, offset: number): { readonly items: ListedStudent[]; readonly total: number } {
  const { sql, params } = studentScope(scope);
  const from = `
    from student_performance_snapshots s join users u on u.key = s.user_key
    where s.course_key = ? and s.day = (select max(n.day) from student_performance_snapshots n where n.course_key = s.course_key and n.user_key = s.user_key) and u.active = 1 and ${sql}`;
  const total = reader.value<number>(`select count(*) ${from}`, courseKey, ...params) ?? 0;
  const rows = reader.all<ListedRow>(
    `select u.key, u.id, p.given_name, p.family_name, s.day, s.answers, s.accuracy, s.last_study_day, s.exam_day, r.chance, r.low, r.high, s.at,
            (select group_concat(i.intervention) from intervention_alerts i where i.user_key = s.user_key and i.course_key = s.course_key and i.closed_at is null) as interventions
     from (select s.* ${from}) s
     join users u on u.key = s.user_key join people p on p.key = u.person_key
     left join pass_probability_predictions r on r.user_key = s.user_key and r.course_key = s.course_key and r.day = s.day
     order by interventions is null, r.chance is null, r.chance, u.key limit ? offset ?`,
    courseKey,
    ...params,
    limit,
    offset,
  );
  return {
    total,
    items: rows.map((row) => ({
      ...asStudent(row),
      day: row.day,
      answers: row.answers,
      accuracy: row.accuracy,
      lastStudyDay: row.last_study_day,
      examDay: row.exam_day,
      chance: row.chance,
      low: row.low,
      high: row.high,
      interventions: row.interventions === null ? [] : row.interventions.split(',').sort(),
      at: row.at,
    })),
  };
}

/** Everybody with an answer in a course, for the run that brings all figures up to date. */
export function studentsWithAnswers(reader: Reader, scope: RowScope): { readonly userKey: number; readonly courseKey: number; readonly lastAt: number }[] {
  const { sql, params } = studentScope(scope);
  // A student's courses are few: for each, the index answers the newest answer with one step. To ask beside it whether there is any lets the planner
  // join all answers, and build an index of a million of them for it.
  return reader.all<{ userKey: number; courseKey: number; lastAt: number }>(
    `select userKey, courseKey, lastAt from (
       select u.key as userKey, c.key as courseKey, (select a.at from study_attempts a where a.user_key = u.key and a.course_key = c.key order by a.at desc limit 1) as lastAt
       from users u cross join study_courses c where u.active = 1 and c.removed_at is null and ${sql})
     where lastAt is not null order by userKey, courseKey`,
    ...params,
  );
}

/** A student by key, for a run over students that were selected within a scope. */
export function studentByKey(reader: Reader, key: number): Student | null {
  const row = reader.get<StudentRow>('select u.key, u.id, p.given_name, p.family_name from users u join people p on p.key = u.person_key where u.key = ?', key);
  return row === undefined ? null : asStudent(row);
}
