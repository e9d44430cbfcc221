import { type Signal, signals } from '#domain/admissions/leads/signals';
import { packReach } from '#domain/admissions/leads/reach';
import { type Stage, stages } from '#domain/admissions/leads/stages';
import { type KeyedLeads, outcomeOf, outcomesOf, type RawAttribute } from '#domain/models/leads/table';
import type { RowScope } from '#main/app/scope';
import { listAttributes } from '../admissions/catalogue';
import { signalColumns } from '../admissions/facts';
import { readableLeads } from '../admissions/scope';
import { idBytes, idText } from '../ids';
import type { Reader, SqlValue } from '../tx';
import { type EarlierFacts, placesWithin, readActivities, readEarlier, readMoments } from './leadMoments';

/** Leads that somebody may see, as columns: what models learn from and are asked about. */
export interface LeadSelection {
  /** Keys to read, or null for all. */
  readonly keys?: readonly number[];
  /** At most so many, the newest first. */
  readonly most?: number;
  /** Only leads that are older than the one of this key. */
  readonly before?: number;
  /** UTC milliseconds: as of when open leads are described. */
  readonly now: number;
  /** The stage from which a lead counts as converted, to describe those whose outcome is known as they were while it was not. Left out: all as they are now. */
  readonly learnUntil?: Stage;
}

const fixed = ['key', 'id', 'stage', 'converted', 'source', 'course', 'campus', 'country', 'city', 'reach', 'enquiredAt', 'lastActivity', 'probability', 'revision', 'createdAt', 'opening', 'email', 'phone'] as const;

function textColumn(values: readonly SqlValue[]): (string | null)[] {
  return values.map((value) => (typeof value === 'string' ? value : null));
}

/** Reads leads with their imported attributes. */
export function readLeadTable(reader: Reader, scope: RowScope, { keys, most, before, now, learnUntil }: LeadSelection): KeyedLeads {
  const readable = readableLeads(reader, scope);
  const named = keys === undefined ? '' : ` and l.key in (select value from json_each(?))`;
  const rows = reader.tuples<readonly SqlValue[]>(
    `select l.key, l.id, l.stage, l.converted, s.name, c.name, k.name, n.name, t.name, l.reach, l.enquired_at, l.last_activity, l.probability, l.revision,
            l.created_at, l.opening, p.email, p.phone,
            ${signals.map((signal) => `l.${signalColumns[signal]}`).join(', ')}
     from leads l join people p on p.key = l.person_key left join sources s on s.key = l.source_key left join courses c on c.key = l.course_key left join campuses k on k.key = l.campus_key
          left join countries n on n.key = l.country_key left join cities t on t.key = l.city_key
     where ${readable.sql}${named}${before === undefined ? '' : ' and l.key < ?'} order by l.key desc limit ?`,
    ...readable.params,
    ...(keys === undefined ? [] : [JSON.stringify(keys)]),
    ...(before === undefined ? [] : [before]),
    most ?? -1,
  );
  const at = (column: number): SqlValue[] => rows.map((row) => row[column] ?? null);
  const numbers = (column: number): Float64Array => Float64Array.from(rows, (row) => (row[column] === null ? Number.NaN : Number(row[column])));
  const of = (name: (typeof fixed)[number]): number => fixed.indexOf(name);
  const leadKeys = rows.map((row) => Number(row[0]));
  const places = new Map(leadKeys.map((key, row) => [key, row]));
  const ids = rows.map((row) => idText(row[1] as Uint8Array));
  const kept = { stages: Uint8Array.from(rows, (row) => Number(row[2])), converted: numbers(of('converted')) };
  const closed = learnUntil === undefined ? new Uint8Array(rows.length).fill(2) : outcomesOf(kept, learnUntil);
  const moments = readMoments(reader, places, { ids, createdAt: numbers(of('createdAt')), closed }, learnUntil !== undefined, now);
  const earlier = readEarlier(reader, leadKeys, moments);
  const asOf = <Value>(row: number, value: (earlier: EarlierFacts) => Value, present: Value): Value => {
    const found = earlier.get(row);
    return found === undefined ? present : value(found);
  };
  const [sources, courses, probabilities] = [textColumn(at(of('source'))), textColumn(at(of('course'))), numbers(of('probability'))];
  return {
    keys: leadKeys,
    ids,
    revisions: rows.map((row) => Number(row[of('revision')])),
    ...kept,
    texts: {
      source: sources.map((source, row) => asOf(row, ({ facts }) => facts.source?.name ?? null, source)),
      course: courses.map((course, row) => asOf(row, ({ facts }) => facts.course?.name ?? null, course)),
      campus: textColumn(at(of('campus'))),
      country: textColumn(at(of('country'))),
      city: textColumn(at(of('city'))),
      lastActivity: textColumn(at(of('lastActivity'))),
    },
    reach: Uint8Array.from(rows, (row, index) => asOf(index, ({ facts }) => packReach(facts), Number(row[of('reach')]))),
    emails: textColumn(at(of('email'))).map((email, row) => (asOf(row, ({ facts }) => facts.hasEmail, true) ? email : null)),
    phones: textColumn(at(of('phone'))).map((phone, row) => (asOf(row, ({ facts }) => facts.hasPhone, true) ? phone : null)),
    enquiredAt: numbers(of('enquiredAt')),
    rules: probabilities.map((probability, row) => asOf(row, (found) => found.probability, probability)),
    signals: Object.fromEntries(signals.map((signal, index) => [signal, numbers(fixed.length + index)])) as Record<Signal, Float64Array>,
    brought: Uint8Array.from(rows, (row) => broughtBy(row[of('opening')] ?? null)),
    activities: readActivities(reader, places, moments),
    moments,
    attributes: readAttributes(reader, places),
  };
}

