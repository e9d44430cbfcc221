import { defaultEngagementConfiguration, type EngagementConfiguration } from '#domain/admissions/engagement/configuration';
import { type EngagementEvent, engagementKinds, type Verdict, verdicts } from '#domain/admissions/engagement/events';
import type { JudgedEvent } from '#domain/admissions/engagement/judge';
import type { CountedEvent } from '#domain/admissions/engagement/totals';
import type { Phrase } from '#domain/kernel/phrase';
import { displayName } from '#domain/admissions/leads/normalise';
import type { RowScope } from '#main/app/scope';
import { logInsert } from '../changes';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';
import { readableLeads } from './scope';

export interface EventRow extends EngagementEvent {
  readonly key: number;
  readonly id: string;
  /** What the rules make of it; null for a delivery. */
  readonly verdict: Verdict | null;
  readonly reason: Phrase | null;
  /** What a person said against the rules. */
  readonly overruled: { readonly verdict: Verdict; readonly by: string | null; readonly at: number } | null;
}

interface StoredEvent {
  readonly key: number;
  readonly id: Buffer;
  readonly kind: number;
  readonly at: number;
  readonly message: string | null;
  readonly link: string | null;
  readonly agent: string | null;
  readonly address: string | null;
  readonly verdict: number | null;
  readonly reason: string | null;
  readonly overruled: number | null;
  readonly overruledAt: number | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
}

const selectEvent = `
  select e.key, e.id, e.kind, e.at, e.message, e.link, e.agent, e.address, e.verdict, e.reason, e.overruled, e.overruled_at as overruledAt,
         p.given_name as givenName, p.family_name as familyName
  from engagement_events e left join users u on u.key = e.overruled_by left join people p on p.key = u.person_key`;

function asEvent({ id, kind, verdict, reason, overruled, overruledAt, givenName, familyName, ...row }: StoredEvent): EventRow {
  return {
    ...row,
    id: idText(id),
    kind: engagementKinds[kind] ?? 'delivered',
    verdict: verdict === null ? null : (verdicts[verdict] ?? null),
    reason: reason === null ? null : (JSON.parse(reason) as Phrase),
    overruled: overruled === null ? null : { verdict: verdicts[overruled] ?? 'human', by: displayName({ given: givenName, family: familyName }), at: overruledAt ?? 0 },
  };
}

/** The verdict that holds for an event. */
export function heldVerdict({ verdict, overruled }: Pick<EventRow, 'verdict' | 'overruled'>): Verdict | null {
  return overruled?.verdict ?? verdict;
}

/** All events of a lead, newest first. The lead was found within a scope before. */
export function eventsOf(reader: Reader, leadKey: number, limit = 100_000): EventRow[] {
  return reader.all<StoredEvent>(`${selectEvent} where e.lead_key = ? and e.shown = 1 order by e.at desc, e.key desc limit ?`, leadKey, limit).map(asEvent);
}

/** Events by id with the keys of their leads, within a scope; those that are not there are left out. */
export function findEvents(reader: Reader, scope: RowScope, ids: readonly string[]): { readonly key: number; readonly id: string; readonly leadKey: number; readonly kind: EngagementEvent['kind'] }[] {
  const readable = readableLeads(reader, scope);
  return ids.flatMap((id) => {
    const row = reader.get<{ key: number; leadKey: number; kind: number }>(
      `select e.key, e.lead_key as leadKey, e.kind from engagement_events e join leads l on l.key = e.lead_key where e.id = ? and e.shown = 1 and ${readable.sql}`,
      idBytes(id),
      ...readable.params,
    );
    return row === undefined ? [] : [{ ...row, id, kind: engagementKinds[row.kind] ?? 'delivered' }];
  });
}

export interface NewEvent extends EngagementEvent {
  readonly id: string;
  readonly leadKey: number;
  readonly fileKey: number | null;
  readonly userKey: number;
}

