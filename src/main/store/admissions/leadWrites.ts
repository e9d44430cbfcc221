import { sortName } from '#domain/admissions/imports/rows';
import { packReach, unpackReach } from '#domain/admissions/leads/reach';
import { idBytes } from '../ids';
import { logInsert } from '../changes';
import type { Reader, SqlValue, Writer } from '../tx';
import { type AttributeChanges, attributesOf, deleteAttributes, type KeptAttribute, type KeptAttributes, setAttributes } from './attributeValues';

/** Columns of `leads` that files and people write; scores have their own way. */
export const writableColumns = [
  'stage',
  'source_key',
  'course_key',
  'campus_key',
  'country_key',
  'city_key',
  'owner_key',
  'team_key',
  'converted',
  'enquired_at',
  'last_activity_at',
  'last_activity',
  'last_contacted_at',
  'snoozed_until',
  'email_opens',
  'email_clicks',
  'events_attended',
  'portal_logins',
  'web_visits',
  'web_time',
  'pages_per_visit',
  'conversations',
  'opening',
  'opens_left_out',
  'clicks_left_out',
  'engaged_at',
  'activity_before',
] as const;
export type WritableColumn = (typeof writableColumns)[number];
export type LeadColumns = Partial<Record<WritableColumn, SqlValue>>;

export const personColumns = ['given_name', 'family_name', 'email', 'phone'] as const;
export type PersonColumn = (typeof personColumns)[number];
export type PersonColumns = Partial<Record<PersonColumn, string | null>>;

export interface SearchText {
  readonly name: string;
  readonly email: string | null;
  readonly reference: string | null;
}

/** Puts a lead into the full-text index, in place of what stood there. */
export function indexSearch(writer: Writer, leadKey: number, text: SearchText, isNew: boolean): void {
  if (!isNew) writer.run('delete from leads_search where rowid = ?', leadKey);
  writer.run(
    'insert into leads_search (rowid, name, email, reference) values (?, ?, ?, ?)',
    leadKey,
    text.name,
    text.email ?? '',
    text.reference ?? '',
  );
}

export interface NewLead {
  readonly id: string;
  readonly personKey: number;
  readonly importKey: number | null;
  readonly originKey: number | null;
  readonly externalId: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  /** What is known of consents at once; later ones are recorded. */
  readonly consents?: { readonly email: boolean | null; readonly phone: boolean | null };
  readonly columns: LeadColumns & { readonly stage: number; readonly team_key: number };
}

const insertSql = `
  insert into leads (id, person_key, import_key, origin_key, external_id, sort_name, reach, created_at, updated_at, edited_at, ${writableColumns.join(', ')})
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${writableColumns.map(() => '?').join(', ')})`;

/** Adds a lead and answers its key. Its attributes and its entry for searches are the caller's, who may add them for many at once. */
export function insertLead(writer: Writer, lead: NewLead, now: number): number {
  const { key } = writer.run(
    insertSql,
    idBytes(lead.id),
    lead.personKey,
    lead.importKey,
    lead.originKey,
    lead.externalId,
    sortName(lead),
    packReach({
      hasEmail: lead.email !== null,
      hasPhone: lead.phone !== null,
      mayEmail: lead.consents?.email !== false,
      mayPhone: lead.consents?.phone !== false,
      consentRecorded: typeof lead.consents?.email === 'boolean' || typeof lead.consents?.phone === 'boolean',
    }),
    now,
    now,
    lead.importKey === null ? now : null,
    ...writableColumns.map((column) => lead.columns[column] ?? null),
  );
  // The leads of an import are logged with the import.
  if (lead.importKey === null) logInsert(writer, 'leads', lead.id);
  return key;
}

export interface LeadState {
  readonly key: number;
  readonly personKey: number;
  readonly externalId: string | null;
  readonly revision: number;
  readonly editedAt: number | null;
  readonly reach: number;
  readonly columns: Readonly<Record<WritableColumn, SqlValue>>;
  readonly person: Readonly<Record<PersonColumn, string | null>>;
  readonly attributes: KeptAttributes;
}

type StoredState = Readonly<Record<string, SqlValue>>;

/** A lead as it stands in the store, column by column. The key was found within a scope before. */
export function readLeadState(reader: Reader, key: number): LeadState | null {
  const row = reader.get<StoredState>(
    `select l.person_key, l.external_id, l.revision, l.edited_at, l.reach, ${writableColumns.map((column) => `l.${column}`).join(', ')},
            ${personColumns.map((column) => `p.${column}`).join(', ')}
     from leads l join people p on p.key = l.person_key where l.key = ?`,
    key,
  );
  if (row === undefined) return null;
  return {
    key,
    personKey: Number(row.person_key),
    externalId: row.external_id as string | null,
    revision: Number(row.revision),
    editedAt: row.edited_at as number | null,
    reach: Number(row.reach),
    columns: Object.fromEntries(writableColumns.map((column) => [column, row[column] ?? null])) as LeadState['columns'],
    person: Object.fromEntries(personColumns.map((column) => [column, row[column] ?? null])) as LeadState['person'],
    attributes: attributesOf(reader, key),
  };
}

