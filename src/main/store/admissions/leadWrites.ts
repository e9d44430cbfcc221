import type { ColumnType } from '#domain/admissions/imports/fields';
import { sortName } from '#domain/admissions/imports/rows';
import { fold } from '#domain/kernel/text';
import { idBytes } from '../ids';
import type { Reader, SqlValue, Writer } from '../tx';
import { indexedTextLength } from './leadTests';

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
  'attributes',
] as const;
export type WritableColumn = (typeof writableColumns)[number];
export type LeadColumns = Partial<Record<WritableColumn, SqlValue>>;

export const personColumns = ['given_name', 'family_name', 'email', 'phone'] as const;
export type PersonColumn = (typeof personColumns)[number];
export type PersonColumns = Partial<Record<PersonColumn, string | null>>;

/** An attribute's value as it is kept in `leads.attributes`: an option by its key, a yes or no as 1 or 0, a date as milliseconds. */
export type KeptAttribute = string | number;
export type KeptAttributes = Readonly<Record<string, KeptAttribute>>;

/** The form of a value that the search index of attributes holds. */
function indexedValue(type: ColumnType, value: KeptAttribute): KeptAttribute {
  return type === 'text' ? fold(String(value)).slice(0, indexedTextLength) : value;
}

export type AttributeTypes = ReadonlyMap<number, ColumnType>;

export function attributeTypes(reader: Reader): AttributeTypes {
  return new Map(reader.all<{ key: number; type: ColumnType }>('select key, type from attributes').map(({ key, type }) => [key, type]));
}

export function parseAttributes(text: string | null): KeptAttributes {
  return text === null ? {} : (JSON.parse(text) as KeptAttributes);
}

/** Brings the search index of a lead's attributes from one state to another. */
export function indexAttributes(writer: Writer, leadKey: number, before: KeptAttributes, after: KeptAttributes, types: AttributeTypes): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const attributeKey = Number(name);
    const type = types.get(attributeKey) ?? 'text';
    const [old, next] = [before[name], after[name]];
    if (old === next) continue;
    if (old !== undefined) {
      writer.run('delete from attribute_values where attribute_key = ? and value = ? and lead_key = ?', attributeKey, indexedValue(type, old), leadKey);
    }
    if (next !== undefined) {
      writer.run('insert into attribute_values (attribute_key, value, lead_key) values (?, ?, ?)', attributeKey, indexedValue(type, next), leadKey);
    }
  }
}

export type IndexedAttribute = readonly [attributeKey: number, value: KeptAttribute, leadKey: number];

const rowsPerInsert = 64;
const insertMany = `insert into attribute_values (attribute_key, value, lead_key) values ${Array.from({ length: rowsPerInsert }, () => '(?, ?, ?)').join(', ')}`;
const insertOne = 'insert into attribute_values (attribute_key, value, lead_key) values (?, ?, ?)';

/** The rows of the search index for the attributes of a new lead. */
export function indexedAttributes(leadKey: number, attributes: KeptAttributes, types: AttributeTypes): IndexedAttribute[] {
  return Object.entries(attributes).map(([name, value]) => [Number(name), indexedValue(types.get(Number(name)) ?? 'text', value), leadKey] as const);
}

/** Adds many rows to the search index of attributes, in its own order, many to a statement. */
export function insertIndexedAttributes(writer: Writer, rows: IndexedAttribute[]): void {
  rows.sort((a, b) => a[0] - b[0] || (a[1] < b[1] ? -1 : a[1] > b[1] ? 1 : a[2] - b[2]));
  let from = 0;
  for (; from + rowsPerInsert <= rows.length; from += rowsPerInsert) writer.run(insertMany, ...rows.slice(from, from + rowsPerInsert).flat());
  for (const row of rows.slice(from)) writer.run(insertOne, ...row);
}

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
  readonly columns: LeadColumns & { readonly stage: number; readonly team_key: number };
}

const insertSql = `
  insert into leads (id, person_key, import_key, origin_key, external_id, sort_name, reach, created_at, updated_at, edited_at, ${writableColumns.join(', ')})
  values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${writableColumns.map(() => '?').join(', ')})`;

export function reachOf(person: { readonly email: string | null; readonly phone: string | null }): number {
  return (person.email === null ? 0 : 1) + (person.phone === null ? 0 : 2);
}

