import type { Difficulty } from '#domain/learning/attempts';
import type { LabScript } from '#domain/learning/labs/console';
import type { AnswerOption, QuestionKind } from '#domain/learning/practice/grade';
import { idBytes, idText } from '../ids';
import type { Reader } from '../tx';

// What is studied, as studying needs it. Courses are found within a scope by store/learning/courses; what follows is of one that was.

export interface MaterialTopic {
  readonly key: number;
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly domainKey: number;
}

export interface MaterialDomain {
  readonly key: number;
  readonly id: string;
  readonly code: string;
  readonly title: string;
  readonly weight: number | null;
}

export interface MaterialQuestion {
  readonly questionKey: number;
  readonly topicKey: number;
  readonly domainKey: number;
  readonly difficulty: Difficulty | null;
  readonly kind: QuestionKind;
  readonly options: number;
}

export interface MaterialSection {
  readonly key: number;
  readonly topicKey: number | null;
  readonly minutes: number | null;
  readonly characters: number;
}

/** What a course holds now, by keys: no texts. Questions that are flagged are left out, for they cannot be answered. */
export interface Material {
  readonly domains: readonly MaterialDomain[];
  readonly topics: readonly MaterialTopic[];
  readonly questions: readonly MaterialQuestion[];
  readonly sections: readonly MaterialSection[];
  readonly flashcards: readonly { readonly key: number; readonly topicKey: number | null }[];
  readonly labs: readonly { readonly key: number; readonly topicKey: number | null; readonly steps: number }[];
}

type WithBytes<Row> = Omit<Row, 'id'> & { readonly id: Uint8Array };
const withText = <Row>(row: WithBytes<Row>): Row => ({ ...row, id: idText(row.id) }) as unknown as Row;

/** All topics and domains of a course, also retired ones: attempts refer to them. */
export function topicsOf(reader: Reader, courseKey: number): Map<number, MaterialTopic> {
  const rows = reader.all<WithBytes<MaterialTopic>>(
    `select t.key, t.id, t.code, t.title, t.domain_key as domainKey from study_topics t join study_domains d on d.key = t.domain_key
     where d.course_key = ? order by d.position, d.key, t.position, t.key`,
    courseKey,
  );
  return new Map(rows.map((row) => [row.key, withText<MaterialTopic>(row)]));
}

export function readMaterial(reader: Reader, courseKey: number): Material {
  return {
    domains: reader.all<WithBytes<MaterialDomain>>('select key, id, code, title, weight from study_domains where course_key = ? and retired_at is null order by position, key', courseKey).map(withText<MaterialDomain>),
    topics: reader
      .all<WithBytes<MaterialTopic>>(
        `select t.key, t.id, t.code, t.title, t.domain_key as domainKey from study_topics t join study_domains d on d.key = t.domain_key
         where d.course_key = ? and t.retired_at is null and d.retired_at is null order by d.position, d.key, t.position, t.key`,
        courseKey,
      )
      .map(withText<MaterialTopic>),
    questions: reader.all<MaterialQuestion>(
      `select q.key as questionKey, q.topic_key as topicKey, t.domain_key as domainKey, q.difficulty, q.kind,
              (select count(*) from study_options o where o.question_key = q.key) as options
       from study_questions q join study_topics t on t.key = q.topic_key
       where q.course_key = ? and q.retired_at is null and q.flagged is null order by q.position, q.key`,
      courseKey,
    ),
    sections: reader.all<MaterialSection>(
      `select s.key, s.topic_key as topicKey, s.minutes, length(s.body) as characters from study_sections s join study_modules m on m.key = s.module_key
       where m.course_key = ? and s.retired_at is null and m.retired_at is null order by m.position, m.key, s.position, s.key`,
      courseKey,
    ),
    flashcards: reader.all<{ key: number; topicKey: number | null }>('select key, topic_key as topicKey from study_flashcards where course_key = ? and retired_at is null order by position, key', courseKey),
    labs: reader.all<{ key: number; topicKey: number | null; steps: number }>(
      "select key, topic_key as topicKey, json_array_length(lab, '$.steps') as steps from study_labs where course_key = ? and retired_at is null order by position, key",
      courseKey,
    ),
  };
}

