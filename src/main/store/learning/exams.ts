import type { Confidence } from '#domain/learning/attempts';
import type { Chosen } from '#domain/learning/practice/grade';
import type { Reader, Writer } from '../tx';

/** A question with the order in which its options are shown. */
export interface DrawnQuestion {
  readonly questionKey: number;
  readonly order: readonly number[];
}

/** An exam beside its sitting. */
export interface StoredExam {
  readonly sessionKey: number;
  readonly drawn: readonly DrawnQuestion[];
  readonly minutes: number | null;
  readonly passCount: number;
  readonly submittedAt: number | null;
  readonly expired: boolean;
  readonly score: number | null;
  readonly total: number;
}

export function readExam(reader: Reader, sessionKey: number): StoredExam | null {
  const row = reader.get<Omit<StoredExam, 'drawn' | 'expired'> & { drawn: string; expired: number }>(
    'select session_key as sessionKey, drawn, minutes, pass_count as passCount, submitted_at as submittedAt, expired, score, total from study_exams where session_key = ?',
    sessionKey,
  );
  return row === undefined ? null : { ...row, drawn: JSON.parse(row.drawn) as DrawnQuestion[], expired: row.expired === 1 };
}

export function insertExam(writer: Writer, exam: Pick<StoredExam, 'sessionKey' | 'drawn' | 'minutes' | 'passCount' | 'total'>): void {
  writer.run('insert into study_exams (session_key, drawn, minutes, pass_count, total) values (?, ?, ?, ?, ?)', exam.sessionKey, JSON.stringify(exam.drawn), exam.minutes, exam.passCount, exam.total);
  exam.drawn.forEach(({ questionKey }, position) => {
    writer.run('insert into study_exam_answers (session_key, position, question_key) values (?, ?, ?)', exam.sessionKey, position, questionKey);
  });
}

/** What stands at one place of an exam. */
export interface StoredAnswer {
  readonly position: number;
  readonly questionKey: number;
  readonly chosen: Chosen | null;
  readonly confidence: Confidence | null;
  readonly flagged: boolean;
  readonly milliseconds: number;
  readonly answeredAt: number | null;
  readonly changedFrom: readonly Chosen[];
}

type AnswerRow = Omit<StoredAnswer, 'chosen' | 'flagged' | 'changedFrom'> & { readonly chosen: string | null; readonly flagged: number; readonly changedFrom: string | null };

const asAnswer = (row: AnswerRow): StoredAnswer => ({
  ...row,
  chosen: row.chosen === null ? null : (JSON.parse(row.chosen) as Chosen),
  flagged: row.flagged === 1,
  changedFrom: row.changedFrom === null ? [] : (JSON.parse(row.changedFrom) as Chosen[]),
});

export function examAnswers(reader: Reader, sessionKey: number): StoredAnswer[] {
  return reader
    .all<AnswerRow>(
      'select position, question_key as questionKey, chosen, confidence, flagged, milliseconds, answered_at as answeredAt, changed_from as changedFrom from study_exam_answers where session_key = ? order by position',
      sessionKey,
    )
    .map(asAnswer);
}

/** Milliseconds in front of an exam, over all its questions. */
export function examSpent(reader: Reader, sessionKey: number): number {
  return reader.value<number>('select coalesce(sum(milliseconds), 0) from study_exam_answers where session_key = ?', sessionKey) ?? 0;
}

export function saveExamAnswer(writer: Writer, sessionKey: number, answer: Omit<StoredAnswer, 'questionKey'>, now: number): void {
  writer.run(
    `update study_exam_answers set chosen = ?, confidence = ?, flagged = ?, milliseconds = ?, first_at = coalesce(first_at, ?), answered_at = ?, changed_from = ?
     where session_key = ? and position = ?`,
    answer.chosen === null ? null : JSON.stringify(answer.chosen),
    answer.confidence,
    answer.flagged ? 1 : 0,
    answer.milliseconds,
    now,
    answer.answeredAt,
    answer.changedFrom.length === 0 ? null : JSON.stringify(answer.changedFrom),
    sessionKey,
    answer.position,
  );
}

export function submitExam(writer: Writer, sessionKey: number, score: number, expired: boolean, now: number): void {
  writer.run('update study_exams set submitted_at = ?, score = ?, expired = ? where session_key = ?', now, score, expired ? 1 : 0, sessionKey);
}

/** How often each question was drawn for a user’s exams of a course. */
export function drawnBefore(reader: Reader, userKey: number, courseKey: number): Map<number, number> {
  const rows = reader.all<{ questionKey: number; times: number }>(
    `select a.question_key as questionKey, count(*) as times from study_exam_answers a join study_sessions s on s.key = a.session_key
     where s.user_key = ? and s.course_key = ? group by a.question_key`,
    userKey,
    courseKey,
  );
  return new Map(rows.map(({ questionKey, times }) => [questionKey, times]));
}

export interface ListedExam {
  readonly id: Uint8Array;
  readonly startedAt: number;
  readonly submittedAt: number | null;
  readonly score: number | null;
  readonly total: number;
  readonly passCount: number;
  readonly answered: number;
  readonly spentMilliseconds: number;
}

/** Exams of a user in a course, without those that were put away, the newest first. */
export function listExams(reader: Reader, userKey: number, courseKey: number): ListedExam[] {
  return reader.all<ListedExam>(
    `select s.id, s.started_at as startedAt, e.submitted_at as submittedAt, e.score, e.total, e.pass_count as passCount,
            (select count(*) from study_exam_answers a where a.session_key = s.key and a.chosen is not null) as answered,
            (select coalesce(sum(milliseconds), 0) from study_exam_answers a where a.session_key = s.key) as spentMilliseconds
     from study_sessions s join study_exams e on e.session_key = s.key
     where s.user_key = ? and s.course_key = ? and (s.ended_at is null or e.submitted_at is not null) order by s.started_at desc, s.key desc limit 200`,
    userKey,
    courseKey,
  );
}
