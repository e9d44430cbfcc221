import type { AskedOutput, AskedQuestion, SavedQuery } from '#contract/admissions/queries';
import type { ViewAudience } from '#contract/admissions/views';
import { filterVersion } from '#contract/filter';
import { displayName } from '#domain/admissions/leads/normalise';
import type { Reader, Writer } from '../tx';
import { sharedWith } from './audiences';

/** A saved question as it is kept. */
export interface StoredQuery extends Omit<SavedQuery, 'mine'> {
  readonly ownerKey: number;
  readonly removed: boolean;
}

export interface QueryChanges {
  readonly name?: string | undefined;
  readonly audience?: ViewAudience | undefined;
  readonly text?: string | undefined;
  readonly before?: AskedOutput | null | undefined;
}

interface QueryRow {
  readonly id: string;
  readonly name: string;
  readonly owner_key: number;
  readonly audience: ViewAudience;
  readonly text: string;
  readonly context: string | null;
  readonly removed_at: number | null;
  readonly updated_at: number;
  readonly given_name: string | null;
  readonly family_name: string | null;
}

const selectQuery = `
  select q.id, q.name, q.owner_key, q.audience, q.text, q.context, q.removed_at, q.updated_at, p.given_name, p.family_name
  from queries q join users u on u.key = q.owner_key join people p on p.key = u.person_key`;

/** More than anybody looks through. */
const mostListed = 200;
/** The latest questions of a person that are remembered. */
export const mostRemembered = 50;

function contextOf(text: string | null): AskedOutput | null {
  return text === null ? null : (JSON.parse(text) as AskedOutput);
}

function asQuery(row: QueryRow): StoredQuery {
  return {
    id: row.id,
    name: row.name,
    audience: row.audience,
    ownerKey: row.owner_key,
    owner: displayName({ given: row.given_name, family: row.family_name }) ?? '',
    text: row.text,
    before: contextOf(row.context),
    removed: row.removed_at !== null,
    updatedAt: row.updated_at,
  };
}

/** One's own first, then the others', each by name. */
export function listQueries(reader: Reader, userKey: number, teamKey: number | null): StoredQuery[] {
  return reader
    .all<QueryRow>(
      `${selectQuery} where q.removed_at is null and q.filter_version <= ? and ${sharedWith('q')} order by q.owner_key <> ?, fold(q.name), q.key limit ?`,
      filterVersion,
      userKey,
      teamKey,
      userKey,
      mostListed,
    )
    .map(asQuery);
}

/** A saved question by id, whoever owns it, also one that was taken away. */
export function findQuery(reader: Reader, id: string): StoredQuery | null {
  const row = reader.get<QueryRow>(`${selectQuery} where q.id = ?`, id);
  return row === undefined ? null : asQuery(row);
}

export function insertQuery(writer: Writer, query: { readonly id: string; readonly userKey: number; readonly teamKey: number | null; readonly name: string; readonly audience: ViewAudience; readonly text: string; readonly before: AskedOutput | null }, now: number): void {
  writer.run(
    'insert into queries (id, name, owner_key, team_key, audience, text, filter_version, context, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    query.id,
    query.name,
    query.userKey,
    query.teamKey,
    query.audience,
    query.text,
    filterVersion,
    query.before === null ? null : JSON.stringify(query.before),
    now,
    now,
  );
}

/** Changes a saved question; sharing it shares it with the team that its owner is in now. */
export function updateQuery(writer: Writer, id: string, changes: QueryChanges, teamKey: number | null, now: number): void {
  const set = (columns: string, ...values: (string | number | null)[]): void => {
    writer.run(`update queries set ${columns}, updated_at = ? where id = ?`, ...values, now, id);
  };
  if (changes.name !== undefined) set('name = ?', changes.name);
  if (changes.audience !== undefined) set('audience = ?, team_key = ?', changes.audience, teamKey);
  if (changes.text !== undefined) set('text = ?', changes.text);
  if (changes.before !== undefined) set('context = ?, filter_version = ?', changes.before === null ? null : JSON.stringify(changes.before), filterVersion);
}

/** Takes a saved question away, or puts it back. */
export function setQueryRemoved(writer: Writer, id: string, removed: boolean, now: number): void {
  writer.run('update queries set removed_at = ?, updated_at = ? where id = ?', removed ? now : null, now, id);
}

/** The latest questions of a person, the newest first. */
export function listAsked(reader: Reader, userKey: number): AskedQuestion[] {
  return reader
    .all<{ readonly id: string; readonly text: string; readonly context: string | null; readonly asked_at: number }>(
      'select id, text, context, asked_at from asked_questions where user_key = ? and filter_version <= ? order by asked_at desc, key desc limit ?',
      userKey,
      filterVersion,
      mostRemembered,
    )
    .map(({ id, text, context, asked_at: askedAt }) => ({ id, text, before: contextOf(context), askedAt }));
}

/** Remembers a question: the same again takes the place of the one before, and the oldest go. */
export function rememberAsked(writer: Writer, asked: { readonly id: string; readonly userKey: number; readonly text: string; readonly before: AskedOutput | null }, now: number): void {
  const context = asked.before === null ? null : JSON.stringify(asked.before);
  writer.run('delete from asked_questions where user_key = ? and fold(text) = fold(?) and context is ?', asked.userKey, asked.text, context);
  writer.run('insert into asked_questions (id, user_key, text, filter_version, context, asked_at) values (?, ?, ?, ?, ?, ?)', asked.id, asked.userKey, asked.text, filterVersion, context, now);
  writer.run(
    'delete from asked_questions where user_key = ? and key not in (select key from asked_questions where user_key = ? order by asked_at desc, key desc limit ?)',
    asked.userKey,
    asked.userKey,
    mostRemembered,
  );
}

/** Forgets one question of a person, or all of them. @returns how many */
export function forgetAsked(writer: Writer, userKey: number, id: string | undefined): number {
  const { changes } = id === undefined ? writer.run('delete from asked_questions where user_key = ?', userKey) : writer.run('delete from asked_questions where user_key = ? and id = ?', userKey, id);
  return changes;
}
