import { type Stage, stages } from '#domain/admissions/leads/stages';
import type { TriageConfiguration } from '#domain/admissions/triage/configuration';
import { blockersOf } from '#domain/admissions/triage/kept';
import { bandOf } from '#domain/admissions/triage/score';
import { displayName } from '#domain/admissions/leads/normalise';
import type { LeadRow } from '#contract/admissions/leads';
import { idBytes, idText } from '../ids';
import type { RowScope } from '#main/app/scope';
import type { Reader } from '../tx';
import { currentConfiguration } from './configuration';
import { readableLeads, visible } from './scope';
import { tagKeysOfMany, tagSenses } from './tags';

interface StoredRow {
  readonly key: number;
  readonly id: Buffer;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string | null;
  readonly phone: string | null;
  readonly externalId: string | null;
  readonly stage: number;
  readonly source: string | null;
  readonly course: string | null;
  readonly campus: string | null;
  readonly country: string | null;
  readonly city: string | null;
  readonly ownerId: string | null;
  readonly ownerGiven: string | null;
  readonly ownerFamily: string | null;
  readonly teamId: string;
  readonly teamName: string;
  readonly converted: number | null;
  readonly score: number | null;
  readonly confidence: number | null;
  readonly probability: number | null;
  readonly etaDays: number | null;
  readonly blockers: number | null;
  readonly enquiredAt: number | null;
  readonly lastActivityAt: number | null;
  readonly lastActivity: string | null;
  readonly lastContactedAt: number | null;
  readonly scoredAt: number | null;
  readonly nextTaskAt: number | null;
  readonly createdAt: number;
  readonly revision: number;
}

const selectRow = `
  select l.key, l.id, p.given_name as givenName, p.family_name as familyName, p.email, p.phone, l.external_id as externalId, l.stage,
         s.name as source, c.name as course, m.name as campus, o.name as country, y.name as city,
         u.id as ownerId, w.given_name as ownerGiven, w.family_name as ownerFamily, t.id as teamId, t.name as teamName,
         l.converted, l.score, l.confidence, l.probability, l.eta_days as etaDays, l.blockers,
         l.enquired_at as enquiredAt, l.last_activity_at as lastActivityAt, l.last_activity as lastActivity,
         l.last_contacted_at as lastContactedAt, l.scored_at as scoredAt,
         (select min(k.due_at) from tasks k where k.lead_key = l.key and k.done_at is null and k.removed_at is null) as nextTaskAt, l.created_at as createdAt, l.revision
  from leads l
  join people p on p.key = l.person_key
  join teams t on t.key = l.team_key
  left join sources s on s.key = l.source_key
  left join courses c on c.key = l.course_key
  left join campuses m on m.key = l.campus_key
  left join countries o on o.key = l.country_key
  left join cities y on y.key = l.city_key
  left join users u on u.key = l.owner_key
  left join people w on w.key = u.person_key`;

/** What a lead is called: its person's name, else its external id, else its e-mail address, else the end of its id. */
export function leadName(row: { readonly givenName: string | null; readonly familyName: string | null; readonly externalId: string | null; readonly email: string | null; readonly id: string }): string {
  return displayName({ given: row.givenName, family: row.familyName }) ?? row.externalId ?? row.email ?? `Lead ${row.id.slice(-8)}`;
}

export interface KeyedLeadRow extends LeadRow {
  readonly key: number;
  readonly givenName: string | null;
  readonly familyName: string | null;
}

/** The scores from which bands begin as they are set now: a band follows its score at once, not at the next rescore. */
function currentBands(reader: Reader): TriageConfiguration['bands'] {
  return currentConfiguration<TriageConfiguration>(reader, 'triage').value.bands;
}

type TagNames = (leadKey: number) => LeadRow['tags'];

