import { logChange } from '../changes';
import type { Reader, Writer } from '../tx';

/** An attribute's value as it is kept: an option by its key, a yes or no as 1 or 0, a date as milliseconds, a text as it is. */
export type KeptAttribute = string | number;
/** Values by the key of their attribute. */
export type KeptAttributes = Readonly<Record<string, KeptAttribute>>;
/** What becomes of values: null takes one away. */
export type AttributeChanges = Readonly<Record<string, KeptAttribute | null>>;

/** The values of a lead that was found within a scope before. */
export function attributesOf(reader: Reader, leadKey: number): KeptAttributes {
  return Object.fromEntries(
    reader
      .all<{ key: number; value: KeptAttribute }>(
        'select a.key, v.value from attributes a cross join attribute_values v on v.attribute_key = a.key and v.lead_key = ?',
        leadKey,
      )
      .map(({ key, value }) => [String(key), value]),
  );
}

/** Values of some attributes on many leads that were selected within a scope: by lead, and then by attribute. */
export function attributesOfMany(reader: Reader, attributeKeys: readonly number[], leadKeys: readonly number[]): Map<number, Map<number, KeptAttribute>> {
  const found = new Map<number, Map<number, KeptAttribute>>();
  const leads = JSON.stringify(leadKeys);
  for (const attributeKey of attributeKeys) {
    for (const [lead, value] of reader.tuples<readonly [number, KeptAttribute]>('select lead_key, value from attribute_values where attribute_key = ? and lead_key in (select value from json_each(?))', attributeKey, leads)) {
      let values = found.get(lead);
      if (values === undefined) found.set(lead, (values = new Map<number, KeptAttribute>()));
      values.set(attributeKey, value);
    }
  }
  return found;
}

/** Changes values of a lead; each change is logged. */
export function setAttributes(writer: Writer, leadKey: number, changes: AttributeChanges): void {
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) writer.run('delete from attribute_values where attribute_key = ? and lead_key = ?', Number(name), leadKey);
    else writer.run('insert or replace into attribute_values (attribute_key, lead_key, value) values (?, ?, ?)', Number(name), leadKey, value);
    logChange(writer, leadKey, `attribute.${name}`, value);
  }
}

/** Takes all values of a lead away, with the lead. */
export function deleteAttributes(writer: Writer, leadKey: number): void {
  writer.run('delete from attribute_values where attribute_key in (select key from attributes) and lead_key = ?', leadKey);
}

export type AttributeRowValue = readonly [attributeKey: number, leadKey: number, value: KeptAttribute];

const rowsPerInsert = 64;
const insertMany = `insert into attribute_values (attribute_key, lead_key, value) values ${Array.from({ length: rowsPerInsert }, () => '(?, ?, ?)').join(', ')}`;
const insertOne = 'insert into attribute_values (attribute_key, lead_key, value) values (?, ?, ?)';

/** Adds the values of many new leads, in the order in which they lie, many to a statement. */
export function insertAttributes(writer: Writer, rows: AttributeRowValue[]): void {
  rows.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let from = 0;
  for (; from + rowsPerInsert <= rows.length; from += rowsPerInsert) writer.run(insertMany, ...rows.slice(from, from + rowsPerInsert).flat());
  for (const row of rows.slice(from)) writer.run(insertOne, ...row);
}

