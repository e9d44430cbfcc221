import { type Assessment, assessments, type Attempt, type Confidence, type Difficulty } from '#domain/learning/attempts';
import type { Chosen } from '#domain/learning/practice/grade';
import type { Seen } from '#domain/learning/practice/select';
import { logInsert } from '../changes';
import { idBytes } from '../ids';
import type { Reader, Writer } from '../tx';

/** An answer as it is stored in the moment in which it is given. */
export interface NewAttempt {
  readonly id: string;
  readonly userKey: number;
  readonly courseKey: number;
  readonly questionKey: number;
  readonly topicKey: number;
  readonly assessment: Assessment;
  readonly sessionKey: number | null;
  readonly chosen: Chosen;
  readonly correct: boolean;
  readonly confidence: Confidence | null;
  readonly milliseconds: number | null;
  readonly changedFrom: readonly Chosen[];
  readonly at: number;
}

/** Stores an answer. @returns the key of its row */
export function insertAttempt(writer: Writer, attempt: NewAttempt): number {
  const { key } = writer.run(
    `insert into study_attempts (id, user_key, course_key, question_key, topic_key, assessment, session_key, chosen, correct, confidence, milliseconds, changed_from, at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    idBytes(attempt.id),
    attempt.userKey,
    attempt.courseKey,
    attempt.questionKey,
    attempt.topicKey,
    assessments.indexOf(attempt.assessment),
    attempt.sessionKey,
    JSON.stringify(attempt.chosen),
    attempt.correct ? 1 : 0,
    attempt.confidence,
    attempt.milliseconds,
    attempt.changedFrom.length === 0 ? null : JSON.stringify(attempt.changedFrom),
    attempt.at,
  );
  logInsert(writer, 'study_attempts', attempt.id);
  return key;
}

type AttemptTuple = readonly [questionKey: number, topicKey: number, domainKey: number, difficulty: Difficulty | null, assessment: number, correct: number, confidence: number | null, milliseconds: number | null, at: number];

/** All answers of one user in one course, in the order of time. */
export function attemptsOf(reader: Reader, userKey: number, courseKey: number): Attempt[] {
  return reader
    .tuples<AttemptTuple>(
      `select a.question_key, a.topic_key, t.domain_key, q.difficulty, a.assessment, a.correct, a.confidence, a.milliseconds, a.at
       from study_attempts a join study_topics t on t.key = a.topic_key join study_questions q on q.key = a.question_key
       where a.user_key = ? and a.course_key = ? order by a.at, a.key`,
      userKey,
      courseKey,
    )
    .map(([questionKey, topicKey, domainKey, difficulty, assessment, correct, confidence, milliseconds, at]) => ({
      questionKey,
      topicKey,
      domainKey,
      difficulty,
      assessment: assessments[assessment] ?? 'practice',
      correct: correct === 1,
      confidence: confidence as Confidence | null,
      milliseconds,
      at,
    }));
}

/** What was done with each question, from answers in the order of time. */
export function seenOf(attempts: readonly Attempt[]): Map<number, Seen> {
  const seen = new Map<number, Seen>();
  for (const { questionKey, correct, at } of attempts) seen.set(questionKey, { answers: (seen.get(questionKey)?.answers ?? 0) + 1, lastRight: correct, lastAt: at });
  return seen;
}

/** Answers of one sitting in their order, by topic. */
export function attemptsOfSession(reader: Reader, sessionKey: number): { readonly topicKey: number; readonly correct: boolean; readonly confidence: Confidence | null; readonly milliseconds: number | null }[] {
  return reader
    .all<{ topicKey: number; correct: number; confidence: Confidence | null; milliseconds: number | null }>(
      'select topic_key as topicKey, correct, confidence, milliseconds from study_attempts where session_key = ? order by key',
      sessionKey,
    )
    .map((row) => ({ ...row, correct: row.correct === 1 }));
}

/** The questions that a user marked, of all courses. */
export function markedBy(reader: Reader, userKey: number): Set<number> {
  return new Set(reader.column<number>('select question_key from study_marks where user_key = ?', userKey));
}

export function setMark(writer: Writer, userKey: number, questionKey: number, marked: boolean, now: number): void {
  if (marked) writer.run('insert or ignore into study_marks (user_key, question_key, at) values (?, ?, ?)', userKey, questionKey, now);
  else writer.run('delete from study_marks where user_key = ? and question_key = ?', userKey, questionKey);
}
