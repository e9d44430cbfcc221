import { displayName } from '#domain/admissions/leads/normalise';
import type { RowScope } from '#main/app/scope';
import { idBytes, idText } from '../ids';
import type { Reader, SqlValue, Writer } from '../tx';
import { isReadable, readableLeads } from './scope';

/** A note as it is kept. */
export interface NoteRow {
  readonly id: string;
  readonly leadKey: number;
  readonly leadId: string;
  readonly text: string;
  readonly pinned: boolean;
  readonly authorKey: number | null;
  readonly author: { readonly id: string; readonly name: string } | null;
  readonly revision: number;
  readonly createdAt: number;
  readonly editedAt: number | null;
  readonly removedAt: number | null;
}

type StoredNote = Omit<NoteRow, 'id' | 'leadId' | 'pinned' | 'author'> & {
  readonly id: Buffer;
  readonly leadId: Buffer;
  readonly pinned: number;
  readonly userId: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
};

const selectNote = `
  select n.id, n.lead_key as leadKey, l.id as leadId, n.text, n.pinned, n.user_key as authorKey, n.revision, n.created_at as createdAt,
         n.edited_at as editedAt, n.removed_at as removedAt, u.id as userId, p.given_name as givenName, p.family_name as familyName
  from notes n
  join leads l on l.key = n.lead_key
  left join users u on u.key = n.user_key
  left join people p on p.key = u.person_key`;

function asNote({ id, leadId, pinned, userId, givenName, familyName, ...row }: StoredNote): NoteRow {
  return {
    ...row,
    id: idText(id),
    leadId: idText(leadId),
    pinned: pinned === 1,
    author: userId === null ? null : { id: userId, name: displayName({ given: givenName, family: familyName }) ?? '' },
  };
}

/** The notes of a lead within a scope: the pinned first, then the newest. */
export function listNotes(reader: Reader, scope: RowScope, leadKey: number, limit: number): NoteRow[] {
  const readable = readableLeads(reader, scope);
  return reader
    .all<StoredNote>(
      `${selectNote} where n.lead_key = ? and n.removed_at is null and ${readable.sql} order by n.pinned desc, n.created_at desc, n.key desc limit ?`,
      leadKey,
      ...readable.params,
      limit,
    )
    .map(asNote);
}

/** A note by its id, also one that was taken away: null where there is none, `outOfScope` where its lead is another team's. */
export function findNote(reader: Reader, scope: RowScope, id: string): NoteRow | 'outOfScope' | null {
  const row = reader.get<StoredNote>(`${selectNote} where n.id = ?`, idBytes(id));
  if (row === undefined) return null;
  return isReadable(reader, scope, row.leadKey) ? asNote(row) : 'outOfScope';
}

export function insertNote(writer: Writer, note: { readonly id: string; readonly leadKey: number; readonly text: string; readonly pinned: boolean; readonly userKey: number }, now: number): void {
  writer.run(
    'insert into notes (id, lead_key, text, pinned, user_key, created_at) values (?, ?, ?, ?, ?, ?)',
    idBytes(note.id),
    note.leadKey,
    note.text,
    note.pinned ? 1 : 0,
    note.userKey,
    now,
  );
}

/** Changes a note. New words are told as an edit; a pin is none. */
export function updateNote(writer: Writer, id: string, changes: { readonly text?: string | undefined; readonly pinned?: boolean | undefined }, now: number): void {
  const set = (columns: string, ...values: SqlValue[]): void => {
    writer.run(`update notes set ${columns}, revision = revision + 1 where id = ?`, ...values, idBytes(id));
  };
  if (changes.text !== undefined) set('text = ?, edited_at = ?', changes.text, now);
  if (changes.pinned !== undefined) set('pinned = ?', changes.pinned ? 1 : 0);
}

/** Takes a note away, or puts it back. */
export function setNoteRemoved(writer: Writer, id: string, removed: boolean, now: number): void {
  writer.run('update notes set removed_at = ?, revision = revision + 1 where id = ?', removed ? now : null, idBytes(id));
}
