import type { ConversationKind } from '#domain/learning/tutors/kinds';
import { idBytes, idText } from '../ids';
import { containing } from '../patterns';
import type { Reader, Writer } from '../tx';

/** A conversation with the tutor as it is kept. */
export interface StoredConversation {
  readonly key: number;
  readonly id: string;
  readonly userKey: number;
  readonly courseKey: number;
  readonly courseId: string;
  readonly courseTitle: string;
  readonly kind: ConversationKind;
  readonly title: string;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly removedAt: number | null;
}

type ConversationRow = Omit<StoredConversation, 'id' | 'courseId'> & { readonly id: Uint8Array; readonly courseId: Uint8Array };

const selectConversation = `
  select v.key, v.id, v.user_key as userKey, v.course_key as courseKey, c.id as courseId, c.title as courseTitle, v.kind, v.title, v.started_at as startedAt, v.last_at as lastAt, v.removed_at as removedAt
  from ai_tutor_conversations v join study_courses c on c.key = v.course_key`;

const asConversation = (row: ConversationRow): StoredConversation => ({ ...row, id: idText(row.id), courseId: idText(row.courseId) });

/** A conversation by id, whoever it belongs to. */
export function findConversation(reader: Reader, id: string): StoredConversation | null {
  const row = reader.get<ConversationRow>(`${selectConversation} where v.id = ?`, idBytes(id));
  return row === undefined ? null : asConversation(row);
}

/** The conversations of a user that were not put away, the newest first; with a search those that hold its words, in any case of ASCII letters. */
export function listConversations(reader: Reader, userKey: number, search: string, limit: number, offset: number): { readonly items: (StoredConversation & { readonly messages: number })[]; readonly total: number } {
  const pattern = containing(search);
  const mine = "where v.user_key = ? and v.removed_at is null and (? = '%%' or exists (select 1 from ai_tutor_messages m where m.conversation_key = v.key and m.body like ? escape '\\'))";
  const items = reader
    .all<ConversationRow & { messages: number }>(
      `${selectConversation.replace(' from ', ', (select count(*) from ai_tutor_messages m where m.conversation_key = v.key) as messages from ')} ${mine} order by v.last_at desc, v.key desc limit ? offset ?`,
      userKey,
      pattern,
      pattern,
      limit,
      offset,
    )
    .map((row) => ({ ...asConversation(row), messages: row.messages }));
  return { items, total: reader.value<number>(`select count(*) from ai_tutor_conversations v ${mine}`, userKey, pattern, pattern) ?? 0 };
}

/** @returns the key of its row */
export function insertConversation(writer: Writer, conversation: Pick<StoredConversation, 'id' | 'userKey' | 'courseKey' | 'kind' | 'title'>, now: number): number {
  const { id, userKey, courseKey, kind, title } = conversation;
  return writer.run('insert into ai_tutor_conversations (id, user_key, course_key, kind, title, started_at, last_at) values (?, ?, ?, ?, ?, ?, ?)', idBytes(id), userKey, courseKey, kind, title, now, now).key;
}

export function touchConversation(writer: Writer, key: number, now: number): void {
  writer.run('update ai_tutor_conversations set last_at = max(last_at, ?) where key = ?', now, key);
}

/** Puts a conversation away, or takes it back with null. */
export function setConversationRemoved(writer: Writer, key: number, removedAt: number | null): void {
  writer.run('update ai_tutor_conversations set removed_at = ? where key = ?', removedAt, key);
}

/** A message as it is kept; `details` are what its handler put there. */
export interface StoredMessage {
  readonly key: number;
  readonly id: string;
  readonly author: 'student' | 'tutor';
  readonly body: string;
  readonly writtenBy: 'model' | 'course' | null;
  readonly measured: boolean;
  readonly questionKey: number | null;
  readonly sectionKey: number | null;
  readonly sessionKey: number | null;
  readonly hint: number | null;
  readonly details: unknown;
  readonly at: number;
}

type MessageRow = Omit<StoredMessage, 'id' | 'details' | 'measured'> & { readonly id: Uint8Array; readonly details: string; readonly measured: number };

const selectMessage =
  'select key, id, author, body, written_by as writtenBy, measured, question_key as questionKey, section_key as sectionKey, session_key as sessionKey, hint, details, at from ai_tutor_messages';

const asMessage = (row: MessageRow): StoredMessage => ({ ...row, id: idText(row.id), measured: row.measured === 1, details: JSON.parse(row.details) as unknown });

