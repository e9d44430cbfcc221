import { asksTheSame, isSameQuestion } from '#domain/learning/courses/compare';
import { isSmallRewording } from '#domain/learning/courses/rewording';
import type { PackOption, PackQuestion } from '#domain/learning/courses/pack';
import { idBytes } from '../ids';
import type { Writer } from '../tx';
import { optionsOf, questionsOf } from './packReads';
import { forgetSearched, keepSearched, searchKinds } from './search';

/** What writing into a course needs beside what is written. */
export interface Writing {
  readonly writer: Writer;
  readonly courseKey: number;
  readonly newId: () => string;
  readonly now: number;
}

/** Rows by the names that their pack gives them. */
export type Keys = ReadonlyMap<string, number>;

/** The row of a name. The pack was checked: a name that it does not have is a fault of the program. */
export function keyOf(keys: Keys, code: string): number {
  const key = keys.get(code);
  if (key === undefined) throw new Error(`The pack names ${code}, which it does not have: it was written without being checked.`);
  return key;
}

function insertOptions(writer: Writer, questionKey: number, { options }: PackQuestion): void {
  options.forEach((option, position) => {
    writer.run(
      'insert into study_options (question_key, position, text, correct, tolerance, feedback) values (?, ?, ?, ?, ?, ?)',
      questionKey,
      position,
      option.text,
      option.correct ? 1 : 0,
      option.tolerance,
      option.feedback,
    );
  });
}

/** What stands around a question, which may change in its row. */
function writeAround(writer: Writer, key: number, question: PackQuestion, topicKey: number, position: number | null, now: number): void {
  writer.run(
    `update study_questions set topic_key = ?, difficulty = ?, explanation = ?, reference = ?, objective = ?, flagged = ?, position = coalesce(?, position),
            retired_at = null, replaced_by_key = null, updated_at = ? where key = ?`,
    topicKey,
    question.difficulty,
    question.explanation,
    question.reference,
    question.objective,
    question.flagged,
    position,
    now,
    key,
  );
  question.options.forEach((option, place) => {
    writer.run('update study_options set feedback = ? where question_key = ? and position = ? and feedback is not ?', option.feedback, key, place, option.feedback);
  });
}

/** Questions that were retired, by their names, the newest first: one that is asked again goes on in its row. */
type Earlier = ReadonlyMap<string, readonly { readonly key: number; readonly question: PackQuestion }[]>;

/** Read at once: looked for one by one they would take a course of many thousand questions minutes. */
function earlierQuestions(writer: Writer, courseKey: number): Earlier {
  const rows = writer.all<PackQuestion & { key: number }>(
    `select key, external_id as id, '' as topic, kind, difficulty, stem, explanation, reference, objective, flagged
     from study_questions where course_key = ? and retired_at is not null order by key desc`,
    courseKey,
  );
  const options = rows.length === 0 ? new Map<number, PackOption[]>() : optionsOf(writer, 'q.course_key = ? and q.retired_at is not null', courseKey);
  return Map.groupBy(
    rows.map(({ key, ...question }) => ({ key, question: { ...question, options: options.get(key) ?? [] } })),
    ({ question }) => question.id,
  );
}

/** A question as it stands in its row. */
interface StandingQuestion {
  readonly key: number;
  readonly question: PackQuestion;
}

/**
 * Retires what was asked so far and asks the question as it is now: in a new row, or in one that asked exactly this before. Where only its spelling
 * was put right, the cards of it go on with what they remember; else whoever learnt the old one learns the new one from the beginning.
 */
