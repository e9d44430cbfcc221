import type { Database, Statement } from 'better-sqlite3';

/** What SQLite takes and gives. */
export type SqlValue = string | number | bigint | Buffer | Uint8Array | null;

/** Reads, and can do nothing else. */
export interface Reader {
  get<Row>(sql: string, ...params: readonly SqlValue[]): Row | undefined;
  all<Row>(sql: string, ...params: readonly SqlValue[]): Row[];
  iterate<Row>(sql: string, ...params: readonly SqlValue[]): IterableIterator<Row>;
  /** The first column of the first row. */
  value<Value>(sql: string, ...params: readonly SqlValue[]): Value | undefined;
  /** The first column of every row: for a hundred thousand keys, a third of the time that rows take. */
  column<Value>(sql: string, ...params: readonly SqlValue[]): Value[];
  /** Every row as a list of its columns: for many columns, two thirds of the time that rows with names take. */
  tuples<Row extends readonly SqlValue[]>(sql: string, ...params: readonly SqlValue[]): Row[];
}

/** Reads and writes. Only a transaction hands one out. */
export interface Writer extends Reader {
  run(sql: string, ...params: readonly SqlValue[]): { readonly changes: number; readonly key: number };
}

/** A statement that took longer than this is logged. */
const slowMilliseconds = 40;

export type SlowStatement = (sql: string, milliseconds: number) => void;

/** A connection as the rest of the store sees it: prepared statements by their text, reads, and transactions. */
export class Connection implements Reader {
  private readonly statements = new Map<string, Statement>();
  private readonly writer: Writer;
  private depth = 0;
  private bulkOpen = false;

  constructor(
    private readonly database: Database,
    private readonly onSlow: SlowStatement,
  ) {
    this.writer = {
      get: (sql, ...params) => this.get(sql, ...params),
      all: (sql, ...params) => this.all(sql, ...params),
      iterate: (sql, ...params) => this.iterate(sql, ...params),
      value: (sql, ...params) => this.value(sql, ...params),
      column: (sql, ...params) => this.column(sql, ...params),
      tuples: (sql, ...params) => this.tuples(sql, ...params),
      run: (sql, ...params) => {
        const result = this.timed(sql, () => this.prepare(sql).run(...params));
        return { changes: result.changes, key: Number(result.lastInsertRowid) };
      },
    };
  }

  get<Row>(sql: string, ...params: readonly SqlValue[]): Row | undefined {
    return this.timed(sql, () => this.prepare(sql).get(...params)) as Row | undefined;
  }

  all<Row>(sql: string, ...params: readonly SqlValue[]): Row[] {
    return this.timed(sql, () => this.prepare(sql).all(...params)) as Row[];
  }

  iterate<Row>(sql: string, ...params: readonly SqlValue[]): IterableIterator<Row> {
    // Not from the cache: a statement that is being walked through cannot be run a second time.
    return this.database.prepare(sql).iterate(...params) as IterableIterator<Row>;
  }

  value<Value>(sql: string, ...params: readonly SqlValue[]): Value | undefined {
    const row = this.get<Record<string, Value>>(sql, ...params);
    return row === undefined ? undefined : Object.values(row)[0];
  }

  column<Value>(sql: string, ...params: readonly SqlValue[]): Value[] {
    return this.timed(sql, () => this.prepare(sql, 'column').all(...params)) as Value[];
  }

  tuples<Row extends readonly SqlValue[]>(sql: string, ...params: readonly SqlValue[]): Row[] {
    return this.timed(sql, () => this.prepare(sql, 'tuples').all(...params)) as Row[];
  }

  /**
   * Runs work in one transaction: all of it is kept or none. A transaction within another joins it.
   */
  transaction<Result>(work: (writer: Writer) => Result): Result {
    if (this.depth > 0) return work(this.writer);
    this.commitBulk();
    this.database.exec('begin immediate');
    this.depth += 1;
    try {
      const result = work(this.writer);
      this.database.exec('commit');
      return result;
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('rollback');
      throw error;
    } finally {
      this.depth -= 1;
    }
  }

  /**
   * Writes within a transaction that stays open from one piece of bulk work to the next. Only for rows that nobody sees yet: a group may
   * be committed at any time, and a piece that fails takes its whole group with it.
   */
  bulkWrite(work: (writer: Writer) => void): void {
    if (!this.bulkOpen) {
      this.database.exec('begin immediate');
      this.bulkOpen = true;
    }
    this.depth += 1;
    try {
      work(this.writer);
    } catch (error) {
      this.bulkOpen = false;
      if (this.database.inTransaction) this.database.exec('rollback');
      throw error;
    } finally {
      this.depth -= 1;
    }
  }

  /** Commits the open group of bulk work, if there is one. */
  commitBulk(): void {
    if (!this.bulkOpen) return;
    this.bulkOpen = false;
    try {
      this.database.exec('commit');
    } catch (error) {
      if (this.database.inTransaction) this.database.exec('rollback');
      throw error;
    }
  }

  /** How a statement would be carried out, one line a step; for tests of the plans that matter for speed. */
  plan(sql: string, ...params: readonly SqlValue[]): string[] {
    return this.database
      .prepare<unknown[], { detail: string }>(`explain query plan ${sql}`)
      .all(...params)
      .map(({ detail }) => detail);
  }

  private prepare(sql: string, form: 'rows' | 'column' | 'tuples' = 'rows'): Statement {
    const name = form === 'rows' ? sql : `${form} ${sql}`;
    const found = this.statements.get(name);
    if (found !== undefined) return found;
    // Filters compose many texts; the oldest go, so that a long day does not keep them all.
    if (this.statements.size >= 500) {
      const oldest = this.statements.keys().next().value;
      if (oldest !== undefined) this.statements.delete(oldest);
    }
    const statement = this.database.prepare(sql);
    if (form === 'column') statement.pluck();
    if (form === 'tuples') statement.raw();
    this.statements.set(name, statement);
    return statement;
  }

  private timed<Result>(sql: string, work: () => Result): Result {
    const start = performance.now();
    const result = work();
    const milliseconds = performance.now() - start;
    if (milliseconds > slowMilliseconds) this.onSlow(sql, milliseconds);
    return result;
  }
}