/** The tags of leads whose keys were selected within a scope. */
function tagNamesOf(reader: Reader, keys: readonly number[]): TagNames {
  const held = tagKeysOfMany(reader, keys);
  if (held.size === 0) return () => [];
  const senses = tagSenses(reader);
  return (leadKey) => senses.ofAll(held.get(leadKey) ?? []).map(({ id, name }) => ({ id, name }));
}

function asRow(row: StoredRow, bands: TriageConfiguration['bands'], tags: TagNames): KeyedLeadRow {
  const id = idText(row.id);
  return {
    key: row.key,
    id,
    name: leadName({ ...row, id }),
    givenName: row.givenName,
    familyName: row.familyName,
    externalId: row.externalId,
    email: row.email,
    phone: row.phone,
    stage: stages[row.stage] ?? ('enquiry' satisfies Stage),
    source: row.source,
    course: row.course,
    campus: row.campus,
    country: row.country,
    city: row.city,
    owner: row.ownerId === null ? null : { id: row.ownerId, name: displayName({ given: row.ownerGiven, family: row.ownerFamily }) ?? '' },
    team: { id: row.teamId, name: row.teamName },
    converted: row.converted === null ? null : row.converted === 1,
    score: row.score,
    band: row.score === null ? null : bandOf(row.score, bands),
    confidence: row.confidence,
    probability: row.probability,
    etaDays: row.etaDays,
    blockers: blockersOf(row.blockers),
    enquiredAt: row.enquiredAt,
    lastActivityAt: row.lastActivityAt,
    lastActivity: row.lastActivity,
    tags: tags(row.key),
    lastContactedAt: row.lastContactedAt,
    scoredAt: row.scoredAt,
    nextTaskAt: row.nextTaskAt,
    createdAt: row.createdAt,
    revision: row.revision,
  };
}

/** Rows of leads whose keys were selected within a scope, in the order of the keys. */
export function rowsOfSelected(reader: Reader, keys: readonly number[]): KeyedLeadRow[] {
  const bands = currentBands(reader);
  const tags = tagNamesOf(reader, keys);
  const rows = new Map(
    reader
      .all<StoredRow>(`${selectRow} where l.key in (select value from json_each(?))`, JSON.stringify(keys))
      .map((row) => [row.key, asRow(row, bands, tags)]),
  );
  return keys.flatMap((key) => rows.get(key) ?? []);
}

/** A lead within a scope, or null where it is not there for this actor. */
export function findLead(reader: Reader, scope: RowScope, id: string): KeyedLeadRow | null {
  const readable = readableLeads(reader, scope);
  const row = reader.get<StoredRow>(`${selectRow} where l.id = ? and ${readable.sql}`, idBytes(id), ...readable.params);
  return row === undefined ? null : asRow(row, currentBands(reader), tagNamesOf(reader, [row.key]));
}

/** Whether a lead exists at all, for anybody: tells a refusal from a mistake. */
export function leadExists(reader: Reader, id: string): boolean {
  return reader.value<number>(`select 1 from leads l where l.id = ? and ${visible}`, idBytes(id)) === 1;
}

/** Those of some keys that lie within a scope now, in their order. */
export function readableAmong(reader: Reader, scope: RowScope, keys: readonly number[]): number[] {
  const readable = readableLeads(reader, scope);
  const found = new Set(reader.column<number>(`select l.key from leads l where l.key in (select value from json_each(?)) and ${readable.sql}`, JSON.stringify(keys), ...readable.params));
  return keys.filter((key) => found.has(key));
}

/** Keys of leads within a scope by their ids; those that are not there for this actor are missing. */
export function findLeadKeys(reader: Reader, scope: RowScope, ids: readonly string[]): Map<string, number> {
  const readable = readableLeads(reader, scope);
  const found = new Map<string, number>();
  for (const id of ids) {
    const key = reader.value<number>(`select l.key from leads l where l.id = ? and ${readable.sql}`, idBytes(id), ...readable.params);
    if (key !== undefined) found.set(id, key);
  }
  return found;
}
