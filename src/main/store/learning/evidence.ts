import { assessments, type Attempt, type Confidence, difficulties, type Difficulty } from '#domain/learning/attempts';
import type { Blueprint } from '#domain/learning/blueprint';
import type { AnswerTally } from '#domain/learning/knowledge/expected';
import { questionsToPass } from '#domain/learning/passMark';
import type { MockResult } from '#domain/learning/readiness/features';
import { idBytes, idText } from '../ids';
import type { Reader, SqlValue } from '../tx';
import type { Student } from './students';
import type { StudiedCourse } from './studied';

// Everything here is of one student, who was found within a scope before: see students.ts.

/** What is asked of a course whose standing is looked at; its exam comes with its outline. */
export type CourseHead = Pick<StudiedCourse, 'key' | 'id' | 'title'>;

/** A course that a student may study: their own, one that is shared with them, or one that they have begun. */
const studied = `
  c.removed_at is null and (c.owner_key = u.key or c.audience = 'everyone' or c.audience = 'team' and c.team_key = u.team_key
    or exists (select 1 from student_goals g where g.user_key = u.key and g.course_key = c.key)
    or exists (select 1 from study_attempts a where a.user_key = u.key and a.course_key = c.key))`;

function coursesWhere(reader: Reader, student: Student, condition: string, ...params: readonly SqlValue[]): (CourseHead & { readonly answered: boolean; readonly chosenAt: number | null })[] {
  return reader
    .all<{ key: number; id: Uint8Array; title: string; answered: number; chosenAt: number | null }>(
      `select c.key, c.id, c.title, exists (select 1 from study_attempts a where a.user_key = u.key and a.course_key = c.key) as answered,
              (select g.chosen_at from student_goals g where g.user_key = u.key and g.course_key = c.key and g.closed_at is null) as chosenAt
       from study_courses c join users u on u.key = ? where ${studied} and ${condition}`,
      student.key,
      ...params,
    )
    .map(({ id, answered, ...course }) => ({ ...course, id: idText(id), answered: answered === 1 }));
}

/** The courses of a student in the order in which they are meant: the goal that was chosen last, those with answers, the others by title. */
export function coursesOf(reader: Reader, student: Student): (CourseHead & { readonly answered: boolean })[] {
  return coursesWhere(reader, student, '1 order by chosenAt is null, chosenAt desc, answered desc, c.title, c.key').map(({ chosenAt: _chosen, ...course }) => course);
}

export function courseOf(reader: Reader, student: Student, id: string): CourseHead | null {
  return coursesWhere(reader, student, 'c.id = ?', idBytes(id))[0] ?? null;
}

export function courseByKey(reader: Reader, student: Student, key: number): CourseHead | null {
  return coursesWhere(reader, student, 'c.key = ?', key)[0] ?? null;
}

/** The blueprint of a course, with the public ids of its domains and topics by their keys. */
export interface CourseOutline extends Blueprint {
  readonly ids: ReadonlyMap<string, string>;
}

/** Names a domain, a topic or a section in {@link CourseOutline.ids}. */
export const placeName = (kind: 'domain' | 'topic' | 'section', key: number): string => `${kind} ${String(key)}`;

