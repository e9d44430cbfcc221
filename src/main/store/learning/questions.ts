import type { RowScope } from '#main/app/scope';
import type { Difficulty, PackOption, PackQuestion, QuestionKind } from '#domain/learning/courses/pack';
import { allOf, type Fragment } from '../fragments';
import { idBytes, idText } from '../ids';
import type { Reader, SqlValue, Writer } from '../tx';
import { ownedCourses, readableCourses } from './scope';
import { searchQuery } from './search';

/** A question as a screen shows it. */
export interface QuestionRow {
  readonly key: number;
  readonly id: string;
  readonly courseKey: number;
  readonly courseId: string;
  readonly domain: string;
  readonly domainTitle: string;
  readonly topicTitle: string;
  readonly question: PackQuestion;
  readonly edited: boolean;
  readonly retired: boolean;
  /** The key of the question that took its place. */
  readonly replacedByKey: number | null;
}

interface Stored {
  readonly key: number;
  readonly id: Uint8Array;
  readonly course_key: number;
  readonly courseId: Uint8Array;
  readonly domain: string;
  readonly domainTitle: string;
  readonly topic: string;
  readonly topicTitle: string;
  readonly external_id: string;
  readonly kind: QuestionKind;
  readonly difficulty: Difficulty | null;
  readonly stem: string;
  readonly explanation: string | null;
  readonly reference: string | null;
  readonly objective: string | null;
  readonly flagged: string | null;
  readonly edited_at: number | null;
  readonly retired_at: number | null;
  readonly replaced_by_key: number | null;
}

const from = `
  from study_questions q join study_courses c on c.key = q.course_key join study_topics t on t.key = q.topic_key join study_domains d on d.key = t.domain_key`;
const select = `
  select q.key, q.id, q.course_key, c.id as courseId, d.code as domain, d.title as domainTitle, t.code as topic, t.title as topicTitle, q.external_id, q.kind, q.difficulty,
         q.stem, q.explanation, q.reference, q.objective, q.flagged, q.edited_at, q.retired_at, q.replaced_by_key ${from}`;

function withOptions(reader: Reader, rows: readonly Stored[]): QuestionRow[] {
  const options = Map.groupBy(
    reader.all<{ questionKey: number; text: string; correct: number; tolerance: number | null; feedback: string | null }>(
      'select question_key as questionKey, text, correct, tolerance, feedback from study_options where question_key in (select value from json_each(?)) order by question_key, position',
      JSON.stringify(rows.map(({ key }) => key)),
    ),
    ({ questionKey }) => questionKey,
  );
  return rows.map((row) => ({
    key: row.key,
    id: idText(row.id),
    courseKey: row.course_key,
    courseId: idText(row.courseId),
    domain: row.domain,
    domainTitle: row.domainTitle,
    topicTitle: row.topicTitle,
    question: {
      id: row.external_id,
      topic: row.topic,
      kind: row.kind,
      difficulty: row.difficulty,
      stem: row.stem,
      options: (options.get(row.key) ?? []).map(({ text, correct, tolerance, feedback }): PackOption => ({ text, correct: correct === 1, tolerance, feedback })),
      explanation: row.explanation,
      reference: row.reference,
      objective: row.objective,
      flagged: row.flagged,
    },
    edited: row.edited_at !== null,
    retired: row.retired_at !== null,
    replacedByKey: row.replaced_by_key,
  }));
}

/** Which questions of a course a list shows. */
export interface QuestionFilter {
  readonly domain?: string | undefined;
  readonly topic?: string | undefined;
  readonly difficulty?: Difficulty | undefined;
  readonly kind?: QuestionKind | undefined;
  readonly flagged?: boolean | undefined;
  readonly edited?: boolean | undefined;
  readonly search?: string | undefined;
}