/** The newest messages of a conversation, in their order. */
export function messagesOf(reader: Reader, conversationKey: number, limit: number): StoredMessage[] {
  return reader.all<MessageRow>(`${selectMessage} where conversation_key = ? order by key desc limit ?`, conversationKey, limit).map(asMessage).reverse();
}

export function insertMessage(writer: Writer, conversationKey: number, message: Omit<StoredMessage, 'key'>): void {
  const { id, author, body, writtenBy, measured, questionKey, sectionKey, sessionKey, hint, details, at } = message;
  writer.run(
    `insert into ai_tutor_messages (id, conversation_key, author, body, written_by, measured, question_key, section_key, session_key, hint, details, at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    idBytes(id),
    conversationKey,
    author,
    body,
    writtenBy,
    measured ? 1 : 0,
    questionKey,
    sectionKey,
    sessionKey,
    hint,
    JSON.stringify(details),
    at,
  );
}

/** How far up the ladder of hints a user went for a question within one sitting, 0 before the first. */
export function hintsGiven(reader: Reader, userKey: number, questionKey: number, sessionKey: number | null): number {
  return (
    reader.value<number>(
      `select max(m.hint) from ai_tutor_messages m join ai_tutor_conversations v on v.key = m.conversation_key
       where v.user_key = ? and m.question_key = ? and m.session_key is ? and m.hint is not null`,
      userKey,
      questionKey,
      sessionKey,
    ) ?? 0
  );
}

/** The newest answer of a user to a question within one sitting; null before there is one. */
export function answerInSession(reader: Reader, sessionKey: number, questionKey: number): { readonly chosen: readonly number[] | string; readonly correct: boolean } | null {
  const row = reader.get<{ chosen: string; correct: number }>('select chosen, correct from study_attempts where session_key = ? and question_key = ? order by key desc limit 1', sessionKey, questionKey);
  return row === undefined ? null : { chosen: JSON.parse(row.chosen) as number[] | string, correct: row.correct === 1 };
}

/** What a course says to some words. */
export interface FoundPassage {
  readonly kind: 'section' | 'question' | 'flashcard';
  readonly key: number;
  readonly id: string;
  readonly title: string;
  /** Markdown. */
  readonly body: string;
}

const kinds = ['section', 'question', 'flashcard'] as const;
const kindsPerKey = 4;

/**
 * Passages of a course that hold any of some words, the best first: those with the rarer words, and a word in a title weighs five times.
 * Questions that are not among the sources are left out by key, and so are flashcards.
 *
 * @param words as they are typed; the index knows them by their stems
 */
export function findPassages(reader: Reader, courseKey: number, words: readonly string[], limit: number, without: { readonly questions: ReadonlySet<number>; readonly flashcards: ReadonlySet<number> }): FoundPassage[] {
  if (words.length === 0) return [];
  const query = words.map((word) => `"${word.replaceAll('"', '')}"`).join(' OR ');
  const rows = reader.column<number>('select rowid from study_search where study_search match ? and course_key = ? order by bm25(study_search, 0, 5, 1), rowid limit ?', query, courseKey, limit);
  return rows.flatMap((rowid): FoundPassage[] => {
    const kind = kinds[rowid % kindsPerKey] ?? 'section';
    const key = Math.floor(rowid / kindsPerKey);
    if ((kind === 'question' && without.questions.has(key)) || (kind === 'flashcard' && without.flashcards.has(key))) return [];
    return passage(reader, kind, key);
  });
}

/** One passage by its key; none where it was taken out of the course. A question without an explanation says nothing. */
export function passage(reader: Reader, kind: FoundPassage['kind'], key: number): FoundPassage[] {
  const statements = {
    section: 'select id, title, body from study_sections where key = ? and retired_at is null',
    question: "select id, stem as title, explanation as body from study_questions where key = ? and retired_at is null and coalesce(explanation, '') <> ''",
    flashcard: 'select id, front as title, back as body from study_flashcards where key = ? and retired_at is null',
  } as const;
  const row = reader.get<{ id: Uint8Array; title: string; body: string }>(statements[kind], key);
  return row === undefined ? [] : [{ kind, key, id: idText(row.id), title: row.title, body: row.body }];
}

/** The sections of a topic in their order. */
export function sectionKeysOfTopic(reader: Reader, topicKey: number): number[] {
  return reader.column<number>(
    `select s.key from study_sections s join study_modules m on m.key = s.module_key where s.topic_key = ? and s.retired_at is null and m.retired_at is null order by m.position, m.key, s.position, s.key`,
    topicKey,
  );
}