export function outlineOf(reader: Reader, courseKey: number): CourseOutline {
  const ids = new Map<string, string>();
  const topics = new Map<number, { key: number; code: string; title: string }[]>();
  for (const { id, domainKey, ...topic } of reader.all<{ key: number; id: Uint8Array; code: string; title: string; domainKey: number }>(
    `select t.key, t.id, t.code, t.title, t.domain_key as domainKey from study_topics t join study_domains d on d.key = t.domain_key
     where d.course_key = ? and t.retired_at is null order by t.position, t.key`,
    courseKey,
  )) {
    ids.set(placeName('topic', topic.key), idText(id));
    topics.set(domainKey, [...(topics.get(domainKey) ?? []), topic]);
  }
  const domains = reader
    .all<{ key: number; id: Uint8Array; code: string; title: string; weight: number | null }>('select key, id, code, title, weight from study_domains where course_key = ? and retired_at is null order by position, key', courseKey)
    .map(({ id, ...domain }) => {
      ids.set(placeName('domain', domain.key), idText(id));
      return { ...domain, topics: topics.get(domain.key) ?? [] };
    });
  const exam = reader.get<{ questions: number | null; mark: number | null; unit: 'share' | 'questions'; draw: 'weights' | 'one_per_topic' }>(
    'select exam_questions as questions, pass_mark as mark, pass_unit as unit, draw from study_courses where key = ?',
    courseKey,
  );
  return {
    ids,
    domains,
    exam: exam === undefined || exam.questions === null || exam.mark === null ? null : { questions: exam.questions, passCount: questionsToPass(exam.mark, exam.unit, exam.questions), draw: exam.draw },
  };
}

interface QuestionFacts {
  readonly difficulty: Difficulty | null;
  readonly objective: string | null;
  readonly topicKey: number;
  /** Whether an exam may draw it. */
  readonly drawn: boolean;
}

/** What engines need to know of a course's questions, by their keys; retired ones too, for they were answered once. */
export function questionFacts(reader: Reader, courseKey: number): ReadonlyMap<number, QuestionFacts> {
  return new Map(
    reader
      .tuples<[number, Difficulty | null, string | null, number, number]>('select key, difficulty, objective, topic_key, retired_at is null and flagged is null from study_questions where course_key = ?', courseKey)
      .map(([key, difficulty, objective, topicKey, drawn]) => [key, { difficulty, objective, topicKey, drawn: drawn === 1 }]),
  );
}

type AttemptTuple = readonly [questionKey: number, topicKey: number, domainKey: number | null, assessment: number, correct: number, confidence: number | null, milliseconds: number | null, at: number];

/** All answers of a student in a course, in the order of time. */
export function answersOf(reader: Reader, student: Student, courseKey: number, questions: ReadonlyMap<number, QuestionFacts>): Attempt[] {
  const domains = new Map(reader.tuples<[number, number]>('select t.key, t.domain_key from study_topics t join study_domains d on d.key = t.domain_key where d.course_key = ?', courseKey));
  return reader
    .tuples<AttemptTuple>('select question_key, topic_key, null, assessment, correct, confidence, milliseconds, at from study_attempts where user_key = ? and course_key = ? order by at, key', student.key, courseKey)
    .map(([questionKey, topicKey, , assessment, correct, confidence, milliseconds, at]) => ({
      questionKey,
      topicKey,
      domainKey: domains.get(topicKey) ?? 0,
      difficulty: questions.get(questionKey)?.difficulty ?? null,
      assessment: assessments[assessment] ?? 'practice',
      correct: correct === 1,
      confidence: confidence as Confidence | null,
      milliseconds,
      at,
    }));
}

/** How the answers of everybody fell on the topics of a course. */
export function talliesOf(reader: Reader, courseKey: number): AnswerTally[] {
  return reader
    .all<{ topicKey: number; difficulty: number; answers: number; correct: number }>(
      `select y.topic_key as topicKey, y.difficulty, y.answers, y.correct from study_topic_tallies y
       join study_topics t on t.key = y.topic_key join study_domains d on d.key = t.domain_key where d.course_key = ?`,
      courseKey,
    )
    .map(({ difficulty, ...tally }) => ({ ...tally, difficulty: difficulties[difficulty - 1] ?? null }));
}

/** What a student did in a course beside answering, and what they want. */
export interface StudyRecord {
  readonly modules: number;
  readonly modulesCompleted: number;
  readonly sittings: readonly { readonly startedAt: number; readonly lastAt: number }[];
  readonly mocks: readonly MockResult[];
  /** Instants of ratings of cards that went without an answer. */
  readonly reviewedAt: readonly number[];
  readonly dueCards: number;
  readonly goal: { readonly examDate: string | null; readonly hoursAWeek: number; readonly targetShare: number | null; readonly style: string; readonly createdAt: number } | null;
  /** Exams of the course that the student passed or failed already. */
  readonly earlierExams: number;
}

