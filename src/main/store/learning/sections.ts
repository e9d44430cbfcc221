import type { RowScope } from '#main/app/scope';
import { allOf } from '../fragments';
import { idBytes, idText } from '../ids';
import type { Reader } from '../tx';
import { readableCourses } from './scope';
import type { Found } from './search';

/** A module with the titles of its sections. */
export interface ModuleOutline {
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly requires: readonly string[];
  readonly sections: readonly { readonly id: string; readonly title: string; readonly topic: string | null; readonly minutes: number | null; readonly questions: number }[];
}

/** The modules of a course in their order, without what is retired. */
export function modulesOutline(reader: Reader, courseKey: number): ModuleOutline[] {
  const sections = Map.groupBy(
    reader.all<{ moduleKey: number; id: Uint8Array; title: string; topic: string | null; minutes: number | null; questions: number }>(
      `select s.module_key as moduleKey, s.id, s.title, t.code as topic, s.minutes, count(sq.question_key) as questions
       from study_sections s join study_modules m on m.key = s.module_key left join study_topics t on t.key = s.topic_key left join study_section_questions sq on sq.section_key = s.key
       where m.course_key = ? and s.retired_at is null group by s.key order by s.position, s.key`,
      courseKey,
    ),
    ({ moduleKey }) => moduleKey,
  );
  const required = Map.groupBy(
    reader.all<{ moduleKey: number; code: string }>('select r.module_key as moduleKey, m.code from study_module_requirements r join study_modules m on m.key = r.required_key where m.course_key = ?', courseKey),
    ({ moduleKey }) => moduleKey,
  );
  return reader
    .all<{ key: number; code: string; title: string; summary: string }>('select key, code, title, summary from study_modules where course_key = ? and retired_at is null order by position, key', courseKey)
    .map(({ key, ...module }) => ({
      ...module,
      requires: (required.get(key) ?? []).map(({ code }) => code),
      sections: (sections.get(key) ?? []).map(({ moduleKey: _module, id, ...section }) => ({ ...section, id: idText(id) })),
    }));
}

/** A section to read. */
export interface SectionRow {
  readonly key: number;
  readonly id: string;
  readonly courseKey: number;
  readonly courseId: string;
  readonly courseTitle: string;
  readonly notice: string | null;
  readonly moduleTitle: string;
  readonly title: string;
  readonly topic: string | null;
  readonly topicTitle: string | null;
  readonly minutes: number | null;
  readonly body: string;
}

/** A section of a course that somebody may study, or null; also one that was retired, for whoever is reading it. */
export function findSection(reader: Reader, scope: RowScope, id: string): SectionRow | null {
  const { sql, params } = allOf([{ sql: 's.id = ?', params: [idBytes(id)] }, readableCourses(scope)]);
  const row = reader.get<Omit<SectionRow, 'id' | 'courseId'> & { id: Uint8Array; courseId: Uint8Array }>(
    `select s.key, s.id, c.key as courseKey, c.id as courseId, c.title as courseTitle, c.notice, m.title as moduleTitle, s.title, t.code as topic, t.title as topicTitle, s.minutes, s.body
     from study_sections s join study_modules m on m.key = s.module_key join study_courses c on c.key = m.course_key left join study_topics t on t.key = s.topic_key where ${sql}`,
    ...params,
  );
  return row === undefined ? null : { ...row, id: idText(row.id), courseId: idText(row.courseId) };
}

/** The ids of the questions that check a section. */
export function checkQuestionsOf(reader: Reader, sectionKey: number): string[] {
  return reader
    .column<Uint8Array>('select q.id from study_section_questions sq join study_questions q on q.key = sq.question_key where sq.section_key = ? and q.retired_at is null order by sq.position', sectionKey)
    .map(idText);
}

/** The sections of a course in the order in which they are read. */
export function sectionOrder(reader: Reader, courseKey: number): { readonly id: string; readonly title: string }[] {
  return reader
    .all<{ id: Uint8Array; title: string }>(
      `select s.id, s.title from study_sections s join study_modules m on m.key = s.module_key
       where m.course_key = ? and s.retired_at is null and m.retired_at is null order by m.position, m.key, s.position, s.key`,
      courseKey,
    )
    .map(({ id, title }) => ({ id: idText(id), title }));
}

/** Flashcards of a course that was found within a scope, in their order. */
export function listFlashcards(
  reader: Reader,
  courseKey: number,
  topic: string | undefined,
  limit: number,
  offset: number,
): { readonly items: { readonly id: string; readonly topic: string | null; readonly topicTitle: string | null; readonly front: string; readonly back: string }[]; readonly total: number } {
  const from = `from study_flashcards f left join study_topics t on t.key = f.topic_key where f.course_key = ? and f.retired_at is null ${topic === undefined ? '' : 'and t.code = ?'}`;
  const params = topic === undefined ? [courseKey] : [courseKey, topic];
  const items = reader
    .all<{ id: Uint8Array; topic: string | null; topicTitle: string | null; front: string; back: string }>(
      `select f.id, t.code as topic, t.title as topicTitle, f.front, f.back ${from} order by f.position, f.key limit ? offset ?`,
      ...params,
      limit,
      offset,
    )
    .map(({ id, ...card }) => ({ ...card, id: idText(id) }));
  return { items, total: reader.value<number>(`select count(*) ${from}`, ...params) ?? 0 };
}

/** What was found by a search within courses that somebody may study, by its id and title. */
export function describeFound(reader: Reader, { kind, key }: Found): { readonly id: string; readonly title: string; readonly topicTitle: string | null } | null {
  const statements = {
    section: 'select s.id, s.title, t.title as topicTitle from study_sections s left join study_topics t on t.key = s.topic_key where s.key = ?',
    question: 'select q.id, q.external_id as title, t.title as topicTitle from study_questions q join study_topics t on t.key = q.topic_key where q.key = ?',
    flashcard: 'select f.id, f.front as title, t.title as topicTitle from study_flashcards f left join study_topics t on t.key = f.topic_key where f.key = ?',
  } as const;
  const row = reader.get<{ id: Uint8Array; title: string; topicTitle: string | null }>(statements[kind], key);
  return row === undefined ? null : { ...row, id: idText(row.id) };
}
