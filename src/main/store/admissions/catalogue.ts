import type { ColumnType, KnownWhen } from '#domain/admissions/imports/fields';
import { fold } from '#domain/kernel/text';
import type { Reader, Writer } from '../tx';

/** Tables of names that leads refer to. Those of the first group have public ids and are synchronised. */
const identified = ['sources', 'courses', 'campuses'] as const;
export type NamedTable = (typeof identified)[number] | 'countries' | 'cities';

export interface NamedRow {
  readonly key: number;
  readonly id: string;
  readonly name: string;
}

function hasId(table: NamedTable): boolean {
  return (identified as readonly string[]).includes(table);
}

/** The key of a name however it is spelled, or null where it is not there. */
export function findNamed(reader: Reader, table: NamedTable, name: string): number | null {
  return reader.value<number>(`select key from ${table} where folded = ?`, fold(name)) ?? null;
}

/** The key of a name however it is spelled; it is added as it is spelled here where it is new. */
export function ensureNamed(writer: Writer, table: NamedTable, name: string, newId: () => string, now: number): number {
  const found = findNamed(writer, table, name);
  if (found !== null) return found;
  return hasId(table)
    ? writer.run(`insert into ${table} (id, name, folded, created_at) values (?, ?, ?, ?)`, newId(), name, fold(name), now).key
    : writer.run(`insert into ${table} (name, folded) values (?, ?)`, name, fold(name)).key;
}

/** Every name of a table, in alphabetical order. Tables without public ids answer with their names as ids. */
export function listNamed(reader: Reader, table: NamedTable): NamedRow[] {
  return reader.all<NamedRow>(`select key, ${hasId(table) ? 'id' : 'name as id'}, name from ${table} order by folded`);
}

/** The names of a table by key. */
export function namesByKey(reader: Reader, table: NamedTable): Map<number, string> {
  return new Map(listNamed(reader, table).map(({ key, name }) => [key, name]));
}

/** Gives a course another name. */
export function renameCourse(writer: Writer, key: number, name: string): void {
  writer.run('update courses set name = ?, folded = ? where key = ?', name, fold(name), key);
}

/** Names that no lead refers to any more, of those that were made since a moment: what an import that was taken back leaves. */
export function removeUnused(writer: Writer, since: number): void {
  const used: Readonly<Record<(typeof identified)[number], string>> = { sources: 'source_key', courses: 'course_key', campuses: 'campus_key' };
  for (const table of identified) {
    const capacity = table === 'courses' ? 'and not exists (select 1 from course_capacities c where c.course_key = t.key)' : '';
    writer.run(
      `delete from ${table} as t where t.created_at >= ? and not exists (select 1 from leads l where l.${used[table]} = t.key) ${capacity}`,
      since,
    );
  }
}

export interface AttributeRow {
  readonly key: number;
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly type: ColumnType;
  readonly knownWhen: KnownWhen;
  readonly confirmed: boolean;
}

type StoredAttribute = Omit<AttributeRow, 'confirmed'> & { readonly confirmed: number };

const selectAttribute = 'select key, id, name, label, type, known_when as knownWhen, confirmed from attributes';
const asAttribute = (row: StoredAttribute): AttributeRow => ({ ...row, confirmed: row.confirmed === 1 });

export function listAttributes(reader: Reader): AttributeRow[] {
  return reader.all<StoredAttribute>(`${selectAttribute} order by label`).map(asAttribute);
}

export function findAttribute(reader: Reader, name: string): AttributeRow | null {
  const row = reader.get<StoredAttribute>(`${selectAttribute} where name = ?`, name);
  return row === undefined ? null : asAttribute(row);
}

export function findAttributeById(reader: Reader, id: string): AttributeRow | null {
  const row = reader.get<StoredAttribute>(`${selectAttribute} where id = ?`, id);
  return row === undefined ? null : asAttribute(row);
}

export function insertAttribute(writer: Writer, attribute: Omit<AttributeRow, 'key' | 'confirmed'>, now: number): number {
  return writer.run(
    'insert into attributes (id, name, label, type, known_when, created_at) values (?, ?, ?, ?, ?, ?)',
    attribute.id,
    attribute.name,
    attribute.label,
    attribute.type,
    attribute.knownWhen,
    now,
  ).key;
}

/** Changes an attribute; naming when it is known confirms it. */
export function updateAttribute(writer: Writer, key: number, changes: { readonly label?: string | undefined; readonly knownWhen?: KnownWhen | undefined }): void {
  if (changes.label !== undefined) writer.run('update attributes set label = ? where key = ?', changes.label, key);
  if (changes.knownWhen !== undefined) writer.run('update attributes set known_when = ?, confirmed = 1 where key = ?', changes.knownWhen, key);
}

/** The key of an option of an attribute; it is added where it is new. */
export function ensureOption(writer: Writer, attributeKey: number, text: string): number {
  const found = writer.value<number>('select key from attribute_options where attribute_key = ? and folded = ?', attributeKey, fold(text));
  return found ?? writer.run('insert into attribute_options (attribute_key, text, folded) values (?, ?, ?)', attributeKey, text, fold(text)).key;
}

export function listOptions(reader: Reader, attributeKey: number): { readonly key: number; readonly text: string; readonly folded: string }[] {
  return reader.all('select key, text, folded from attribute_options where attribute_key = ? order by folded', attributeKey);
}

export function optionText(reader: Reader, key: number): string | null {
  return reader.value<string>('select text from attribute_options where key = ?', key) ?? null;
}

/** Courses with the places that somebody has said they have. */
export function listCoursePlaces(reader: Reader): { readonly key: number; readonly id: string; readonly name: string; readonly places: number | null }[] {
  return reader.all(
    `select c.key, c.id, c.name, (select sum(places) from course_capacities p where p.course_key = c.key) as places
     from courses c order by c.folded`,
  );
}

/** Says how many places a course has in all, or that nobody knows. */
export function setCoursePlaces(writer: Writer, courseKey: number, places: number | null, newId: () => string, now: number): void {
  writer.run('delete from course_capacities where course_key = ?', courseKey);
  if (places === null) return;
  writer.run('insert into course_capacities (id, course_key, places, updated_at) values (?, ?, ?, ?)', newId(), courseKey, places, now);
}