/** Adds a lead and answers its key. The search indexes of attributes and words are the caller's, who may fill them for many at once. */
export function insertLead(writer: Writer, lead: NewLead, now: number): number {
  return writer.run(
    insertSql,
    idBytes(lead.id),
    lead.personKey,
    lead.importKey,
    lead.originKey,
    lead.externalId,
    sortName(lead),
    reachOf(lead),
    now,
    now,
    lead.importKey === null ? now : null,
    ...writableColumns.map((column) => lead.columns[column] ?? null),
  ).key;
}

export interface LeadState {
  readonly key: number;
  readonly personKey: number;
  readonly externalId: string | null;
  readonly revision: number;
  readonly editedAt: number | null;
  readonly columns: Readonly<Record<WritableColumn, SqlValue>>;
  readonly person: Readonly<Record<PersonColumn, string | null>>;
}

type StoredState = Readonly<Record<string, SqlValue>>;

/** A lead as it stands in the store, column by column. The key was found within a scope before. */
export function readLeadState(reader: Reader, key: number): LeadState | null {
  const row = reader.get<StoredState>(
    `select l.person_key, l.external_id, l.revision, l.edited_at, ${writableColumns.map((column) => `l.${column}`).join(', ')},
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
    columns: Object.fromEntries(writableColumns.map((column) => [column, row[column] ?? null])) as LeadState['columns'],
    person: Object.fromEntries(personColumns.map((column) => [column, row[column] ?? null])) as LeadState['person'],
  };
}

export interface LeadChanges {
  readonly lead: LeadColumns;
  readonly person: PersonColumns;
}

/** The columns of `wanted` that differ from how a lead stands. */
export function differences(state: LeadState, wanted: LeadChanges): LeadChanges {
  const differ = <Key extends string, Value>(now: Readonly<Record<Key, Value>>, next: Partial<Record<Key, Value>>): Partial<Record<Key, Value>> =>
    Object.fromEntries(Object.entries(next).filter(([column, value]) => now[column as Key] !== value)) as Partial<Record<Key, Value>>;
  return { lead: differ(state.columns, wanted.lead), person: differ(state.person, wanted.person) };
}

/** Columns of a lead as they stand, for those that would change: what undo puts back. */
export function currentValues(state: LeadState, changes: LeadChanges): LeadChanges {
  const pick = <Key extends string, Value>(from: Readonly<Record<Key, Value>>, like: object): Partial<Record<Key, Value>> =>
    Object.fromEntries(Object.keys(like).map((column) => [column, from[column as Key]])) as Partial<Record<Key, Value>>;
  return { lead: pick(state.columns, changes.lead), person: pick(state.person, changes.person) };
}

export function isEmptyChange({ lead, person }: LeadChanges): boolean {
  return Object.keys(lead).length === 0 && Object.keys(person).length === 0;
}

/**
 * Writes changes of a lead and keeps everything that follows from them: its sort name, reach, attribute index and full-text entry.
 *
 * @param byPerson whether a person made the change, so that no undo of an import takes it back
 */
export function updateLead(writer: Writer, state: LeadState, changes: LeadChanges, types: AttributeTypes, byPerson: boolean, now: number): void {
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
      ['reach', reachOf({ email: next.email, phone: next.phone })],
    );
  }
  if (byPerson) columns.push(['edited_at', now]);
  writer.run(
    `update leads set ${columns.map(([column]) => `${column} = ?, `).join('')} updated_at = ?, revision = revision + 1 where key = ?`,
    ...columns.map(([, value]) => value),
    now,
    state.key,
  );
  if (changes.lead.attributes !== undefined) {
    indexAttributes(
      writer,
      state.key,
      parseAttributes(state.columns.attributes as string | null),
      parseAttributes(changes.lead.attributes as string | null),
      types,
    );
  }
  if (person.length > 0) {
    const name = [next.given_name, next.family_name].filter((part) => part !== null).join(' ');
    indexSearch(writer, state.key, { name, email: next.email, reference: state.externalId }, false);
  }
}

/** Takes a lead out of the store with its person, where nobody else is that person. */
export function deleteLead(writer: Writer, key: number, types: AttributeTypes): void {
  const state = readLeadState(writer, key);
  if (state === null) return;
  indexAttributes(writer, key, parseAttributes(state.columns.attributes as string | null), {}, types);
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
