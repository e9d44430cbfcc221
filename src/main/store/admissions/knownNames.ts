import type { RowScope } from '#main/app/scope';
import type { Reader } from '../tx';
import { readableLeads } from './scope';

/** Whether one of the leads that an actor sees has this name, given in the form in which leads are sorted by it. */
export function isLeadNamed(reader: Reader, scope: RowScope, sortName: string): boolean {
  const { sql, params } = readableLeads(reader, scope);
  return reader.value<number>(`select 1 from leads l indexed by leads_by_name where l.sort_name = ? and ${sql} limit 1`, sortName, ...params) === 1;
}
