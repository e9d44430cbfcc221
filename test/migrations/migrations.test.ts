import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { newDataKey } from '#main/store/keys';
import { migrate, type Migration, migrations } from '#main/store/migrate';
import { openStore } from '#main/store/open';
import { monday, temporaryFolder } from '#test/support/app';
import { root } from '#test/support/built';
import { rowsOfVersion } from './rows';

const latest = migrations.at(-1)!;
const nameOf = ({ number, name }: Migration): string => `${String(number).padStart(4, '0')}_${name}`;

function emptyDatabase(): Database.Database {
  const database = new Database(':memory:');
  database.pragma('foreign_keys = on');
  // The change log calls these; what they answer does not matter here.
  database.function('hybrid_clock', () => 1);
  database.function('seal', (value: unknown) => (value === null ? null : Buffer.from('sealed')));
  database.function('fold', { deterministic: true }, (value: unknown) => value);
  onTestFinished(() => {
    database.close();
  });
  return database;
}

/** A database as the version of a step had it, with rows in every table. */
function filledUpTo(steps: readonly Migration[]): Database.Database {
  const database = emptyDatabase();
  steps.forEach((step, index) => {
    migrate(database, steps.slice(0, index + 1), monday);
    database.exec(rowsOfVersion[step.number] ?? '');
  });
  return database;
}

interface Table {
  readonly name: string;
  readonly type: string;
  readonly strict: number;
}

const tablesOf = (database: Database.Database): Table[] =>
  (database.pragma('table_list') as (Table & { schema: string })[]).filter(({ schema, name }) => schema === 'main' && !name.startsWith('sqlite_'));

const plainTables = (database: Database.Database): Table[] => tablesOf(database).filter(({ type }) => type === 'table');

function contentOf(database: Database.Database): Record<string, unknown[]> {
  return Object.fromEntries(
    plainTables(database)
      .filter(({ name }) => name !== 'schema_migrations')
      .map(({ name }) => [name, database.prepare(`select * from "${name}"`).all()]),
  );
}

const schemaOf = (database: Database.Database): unknown[] => database.prepare('select type, name, sql from sqlite_master order by type, name').all();
const appliedIn = (database: Database.Database): unknown[] => database.prepare('select * from schema_migrations order by number').all();
const numbersIn = (database: Database.Database): number[] => (appliedIn(database) as { number: number }[]).map(({ number }) => number);

function expectSound(database: Database.Database): void {
  expect(database.pragma('foreign_key_check')).toEqual([]);
  expect(database.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
}

describe('the migrations', () => {
  it('are all the files of their folder, numbered in tens or right after another, each with rows to test the next', () => {
    expect(migrations.map((step) => `${nameOf(step)}.sql`)).toEqual(readdirSync(join(root, 'migrations')).sort());
    const numbers = migrations.map(({ number }) => number);
    expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b));
    for (const number of numbers) expect(number % 10 === 0 || numbers.includes(number - 1), String(number)).toBe(true);
    expect(Object.keys(rowsOfVersion).map(Number)).toEqual(migrations.map(({ number }) => number));
  });

  it.each(migrations.map((step) => [nameOf(step), step] as const))('%s takes the version before it, and keeps all that is in it', (_name, step) => {
    const before = migrations.filter(({ number }) => number < step.number);
    const database = filledUpTo(before);
    const rows = contentOf(database);
    for (const [table, content] of Object.entries(rows)) expect(content, `${table} has no row to test with`).not.toEqual([]);
    migrate(database, [...before, step], monday + 1);
    expect(numbersIn(database)).toEqual([...before, step].map(({ number }) => number));
    expect(appliedIn(database).at(-1)).toMatchObject({ name: step.name, applied_at: monday + 1 });
    const after = contentOf(database);
    // A step may add columns; what stood in the others stays.
    for (const [table, content] of Object.entries(rows)) expect(after[table], table).toMatchObject(content);
    expect(plainTables(database).filter(({ strict }) => strict !== 1).map(({ name }) => name)).toEqual([]);
    expectSound(database);
    database.exec(rowsOfVersion[step.number]!);
    expectSound(database);
  });

  it('lead from an empty database and from every older version to one and the same schema', () => {
    const fresh = emptyDatabase();
    migrate(fresh, migrations, monday);
    for (let count = 1; count < migrations.length; count += 1) {
      const older = filledUpTo(migrations.slice(0, count));
      migrate(older, migrations, monday);
      expect(schemaOf(older)).toEqual(schemaOf(fresh));
      expectSound(older);
    }
  });

  it('are done once: opening again changes nothing', () => {
    const database = filledUpTo(migrations);
    const [schema, applied, content] = [schemaOf(database), appliedIn(database), contentOf(database)];
    migrate(database, migrations, monday + 1_000);
    expect(schemaOf(database)).toEqual(schema);
    expect(appliedIn(database)).toEqual(applied);
    expect(contentOf(database)).toEqual(content);
  });

  it('are the same to a checkout that ends its lines otherwise', () => {
    const database = filledUpTo(migrations);
    const windows = migrations.map((step) => ({ ...step, sql: step.sql.replaceAll('\n', '\r\n') }));
    expect(() => {
      migrate(database, windows, monday);
    }).not.toThrow();
  });

  it('keep the audits append-only', () => {
    const database = filledUpTo(migrations);
    for (const table of ['audit', 'lead_scoring_weights_audit']) {
      expect(() => database.exec(`delete from ${table}`)).toThrow(/append-only/);
      expect(() => database.exec(`update ${table} set rowid = 7`)).toThrow(/append-only/);
    }
  });
});

