import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import Database from 'better-sqlite3';
import type { Clock } from '#domain/kernel/clock';
import { fold } from '#domain/kernel/text';
import { Refusal } from '#contract/errors';
import { type CheckpointElsewhere, checkpointElsewhere, type CheckpointPayload } from './checkpoint';
import { unlock } from './cipher';
import { hybridClock } from './clock';
import { deriveKey } from './keys';
import { migrate, migrations, type Migration } from './migrate';
import { Connection, type Reader, type SlowStatement, type Writer } from './tx';

export interface OpenOptions {
  readonly file: string;
  /** 256 random bits; sqlcipher takes them as they are, without its slow derivation. */
  readonly dataKey: Buffer;
  readonly now: Clock;
  readonly onSlow?: SlowStatement;
  readonly steps?: readonly Migration[];
  /** Page cache in MiB. */
  readonly cacheMib?: number;
  /** Makes the checkpoint after bulk work in another thread. Where absent it is made here. */
  readonly runCheckpoint?: (payload: CheckpointPayload) => Promise<void>;
}

/** Bulk work under way. */
export interface Bulk {
  /** Writes a piece. The group is committed once it has so many rows. */
  write(rows: number, work: (writer: Writer) => void): void;
  /** Commits what is waiting and goes back to the ordinary ways. */
  end(): void;
}

/** An open workspace file. Reads anywhere; writes only inside `transaction`. */
export interface Store extends Reader {
  transaction<Result>(work: (writer: Writer) => Result): Result;
  plan(sql: string, ...params: readonly (string | number | null)[]): string[];
  /**
   * Begins bulk work on rows that nobody sees yet. Its pieces are committed in groups, because each commit encrypts every page that it
   * has touched; whoever else writes commits the group first.
   */
  bulk(): Bulk;
  /**
   * Calls back with the key of every row of a table that is updated or deleted here, even in a transaction that is then rolled back:
   * what is held in memory of the table must be read again. New rows have keys above all others.
   *
   * @param column where given, only changes of that column, and rows that are deleted
   */
  watch(table: string, listener: (key: number) => void, column?: string): void;
  /** The same of a table whose rows go by another key, and new ones too. */
  watchRows(table: string, keyColumn: string, listener: (key: number) => void): void;
  /** Calls back whenever a row of a table is added, updated or deleted here, even in a transaction that is then rolled back. */
  watchAll(table: string, listener: () => void): void;
  /** Writes the whole file, still encrypted with the same key, to a new one. */
  copyTo(file: string): void;
  /** Problems of the file's integrity, or an empty list. */
  problems(): string[];
  /** The most pages the file may have: how a full disk is simulated. Returns the size of a page in bytes. */
  limitPages(pages: number): number;
  /** Pages that the file has now. */
  pages(): number;
  close(): void;
}

const pageBytes = 8_192;
const defaultCacheMib = 56;
/** Bulk work goes through a file from one end to the other: a large cache would only be filled with what is not needed again. */
const bulkCacheMib = 40;
const pagesBetweenCheckpoints = 1_000;
const pagesBetweenBulkCheckpoints = 48_000;
/** How long after bulk work its checkpoint waits: bulk work that follows at once is not to wait for it, and one checkpoint does for both. */
const restMilliseconds = 1_000;
/** Fewer make each page be encrypted more often, more make a commit hold up the readers for longer. */
const rowsPerBulkCommit = 8_000;

/** What a person is told when the file cannot be read. */
const damaged =
  'The workspace file is damaged. Ivy has changed nothing. Restore your newest backup with "ivy restore FILE".';

