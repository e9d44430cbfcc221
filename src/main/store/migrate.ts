import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { Refusal } from '#contract/errors';

/** One step of the schema, in the order of its number. */
export interface Migration {
  readonly number: number;
  readonly name: string;
  readonly sql: string;
}

const files = import.meta.glob<string>('../../../migrations/*.sql', { query: '?raw', import: 'default', eager: true });

/** Every migration of this program, in order. */
export const migrations: readonly Migration[] = Object.entries(files)
  .map(([path, sql]) => {
    const match = /(\d+)_(\w+)\.sql$/.exec(path);
    if (match?.[1] === undefined || match[2] === undefined) throw new Error(`A migration is named 0010_noun.sql, not ${path}.`);
    return { number: Number(match[1]), name: match[2], sql };
  })
  .sort((a, b) => a.number - b.number);

function checksum(sql: string): string {
  return createHash('sha256').update(sql.replaceAll('\r\n', '\n')).digest('hex');
}

interface Applied {
  readonly number: number;
  readonly checksum: string;
}

/**
 * Brings a database up to this program's version, one transaction a step. Refuses one that a newer program has written, and one whose
 * applied steps are not ours.
 *
 * @param steps all migrations, in order
 * @param now UTC milliseconds
 */
export function migrate(database: Database, steps: readonly Migration[], now: number): void {
  database.exec(`create table if not exists schema_migrations (
    number integer primary key, name text not null, checksum text not null, applied_at integer not null
  ) strict`);
  const applied = new Map(
    database
      .prepare<[], Applied>('select number, checksum from schema_migrations')
      .all()
      .map((row) => [row.number, row.checksum]),
  );
  const newest = steps.at(-1)?.number ?? 0;
  for (const [number, sum] of applied) {
    const step = steps.find((each) => each.number === number);
    if (step === undefined) {
      throw new Refusal('workspace_newer', 'This workspace was written by a newer Ivy. Install that version to open it; nothing was changed.', {
        schema: Math.max(...applied.keys()),
        supported: newest,
      });
    }
    if (checksum(step.sql) !== sum) {
      throw new Refusal('workspace_damaged', 'The schema of this workspace is not the one that Ivy made. Restore a backup; nothing was changed.', {
        migration: number,
      });
    }
  }
  const record = database.prepare('insert into schema_migrations (number, name, checksum, applied_at) values (?, ?, ?, ?)');
  for (const step of steps) {
    if (applied.has(step.number)) continue;
    database.transaction(() => {
      database.exec(step.sql);
      record.run(step.number, step.name, checksum(step.sql), now);
    })();
  }
}
