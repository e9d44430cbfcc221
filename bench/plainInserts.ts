import { createReadStream } from 'node:fs';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse';

// The yardstick of the import: every cell of a file as text, into an encrypted file that is opened as the store opens its own.

const [, , file = '', target = ''] = process.argv;
const started = performance.now();
const database = new Database(target);
database.pragma("cipher = 'sqlcipher'");
database.pragma(`key = "x'${'ab'.repeat(32)}'"`);
database.pragma('page_size = 8192');
database.pragma('journal_mode = wal');
database.pragma('synchronous = normal');
const rows = createReadStream(file).pipe(parse({ relax_column_count: true })) as AsyncIterable<string[]>;
let insert: Database.Statement | null = null;
for await (const cells of rows) {
  if (insert === null) {
    const columns = cells.map((_cell, index) => `column_${String(index)}`);
    database.exec(`create table leads (key integer primary key, ${columns.map((column) => `${column} text`).join(', ')}) strict`);
    database.exec('begin');
    insert = database.prepare(`insert into leads (${columns.join(', ')}) values (${columns.map(() => '?').join(', ')})`);
    continue;
  }
  insert.run(cells);
}
database.exec('commit');
database.close();
process.stdout.write(String(performance.now() - started));
