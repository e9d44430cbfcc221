import type { RowScope } from '#main/app/scope';
import { idBytes, idText } from '../ids';
import type { Reader } from '../tx';
import { readableCourses } from './scope';

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

/** A course that somebody may begin to study, or null. */
export function findStudied(reader: Reader, scope: RowScope, id: string): StudiedCourse | null {
  const { sql, params } = readableCourses(scope);
  const row = reader.get<CourseRow>(`${selectCourse} where c.id = ? and ${sql}`, idBytes(id), ...params);
  return row === undefined ? null : asCourse(row);
}

/** The course of a goal or sitting that somebody has already: whoever began it may end it. */
export function studiedByKey(reader: Reader, key: number): StudiedCourse | null {
  const row = reader.get<CourseRow>(`${selectCourse} where c.key = ?`, key);
  return row === undefined ? null : asCourse(row);
}
