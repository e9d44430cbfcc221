import { logInsert } from '../changes';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';

export type SessionKind = 'daily' | 'quiz' | 'placement' | 'mock' | 'section' | 'lab' | 'cards';

/** A sitting as it is kept. `plan` and `result` are what its handler put there. */
export interface StoredSitting {
  readonly key: number;
  readonly id: string;
  readonly userKey: number;
  readonly courseKey: number;
  readonly courseId: string;
  readonly courseTitle: string;
  readonly kind: SessionKind;
  readonly plan: unknown;
  readonly startedAt: number;
  readonly lastAt: number;
  readonly endedAt: number | null;
  readonly result: unknown;
}

type SittingRow = Omit<StoredSitting, 'id' | 'courseId' | 'plan' | 'result'> & { readonly id: Uint8Array; readonly courseId: Uint8Array; readonly plan: string; readonly result: string | null };

const selectSitting = `
  select s.key, s.id, s.user_key as userKey, s.course_key as courseKey, c.id as courseId, c.title as courseTitle, s.kind, s.plan, s.started_at as startedAt, s.last_at as lastAt, s.ended_at as endedAt, s.result
  from study_sessions s join study_courses c on c.key = s.course_key`;

const asSitting = (row: SittingRow): StoredSitting => ({
  ...row,
  id: idText(row.id),
  courseId: idText(row.courseId),
  plan: JSON.parse(row.plan) as unknown,
  result: row.result === null ? null : (JSON.parse(row.result) as unknown),
});

/** A sitting by id, whoever it belongs to. */
export function findSitting(reader: Reader, id: string): StoredSitting | null {
  const row = reader.get<SittingRow>(`${selectSitting} where s.id = ?`, idBytes(id));
  return row === undefined ? null : asSitting(row);
}

export function sittingByKey(reader: Reader, key: number): StoredSitting | null {
  const row = reader.get<SittingRow>(`${selectSitting} where s.key = ?`, key);
  return row === undefined ? null : asSitting(row);
}

/** Sittings of a user that are open, the newest first. */
export function openSittings(reader: Reader, userKey: number): StoredSitting[] {
  return reader.all<SittingRow>(`${selectSitting} where s.user_key = ? and s.ended_at is null and c.removed_at is null order by s.last_at desc, s.key desc`, userKey).map(asSitting);
}

/** Sittings of a user in a course of one kind, the newest first. */
export function sittingsOfKind(reader: Reader, userKey: number, courseKey: number, kind: SessionKind, limit: number): StoredSitting[] {
  return reader.all<SittingRow>(`${selectSitting} where s.user_key = ? and s.course_key = ? and s.kind = ? order by s.started_at desc, s.key desc limit ?`, userKey, courseKey, kind, limit).map(asSitting);
}

/** @returns the key of its row */
export function insertSitting(writer: Writer, sitting: { readonly id: string; readonly userKey: number; readonly courseKey: number; readonly kind: SessionKind; readonly plan: unknown }, now: number): number {
  const { key } = writer.run(
    'insert into study_sessions (id, user_key, course_key, kind, plan, started_at, last_at) values (?, ?, ?, ?, ?, ?, ?)',
    idBytes(sitting.id),
    sitting.userKey,
    sitting.courseKey,
    sitting.kind,
    JSON.stringify(sitting.plan),
    now,
    now,
  );
  logInsert(writer, 'study_sessions', sitting.id);
  return key;
}

export function saveSittingPlan(writer: Writer, key: number, plan: unknown, now: number): void {
  writer.run('update study_sessions set plan = ?, last_at = max(last_at, ?) where key = ?', JSON.stringify(plan), now, key);
}

export function touchSitting(writer: Writer, key: number, now: number): void {
  writer.run('update study_sessions set last_at = max(last_at, ?) where key = ?', now, key);
}

/** Ends a sitting, or opens it again with null. */
export function endSitting(writer: Writer, key: number, endedAt: number | null, result: unknown): void {
  writer.run('update study_sessions set ended_at = ?, result = ? where key = ?', endedAt, result === null ? null : JSON.stringify(result), key);
}

/** What a user answered, rated and read since an instant, over all courses, each with its instant; whether an answer was right. */
export function doneSince(reader: Reader, userKey: number, since: number): { readonly at: number; readonly right: number | null; readonly milliseconds: number | null }[] {
  return reader.all<{ at: number; right: number | null; milliseconds: number | null }>(
    `select at, correct as right, milliseconds from study_attempts where user_key = ? and at >= ?
     union all select at, null, null from study_reviews where user_key = ? and at >= ? and undone_at is null and attempt_key is null
     union all select p.read_at, null, cast(coalesce(s.minutes, 3) * 60000 as integer) from study_section_progress p join study_sections s on s.key = p.section_key
       where p.user_key = ? and p.read_at >= ?`,
    userKey,
    since,
    userKey,
    since,
    userKey,
    since,
  );
}