/** Adds an event, which is shown once its lead's events are judged. Answers whether it was not there before. */
export function insertEvent(writer: Writer, event: NewEvent, now: number): boolean {
  const { changes } = writer.run(
    `insert or ignore into engagement_events (id, lead_key, file_key, user_key, kind, at, message, link, agent, address, shown, created_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)`,
    idBytes(event.id),
    event.leadKey,
    event.fileKey,
    event.userKey,
    engagementKinds.indexOf(event.kind),
    event.at,
    event.message,
    event.link,
    event.agent,
    event.address,
    now,
  );
  if (changes === 1 && event.fileKey === null) logInsert(writer, 'engagement_events', event.id);
  return changes === 1;
}

/** Shows what has come in for a lead. */
export function showEvents(writer: Writer, leadKey: number): void {
  writer.run('update engagement_events set shown = 1 where lead_key = ? and shown = 0', leadKey);
}

export function setVerdict(writer: Writer, key: number, judged: JudgedEvent | null): void {
  writer.run('update engagement_events set verdict = ?, reason = ? where key = ?', judged === null ? null : verdicts.indexOf(judged.verdict), judged === null ? null : JSON.stringify(judged.reason), key);
}

/** Puts a person's verdict over that of the rules, or with null takes it away. */
export function overrule(writer: Writer, key: number, verdict: Verdict | null, userKey: number, now: number): void {
  const values = verdict === null ? [null, null, null] : [verdicts.indexOf(verdict), userKey, now];
  writer.run('update engagement_events set overruled = ?, overruled_by = ?, overruled_at = ? where key = ?', ...values, key);
}

/** What the events of some leads count as, a row a kind and verdict. The leads were found within a scope before. */
export function countedEvents(reader: Reader, leadKeys: readonly number[]): Map<number, (CountedEvent & { readonly count: number })[]> {
  const counted = new Map<number, (CountedEvent & { readonly count: number })[]>();
  for (const { leadKey, kind, verdict, count, at } of reader.all<{ leadKey: number; kind: number; verdict: number | null; count: number; at: number }>(
    `select lead_key as leadKey, kind, coalesce(overruled, verdict) as verdict, count(*) as count, max(at) as at from engagement_events
     where shown = 1 and lead_key in (select value from json_each(?)) group by 1, 2, 3`,
    JSON.stringify(leadKeys),
  )) {
    const mine = counted.get(leadKey) ?? [];
    counted.set(leadKey, mine);
    mine.push({ kind: engagementKinds[kind] ?? 'delivered', verdict: verdict === null ? null : (verdicts[verdict] ?? null), count, at });
  }
  return counted;
}

/** The next leads that have events, in the order of their keys. */
export function leadsWithEvents(reader: Reader, after: number, limit: number): number[] {
  return reader.column<number>('select distinct lead_key from engagement_events indexed by engagement_events_once where lead_key > ? order by lead_key limit ?', after, limit);
}

/** The next leads of which a file has brought events. */
export function leadsOfFile(reader: Reader, fileKey: number, after: number, limit: number): number[] {
  return reader.column<number>('select distinct lead_key from engagement_events indexed by engagement_events_file where file_key = ? and lead_key > ? order by lead_key limit ?', fileKey, after, limit);
}

export function deleteEventsOfFile(writer: Writer, fileKey: number, leadKey: number): number {
  return writer.run('delete from engagement_events where file_key = ? and lead_key = ?', fileKey, leadKey).changes;
}

export interface EngagementFileRow {
  readonly key: number;
  readonly id: string;
  readonly fileName: string;
  readonly state: 'staging' | 'done' | 'undone';
  readonly events: number;
  readonly leads: number;
  readonly by: string;
  readonly startedAt: number;
  readonly undoneAt: number | null;
  readonly teamKey: number | null;
}

type StoredFile = Omit<EngagementFileRow, 'id'> & { readonly id: Buffer };
const selectFile = `
  select f.key, f.id, f.file_name as fileName, f.state, f.events, f.leads, f.started_at as startedAt, f.undone_at as undoneAt, u.team_key as teamKey,
         trim(coalesce(p.given_name, '') || ' ' || coalesce(p.family_name, '')) as "by"
  from engagement_files f join users u on u.key = f.user_key join people p on p.key = u.person_key`;