/** Which totals a file brought, one bit a signal. */
function broughtBy(opening: SqlValue): number {
  if (typeof opening !== 'string') return 0;
  const totals = JSON.parse(opening) as Partial<Record<Signal, number>>;
  return signals.reduce((bits, signal, index) => (totals[signal] === undefined ? bits : bits | (1 << index)), 0);
}

/** Values of every attribute that is no free text, for leads that were selected within a scope. */
function readAttributes(reader: Reader, places: ReadonlyMap<number, number>): RawAttribute[] {
  const within = placesWithin('v.lead_key', places);
  return listAttributes(reader)
    .filter(({ type }) => type !== 'text')
    .map(({ key, name, label, type, knownWhen }) => {
      const values = new Array<string | number | null>(places.size).fill(null);
      const value = type === 'option' ? 'o.text' : 'v.value';
      const options = type === 'option' ? 'join attribute_options o on o.key = v.value' : '';
      for (const [leadKey, found] of reader.tuples<readonly [number, string | number]>(
        `select v.lead_key, ${value} from attribute_values v ${options} where v.attribute_key = ? and ${within.sql}`,
        key,
        ...within.params,
      )) {
        const row = places.get(leadKey);
        if (row !== undefined) values[row] = found;
      }
      return { name, label, type: type === 'text' ? 'option' : type, knownAfterContact: knownWhen === 'after_contact', values };
    });
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

/** How many leads of a scope have each outcome. */
export function outcomeCounts(reader: Reader, scope: RowScope, convertedStage: Stage): { readonly positives: number; readonly negatives: number } {
  const readable = readableLeads(reader, scope);
  const rows = reader.tuples<readonly [number, number | null, number]>(`select l.stage, l.converted, count(*) from leads l where ${readable.sql} group by 1, 2`, ...readable.params);
  let [positives, negatives] = [0, 0];
  for (const [stage, converted, count] of rows) {
    const outcome = outcomeOf(stages[stage] ?? 'enquiry', converted ?? Number.NaN, convertedStage);
    if (outcome === true) positives += count;
    else if (outcome === false) negatives += count;
  }
  return { positives, negatives };
}
