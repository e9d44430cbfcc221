import type { RowScope } from '#main/app/scope';
import type { Exam, ExamDraw, PassUnit } from '#domain/learning/courses/pack';
import { allOf, type Fragment } from '../fragments';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';
import { ownedCourses, readableCourses } from './scope';

export type CourseAudience = 'nobody' | 'team' | 'everyone';

/** A course as it stands in its row. */
export interface CourseRow {
  readonly key: number;
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly version: string | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly notice: string | null;
  readonly language: string;
  readonly ownerKey: number;
  readonly owner: string;
  readonly audience: CourseAudience;
  readonly exam: Exam;
  readonly revision: number;
  readonly removed: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

interface StoredCourse {
  readonly key: number;
  readonly id: Uint8Array;
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly version: string | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly notice: string | null;
  readonly language: string;
  readonly owner_key: number;
  readonly audience: CourseAudience;
  readonly exam_questions: number | null;
  readonly exam_minutes: number | null;
  readonly pass_mark: number | null;
  readonly pass_unit: PassUnit;
  readonly draw: ExamDraw;
  readonly revision: number;
  readonly removed_at: number | null;
  readonly created_at: number;
  readonly updated_at: number;
  readonly given_name: string | null;
  readonly family_name: string | null;
}

const selectCourse = `
  select c.key, c.id, c.code, c.title, c.description, c.version, c.author, c.licence, c.notice, c.language, c.owner_key, c.audience,
         c.exam_questions, c.exam_minutes, c.pass_mark, c.pass_unit, c.draw, c.revision, c.removed_at, c.created_at, c.updated_at,
         p.given_name, p.family_name
  from study_courses c join users u on u.key = c.owner_key join people p on p.key = u.person_key`;

function asCourse(row: StoredCourse): CourseRow {
  const { key, code, title, description, version, author, licence, notice, language, audience, revision } = row;
  return {
    key,
    id: idText(row.id),
    code,
    title,
    description,
    version,
    author,
    licence,
    notice,
    language,
    ownerKey: row.owner_key,
    owner: [row.given_name, row.family_name].filter((part) => part !== null).join(' '),
    audience,
    exam: { questions: row.exam_questions, minutes: row.exam_minutes, passMark: row.pass_mark, passUnit: row.pass_unit, draw: row.draw },
    revision,
    removed: row.removed_at !== null,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
  };
}

/** The courses that somebody may study, by title. */
export function listCourses(reader: Reader, scope: RowScope): CourseRow[] {
  const readable = readableCourses(scope);
  return reader.all<StoredCourse>(`${selectCourse} where ${readable.sql} order by fold(c.title), c.key`, ...readable.params).map(asCourse);
}

/** A course that somebody may study, or null. */
export function findCourse(reader: Reader, scope: RowScope, id: string): CourseRow | null {
  const readable = readableCourses(scope);
  const row = reader.get<StoredCourse>(`${selectCourse} where c.id = ? and ${readable.sql}`, idBytes(id), ...readable.params);
  return row === undefined ? null : asCourse(row);
}

function courseOf(reader: Reader, condition: Fragment): CourseRow | null {
  const row = reader.get<StoredCourse>(`${selectCourse} where ${condition.sql}`, ...condition.params);
  return row === undefined ? null : asCourse(row);
}

/** A course that somebody may change, or null; also one that was taken away. */
export function findOwnedCourse(reader: Reader, scope: RowScope, id: string): CourseRow | null {
  return courseOf(reader, allOf([{ sql: 'c.id = ?', params: [idBytes(id)] }, ownedCourses(scope)]));
}

/** The course of a code that somebody may change: their own before another's, the newest first. */
export function findCourseByCode(reader: Reader, scope: RowScope, code: string, userKey: number): CourseRow | null {
  const { sql, params } = allOf([{ sql: 'c.code = ? and c.removed_at is null', params: [code] }, ownedCourses(scope)]);
  return courseOf(reader, { sql: `${sql} order by c.owner_key <> ?, c.key desc limit 1`, params: [...params, userKey] });
}

/** Whether a course is there at all: tells "not yours" from "not there", and nothing else. */
export function courseExists(reader: Reader, id: string): boolean {
  return reader.value<number>('select 1 from study_courses where id = ?', idBytes(id)) === 1;
}

/** What a course has, without what is retired. */
export interface CourseCounts {
  readonly domains: number;
  readonly topics: number;
  readonly sections: number;
  readonly questions: number;
  readonly flagged: number;
  readonly flashcards: number;
  readonly labs: number;
}

export function countCourse(reader: Reader, courseKey: number): CourseCounts {
  const counts = reader.get<CourseCounts>(
    `select (select count(*) from study_domains d where d.course_key = c.key and d.retired_at is null) as domains,
            (select count(*) from study_topics t join study_domains d on d.key = t.domain_key where d.course_key = c.key and t.retired_at is null) as topics,
            (select count(*) from study_sections s join study_modules m on m.key = s.module_key where m.course_key = c.key and s.retired_at is null) as sections,
            (select count(*) from study_questions where course_key = c.key and retired_at is null) as questions,
            (select count(*) from study_questions where course_key = c.key and retired_at is null and flagged is not null) as flagged,
            (select count(*) from study_flashcards where course_key = c.key and retired_at is null) as flashcards,
            (select count(*) from study_labs where course_key = c.key and retired_at is null) as labs
     from study_courses c where c.key = ?`,
    courseKey,
  );
  if (counts === undefined) throw new Error('Counting answered nothing.');
  return counts;
}

/** A domain of a course with its topics, and how many questions each has. */
export interface OutlineDomain {
  readonly key: number;
  readonly code: string;
  readonly title: string;
  readonly weight: number | null;
  readonly questions: number;
  readonly topics: readonly { readonly key: number; readonly code: string; readonly title: string; readonly questions: number; readonly flagged: number }[];
}

/** The domains and topics of a course in their order, without what is retired. */
export function courseDomains(reader: Reader, courseKey: number): OutlineDomain[] {
  const topics = reader.all<{ key: number; domainKey: number; code: string; title: string; questions: number; flagged: number }>(
    `select t.key, t.domain_key as domainKey, t.code, t.title, count(q.key) as questions, count(q.flagged) as flagged
     from study_topics t join study_domains d on d.key = t.domain_key
     left join study_questions q on q.topic_key = t.key and q.retired_at is null
     where d.course_key = ? and t.retired_at is null group by t.key order by t.position, t.key`,
    courseKey,
  );
  return reader
    .all<Omit<OutlineDomain, 'topics' | 'questions'>>('select key, code, title, weight from study_domains where course_key = ? and retired_at is null order by position, key', courseKey)
    .map((domain) => {
      const own = topics.filter(({ domainKey }) => domainKey === domain.key).map(({ domainKey: _domain, ...topic }) => topic);
      return { ...domain, questions: own.reduce((sum, topic) => sum + topic.questions, 0), topics: own };
    });
}

/** What a person may say about a course. */
export interface CourseChanges {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly audience?: CourseAudience | undefined;
  readonly exam?: Exam | undefined;
}

export function updateCourse(writer: Writer, key: number, changes: CourseChanges, now: number): void {
  const set = (columns: string, ...values: (string | number | null)[]): void => {
    writer.run(`update study_courses set ${columns}, updated_at = ? where key = ?`, ...values, now, key);
  };
  if (changes.title !== undefined) set('title = ?', changes.title);
  if (changes.description !== undefined) set('description = ?', changes.description);
  if (changes.audience !== undefined) set('audience = ?', changes.audience);
  if (changes.exam !== undefined) {
    const { questions, minutes, passMark, passUnit, draw } = changes.exam;
    set('exam_questions = ?, exam_minutes = ?, pass_mark = ?, pass_unit = ?, draw = ?', questions, minutes, passMark, passUnit, draw);
  }
}

/** Takes a course away, or puts it back. */
export function setCourseRemoved(writer: Writer, key: number, removed: boolean, now: number): void {
  writer.run('update study_courses set removed_at = ?, updated_at = ? where key = ?', removed ? now : null, now, key);
}

/** Names a domain or says what it weighs in the exam. */
export function updateDomain(writer: Writer, courseKey: number, code: string, { title, weight }: { readonly title?: string | undefined; readonly weight?: number | null | undefined }): void {
  if (title !== undefined) writer.run('update study_domains set title = ? where course_key = ? and code = ?', title, courseKey, code);
  if (weight !== undefined) writer.run('update study_domains set weight = ? where course_key = ? and code = ?', weight, courseKey, code);
}

export function updateTopic(writer: Writer, courseKey: number, code: string, title: string): void {
  writer.run('update study_topics set title = ? where code = ? and domain_key in (select key from study_domains where course_key = ?)', title, code, courseKey);
}
