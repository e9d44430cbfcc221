import type { Basis, Identity, Verdict } from '#domain/admissions/duplicates/judge';
import type { StoredIdentity as NamedLead } from '#domain/admissions/duplicates/identityPieces';
import { type MatchingName, matchingName } from '#domain/admissions/duplicates/names';
import type { Phrase } from '#domain/kernel/phrase';
import { fold } from '#domain/kernel/text';
import type { RowScope } from '#main/app/scope';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';
import { listAttributes, listOptions } from './catalogue';
import { allOf, type Fragment, leadScope, readableLeads, visible, visibleLeads } from './scope';

export type PairState = 'open' | 'merged' | 'dismissed';

export interface PairRow extends Verdict {
  readonly id: string;
  readonly firstKey: number;
  readonly secondKey: number;
  readonly state: PairState;
  readonly foundAt: number;
  readonly decidedAt: number | null;
  /** The merge that holds, of a pair that is merged. */
  readonly merge: { readonly id: string; readonly survivorKey: number; readonly at: number } | null;
}

interface StoredPair {
  readonly id: Buffer;
  readonly firstKey: number;
  readonly secondKey: number;
  readonly basis: Basis;
  readonly score: number;
  readonly reasons: string;
  readonly state: PairState;
  readonly foundAt: number;
  readonly decidedAt: number | null;
  readonly mergeId: Buffer | null;
  readonly survivorKey: number | null;
  readonly mergedAt: number | null;
}

const selectPair = `
  select d.id, d.first_key as firstKey, d.second_key as secondKey, d.basis, d.score, d.reasons, d.state, d.found_at as foundAt, d.decided_at as decidedAt,
         m.id as mergeId, m.survivor_key as survivorKey, m.at as mergedAt
  from duplicates d
  left join merges m on m.undone_at is null and d.state = 'merged'
    and (m.merged_key = d.first_key and m.survivor_key = d.second_key or m.merged_key = d.second_key and m.survivor_key = d.first_key)`;

function asPair({ id, reasons, mergeId, survivorKey, mergedAt, ...row }: StoredPair): PairRow {
  return {
    ...row,
    id: idText(id),
    reasons: JSON.parse(reasons) as Phrase[],
    merge: mergeId === null || survivorKey === null || mergedAt === null ? null : { id: idText(mergeId), survivorKey, at: mergedAt },
  };
}

/** The condition that both leads of a pair are an actor's to see. Of a merged pair one is seen by nobody: there the scope alone decides. */
function bothReadable(reader: Reader, scope: RowScope, state: PairState) {
  const which = state === 'merged' ? leadScope(scope) : readableLeads(reader, scope);
  return allOf(['first_key', 'second_key'].map((column) => ({ sql: `exists (select 1 from leads l where l.key = d.${column} and (${which.sql}))`, params: which.params })));
}

/** Pairs of a state whose leads an actor may both see, those for which most speaks first. */
export function listPairs(reader: Reader, scope: RowScope, state: PairState, limit: number, offset: number): { readonly items: PairRow[]; readonly total: number } {
  const both = bothReadable(reader, scope, state);
  return {
    items: reader
      .all<StoredPair>(`${selectPair} where d.state = ? and ${both.sql} order by d.score desc, d.first_key, d.second_key limit ? offset ?`, state, ...both.params, limit, offset)
      .map(asPair),
    total: reader.value<number>(`select count(*) from duplicates d where d.state = ? and ${both.sql}`, state, ...both.params) ?? 0,
  };
}

/** A pair by its id, whose leads an actor may both see. */
export function findPair(reader: Reader, scope: RowScope, id: string): PairRow | null {
  const row = reader.get<StoredPair>(`${selectPair} where d.id = ?`, idBytes(id));
  if (row === undefined) return null;
  const both = bothReadable(reader, scope, row.state);
  return reader.value<number>(`select 1 from duplicates d where d.id = ? and ${both.sql}`, idBytes(id), ...both.params) === 1 ? asPair(row) : null;
}

/** The pair of two leads, whoever may see them. */
export function pairOf(reader: Reader, a: number, b: number): PairRow | null {
  const row = reader.get<StoredPair>(`${selectPair} where d.first_key = ? and d.second_key = ?`, Math.min(a, b), Math.max(a, b));
  return row === undefined ? null : asPair(row);
}

/** Notes that two leads seem to be one person. A pair that somebody has judged stays as it was judged. Answers whether it is new. */
export function notePair(writer: Writer, a: number, b: number, verdict: Verdict, newId: () => string, now: number): boolean {
  const [first, second] = [Math.min(a, b), Math.max(a, b)];
  const known = writer.value<string>('select state from duplicates where first_key = ? and second_key = ?', first, second);
  if (known === undefined) {
    writer.run(
      "insert into duplicates (first_key, second_key, id, basis, score, reasons, state, found_at) values (?, ?, ?, ?, ?, ?, 'open', ?)",
      first,
      second,
      idBytes(newId()),
      verdict.basis,
      verdict.score,
      JSON.stringify(verdict.reasons),
      now,
    );
    return true;
  }
  if (known === 'open') {
    writer.run('update duplicates set basis = ?, score = ?, reasons = ? where first_key = ? and second_key = ?', verdict.basis, verdict.score, JSON.stringify(verdict.reasons), first, second);
  }
  return false;
}