function openDatabase(options: OpenOptions): Database.Database {
  const database = new Database(options.file, { timeout: 5_000 });
  try {
    unlock(database, options.dataKey);
    database.pragma(`page_size = ${String(pageBytes)}`);
    database.pragma('journal_mode = wal');
    database.pragma('synchronous = normal');
    database.pragma('foreign_keys = on');
    database.pragma('temp_store = memory');
    database.pragma(`wal_autocheckpoint = ${String(pagesBetweenCheckpoints)}`);
    database.pragma(`cache_size = ${String(-1_024 * (options.cacheMib ?? defaultCacheMib))}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** The functions that the triggers of the change log and the queries call. The schema must be there. */
function addFunctions(database: Database.Database, options: OpenOptions): void {
  const key = deriveKey(options.dataKey, 'change log');
  const last = database.prepare<[], { clock: number }>('select clock from change_log order by sequence desc limit 1').get()?.clock ?? 0;
  const clock = hybridClock(options.now, last);
  database.function('hybrid_clock', () => clock());
  database.function('seal', (value: unknown) => {
    if (typeof value !== 'string' && typeof value !== 'number') return null;
    const nonce = randomBytes(12);
    const cipher = createCipheriv('aes-256-gcm', key, nonce);
    const body = Buffer.concat([cipher.update(String(value), 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, body, cipher.getAuthTag()]);
  });
  database.function('unseal', (value: unknown) => {
    if (!Buffer.isBuffer(value)) return null;
    const decipher = createDecipheriv('aes-256-gcm', key, value.subarray(0, 12));
    decipher.setAuthTag(value.subarray(-16));
    return Buffer.concat([decipher.update(value.subarray(12, -16)), decipher.final()]).toString('utf8');
  });
  database.function('fold', { deterministic: true }, (value: unknown) => (typeof value === 'string' ? fold(value) : null));
}

/**
 * Opens the encrypted workspace file and brings its schema up to date.
 *
 * @throws Refusal `workspace_damaged`, `workspace_newer`, `profile_in_use` or `storage_full`
 */
export function openStore(options: OpenOptions): Store {
  let database: Database.Database | undefined;
  try {
    database = openDatabase(options);
    migrate(database, options.steps ?? migrations, options.now());
    addFunctions(database, options);
  } catch (error) {
    database?.close();
    throw storeRefusal(error);
  }
  return asStore(database, options);
}

function asStore(database: Database.Database, options: OpenOptions): Store {
  const { cacheMib = defaultCacheMib } = options;
  const connection = new Connection(database, options.onSlow ?? (() => undefined));
  let bulkJobs = 0;
  let elsewhere: CheckpointElsewhere | null = null;
  let soon: NodeJS.Timeout | undefined;
  /** Makes what is left of a checkpoint, and lets SQLite make the next ones. */
  const checkpointHere = (): void => {
    elsewhere = null;
    if (!database.open || bulkJobs > 0) return;
    database.pragma(`wal_autocheckpoint = ${String(pagesBetweenCheckpoints)}`);
    database.pragma('wal_checkpoint(passive)');
  };
  const checkpointSoon = (run: NonNullable<OpenOptions['runCheckpoint']>): void => {
    soon = setTimeout(() => {
      if (database.open && bulkJobs === 0) elsewhere ??= checkpointElsewhere(run, options.file, options.dataKey, checkpointHere);
    }, restMilliseconds).unref();
  };
  return {
    get: (sql, ...params) => connection.get(sql, ...params),
    all: (sql, ...params) => connection.all(sql, ...params),
    iterate: (sql, ...params) => connection.iterate(sql, ...params),
    value: (sql, ...params) => connection.value(sql, ...params),
    column: (sql, ...params) => connection.column(sql, ...params),
    tuples: (sql, ...params) => connection.tuples(sql, ...params),
    transaction: (work) => connection.transaction(work),
    plan: (sql, ...params) => connection.plan(sql, ...params),
    bulk() {
      bulkJobs += 1;
      clearTimeout(soon);
      database.pragma(`cache_size = ${String(-1_024 * bulkCacheMib)}`);
      database.pragma(`wal_autocheckpoint = ${String(pagesBetweenBulkCheckpoints)}`);
      let waiting = 0;
      let ended = false;
      return {
        write(rows, work) {
          connection.bulkWrite(work);
          waiting += rows;
          if (waiting < rowsPerBulkCommit) return;
          waiting = 0;
          connection.commitBulk();
        },
        end() {
          if (ended) return;
          ended = true;
          bulkJobs -= 1;
          if (!database.open) return;
          connection.commitBulk();
          if (bulkJobs > 0) return;
          database.pragma(`cache_size = ${String(-1_024 * cacheMib)}`);
          if (options.runCheckpoint === undefined) checkpointHere();
          else checkpointSoon(options.runCheckpoint);
        },
      };
    },
    watch(table, listener, column) {
      const name = `touched_${table}${column === undefined ? '' : `_${column}`}`;
      database.function(name, (key: unknown) => {
        listener(Number(key));
        return null;
      });
      const when = column === undefined ? '' : `when new.${column} is not old.${column}`;
      database.exec(`create temp trigger ${name}_update after update ${column === undefined ? '' : `of ${column} `}on main.${table} ${when} begin select ${name}(new.key); end`);
      database.exec(`create temp trigger ${name}_delete after delete on main.${table} begin select ${name}(old.key); end`);
    },
    watchRows(table, keyColumn, listener) {
      const name = `touched_rows_${table}`;
      database.function(name, (key: unknown) => {
        listener(Number(key));
        return null;
      });
      for (const [event, row] of [['insert', 'new'], ['update', 'new'], ['delete', 'old']] as const) {
        database.exec(`create temp trigger ${name}_${event} after ${event} on main.${table} begin select ${name}(${row}.${keyColumn}); end`);
      }
    },
    watchAll(table, listener) {
      const name = `touched_all_${table}`;
      database.function(name, () => {
        listener();
        return null;
      });
      for (const event of ['insert', 'update', 'delete']) database.exec(`create temp trigger ${name}_${event} after ${event} on main.${table} begin select ${name}(); end`);
    },
    copyTo(file) {
      database.prepare('vacuum into ?').run(file);
    },
    problems() {
      const rows = database.pragma('integrity_check(20)') as { integrity_check: string }[];
      const broken = database.pragma('foreign_key_check') as unknown[];
      return [
        ...rows.map((row) => row.integrity_check).filter((text) => text !== 'ok'),
        ...(broken.length > 0 ? [`${String(broken.length)} rows refer to something that is gone.`] : []),
      ];
    },
    limitPages(pages) {
      database.pragma(`max_page_count = ${String(pages)}`);
      return pageBytes;
    },
    pages: () => Number(database.pragma('page_count', { simple: true })),
    close() {
      if (!database.open) return;
      clearTimeout(soon);
      elsewhere?.end();
      try {
        // Never ANALYZE: statistics of a nearly empty file would make SQLite scan it once it is full. Our plans are tested without.
        database.pragma('wal_checkpoint(truncate)');
      } finally {
        database.close();
      }
    },
  };
}

/** Turns what SQLite says into what a person can act on; anything else is left as it is. */
export function storeRefusal(error: unknown): unknown {
  if (!(error instanceof Database.SqliteError)) return error;
  const { code } = error;
  if (code === 'SQLITE_FULL' || code.startsWith('SQLITE_IOERR_WRITE')) {
    return new Refusal('storage_full', 'The disk is full. Free some space and try again; nothing was changed.', undefined, { cause: error });
  }
  if (code === 'SQLITE_NOTADB' || code.startsWith('SQLITE_CORRUPT')) {
    return new Refusal('workspace_damaged', damaged, undefined, { cause: error });
  }
  if (code.startsWith('SQLITE_BUSY') || code === 'SQLITE_LOCKED') {
    return new Refusal('profile_in_use', 'Another program holds this workspace. Close it and try again.', undefined, { cause: error });
  }
  if (code.startsWith('SQLITE_READONLY') || code === 'SQLITE_CANTOPEN') {
    return new Refusal('unavailable', 'Ivy may not write in its folder. Check the permissions of the profile and try again.', undefined, { cause: error });
  }
  return error;
}

/** The SHA-256 of a text, as bytes. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
