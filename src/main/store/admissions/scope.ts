import type { RowScope } from '#main/app/scope';
import { allOf, anyOf, everything, type Fragment } from '../fragments';
import type { Reader } from '../tx';

export { allOf, anyOf, everything, type Fragment };

/** The rows of a scope in a table that says whose each row is and which team's. */
function rowsWithin(scope: RowScope, owner: string, team: string): Fragment {
  switch (scope.kind) {
    case 'all':
      return everything;
    case 'department':
      return { sql: `${owner} = ? or ${team} in (select key from teams where department_key = ?)`, params: [scope.userKey, scope.departmentKey] };
    case 'team':
      return { sql: `${owner} = ? or ${team} = ?`, params: [scope.userKey, scope.teamKey] };
    case 'own':
      return { sql: `${owner} = ?`, params: [scope.userKey] };
  }
}

/**
 * The one condition that turns a scope into rows of `leads l`. Every read of leads carries it; a test looks for it.
 */
export function leadScope(scope: RowScope): Fragment {
  return rowsWithin(scope, 'l.owner_key', 'l.team_key');
}

/** The same for rows of `imports i`: whoever brought a file in, and whoever reaches the team that it belongs to. */
export function importScope(scope: RowScope): Fragment {
  return rowsWithin(scope, 'i.user_key', 'i.team_key');
}

/** Imports whose leads nobody reads: those that are being read in, and those that are being taken back. */
export const hiddenImports = "select key from imports where state in ('staging', 'undoing')";

/** The condition that leaves them out, and what was merged into another lead, for statements that are written once. */
export const visible = `l.merged_into is null and (l.import_key is null or l.import_key not in (${hiddenImports}))`;

/** The same as a fragment of its own. Most of the time no import is hidden, and it costs next to nothing. */
export function visibleLeads(reader: Reader): Fragment {
  const hidden = reader.all<{ key: number }>(hiddenImports).map(({ key }) => key);
  if (hidden.length === 0) return { sql: 'l.merged_into is null', params: [] };
  return { sql: `l.merged_into is null and (l.import_key is null or l.import_key not in (${hidden.map(() => '?').join(', ')}))`, params: hidden };
}

/** Whether a lead whose key is known may be touched by an actor. */
export function isReadable(reader: Reader, scope: RowScope, key: number): boolean {
  const readable = readableLeads(reader, scope);
  return reader.value<number>(`select 1 from leads l where l.key = ? and ${readable.sql}`, key, ...readable.params) === 1;
}

/** What every list and every look at a lead begins with: the rows that exist for this actor. */
export function readableLeads(reader: Reader, scope: RowScope): Fragment {
  return allOf([leadScope(scope), visibleLeads(reader)]);
}