/** Forgets a pair that nobody has judged. */
export function forgetPair(writer: Writer, a: number, b: number): void {
  writer.run("delete from duplicates where first_key = ? and second_key = ? and state = 'open'", Math.min(a, b), Math.max(a, b));
}

/** Writes down what somebody made of a pair. */
export function decidePair(writer: Writer, id: string, state: PairState, userKey: number, now: number): void {
  const decided = state === 'open' ? [null, null] : [now, userKey];
  writer.run('update duplicates set state = ?, decided_at = ?, decided_by = ? where id = ?', state, ...decided, idBytes(id));
}

export interface OtherOfPair {
  readonly key: number;
  readonly pairId: string;
  readonly basis: Basis;
  readonly state: PairState;
}

/** The others of a lead's pairs; a few of those that are open, or all that were not merged. */
export function othersOf(reader: Reader, leadKey: number, which: 'open' | 'unmerged'): OtherOfPair[] {
  return reader
    .all<{ key: number; id: Buffer; basis: Basis; state: PairState }>(
      `select case when first_key = ? then second_key else first_key end as key, id, basis, state
       from duplicates where (first_key = ? or second_key = ?) and state in (${which === 'open' ? "'open'" : "'open', 'dismissed'"}) order by score desc, first_key, second_key
       limit ${which === 'open' ? '20' : '1000'}`,
      leadKey,
      leadKey,
      leadKey,
    )
    .map(({ id, ...row }) => ({ ...row, pairId: idText(id) }));
}

/** Gives a lead the pair that another has, state and all, where it has none with that lead yet. Answers the new pair's id, or null. */
export function inheritPair(writer: Writer, from: { readonly pairId: string; readonly otherKey: number }, heir: number, newId: () => string): string | null {
  if (heir === from.otherKey) return null;
  const id = newId();
  const { changes } = writer.run(
    `insert or ignore into duplicates (first_key, second_key, id, basis, score, reasons, state, found_at, decided_at, decided_by)
     select ?, ?, ?, basis, score, reasons, state, found_at, decided_at, decided_by from duplicates where id = ?`,
    Math.min(heir, from.otherKey),
    Math.max(heir, from.otherKey),
    idBytes(id),
    idBytes(from.pairId),
  );
  return changes === 1 ? id : null;
}

/** Takes inherited pairs back, but for those whose leads were merged since. */
export function disinherit(writer: Writer, ids: readonly string[]): void {
  for (const id of ids) writer.run("delete from duplicates where id = ? and state <> 'merged'", idBytes(id));
}

interface StoredIdentity {
  readonly key: number;
  readonly given: string | null;
  readonly family: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly city: string | null;
  readonly course: string | null;
}

const selectIdentity = `
  select l.key, p.given_name as given, p.family_name as family, p.email, p.phone, y.folded as city, c.folded as course
  from leads l join people p on p.key = l.person_key left join cities y on y.key = l.city_key left join courses c on c.key = l.course_key`;

/** Names under which files bring a postcode and a date of birth, as attributes are named. */
const postcodeName = /^(post(al)?_?code|zip(_?code)?)$/i;
const birthName = /^(date_?of_?birth|birth_?(date|day)|dob)$/i;

/** Values of the attributes of a name by lead, as texts. `which` is a condition on `lead_key`. */
function attributeTexts(reader: Reader, name: RegExp, which: Fragment): Map<number, string> {
  const texts = new Map<number, string>();
  for (const attribute of listAttributes(reader).filter((each) => name.test(each.name))) {
    const options = attribute.type === 'option' ? new Map(listOptions(reader, attribute.key).map(({ key, text }) => [key, text])) : null;
    for (const { key, value } of reader.all<{ key: number; value: string | number }>(
      `select lead_key as key, value from attribute_values where attribute_key = ? and ${which.sql}`,
      attribute.key,
      ...which.params,
    )) {
      const text = options !== null ? options.get(Number(value)) : attribute.type === 'date' ? new Date(Number(value)).toISOString().slice(0, 10) : String(value);
      if (text !== undefined) texts.set(key, fold(text).replaceAll(' ', '').toUpperCase());
    }
  }
  return texts;
}

function withAttributes(reader: Reader, rows: readonly StoredIdentity[], keys: string): Identity[] {
  const which = { sql: 'lead_key in (select value from json_each(?))', params: [keys] };
  const postcodes = attributeTexts(reader, postcodeName, which);
  const births = attributeTexts(reader, birthName, which);
  return rows.map(({ given, family, ...row }) => ({ ...row, name: matchingName({ given, family }), postcode: postcodes.get(row.key) ?? null, birthDate: births.get(row.key) ?? null }));
}

