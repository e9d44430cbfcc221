import type { Reader, Writer } from '../tx';

export interface SessionRow {
  readonly key: number;
  readonly id: string;
  readonly userId: string;
  readonly door: string;
  readonly createdAt: number;
  readonly lastSeenAt: number;
  readonly expiresAt: number;
  readonly locked: boolean;
}

type StoredSession = Omit<SessionRow, 'locked'> & { readonly locked: number };

const selectSession = `
  select s.key, s.id, u.id as userId, s.door, s.created_at as createdAt, s.last_seen_at as lastSeenAt,
         s.expires_at as expiresAt, s.locked
  from sessions s join users u on u.key = s.user_key
  where s.ended_at is null`;

const asSession = (row: StoredSession): SessionRow => ({ ...row, locked: row.locked === 1 });

export function findSession(reader: Reader, tokenHash: Buffer): SessionRow | null {
  const row = reader.get<StoredSession>(`${selectSession} and s.token_hash = ?`, tokenHash);
  return row === undefined ? null : asSession(row);
}

export function listSessions(reader: Reader, now: number): SessionRow[] {
  return reader.all<StoredSession>(`${selectSession} and s.expires_at > ? order by s.last_seen_at desc`, now).map(asSession);
}

export function insertSession(
  writer: Writer,
  session: { readonly id: string; readonly userKey: number; readonly tokenHash: Buffer; readonly door: string; readonly expiresAt: number },
  now: number,
): void {
  writer.run(
    'insert into sessions (id, user_key, token_hash, door, created_at, last_seen_at, expires_at) values (?, ?, ?, ?, ?, ?, ?)',
    session.id,
    session.userKey,
    session.tokenHash,
    session.door,
    now,
    now,
    session.expiresAt,
  );
}

export function touchSession(writer: Writer, id: string, now: number): void {
  writer.run('update sessions set last_seen_at = ? where id = ?', now, id);
}

export function setSessionLocked(writer: Writer, id: string, locked: boolean, now: number): void {
  writer.run('update sessions set locked = ?, last_seen_at = ? where id = ?', locked ? 1 : 0, now, id);
}

export function endSession(writer: Writer, id: string, now: number): boolean {
  return writer.run('update sessions set ended_at = ? where id = ? and ended_at is null', now, id).changes > 0;
}

/** Ends every open session of a user, but for one where given, and answers their ids. */
export function endSessionsOf(writer: Writer, userId: string, now: number, except?: string): string[] {
  const ids = listSessions(writer, 0)
    .filter((session) => session.userId === userId && session.id !== except)
    .map((session) => session.id);
  for (const id of ids) endSession(writer, id, now);
  return ids;
}

/** Ends the sessions of an earlier run of the program, but for those that are remembered. */
export function endSessionsExcept(writer: Writer, ids: readonly string[], now: number): void {
  writer.run('update sessions set ended_at = ? where ended_at is null and id not in (select value from json_each(?))', now, JSON.stringify(ids));
}

/** Forgets sessions that ended or expired long ago. */
export function forgetOldSessions(writer: Writer, before: number): void {
  writer.run('delete from sessions where (ended_at is not null and ended_at < ?) or expires_at < ?', before, before);
}
