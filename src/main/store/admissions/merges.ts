import type { RowScope } from '#main/app/scope';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';
import type { LeadChanges } from './leadWrites';
import { leadScope } from './scope';
import type { TouchpointEffects } from './touchpoints';

/** What a merge changed, so that it can be taken back. */
export interface MergeUndo {
  /** Values of the survivor, as they were and as they became. */
  readonly before: LeadChanges;
  readonly after: LeadChanges;
  readonly touchpoints: readonly string[];
  /** What touchpoints of either lead would have put back, before and after the merge. */
  readonly effects: Readonly<Record<string, { readonly before: TouchpointEffects; readonly after: TouchpointEffects }>>;
  readonly tasks: readonly string[];
  readonly applications: readonly string[];
  /** Opens and clicks; none in merges of before there were any. */
  readonly engagement?: readonly string[];
  /** Not in merges of before there were any. */
  readonly notes?: readonly string[];
  readonly attachments?: readonly string[];
  /** Moments of outcomes that moved. */
  readonly outcomes: readonly number[];
  /** Keys of tags that the survivor got from the other; merges of before have none. */
  readonly tags?: readonly number[];
  /** Consents that the merge recorded. */
  readonly consents: readonly string[];
  /** Pairs that the survivor inherited. */
  readonly pairs: readonly string[];
  /** The pair of the two as it stood, or null where the merge made it. */
  readonly pairState: 'open' | 'dismissed' | null;
}

export interface MergeRow {
  readonly key: number;
  readonly id: string;
  readonly survivorKey: number;
  readonly mergedKey: number;
  readonly at: number;
  readonly undo: MergeUndo;
  readonly undoneAt: number | null;
}

type StoredMerge = Omit<MergeRow, 'id' | 'undo'> & { readonly id: Buffer; readonly undo: string };

const selectMerge = 'select m.key, m.id, m.survivor_key as survivorKey, m.merged_key as mergedKey, m.at, m.undo, m.undone_at as undoneAt from merges m';
const asMerge = ({ id, undo, ...row }: StoredMerge): MergeRow => ({ ...row, id: idText(id), undo: JSON.parse(undo) as MergeUndo });

/** A merge by its id, whoever may see its leads. */
export function findMerge(reader: Reader, id: string): MergeRow | null {
  const row = reader.get<StoredMerge>(`${selectMerge} where m.id = ?`, idBytes(id));
  return row === undefined ? null : asMerge(row);
}

/** Merges into a lead that hold, newest first. */
export function mergesInto(reader: Reader, survivorKey: number): MergeRow[] {
  return reader.all<StoredMerge>(`${selectMerge} where m.survivor_key = ? and m.undone_at is null order by m.key desc`, survivorKey).map(asMerge);
}

/** The merge that took a lead out of sight, or null. */
export function mergeOf(reader: Reader, mergedKey: number): MergeRow | null {
  const row = reader.get<StoredMerge>(`${selectMerge} where m.merged_key = ? and m.undone_at is null`, mergedKey);
  return row === undefined ? null : asMerge(row);
}

export function insertMerge(writer: Writer, merge: { readonly id: string; readonly survivorKey: number; readonly mergedKey: number; readonly userKey: number; readonly undo: MergeUndo }, now: number): void {
  writer.run('insert into merges (id, survivor_key, merged_key, user_key, at, undo) values (?, ?, ?, ?, ?, ?)', idBytes(merge.id), merge.survivorKey, merge.mergedKey, merge.userKey, now, JSON.stringify(merge.undo));
}

export function markUnmerged(writer: Writer, key: number, userKey: number, now: number): void {
  writer.run('update merges set undone_at = ?, undone_by = ? where key = ?', now, userKey, key);
}

/** Takes a lead out of sight for another, or with null back into it. */
export function setMergedInto(writer: Writer, key: number, survivorKey: number | null, now: number): void {
  writer.run('update leads set merged_into = ?, edited_at = ?, updated_at = ?, revision = revision + 1 where key = ?', survivorKey, now, now, key);
}