/** A question with all its texts, current or retired. */
export interface WholeQuestion {
  readonly key: number;
  readonly id: string;
  readonly courseKey: number;
  readonly topicKey: number;
  readonly topic: { readonly id: string; readonly code: string; readonly title: string };
  readonly domainKey: number;
  readonly domain: string;
  readonly kind: QuestionKind;
  readonly difficulty: Difficulty | null;
  readonly stem: string;
  readonly explanation: string | null;
  readonly reference: string | null;
  readonly options: readonly (AnswerOption & { readonly feedback: string | null })[];
}

interface QuestionRow {
  readonly key: number;
  readonly id: Uint8Array;
  readonly course_key: number;
  readonly topic_key: number;
  readonly topic_id: Uint8Array;
  readonly code: string;
  readonly title: string;
  readonly domain_key: number;
  readonly domain: string;
  readonly kind: QuestionKind;
  readonly difficulty: Difficulty | null;
  readonly stem: string;
  readonly explanation: string | null;
  readonly reference: string | null;
}

/** Questions by key, whichever there are. */
export function questionsByKey(reader: Reader, keys: readonly number[]): Map<number, WholeQuestion> {
  const list = JSON.stringify(keys);
  const options = Map.groupBy(
    reader.all<{ questionKey: number; text: string; correct: number; tolerance: number | null; feedback: string | null }>(
      'select question_key as questionKey, text, correct, tolerance, feedback from study_options where question_key in (select value from json_each(?)) order by question_key, position',
      list,
    ),
    ({ questionKey }) => questionKey,
  );
  const rows = reader.all<QuestionRow>(
    `select q.key, q.id, q.course_key, q.topic_key, t.id as topic_id, t.code, t.title, d.key as domain_key, d.title as domain, q.kind, q.difficulty, q.stem, q.explanation, q.reference
     from study_questions q join study_topics t on t.key = q.topic_key join study_domains d on d.key = t.domain_key
     where q.key in (select value from json_each(?))`,
    list,
  );
  return new Map(
    rows.map((row) => [
      row.key,
      {
        key: row.key,
        id: idText(row.id),
        courseKey: row.course_key,
        topicKey: row.topic_key,
        topic: { id: idText(row.topic_id), code: row.code, title: row.title },
        domainKey: row.domain_key,
        domain: row.domain,
        kind: row.kind,
        difficulty: row.difficulty,
        stem: row.stem,
        explanation: row.explanation,
        reference: row.reference,
        options: (options.get(row.key) ?? []).map(({ text, correct, tolerance, feedback }) => ({ text, correct: correct === 1, tolerance, feedback })),
      },
    ]),
  );
}

/** The key of a question and of its course, current or retired; null where there is none. */
export function findQuestion(reader: Reader, id: string): { readonly key: number; readonly courseKey: number } | null {
  return reader.get<{ key: number; courseKey: number }>('select key, course_key as courseKey from study_questions where id = ?', idBytes(id)) ?? null;
}

export interface WholeSection {
  readonly key: number;
  readonly id: string;
  readonly courseKey: number;
  readonly topicKey: number | null;
  readonly title: string;
  readonly module: string;
  readonly body: string;
  readonly minutes: number | null;
}

const selectSection = `
  select s.key, s.id, m.course_key as courseKey, s.topic_key as topicKey, s.title, m.title as module, s.body, s.minutes
  from study_sections s join study_modules m on m.key = s.module_key`;

