import type { BulkField } from '#contract/admissions/bulkChanges';
import type { Reader, SqlValue, Writer } from '../tx';
import { visible } from './scope';

/** One change of many leads as it is kept. */
export interface StoredBulkChange {
  readonly key: number;
  readonly id: string;
  readonly userKey: number;
  readonly field: BulkField;
  readonly wanted: string;
  readonly state: 'running' | 'done' | 'undone';
  readonly at: number;
}

/** What one lead had and what it got: a stage, an owner's key, or keys of tags as a text. */
export interface BulkChangeLead {
  readonly leadKey: number;
  readonly before: SqlValue;
  readonly after: SqlValue;
  /** Whether the lead is still there to be seen by anybody. */
  readonly there: number;
}

const selectChange = 'select key, id, user_key as userKey, field, wanted, state, at from bulk_changes';

export function findBulkChange(reader: Reader, id: string): StoredBulkChange | null {
  return reader.get<StoredBulkChange>(`${selectChange} where id = ?`, id) ?? null;
}

/** Changes that were under way when the program ended. */
export function runningBulkChanges(reader: Reader): StoredBulkChange[] {
  return reader.all<StoredBulkChange>(`${selectChange} where state = 'running' order by key desc`);
}

/** A person's own changes that are finished, newest first. */
export function listBulkChanges(reader: Reader, userKey: number): (StoredBulkChange & { readonly leads: number })[] {
  return reader.all(
    `select c.key, c.id, c.user_key as userKey, c.field, c.wanted, c.state, c.at, (select count(*) from bulk_change_leads b where b.change_key = c.key) as leads
     from bulk_changes c where c.user_key = ? and c.state <> 'running' order by c.key desc`,
    userKey,
  );
}

export function insertBulkChange(writer: Writer, change: { readonly id: string; readonly userKey: number; readonly field: BulkField; readonly wanted: string }, now: number): number {
  return writer.run("insert into bulk_changes (id, user_key, field, wanted, state, at) values (?, ?, ?, ?, 'running', ?)", change.id, change.userKey, change.field, change.wanted, now).key;
}

export function setBulkChangeState(writer: Writer, key: number, state: StoredBulkChange['state'], now: number): void {
  writer.run('update bulk_changes set state = ?, undone_at = ? where key = ?', state, state === 'undone' ? now : null, key);
}

export function keepBulkChangeLead(writer: Writer, changeKey: number, { leadKey, before, after }: Omit<BulkChangeLead, 'there'>): void {
  writer.run('insert into bulk_change_leads (change_key, lead_key, before, after) values (?, ?, ?, ?)', changeKey, leadKey, before, after);
}

/** What some leads of a change had, after one of them. */
export function leadsOfBulkChange(reader: Reader, changeKey: number, after: number, limit: number): BulkChangeLead[] {
  return reader.all<BulkChangeLead>(
    `select b.lead_key as leadKey, b.before, b.after, (select 1 from leads l where l.key = b.lead_key and ${visible}) is not null as there
     from bulk_change_leads b where b.change_key = ? and b.lead_key > ? order by b.lead_key limit ?`,
    changeKey,
    after,
    limit,
  );
}

export function countLeadsOfBulkChange(reader: Reader, changeKey: number): number {
  return reader.value<number>('select count(*) from bulk_change_leads where change_key = ?', changeKey) ?? 0;
}

/** Forgets some of what a person's oldest changes held, beyond the newest so many. Answers whether there is more to forget. */
export function forgetBulkChanges(writer: Writer, userKey: number, kept: number, rows: number): boolean {
  const oldest = writer.value<number>('select key from bulk_changes where user_key = ? order by key desc limit 1 offset ?', userKey, kept);
  if (oldest === undefined) return false;
  const { changes } = writer.run(
    'delete from bulk_change_leads where (change_key, lead_key) in (select change_key, lead_key from bulk_change_leads where change_key in (select key from bulk_changes where user_key = ? and key <= ?) limit ?)',
    userKey,
    oldest,
    rows,
  );
  if (changes > 0) return true;
  writer.run('delete from bulk_changes where user_key = ? and key <= ?', userKey, oldest);
  return false;
}

/** Takes back that a stage made an outcome known. */
export function removeStageOutcome(writer: Writer, leadKey: number, at: number): void {
  writer.run("delete from outcomes where lead_key = ? and at = ? and basis = 'stage'", leadKey, at);
}
