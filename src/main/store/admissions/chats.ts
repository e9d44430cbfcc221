import { containing } from '../patterns';
import type { Reader, Writer } from '../tx';

/** A chat as it is kept. */
export interface StoredChat {
  readonly key: number;
  readonly id: string;
  readonly userKey: number;
  readonly title: string;
  /** The lead on screen when it was begun, whoever may see it now. */
  readonly leadKey: number | null;
  readonly startedAt: number;
  readonly lastAt: number;
}

/** A message as it is kept; `details` are what its handler put there. */
export interface StoredChatMessage {
  readonly id: string;
  readonly author: 'person' | 'ivy';
  readonly body: string;
  readonly writtenBy: 'model' | 'machine' | null;
  readonly details: unknown;
  readonly at: number;
}

const selectChat = 'select c.key, c.id, c.user_key as userKey, c.title, c.lead_key as leadKey, c.started_at as startedAt, c.last_at as lastAt';

/** A chat by id, whoever had it, also one that was put away. */
export function findChat(reader: Reader, id: string): StoredChat | null {
  return reader.get<StoredChat>(`${selectChat} from lead_chats c where c.id = ?`, id) ?? null;
}

/** The chats of a user that were not put away, the newest first; with a search those that hold its words, in any case of ASCII letters. */
export function listChats(reader: Reader, userKey: number, search: string, limit: number, offset: number): { readonly items: (StoredChat & { readonly messages: number })[]; readonly total: number } {
  const pattern = containing(search);
  const mine = "from lead_chats c where c.user_key = ? and c.removed_at is null and (? = '%%' or exists (select 1 from lead_chat_messages m where m.chat_key = c.key and m.body like ? escape '\\'))";
  const items = reader.all<StoredChat & { messages: number }>(
    `${selectChat}, (select count(*) from lead_chat_messages m where m.chat_key = c.key) as messages ${mine} order by c.last_at desc, c.key desc limit ? offset ?`,
    userKey,
    pattern,
    pattern,
    limit,
    offset,
  );
  return { items, total: reader.value<number>(`select count(*) ${mine}`, userKey, pattern, pattern) ?? 0 };
}

/** Deletes for good what a user put away before an instant, with every word of it. */
export function purgeChats(writer: Writer, userKey: number, before: number): void {
  writer.run('delete from lead_chats where user_key = ? and removed_at < ?', userKey, before);
}

/** @returns the key of its row */
export function insertChat(writer: Writer, { id, userKey, title, leadKey }: Pick<StoredChat, 'id' | 'userKey' | 'title' | 'leadKey'>, now: number): number {
  return writer.run('insert into lead_chats (id, user_key, title, lead_key, started_at, last_at) values (?, ?, ?, ?, ?, ?)', id, userKey, title, leadKey, now, now).key;
}

/** Notes when a chat was last gone on with; one that was put away comes back by it. */
export function touchChat(writer: Writer, key: number, now: number): void {
  writer.run('update lead_chats set last_at = max(last_at, ?), removed_at = null where key = ?', now, key);
}

/** Puts a chat away, or takes it back with null. */
export function setChatRemoved(writer: Writer, key: number, removedAt: number | null): void {
  writer.run('update lead_chats set removed_at = ? where key = ?', removedAt, key);
}

/** The newest messages of a chat, in their order. */
export function chatMessages(reader: Reader, chatKey: number, limit: number): StoredChatMessage[] {
  return reader
    .all<Omit<StoredChatMessage, 'details'> & { readonly details: string }>(
      'select id, author, body, written_by as writtenBy, details, at from lead_chat_messages where chat_key = ? order by key desc limit ?',
      chatKey,
      limit,
    )
    .map((row) => ({ ...row, details: JSON.parse(row.details) as unknown }))
    .reverse();
}

export function insertChatMessage(writer: Writer, chatKey: number, { id, author, body, writtenBy, details, at }: StoredChatMessage): void {
  writer.run('insert into lead_chat_messages (id, chat_key, author, body, written_by, details, at) values (?, ?, ?, ?, ?, ?, ?)', id, chatKey, author, body, writtenBy, JSON.stringify(details), at);
}
