import { type ConsentBasis, type ConsentChannel, type ConsentPurpose, type ConsentSaid, consentState, keepsFromModel, type ModelConsentRule } from '#domain/platform/consent';
import { displayName } from '#domain/admissions/leads/normalise';
import { packReach, unpackReach } from '#domain/admissions/leads/reach';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';

export interface PersonInput {
  readonly id: string;
  readonly givenName: string | null;
  readonly familyName: string | null;
  /** Normalised. */
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
}

/** Adds a person and answers their key. */
export function insertPerson(writer: Writer, person: PersonInput, now: number): number {
  return writer.run(
    'insert into people (id, given_name, family_name, email, phone, created_at, updated_at) values (?, ?, ?, ?, ?, ?, ?)',
    idBytes(person.id),
    person.givenName,
    person.familyName,
    person.email,
    person.phone,
    now,
    now,
  ).key;
}

/** Changes the named fields of a person. */
export function updatePerson(writer: Writer, key: number, changes: Partial<Omit<PersonInput, 'id'>>, now: number): void {
  const columns: Record<keyof Omit<PersonInput, 'id'>, string> = {
    givenName: 'given_name',
    familyName: 'family_name',
    email: 'email',
    phone: 'phone',
  };
  for (const [field, column] of Object.entries(columns)) {
    const value = changes[field as keyof typeof columns];
    if (value !== undefined) writer.run(`update people set ${column} = ?, updated_at = ? where key = ?`, value, now, key);
  }
}

export interface ConsentInput {
  readonly id: string;
  readonly personKey: number;
  readonly purpose: ConsentPurpose;
  readonly channel: ConsentChannel;
  readonly granted: boolean;
  readonly basis: ConsentBasis;
  readonly at: number;
  /** Until when a yes holds; always where it is left out. */
  readonly expiresAt?: number | null;
  /** Who records it; null where a file or a merge does. */
  readonly userKey: number | null;
}

/**
 * Records consents of people whose leads were just made with them. In one statement, because the table has a trigger: SQLite copies
 * every page that such a statement touches, and each copy is encrypted.
 */
export function insertConsents(writer: Writer, consents: readonly ConsentInput[]): void {
  if (consents.length === 0) return;
  const rows = consents.map(({ id, personKey, purpose, channel, granted, basis, at }) => [idBytes(id).toString('hex'), personKey, purpose, channel, granted ? 1 : 0, basis, at]);
  writer.run(
    `insert into consents (id, person_key, purpose, channel, granted, basis, at)
     select unhex(value ->> 0), value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5, value ->> 6 from json_each(?)`,
    JSON.stringify(rows),
  );
}

/**
 * Records that a person said yes or no to being contacted by a channel. The newest record holds, and what concerns their application
 * stands beside their leads. A record is never older than the one before it: a clock that was set back must not make a refusal vanish
 * behind what was said earlier.
 */
export function recordConsent(writer: Writer, consent: ConsentInput): void {
  const last = writer.value<number | null>('select max(at) from consents where person_key = ? and channel = ?', consent.personKey, consent.channel) ?? null;
  writer.run(
    'insert into consents (id, person_key, purpose, channel, granted, basis, at, expires_at, user_key) values (?, ?, ?, ?, ?, ?, ?, ?, ?)',
    idBytes(consent.id),
    consent.personKey,
    consent.purpose,
    consent.channel,
    consent.granted ? 1 : 0,
    consent.basis,
    last === null ? consent.at : Math.max(consent.at, last),
    consent.granted ? (consent.expiresAt ?? null) : null,
    consent.userKey,
  );
  if (consent.purpose !== 'admissions') return;
  for (const lead of writer.all<{ key: number; reach: number }>('select key, reach from leads where person_key = ?', consent.personKey)) {
    const reach = unpackReach(lead.reach);
    const said = consent.channel === 'email' ? { mayEmail: consent.granted } : consent.channel === 'phone' ? { mayPhone: consent.granted } : {};
    const next = packReach({ ...reach, ...said, consentRecorded: true });
    if (next !== lead.reach) writer.run('update leads set reach = ? where key = ?', next, lead.key);
  }
}

/** Takes records of consents back; what stands beside the person's leads follows what is left. */
export function removeConsents(writer: Writer, personKey: number, ids: readonly string[], now: number): void {
  for (const id of ids) writer.run('delete from consents where id = ? and person_key = ?', idBytes(id), personKey);
  const left = latestConsents(writer, personKey, now);
  for (const lead of writer.all<{ key: number; reach: number }>('select key, reach from leads where person_key = ?', personKey)) {
    const next = packReach({ ...unpackReach(lead.reach), mayEmail: left.get('email') !== false, mayPhone: left.get('phone') !== false, consentRecorded: left.size > 0 });
    if (next !== lead.reach) writer.run('update leads set reach = ? where key = ?', next, lead.key);
  }
}

/** Channels that a person has refused since a moment, by records other than some. */
export function refusedSince(reader: Reader, personKey: number, since: number, except: readonly string[]): ('email' | 'phone')[] {
  const known = new Set(except);
  const said = reader
    .all<{ id: Buffer; channel: 'email' | 'phone' | 'post'; granted: number }>("select id, channel, granted from consents where person_key = ? and purpose = 'admissions' and at > ? order by at, key", personKey, since)
    .filter(({ id }) => !known.has(idText(id)));
  return (['email', 'phone'] as const).filter((channel) => said.findLast((each) => each.channel === channel)?.granted === 0);
}

