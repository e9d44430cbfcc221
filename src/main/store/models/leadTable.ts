import { type Signal, signals } from '#domain/admissions/leads/signals';
import type { KeyedLeads, RawAttribute } from '#domain/models/leads/table';
import type { RowScope } from '#main/app/scope';
import { listAttributes } from '../admissions/catalogue';
import { signalColumns } from '../admissions/facts';
import { readableLeads } from '../admissions/scope';
import { idBytes, idText } from '../ids';
import type { Reader, SqlValue } from '../tx';

/** Leads that somebody may see, as columns: what models learn from and are asked about. */
export interface LeadSelection {
  /** Keys to read, or null for all. */
  readonly keys?: readonly number[];
  /** At most so many, the newest first. */
  readonly most?: number;
}

const fixed = ['key', 'id', 'stage', 'converted', 'source', 'course', 'campus', 'country', 'city', 'reach', 'enquiredAt', 'lastActivity', 'probability', 'revision'] as const;

function textColumn(values: readonly SqlValue[]): (string | null)[] {
  return values.map((value) => (typeof value === 'string' ? value : null));
}

/** Reads leads with their imported attributes. */
export function readLeadTable(reader: Reader, scope: RowScope, { keys, most }: LeadSelection): KeyedLeads {
  const readable = readableLeads(reader, scope);
  const named = keys === undefined ? '' : ` and l.key in (select value from json_each(?))`;
  const rows = reader.tuples<readonly SqlValue[]>(
    `select l.key, l.id, l.stage, l.converted, s.name, c.name, k.name, n.name, t.name, l.reach, l.enquired_at, l.last_activity, l.probability, l.revision,
            ${signals.map((signal) => `l.${signalColumns[signal]}`).join(', ')}
     from leads l left join sources s on s.key = l.source_key left join courses c on c.key = l.course_key left join campuses k on k.key = l.campus_key
          left join countries n on n.key = l.country_key left join cities t on t.key = l.city_key
     where ${readable.sql}${named} order by l.key desc limit ?`,
    ...readable.params,
    ...(keys === undefined ? [] : [JSON.stringify(keys)]),
    most ?? -1,
  );
  const at = (column: number): SqlValue[] => rows.map((row) => row[column] ?? null);
  const numbers = (column: number): Float64Array => Float64Array.from(rows, (row) => (row[column] === null ? Number.NaN : Number(row[column])));
  const of = (name: (typeof fixed)[number]): number => fixed.indexOf(name);
  const leadKeys = rows.map((row) => Number(row[0]));
  const places = new Map(leadKeys.map((key, row) => [key, row]));
  return {
    keys: leadKeys,
    revisions: rows.map((row) => Number(row[of('revision')])),
    ids: rows.map((row) => idText(row[1] as Uint8Array)),
    stages: Uint8Array.from(rows, (row) => Number(row[2])),
    converted: numbers(of('converted')),
    texts: {
      source: textColumn(at(of('source'))),
      course: textColumn(at(of('course'))),
      campus: textColumn(at(of('campus'))),
      country: textColumn(at(of('country'))),
      city: textColumn(at(of('city'))),
      lastActivity: textColumn(at(of('lastActivity'))),
    },
    reach: Uint8Array.from(rows, (row) => Number(row[of('reach')])),
    enquiredAt: numbers(of('enquiredAt')),
    rules: numbers(of('probability')),
    signals: Object.fromEntries(signals.map((signal, index) => [signal, numbers(fixed.length + index)])) as Record<Signal, Float64Array>,
    attributes: readAttributes(reader, places),
  };
}

/** Values of every attribute that is no free text, for leads that were selected within a scope. */
function readAttributes(reader: Reader, places: ReadonlyMap<number, number>): RawAttribute[] {
  const few = places.size <= 500 ? JSON.stringify([...places.keys()]) : null;
  const [newest] = places.keys();
  const between = [leastOf(places.keys()), newest ?? 0];
  return listAttributes(reader)
    .filter(({ type }) => type !== 'text')
    .map(({ key, name, label, type, knownWhen }) => {
      const values = new Array<string | number | null>(places.size).fill(null);
      const value = type === 'option' ? 'o.text' : 'v.value';
      const options = type === 'option' ? 'join attribute_options o on o.key = v.value' : '';
      const named = few === null ? 'and v.lead_key between ? and ?' : 'and v.lead_key in (select value from json_each(?))';
      for (const [leadKey, found] of reader.tuples<readonly [number, string | number]>(
        `select v.lead_key, ${value} from attribute_values v ${options} where v.attribute_key = ? ${named}`,
        key,
        ...(few === null ? between : [few]),
      )) {
        const row = places.get(leadKey);
        if (row !== undefined) values[row] = found;
      }
      return { name, label, type: type === 'text' ? 'option' : type, knownAfterContact: knownWhen === 'after_contact', values };
    });
}

/** The least of some keys, 0 where there are none. */
function leastOf(keys: Iterable<number>): number {
  let least = Number.POSITIVE_INFINITY;
  for (const key of keys) least = Math.min(least, key);
  return Number.isFinite(least) ? least : 0;
}

/** The keys of leads by their ids, where they are visible; others are left out. */
export function leadKeysOf(reader: Reader, scope: RowScope, ids: readonly string[]): Map<string, number> {
  const readable = readableLeads(reader, scope);
  const found = new Map<string, number>();
  for (const id of ids) {
    const key = reader.value<number>(`select l.key from leads l where l.id = ? and ${readable.sql}`, idBytes(id), ...readable.params);
    if (key !== undefined) found.set(id, key);
  }
  return found;
}