/** Who some leads are, in the order of their keys; those that were merged are left out. Whoever shows them asks for the scope. */
export function identitiesOf(reader: Reader, keys: readonly number[]): Identity[] {
  const wanted = JSON.stringify(keys);
  return withAttributes(reader, reader.all<StoredIdentity>(`${selectIdentity} where l.merged_into is null and l.key in (select value from json_each(?)) order by l.key`, wanted), wanted);
}

/** Who the next leads are that an actor may see, in the order of their keys. */
export function identitiesAfter(reader: Reader, scope: RowScope, after: number, limit: number): Identity[] {
  const readable = readableLeads(reader, scope);
  const rows = reader.all<StoredIdentity>(`${selectIdentity} where l.key > ? and ${readable.sql} order by l.key limit ?`, after, ...readable.params, limit);
  return withAttributes(reader, rows, JSON.stringify(rows.map(({ key }) => key)));
}

type NameTuple = readonly [key: number, importKey: number | null, given: string | null, family: string | null, email: string | null, phone: string | null, city: number | null, course: number | null];

/**
 * The next leads of the whole workspace with what a search by like names goes by, in the order of their keys. Pairs are noted for
 * everybody; whoever is shown one has to be allowed to see both of its leads.
 *
 * @param importKey the import whose leads are new
 * @param updated leads that it has changed, which count as new too
 */
export function namedLeadsAfter(reader: Reader, importKey: number, updated: ReadonlySet<number>, after: number, limit: number): NamedLead[] {
  const seen = visibleLeads(reader);
  const rows = reader.tuples<NameTuple>(
    `select l.key, l.import_key, p.given_name, p.family_name, p.email, p.phone, l.city_key, l.course_key
     from leads l join people p on p.key = l.person_key where l.key > ? and ${seen.sql} order by l.key limit ?`,
    after,
    ...seen.params,
    limit,
  );
  const within = { sql: 'lead_key > ? and lead_key <= ?', params: [after, rows.at(-1)?.[0] ?? after] };
  const postcodes = attributeTexts(reader, postcodeName, within);
  const births = attributeTexts(reader, birthName, within);
  return rows.map(([key, from, given, family, email, phone, city, course]) => ({
    key,
    isNew: from === importKey || updated.has(key),
    given,
    family,
    email,
    phone,
    city: city ?? 0,
    course: course ?? 0,
    postcode: postcodes.get(key) ?? null,
    birthDate: births.get(key) ?? null,
  }));
}

/** Open pairs whose leads an actor may both see. */
export function countOpenPairs(reader: Reader, scope: RowScope): number {
  const both = bothReadable(reader, scope, 'open');
  return reader.value<number>(`select count(*) from duplicates d where d.state = 'open' and ${both.sql}`, ...both.params) ?? 0;
}

/** The lead that stands for another: itself, or the one at the end of its merges. */
export function standing(reader: Reader, key: number): number {
  let at = key;
  for (;;) {
    const next = reader.value<number | null>('select l.merged_into from leads l where l.key = ?', at) ?? null;
    if (next === null) return at;
    at = next;
  }
}

/** The leads of a person, or those that stand for them. */
export function leadsOfPerson(reader: Reader, personKey: number): number[] {
  return [...new Set(reader.all<{ key: number }>('select key from leads where person_key = ?', personKey).map(({ key }) => standing(reader, key)))];
}

/** A few of those who share a value. */
const sharersLookedAt = 20;

/** Leads of the people who have an e-mail address or a telephone number, or those that stand for them; a few. */
export function leadsSharing(reader: Reader, basis: 'email' | 'phone', value: string): number[] {
  return reader
    .all<{ key: number }>(`select l.key from people p cross join leads l on l.person_key = p.key where p.${basis} = ? limit ${String(sharersLookedAt)}`, value)
    .map(({ key }) => standing(reader, key));
}

/** Neighbours on each side, in the order of names, that a new lead is compared with. */
const neighboursPerSide = 40;

/**
 * The leads whose names stand next to a name in the order of lists, also where its parts are the wrong way round. They come from an index,
 * so that a lead made by hand costs the same among a million; a slip in the first letter is left to the search through all.
 */
export function nameNeighbours(reader: Reader, { given, family }: MatchingName): number[] {
  if (given === '' || family === '') return [];
  const side = (name: string, comparison: string, order: string): number[] =>
    reader.column<number>(`select l.key from leads l indexed by leads_by_name where l.sort_name ${comparison} ? and ${visible} order by l.sort_name ${order} limit ${String(neighboursPerSide)}`, name);
  return [`${family} ${given}`, `${given} ${family}`].flatMap((name) => [...side(name, '>=', 'asc'), ...side(name, '<', 'desc')]);
}