/** What a person last said about each channel as far as their application goes: true given, false refused. An expired consent is none. */
export function latestConsents(reader: Reader, personKey: number, now: number): Map<string, boolean> {
  const consents = new Map<string, boolean>();
  for (const { channel, granted, expiresAt } of reader.all<{ channel: string; granted: number; expiresAt: number | null }>(
    "select channel, granted, expires_at as expiresAt from consents where person_key = ? and purpose = 'admissions' order by at, key",
    personKey,
  )) {
    if (granted === 1 && expiresAt !== null && expiresAt <= now) consents.delete(channel);
    else consents.set(channel, granted === 1);
  }
  return consents;
}

/** One thing that a person said, as it is kept. */
export interface ConsentRow {
  readonly id: string;
  readonly personKey: number;
  readonly purpose: ConsentPurpose;
  readonly channel: ConsentChannel;
  readonly granted: boolean;
  readonly basis: ConsentBasis;
  readonly at: number;
  readonly expiresAt: number | null;
  readonly userKey: number | null;
  readonly by: string | null;
}

type StoredConsent = Omit<ConsentRow, 'id' | 'granted' | 'by'> & { readonly id: Buffer; readonly granted: number; readonly givenName: string | null; readonly familyName: string | null };

const selectConsent = `
  select c.id, c.person_key as personKey, c.purpose, c.channel, c.granted, c.basis, c.at, c.expires_at as expiresAt, c.user_key as userKey,
         p.given_name as givenName, p.family_name as familyName
  from consents c
  left join users u on u.key = c.user_key
  left join people p on p.key = u.person_key`;

function asConsent({ id, granted, givenName, familyName, ...row }: StoredConsent): ConsentRow {
  return { ...row, id: idText(id), granted: granted === 1, by: displayName({ given: givenName, family: familyName }) };
}

/** All that a person said about being contacted, the newest first. */
export function listConsents(reader: Reader, personKey: number): ConsentRow[] {
  return reader.all<StoredConsent>(`${selectConsent} where c.person_key = ? order by c.at desc, c.key desc`, personKey).map(asConsent);
}

/** A record of a consent by its id, whosever it is. */
export function findConsent(reader: Reader, id: string): ConsentRow | null {
  const row = reader.get<StoredConsent>(`${selectConsent} where c.id = ?`, idBytes(id));
  return row === undefined ? null : asConsent(row);
}

/** The leads that a person has; whoever shows one asks whether it is readable. */
export function leadKeysOf(reader: Reader, personKey: number): number[] {
  return reader.column<number>('select key from leads where person_key = ?', personKey);
}

/** Whether a person said no to being written about to a language model, and has not taken that back. */
function refusesModel(reader: Reader, personKey: number, now: number): boolean {
  const newest = reader.get<{ readonly granted: number; readonly expiresAt: number | null }>("select granted, expires_at as expiresAt from consents where person_key = ? and channel = 'model' order by at desc, key desc limit 1", personKey);
  return newest !== undefined && consentState({ granted: newest.granted === 1, expiresAt: newest.expiresAt }, now) === 'refused';
}

/** Records for one person the no to language models that another has said, where they have not said it themselves; answers whether it did. */
export function carryModelRefusal(writer: Writer, fromKey: number, toKey: number, id: string, now: number): boolean {
  if (!refusesModel(writer, fromKey, now) || refusesModel(writer, toKey, now)) return false;
  recordConsent(writer, { id, personKey: toKey, purpose: 'ai', channel: 'model', granted: false, basis: 'merge', userKey: null, at: now });
  return true;
}

/** Whether a person said something about language models after a moment. */
export function saidOnModelSince(reader: Reader, personKey: number, since: number): boolean {
  return reader.value<number>("select 1 from consents where person_key = ? and channel = 'model' and at > ? limit 1", personKey, since) === 1;
}

/**
 * Which of some leads must not be sent to a language model, by what their people said last about it. Ids that are no lead’s are left out.
 * It looks at leads of every team: what leaves concerns the lead, not the asker.
 */
export function keptFromModel(reader: Reader, leadIds: readonly string[], rule: ModelConsentRule, now: number): Set<string> {
  const kept = new Set<string>();
  if (leadIds.length === 0) return kept;
  for (const { id, granted, expiresAt } of reader.all<{ readonly id: Buffer; readonly granted: number | null; readonly expiresAt: number | null }>(
    `select l.id, c.granted, c.expires_at as expiresAt
     from json_each(?) asked cross join leads l indexed by leads_id on l.id = unhex(asked.value)
     left join consents c on c.key = (
       select n.key from consents n indexed by consents_person where n.person_key = l.person_key and n.channel = 'model' order by n.at desc, n.key desc limit 1)`,
    JSON.stringify(leadIds.map((leadId) => idBytes(leadId).toString('hex'))),
  )) {
    const state = consentState(granted === null ? null : { granted: granted === 1, expiresAt }, now);
    if (keepsFromModel(state, rule)) kept.add(idText(id));
  }
  return kept;
}

/** What the people of many leads, which were selected within a scope, said last about each channel for their application: by the lead's key. */
export function newestConsentsOfLeads(reader: Reader, leadKeys: readonly number[]): Map<number, Map<string, ConsentSaid & { readonly at: number }>> {
  const found = new Map<number, Map<string, ConsentSaid & { readonly at: number }>>();
  for (const [lead, channel, granted, at, expiresAt] of reader.tuples<readonly [number, string, number, number, number | null]>(
    "select l.key, c.channel, c.granted, c.at, c.expires_at from leads l cross join consents c on c.person_key = l.person_key where c.purpose = 'admissions' and l.key in (select value from json_each(?)) order by c.at, c.key",
    JSON.stringify(leadKeys),
  )) {
    let consents = found.get(lead);
    if (consents === undefined) found.set(lead, (consents = new Map<string, ConsentSaid & { readonly at: number }>()));
    consents.set(channel, { granted: granted === 1, at, expiresAt });
  }
  return found;
}