/** Current questions of a course that somebody may study, in their order. */
export function listQuestions(reader: Reader, scope: RowScope, courseKey: number, filter: QuestionFilter, limit: number, offset: number): { readonly items: QuestionRow[]; readonly total: number } {
  const parts: Fragment[] = [readableCourses(scope), { sql: 'q.course_key = ? and q.retired_at is null', params: [courseKey] }];
  const add = (sql: string, ...params: SqlValue[]): void => {
    parts.push({ sql, params });
  };
  if (filter.domain !== undefined) add('d.code = ?', filter.domain);
  if (filter.topic !== undefined) add('t.code = ?', filter.topic);
  if (filter.difficulty !== undefined) add('q.difficulty = ?', filter.difficulty);
  if (filter.kind !== undefined) add('q.kind = ?', filter.kind);
  if (filter.flagged !== undefined) add(filter.flagged ? 'q.flagged is not null' : 'q.flagged is null');
  if (filter.edited !== undefined) add(filter.edited ? 'q.edited_at is not null' : 'q.edited_at is null');
  const words = filter.search === undefined ? null : searchQuery(reader, [courseKey], filter.search);
  if (words !== null) add('q.key in (select rowid / 4 from study_search where study_search match ? and course_key = ? and rowid % 4 = 1)', words, courseKey);
  const { sql, params } = allOf(parts);
  const total = reader.value<number>(`select count(*) ${from} where ${sql}`, ...params) ?? 0;
  return { items: withOptions(reader, reader.all<Stored>(`${select} where ${sql} order by q.position, q.key limit ? offset ?`, ...params, limit, offset)), total };
}

function questionWhere(reader: Reader, { sql, params }: Fragment): QuestionRow | null {
  return withOptions(reader, reader.all<Stored>(`${select} where ${sql}`, ...params))[0] ?? null;
}

/** A question of a course that somebody may study, also one that was retired; or null. */
export function findQuestion(reader: Reader, scope: RowScope, id: string): QuestionRow | null {
  return questionWhere(reader, allOf([{ sql: 'q.id = ?', params: [idBytes(id)] }, readableCourses(scope)]));
}

/** A question of a course that somebody may change; or null. */
export function findOwnedQuestion(reader: Reader, scope: RowScope, id: string): QuestionRow | null {
  return questionWhere(reader, allOf([{ sql: 'q.id = ?', params: [idBytes(id)] }, ownedCourses(scope)]));
}

/** The question of a row whose key is known because it was written or found within a scope. */
export function questionAt(reader: Reader, key: number): QuestionRow {
  const found = questionWhere(reader, { sql: 'q.key = ?', params: [key] });
  if (found === null) throw new Error('A question that was just written is gone.');
  return found;
}

/** The key of a current topic of a course, or null. */
export function topicKeyOf(reader: Reader, courseKey: number, code: string): number | null {
  return reader.value<number>('select t.key from study_topics t join study_domains d on d.key = t.domain_key where d.course_key = ? and t.code = ? and t.retired_at is null', courseKey, code) ?? null;
}

/** Whether a current question of a course has this name. */
export function isTakenName(reader: Reader, courseKey: number, externalId: string): boolean {
  return reader.value<number>('select 1 from study_questions where course_key = ? and external_id = ? and retired_at is null', courseKey, externalId) === 1;
}

/** Names of the current questions that a person wrote by hand since an instant; of all, without one. */
export function editedNames(reader: Reader, courseKey: number, since = 0): Set<string> {
  return new Set(reader.column<string>('select external_id from study_questions where course_key = ? and retired_at is null and edited_at >= ?', courseKey, since));
}

/** Names of questions that a person took out by hand and nobody put back. */
export function removedNames(reader: Reader, courseKey: number): Set<string> {
  return new Set(
    reader.column<string>(
      `select q.external_id from study_questions q where q.course_key = ? and q.retired_at is not null and q.edited_at is not null and q.replaced_by_key is null
         and not exists (select 1 from study_questions n where n.course_key = q.course_key and n.external_id = q.external_id and (n.retired_at is null or n.key > q.key))`,
      courseKey,
    ),
  );
}

/** Forgets who wrote questions by hand: a file has taken their place. */
export function forgetEdits(writer: Writer, courseKey: number): void {
  writer.run('update study_questions set edited_at = null where course_key = ? and edited_at is not null', courseKey);
}

/** Keeps a question as it was and as a person wrote it. */
export function insertEdit(writer: Writer, edit: { readonly id: string; readonly questionKey: number; readonly userKey: number; readonly before: PackQuestion | null; readonly after: PackQuestion | null }, now: number): void {
  writer.run(
    'insert into study_question_edits (id, question_key, user_key, before, after, at) values (?, ?, ?, ?, ?, ?)',
    idBytes(edit.id),
    edit.questionKey,
    edit.userKey,
    edit.before === null ? null : JSON.stringify(edit.before),
    edit.after === null ? null : JSON.stringify(edit.after),
    now,
  );
}