export interface LeadChanges {
  readonly lead: LeadColumns;
  readonly person: PersonColumns;
  readonly attributes?: AttributeChanges;
}

/** The columns of `wanted` that differ from how a lead stands. */
export function differences(state: LeadState, wanted: LeadChanges): LeadChanges {
  const differ = <Key extends string, Value>(now: Readonly<Record<Key, Value>>, next: Partial<Record<Key, Value>>): Partial<Record<Key, Value>> =>
    Object.fromEntries(Object.entries(next).filter(([column, value]) => now[column as Key] !== value)) as Partial<Record<Key, Value>>;
  return {
    lead: differ(state.columns, wanted.lead),
    person: differ(state.person, wanted.person),
    attributes: differ<string, KeptAttribute | null>(state.attributes, wanted.attributes ?? {}) as AttributeChanges,
  };
}

/** Columns of a lead as they stand, for those that would change: what undo puts back. */
export function currentValues(state: LeadState, changes: LeadChanges): LeadChanges {
  const pick = <Key extends string, Value>(from: Readonly<Record<Key, Value>>, like: object): Partial<Record<Key, Value>> =>
    Object.fromEntries(Object.keys(like).map((column) => [column, from[column as Key] ?? null])) as Partial<Record<Key, Value>>;
  return {
    lead: pick(state.columns, changes.lead),
    person: pick(state.person, changes.person),
    attributes: pick<string, KeptAttribute | null>(state.attributes, changes.attributes ?? {}) as AttributeChanges,
  };
}

export function isEmptyChange({ lead, person, attributes = {} }: LeadChanges): boolean {
  return [lead, person, attributes].every((part) => Object.keys(part).length === 0);
}

/**
 * Writes changes of a lead and keeps everything that follows from them: its sort name, its reach, and its entry for searches.
 *
 * @param byPerson whether a person made the change, so that no undo of an import takes it back
 */
export function updateLead(writer: Writer, state: LeadState, changes: LeadChanges, byPerson: boolean, now: number): void {
  const person = Object.entries(changes.person);
  if (person.length > 0) {
    writer.run(
      `update people set ${person.map(([column]) => `${column} = ?`).join(', ')}, updated_at = ? where key = ?`,
      ...person.map(([, value]) => value),
      now,
      state.personKey,
    );
  }
  const columns: [string, SqlValue][] = Object.entries(changes.lead);
  const next = { ...state.person, ...changes.person };
  if (person.length > 0) {
    columns.push(
      ['sort_name', sortName({ givenName: next.given_name, familyName: next.family_name, email: next.email, externalId: state.externalId })],
      ['reach', packReach({ ...unpackReach(state.reach), hasEmail: next.email !== null, hasPhone: next.phone !== null })],
    );
  }
  if (byPerson) columns.push(['edited_at', now]);
  writer.run(
    `update leads set ${columns.map(([column]) => `${column} = ?, `).join('')} updated_at = ?, revision = revision + 1 where key = ?`,
    ...columns.map(([, value]) => value),
    now,
    state.key,
  );
  if (changes.attributes !== undefined) setAttributes(writer, state.key, changes.attributes);
  if (person.length > 0) {
    const name = [next.given_name, next.family_name].filter((part) => part !== null).join(' ');
    indexSearch(writer, state.key, { name, email: next.email, reference: state.externalId }, false);
  }
}

/** Takes a lead out of the store with its person, where nobody else is that person. */
export function deleteLead(writer: Writer, key: number): void {
  const state = readLeadState(writer, key);
  if (state === null) return;
  deleteAttributes(writer, key);
  writer.run('delete from leads_search where rowid = ?', key);
  writer.run('delete from leads where key = ?', key);
  const others = writer.value<number>('select count(*) from leads where person_key = ?', state.personKey) ?? 0;
  const users = writer.value<number>('select count(*) from users where person_key = ?', state.personKey) ?? 0;
  if (others + users === 0) writer.run('delete from people where key = ?', state.personKey);
}

/** Counts a known outcome of a lead. */
export function recordOutcome(writer: Writer, leadKey: number, converted: boolean, basis: 'import' | 'stage', at: number): void {
  writer.run('insert or replace into outcomes (lead_key, at, converted, basis) values (?, ?, ?, ?)', leadKey, at, converted ? 1 : 0, basis);
}
