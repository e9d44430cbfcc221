import type { Database } from 'better-sqlite3';

/** Gives a connection the key of its file, before anything else is asked of it. */
export function unlock(database: Database, dataKey: Buffer): void {
  database.pragma("cipher = 'sqlcipher'");
  database.pragma(`key = "x'${dataKey.toString('hex')}'"`);
}