function replaceQuestion({ writer, courseKey, newId, now }: Writing, earlier: Earlier, before: StandingQuestion | null, question: PackQuestion, topicKey: number, position: number): number {
  const old = before?.key ?? null;
  if (old !== null) writer.run('update study_questions set retired_at = ?, updated_at = ? where key = ?', now, now, old);
  const again = earlier.get(question.id)?.find((each) => asksTheSame(each.question, question));
  let key: number;
  if (again === undefined) {
    key = writer.run(
      `insert into study_questions (id, course_key, topic_key, external_id, kind, difficulty, stem, explanation, reference, objective, flagged, position, created_at, updated_at)
       values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      idBytes(newId()),
      courseKey,
      topicKey,
      question.id,
      question.kind,
      question.difficulty,
      question.stem,
      question.explanation,
      question.reference,
      question.objective,
      question.flagged,
      position,
      now,
      now,
    ).key;
    insertOptions(writer, key, question);
  } else {
    key = again.key;
    writer.run('update study_questions set edited_at = null where key = ?', key);
    writeAround(writer, key, question, topicKey, position, now);
  }
  if (old !== null && old !== key) {
    writer.run('update study_questions set replaced_by_key = ? where key = ?', key, old);
    writer.run('update or ignore study_section_questions set question_key = ? where question_key = ?', key, old);
    forgetSearched(writer, searchKinds.question, old);
    if (before !== null && isSmallRewording(before.question, question)) writer.run('update or ignore study_cards set question_key = ? where question_key = ?', key, old);
  }
  keepSearched(writer, searchKinds.question, key, courseKey, question.id, searchedText(question));
  return key;
}

/** The words of a question that a search finds. */
function searchedText({ stem, options, explanation, reference, objective }: PackQuestion): string {
  return [stem, ...options.map(({ text }) => text), explanation, reference, objective].filter((part) => part !== null).join('\n');
}

/** Makes the questions of a course those of a pack; answers the row of each. */
export function writeQuestions(writing: Writing, questions: readonly PackQuestion[], topicKeys: Keys): Keys {
  const { writer, courseKey, now } = writing;
  const current = new Map(questionsOf(writer, courseKey).map((each) => [each.question.id, each]));
  const positions = new Map(writer.all<{ key: number; position: number }>('select key, position from study_questions where course_key = ? and retired_at is null', courseKey).map(({ key, position }) => [key, position]));
  const earlier = earlierQuestions(writer, courseKey);
  const keys = new Map<string, number>();
  questions.forEach((question, position) => {
    const topicKey = keyOf(topicKeys, question.topic);
    const old = current.get(question.id);
    current.delete(question.id);
    if (old === undefined || !asksTheSame(old.question, question)) {
      keys.set(question.id, replaceQuestion(writing, earlier, old ?? null, question, topicKey, position));
      return;
    }
    keys.set(question.id, old.key);
    if (isSameQuestion(old.question, question) && positions.get(old.key) === position) return;
    writeAround(writer, old.key, question, topicKey, position, now);
    keepSearched(writer, searchKinds.question, old.key, courseKey, question.id, searchedText(question));
  });
  for (const { key } of current.values()) {
    writer.run('update study_questions set retired_at = ?, updated_at = ? where key = ?', now, now, key);
    forgetSearched(writer, searchKinds.question, key);
  }
  return keys;
}

/** Changes one question by hand, or adds one at the end. Answers the key of its row. */
export function writeQuestion(writing: Writing, old: { readonly key: number; readonly question: PackQuestion } | null, question: PackQuestion, topicKey: number): number {
  const { writer, courseKey, now } = writing;
  const position =
    old === null
      ? (writer.value<number>('select coalesce(max(position), -1) + 1 from study_questions where course_key = ?', courseKey) ?? 0)
      : (writer.value<number>('select position from study_questions where key = ?', old.key) ?? 0);
  let key: number;
  if (old === null || !asksTheSame(old.question, question)) {
    key = replaceQuestion(writing, earlierQuestions(writer, courseKey), old, question, topicKey, position);
  } else {
    key = old.key;
    writeAround(writer, key, question, topicKey, null, now);
    keepSearched(writer, searchKinds.question, key, courseKey, question.id, searchedText(question));
  }
  writer.run('update study_questions set edited_at = ? where key = ?', now, key);
  return key;
}

/** Takes a question out of the course, or puts it back. */
export function setQuestionRetired({ writer, courseKey, now }: Writing, { key, question }: { readonly key: number; readonly question: PackQuestion }, retired: boolean): void {
  writer.run('update study_questions set retired_at = ?, edited_at = ?, updated_at = ? where key = ?', retired ? now : null, now, now, key);
  if (retired) forgetSearched(writer, searchKinds.question, key);
  else keepSearched(writer, searchKinds.question, key, courseKey, question.id, searchedText(question));
}
