import { idBytes } from './ids';
import type { Writer } from './tx';

// What no trigger logs. See migrations/0080_changes.sql.

/** Logs that a row was inserted. */
export function logInsert(writer: Writer, table: string, id: string): void {
  writer.run("insert into change_log (table_name, row_id, column_name, clock) values (?, ?, '*', hybrid_clock())", table, idBytes(id));
}

/** Logs that something of a lead changed that is in no column of its own; the value is sealed, for it may be personal. */
export function logChange(writer: Writer, leadKey: number, name: string, value: string | number | null): void {
  writer.run(
    `insert into change_log (table_name, row_id, column_name, value, clock)
     select 'leads', id, ?, seal(?), hybrid_clock() from leads where key = ? and (import_key is null or import_key not in (select key from imports where state = 'staging'))`,
    name,
    value,
    leadKey,
  );
}