const asFile = ({ id, ...row }: StoredFile): EngagementFileRow => ({ ...row, id: idText(id) });

/** Files of events, newest first. */
export function listFiles(reader: Reader, limit: number, offset: number): { readonly items: EngagementFileRow[]; readonly total: number } {
  return {
    items: reader.all<StoredFile>(`${selectFile} where f.state <> 'staging' order by f.key desc limit ? offset ?`, limit, offset).map(asFile),
    total: reader.value<number>("select count(*) from engagement_files where state <> 'staging'") ?? 0,
  };
}

export function findFile(reader: Reader, id: string): EngagementFileRow | null {
  const row = reader.get<StoredFile>(`${selectFile} where f.id = ?`, idBytes(id));
  return row === undefined ? null : asFile(row);
}

export function beginFile(writer: Writer, file: { readonly id: string; readonly userKey: number; readonly fileName: string }, now: number): number {
  return writer.run("insert into engagement_files (id, user_key, file_name, state, started_at) values (?, ?, ?, 'staging', ?)", idBytes(file.id), file.userKey, file.fileName, now).key;
}

export function finishFile(writer: Writer, key: number, counts: { readonly events: number; readonly leads: number }): void {
  writer.run("update engagement_files set state = 'done', events = ?, leads = ? where key = ?", counts.events, counts.leads, key);
}

/** Notes that a file was taken back; one that never came in whole is forgotten. */
export function endFile(writer: Writer, key: number, now: number): void {
  writer.run("delete from engagement_files where key = ? and state = 'staging'", key);
  writer.run("update engagement_files set state = 'undone', undone_at = ? where key = ?", now, key);
}

/** How many of the events of a file each verdict has. */
export function verdictsOfFile(reader: Reader, fileKey: number): Record<Verdict, number> {
  const counts = { human: 0, machine: 0, unsure: 0 };
  for (const { verdict, count } of reader.all<{ verdict: number; count: number }>(
    'select coalesce(overruled, verdict) as verdict, count(*) as count from engagement_events where file_key = ? and verdict is not null group by 1',
    fileKey,
  )) {
    const name = verdicts[verdict];
    if (name !== undefined) counts[name] = count;
  }
  return counts;
}

/** Files that were cut short. */
export function stagedFiles(reader: Reader): number[] {
  return reader.column<number>("select key from engagement_files where state = 'staging'");
}

/** The newest lead of an e-mail address that an actor may see. */
export function leadOfEmail(reader: Reader, scope: RowScope, email: string): number | null {
  const readable = readableLeads(reader, scope);
  return reader.value<number | null>(`select max(l.key) from people p indexed by people_email cross join leads l on l.person_key = p.key where p.email = ? and ${readable.sql}`, email, ...readable.params) ?? null;
}

/** The newest lead of an external id, whatever its origin, that an actor may see. */
export function leadOfExternalId(reader: Reader, scope: RowScope, externalId: string): number | null {
  const readable = readableLeads(reader, scope);
  return (
    reader.value<number | null>(
      `select max(l.key) from import_origins o cross join leads l indexed by leads_external on l.origin_key = o.key where l.external_id = ? and ${readable.sql}`,
      externalId,
      ...readable.params,
    ) ?? null
  );
}

export function engagementConfiguration(reader: Reader): EngagementConfiguration {
  const value = reader.value<string>('select value from engagement_configurations order by key desc limit 1');
  return value === undefined ? defaultEngagementConfiguration : (JSON.parse(value) as EngagementConfiguration);
}

export function insertEngagementConfiguration(writer: Writer, value: EngagementConfiguration, userKey: number, now: number): void {
  writer.run('insert into engagement_configurations (value, created_at, created_by) values (?, ?, ?)', JSON.stringify(value), now, userKey);
}
