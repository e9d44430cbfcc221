import type { Touchpoint } from '#domain/admissions/leads/touchpoints';
import { displayName } from '#domain/admissions/leads/normalise';
import { idBytes, idText } from '../ids';
import type { RowScope } from '#main/app/scope';
import type { Reader, Writer } from '../tx';
import type { LeadColumns } from './leadWrites';
import { isReadable, readableLeads } from './scope';

export interface TouchpointRow extends Touchpoint {
  readonly id: string;
  readonly leadKey: number;
  readonly note: string | null;
  readonly at: number;
  readonly by: string | null;
  readonly effects: TouchpointEffects;
  readonly createdAt: number;
}

/** What a touchpoint changed of its lead, as it was and as it became. */
export interface TouchpointEffects {
  readonly before: LeadColumns;
  readonly after: LeadColumns;
}

interface StoredTouchpoint extends Touchpoint {
  readonly id: Buffer;
  readonly leadKey: number;
  readonly note: string | null;
  readonly at: number;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly effects: string | null;
  readonly createdAt: number;
}

const selectTouchpoint = `
  select t.id, t.lead_key as leadKey, t.kind, t.direction, t.outcome, t.note, t.at, t.effects, t.created_at as createdAt,
         p.given_name as givenName, p.family_name as familyName
  from touchpoints t
  join leads l on l.key = t.lead_key
  left join users u on u.key = t.user_key
  left join people p on p.key = u.person_key`;

function asTouchpoint({ id, givenName, familyName, effects, ...row }: StoredTouchpoint): TouchpointRow {
  const changed = effects === null ? { before: {}, after: {} } : (JSON.parse(effects) as TouchpointEffects);
  return { ...row, effects: changed, id: idText(id), by: displayName({ given: givenName, family: familyName }) };
}

/** The touchpoints of a lead within a scope, newest first. */
export function listTouchpoints(reader: Reader, scope: RowScope, leadKey: number, limit: number): TouchpointRow[] {
  const readable = readableLeads(reader, scope);
  return reader
    .all<StoredTouchpoint>(`${selectTouchpoint} where t.lead_key = ? and ${readable.sql} order by t.at desc, t.key desc limit ?`, leadKey, ...readable.params, limit)
    .map(asTouchpoint);
}

/** A touchpoint by its id: null where there is none, `outOfScope` where its lead is another team's. */
export function findTouchpoint(reader: Reader, scope: RowScope, id: string): TouchpointRow | 'outOfScope' | null {
  const row = reader.get<StoredTouchpoint>(`${selectTouchpoint} where t.id = ?`, idBytes(id));
  if (row === undefined) return null;
  return isReadable(reader, scope, row.leadKey) ? asTouchpoint(row) : 'outOfScope';
}

export function insertTouchpoint(
  writer: Writer,
  touchpoint: Touchpoint & { readonly id: string; readonly leadKey: number; readonly note: string | null; readonly at: number; readonly userKey: number; readonly effects: TouchpointEffects | null },
  now: number,
): void {
  writer.run(
    'insert into touchpoints (id, lead_key, kind, direction, outcome, note, at, user_key, effects, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    idBytes(touchpoint.id),
    touchpoint.leadKey,
    touchpoint.kind,
    touchpoint.direction,
    touchpoint.outcome,
    touchpoint.note,
    touchpoint.at,
    touchpoint.userKey,
    touchpoint.effects === null ? null : JSON.stringify(touchpoint.effects),
    now,
  );
}

export function deleteTouchpoint(writer: Writer, id: string): void {
  writer.run('delete from touchpoints where id = ?', idBytes(id));
}

/** Contacts that a user has logged since a moment. */
export function countTouchpointsSince(reader: Reader, userKey: number, since: number): number {
  return reader.value<number>("select count(*) from touchpoints where user_key = ? and created_at >= ? and kind <> 'note'", userKey, since) ?? 0;
}

/** Contacts with leads within a scope between two moments, and those of them that the person began. */
export function countContacts(reader: Reader, scope: RowScope, from: number, to: number): { readonly contacts: number; readonly inbound: number } {
  const readable = readableLeads(reader, scope);
  return (
    reader.get<{ contacts: number; inbound: number }>(
      `select count(*) as contacts, coalesce(sum(t.direction = 'inbound'), 0) as inbound
       from touchpoints t indexed by touchpoints_at cross join leads l on l.key = t.lead_key
       where t.at >= ? and t.at < ? and t.kind <> 'note' and ${readable.sql}`,
      from,
      to,
      ...readable.params,
    ) ?? { contacts: 0, inbound: 0 }
  );
}