describe('a migration that fails', () => {
  const next = latest.number + 10;
  const half: Migration = { number: next, name: 'half', sql: "create table half (only integer primary key) strict; insert into half values (1); insert into half values ('no number')" };

  it('leaves the version as it was, with nothing of itself, and lets the next try succeed', () => {
    const database = filledUpTo(migrations);
    const [schema, content] = [schemaOf(database), contentOf(database)];
    expect(() => {
      migrate(database, [...migrations, half], monday);
    }).toThrow(/datatype mismatch/);
    expect(schemaOf(database)).toEqual(schema);
    expect(contentOf(database)).toEqual(content);
    expect(numbersIn(database)).toEqual(migrations.map(({ number }) => number));
    migrate(database, [...migrations, { ...half, sql: 'create table half (only integer primary key) strict' }], monday);
    expect(numbersIn(database)).toContain(next);
  });

  it('keeps the steps before it', () => {
    const database = emptyDatabase();
    const good: Migration = { number: next, name: 'good', sql: 'create table good (only integer primary key) strict' };
    expect(() => {
      migrate(database, [...migrations, good, { ...half, number: next + 10 }], monday);
    }).toThrow();
    expect(numbersIn(database).at(-1)).toBe(next);
  });

  it('in the encrypted file leaves a workspace that this version opens', () => {
    const options = { file: join(temporaryFolder(), 'workspace.ivy'), dataKey: newDataKey(), now: () => monday };
    openStore(options).close();
    expect(() => openStore({ ...options, steps: [...migrations, half] })).toThrow(/datatype mismatch/);
    const store = openStore(options);
    expect(store.problems()).toEqual([]);
    expect(store.value<number>('select max(number) from schema_migrations')).toBe(latest.number);
    store.close();
  });
});

describe('a database that is not ours to migrate', () => {
  it('of a newer version is refused, and not touched', () => {
    const database = filledUpTo(migrations);
    const [schema, applied] = [schemaOf(database), appliedIn(database)];
    expect(() => {
      migrate(database, migrations.slice(0, -1), monday);
    }).toThrow(expect.objectContaining({ code: 'workspace_newer', details: { schema: latest.number, supported: migrations.at(-2)!.number } }));
    expect(schemaOf(database)).toEqual(schema);
    expect(appliedIn(database)).toEqual(applied);
  });

  it('whose steps were others under the same numbers is refused', () => {
    const database = filledUpTo(migrations);
    const changed = migrations.map((step, index) => (index === 2 ? { ...step, sql: `${step.sql}-- changed after it had landed` } : step));
    expect(() => {
      migrate(database, changed, monday);
    }).toThrow(expect.objectContaining({ code: 'workspace_damaged', details: { migration: 30 } }));
  });
});