export function studyRecordOf(reader: Reader, student: Student, courseKey: number, now: number): StudyRecord {
  const modules = reader.all<{ open: number }>(
    `select (select count(*) from study_sections s left join study_section_progress p on p.section_key = s.key and p.user_key = ?
             where s.module_key = m.key and s.retired_at is null and p.passed_at is null) as open
     from study_modules m where m.course_key = ? and m.retired_at is null and exists (select 1 from study_sections s where s.module_key = m.key and s.retired_at is null)`,
    student.key,
    courseKey,
  );
  return {
    modules: modules.length,
    modulesCompleted: modules.filter(({ open }) => open === 0).length,
    sittings: reader.all('select started_at as startedAt, last_at as lastAt from study_sessions where user_key = ? and course_key = ? order by started_at', student.key, courseKey),
    mocks: reader.all(
      `select x.score, x.total, x.submitted_at as at from study_exams x join study_sessions s on s.key = x.session_key
       where s.user_key = ? and s.course_key = ? and x.submitted_at is not null and x.score is not null order by x.submitted_at`,
      student.key,
      courseKey,
    ),
    reviewedAt: reader.column<number>(
      'select r.at from study_reviews r join study_cards k on k.key = r.card_key where r.user_key = ? and k.course_key = ? and r.undone_at is null and r.attempt_key is null',
      student.key,
      courseKey,
    ),
    dueCards: reader.value<number>('select count(*) from study_cards where user_key = ? and course_key = ? and suspended_at is null and due_at <= ?', student.key, courseKey, now) ?? 0,
    goal:
      reader.get<{ examDate: string | null; hoursAWeek: number; targetShare: number | null; style: string; createdAt: number }>(
        'select exam_date as examDate, hours_a_week as hoursAWeek, target_share as targetShare, style, created_at as createdAt from student_goals where user_key = ? and course_key = ? and closed_at is null',
        student.key,
        courseKey,
      ) ?? null,
    earlierExams: reader.value<number>("select count(*) from student_goals where user_key = ? and course_key = ? and outcome in ('passed', 'failed')", student.key, courseKey) ?? 0,
  };
}

/** Sections of a course that a student has not passed, each with its topic. */
export function openSectionsOf(reader: Reader, student: Student, courseKey: number): { readonly key: number; readonly id: string; readonly title: string; readonly topicKey: number; readonly minutes: number | null }[] {
  return reader
    .all<{ key: number; id: Uint8Array; title: string; topicKey: number; minutes: number | null }>(
      `select s.key, s.id, s.title, s.topic_key as topicKey, s.minutes from study_sections s join study_modules m on m.key = s.module_key
       left join study_section_progress p on p.section_key = s.key and p.user_key = ?
       where m.course_key = ? and s.retired_at is null and m.retired_at is null and s.topic_key is not null and p.passed_at is null
       order by m.position, s.position`,
      student.key,
      courseKey,
    )
    .map(({ id, ...section }) => ({ ...section, id: idText(id) }));
}

/** The beginnings of the stems of some questions, by their keys. */
export function stemsOf(reader: Reader, keys: readonly number[]): ReadonlyMap<number, { readonly id: string; readonly externalId: string; readonly stem: string }> {
  const rows = reader.all<{ key: number; id: Uint8Array; externalId: string; stem: string }>(
    `select key, id, external_id as externalId, substr(stem, 1, 300) as stem from study_questions where key in (select value from json_each(?))`,
    JSON.stringify(keys),
  );
  return new Map(rows.map(({ key, id, ...question }) => [key, { ...question, id: idText(id) }]));
}