/** Sections by key, whichever there are. */
export function sectionsByKey(reader: Reader, keys: readonly number[]): Map<number, WholeSection> {
  const rows = reader.all<WithBytes<WholeSection>>(`${selectSection} where s.key in (select value from json_each(?))`, JSON.stringify(keys));
  return new Map(rows.map((row) => [row.key, withText<WholeSection>(row)]));
}

export function findSection(reader: Reader, id: string): WholeSection | null {
  const row = reader.get<WithBytes<WholeSection>>(`${selectSection} where s.id = ? and s.retired_at is null`, idBytes(id));
  return row === undefined ? null : withText<WholeSection>(row);
}

/** The questions that check a section, in their order, without those that are flagged or retired. */
export function sectionQuestions(reader: Reader, sectionKey: number): number[] {
  return reader.column<number>(
    `select sq.question_key from study_section_questions sq join study_questions q on q.key = sq.question_key
     where sq.section_key = ? and q.retired_at is null and q.flagged is null order by sq.position`,
    sectionKey,
  );
}

export interface WholeFlashcard {
  readonly key: number;
  readonly id: string;
  readonly topicKey: number | null;
  readonly front: string;
  readonly back: string;
}

/** A flashcard as the tutor may know it: without its back. */
export interface FlashcardFront {
  readonly key: number;
  readonly courseKey: number;
  readonly topicKey: number | null;
  readonly topicTitle: string | null;
  readonly front: string;
}

export function flashcardFront(reader: Reader, key: number): FlashcardFront | null {
  return (
    reader.get<FlashcardFront>(
      'select f.key, f.course_key as courseKey, f.topic_key as topicKey, t.title as topicTitle, f.front from study_flashcards f left join study_topics t on t.key = f.topic_key where f.key = ?',
      key,
    ) ?? null
  );
}

/** Flashcards by key, whichever there are. */
export function flashcardsByKey(reader: Reader, keys: readonly number[]): Map<number, WholeFlashcard> {
  const rows = reader.all<WithBytes<WholeFlashcard>>('select key, id, topic_key as topicKey, front, back from study_flashcards where key in (select value from json_each(?))', JSON.stringify(keys));
  return new Map(rows.map((row) => [row.key, withText<WholeFlashcard>(row)]));
}

/** The key of a flashcard and of its course, current or retired; null where there is none. */
export function findFlashcard(reader: Reader, id: string): { readonly key: number; readonly courseKey: number } | null {
  return reader.get<{ key: number; courseKey: number }>('select key, course_key as courseKey from study_flashcards where id = ?', idBytes(id)) ?? null;
}

export interface WholeLab {
  readonly key: number;
  readonly id: string;
  readonly courseKey: number;
  readonly topicKey: number | null;
  readonly title: string;
  readonly script: LabScript;
}

type LabRow = WithBytes<Omit<WholeLab, 'script'>> & { readonly lab: string };

const selectLab = 'select key, id, course_key as courseKey, topic_key as topicKey, title, lab from study_labs';

function asLab({ lab, ...row }: LabRow): WholeLab {
  const script = JSON.parse(lab) as Partial<LabScript>;
  return { ...row, id: idText(row.id), script: { intro: script.intro ?? '', prompt: script.prompt ?? '>', steps: script.steps ?? [], answers: script.answers ?? [] } };
}

export function labsOf(reader: Reader, courseKey: number): WholeLab[] {
  return reader.all<LabRow>(`${selectLab} where course_key = ? and retired_at is null order by position, key`, courseKey).map(asLab);
}

export function findLab(reader: Reader, id: string): WholeLab | null {
  const row = reader.get<LabRow>(`${selectLab} where id = ?`, idBytes(id));
  return row === undefined ? null : asLab(row);
}

export function labsByKey(reader: Reader, keys: readonly number[]): Map<number, WholeLab> {
  return new Map(reader.all<LabRow>(`${selectLab} where key in (select value from json_each(?))`, JSON.stringify(keys)).map((row) => [row.key, asLab(row)]));
}
