import type { RowScope } from '#main/app/scope';
import { idBytes, idText } from '../ids';
import type { Reader, SqlValue } from '../tx';

/** A course as somebody studies it. */
export interface StudiedCourse {
  readonly key: number;
  readonly id: string;
  readonly title: string;
  readonly examQuestions: number | null;
  readonly examMinutes: number | null;
  readonly passMark: number | null;
  readonly passUnit: 'questions' | 'share';
  readonly draw: 'weights' | 'one_per_topic';
}

type CourseRow = Omit<StudiedCourse, 'id'> & { readonly id: Uint8Array };

const selectCourse = `
  select c.key, c.id, c.title, c.exam_questions as examQuestions, c.exam_minutes as examMinutes, c.pass_mark as passMark, c.pass_unit as passUnit, c.draw
  from study_courses c`;

const asCourse = (row: CourseRow): StudiedCourse => ({ ...row, id: idText(row.id) });

/** The condition of courses that somebody may begin to study: one's own, those shared with one or with all, and those within one's scope. */
function readable(scope: RowScope): { readonly sql: string; readonly params: readonly SqlValue[] } {
  const shared = "c.audience = 'everyone' or c.audience = 'team' and c.team_key = (select team_key from users where key = ?)";
  switch (scope.kind) {
    case 'all':
      return { sql: '1', params: [] };
    case 'department':
      return { sql: `c.owner_key = ? or c.team_key in (select key from teams where department_key = ?) or ${shared}`, params: [scope.userKey, scope.departmentKey, scope.userKey] };
    case 'team':
      return { sql: `c.owner_key = ? or c.team_key = ? or ${shared}`, params: [scope.userKey, scope.teamKey, scope.userKey] };
    case 'own':
      return { sql: `c.owner_key = ? or ${shared}`, params: [scope.userKey, scope.userKey] };
  }
}

/** A course that somebody may begin to study, or null. */
export function findStudied(reader: Reader, scope: RowScope, id: string): StudiedCourse | null {
  const { sql, params } = readable(scope);
  const row = reader.get<CourseRow>(`${selectCourse} where c.id = ? and c.removed_at is null and (${sql})`, idBytes(id), ...params);
  return row === undefined ? null : asCourse(row);
}

/** The course of a goal or sitting that somebody has already: whoever began it may end it. */
export function studiedByKey(reader: Reader, key: number): StudiedCourse | null {
  const row = reader.get<CourseRow>(`${selectCourse} where c.key = ?`, key);
  return row === undefined ? null : asCourse(row);
}