/** The key of a lead that was merged and of an id, where a scope reaches it. */
export function findMerged(reader: Reader, scope: RowScope, id: string): number | null {
  const which = leadScope(scope);
  return reader.value<number>(`select l.key from leads l where l.id = ? and l.merged_into is not null and (${which.sql})`, idBytes(id), ...which.params) ?? null;
}

/** Whether a lead that may be merged lies within a scope. */
export function isWithin(reader: Reader, scope: RowScope, key: number): boolean {
  const which = leadScope(scope);
  return reader.value<number>(`select 1 from leads l where l.key = ? and (${which.sql})`, key, ...which.params) === 1;
}

/** The system that a lead came from, and when it was added. The lead was found within a scope before. */
export function originOf(reader: Reader, key: number): { readonly originKey: number | null; readonly createdAt: number } {
  const row = reader.get<{ originKey: number | null; createdAt: number }>('select l.origin_key as originKey, l.created_at as createdAt from leads l where l.key = ?', key);
  if (row === undefined) throw new Error('A lead that was just found is gone.');
  return row;
}

/** A table whose rows belong to a lead and move with it. */
export type Movable = 'applications' | 'attachments' | 'engagement_events' | 'notes' | 'tasks' | 'touchpoints';

export function idsOf(reader: Reader, table: Movable, leadKey: number): string[] {
  return reader.all<{ id: Buffer }>(`select id from ${table} where lead_key = ? order by key`, leadKey).map(({ id }) => idText(id));
}

/** Rows of a lead that were made after a moment. */
export function countSince(reader: Reader, table: Movable, leadKey: number, since: number): number {
  const made = table === 'applications' ? 'at' : 'created_at';
  return reader.value<number>(`select count(*) from ${table} where lead_key = ? and ${made} > ?`, leadKey, since) ?? 0;
}

/** Moves all rows of a lead to another. Answers their ids. */
export function moveRows(writer: Writer, table: Movable, from: number, to: number): string[] {
  const ids = idsOf(writer, table, from);
  // What both leads have stays where it is: it is one event.
  writer.run(`update or ignore ${table} set lead_key = ? where lead_key = ?`, to, from);
  const left = new Set(idsOf(writer, table, from));
  return ids.filter((id) => !left.has(id));
}

/** Moves some rows back. Answers those that are not there any more. */
export function moveRowsBack(writer: Writer, table: Movable, ids: readonly string[], from: number, to: number): string[] {
  return ids.filter((id) => writer.run(`update or ignore ${table} set lead_key = ? where id = ? and lead_key = ?`, to, idBytes(id), from).changes === 0);
}

/** Moves the outcomes of a lead to another, but for those of the same moment. Answers their moments. */
export function moveOutcomes(writer: Writer, from: number, to: number): number[] {
  const moments = writer.all<{ at: number }>('select at from outcomes where lead_key = ? and at not in (select at from outcomes where lead_key = ?)', from, to).map(({ at }) => at);
  for (const at of moments) writer.run('update outcomes set lead_key = ? where lead_key = ? and at = ?', to, from, at);
  return moments;
}

export function moveOutcomesBack(writer: Writer, moments: readonly number[], from: number, to: number): void {
  for (const at of moments) writer.run('update or ignore outcomes set lead_key = ? where lead_key = ? and at = ?', to, from, at);
}

/** What the touchpoints of a lead would put back, by their ids. */
export function effectsOf(reader: Reader, leadKey: number): [string, TouchpointEffects][] {
  return reader
    .all<{ id: Buffer; effects: string }>('select id, effects from touchpoints where lead_key = ? and effects is not null', leadKey)
    .map(({ id, effects }) => [idText(id), JSON.parse(effects) as TouchpointEffects]);
}

export function setEffects(writer: Writer, id: string, effects: TouchpointEffects): void {
  writer.run('update touchpoints set effects = ? where id = ?', JSON.stringify(effects), idBytes(id));
}
