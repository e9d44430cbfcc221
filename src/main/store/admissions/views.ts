import type { Filter } from '#contract/filter';
import { filterVersion } from '#contract/filter';
import type { LeadSort } from '#contract/admissions/leadFields';
import type { View, ViewAudience } from '#contract/admissions/views';
import { displayName } from '#domain/admissions/leads/normalise';
import type { Reader, Writer } from '../tx';
import { sharedWith } from './audiences';

/** A view as it is kept; what of it is gone is for its reader to find out. */
export interface StoredView extends Omit<View, 'mine' | 'gone'> {
  readonly ownerKey: number;
  readonly removed: boolean;
}

/** What a person may say about a view. */
export type ViewChanges = { readonly [Part in 'name' | 'audience' | 'filter' | 'search' | 'sort' | 'columns' | 'widths' | 'grouping' | 'groupOrder']?: View[Part] | undefined };

interface ViewRow {
  readonly id: string;
  readonly name: string;
  readonly owner_key: number;
  readonly audience: ViewAudience;
  readonly filter: string | null;
  readonly search: string;
  readonly sort: LeadSort;
  readonly direction: 'ascending' | 'descending';
  readonly columns: string | null;
  readonly widths: string | null;
  readonly grouping: View['grouping'];
  readonly group_sort: NonNullable<View['groupOrder']>['field'] | null;
  readonly group_direction: 'ascending' | 'descending' | null;
  readonly removed_at: number | null;
  readonly updated_at: number;
  readonly given_name: string | null;
  readonly family_name: string | null;
}

const selectView = `
  select v.id, v.name, v.owner_key, v.audience, v.filter, v.search, v.sort, v.direction, v.columns, v.widths, v.grouping, v.group_sort, v.group_direction, v.removed_at, v.updated_at, p.given_name, p.family_name
  from views v join users u on u.key = v.owner_key join people p on p.key = u.person_key`;

/** More views than anybody looks through. */
const mostListed = 500;

function asView(row: ViewRow): StoredView {
  return {
    id: row.id,
    name: row.name,
    audience: row.audience,
    ownerKey: row.owner_key,
    owner: displayName({ given: row.given_name, family: row.family_name }) ?? '',
    filter: row.filter === null ? null : (JSON.parse(row.filter) as Filter),
    search: row.search,
    sort: { field: row.sort, direction: row.direction },
    columns: row.columns === null ? null : (JSON.parse(row.columns) as string[]),
    widths: row.widths === null ? null : (JSON.parse(row.widths) as Record<string, number>),
    grouping: row.grouping,
    groupOrder: row.group_sort === null || row.group_direction === null ? null : { field: row.group_sort, direction: row.group_direction },
    removed: row.removed_at !== null,
    updatedAt: row.updated_at,
  };
}

/** One's own views first, then the others', each by name. */
export function listViews(reader: Reader, userKey: number, teamKey: number | null): StoredView[] {
  return reader
    .all<ViewRow>(
      `${selectView} where v.removed_at is null and v.filter_version <= ? and ${sharedWith('v')} order by v.owner_key <> ?, fold(v.name), v.key limit ?`,
      filterVersion,
      userKey,
      teamKey,
      userKey,
      mostListed,
    )
    .map(asView);
}

/** A view by id, whoever owns it, also one that was taken away. */
export function findView(reader: Reader, id: string): StoredView | null {
  const row = reader.get<ViewRow>(`${selectView} where v.id = ?`, id);
  return row === undefined ? null : asView(row);
}

export function insertView(
  writer: Writer,
  view: { readonly id: string; readonly userKey: number; readonly teamKey: number | null } & Required<{ readonly [Part in keyof ViewChanges]: NonNullable<ViewChanges[Part]> | null }>,
  now: number,
): void {
  writer.run(
    `insert into views (id, name, owner_key, team_key, audience, filter_version, filter, search, sort, direction, columns, widths, grouping, group_sort, group_direction, created_at, updated_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    view.id,
    view.name,
    view.userKey,
    view.teamKey,
    view.audience,
    filterVersion,
    view.filter === null ? null : JSON.stringify(view.filter),
    view.search,
    view.sort?.field ?? 'score',
    view.sort?.direction ?? 'descending',
    view.columns === null ? null : JSON.stringify(view.columns),
    view.widths === null ? null : JSON.stringify(view.widths),
    view.grouping,
    view.groupOrder?.field ?? null,
    view.groupOrder?.direction ?? null,
    now,
    now,
  );
}

/** Changes a view; sharing it shares it with the team that its owner is in now. */
export function updateView(writer: Writer, id: string, changes: ViewChanges, teamKey: number | null, now: number): void {
  const set = (columns: string, ...values: (string | number | null)[]): void => {
    writer.run(`update views set ${columns}, updated_at = ? where id = ?`, ...values, now, id);
  };
  if (changes.name !== undefined) set('name = ?', changes.name);
  if (changes.audience !== undefined) set('audience = ?, team_key = ?', changes.audience, teamKey);
  if (changes.filter !== undefined) set('filter = ?, filter_version = ?', changes.filter === null ? null : JSON.stringify(changes.filter), filterVersion);
  if (changes.search !== undefined) set('search = ?', changes.search);
  if (changes.sort !== undefined) set('sort = ?, direction = ?', changes.sort.field, changes.sort.direction);
  if (changes.widths !== undefined) set('widths = ?', changes.widths === null ? null : JSON.stringify(changes.widths));
  if (changes.grouping !== undefined) set('grouping = ?', changes.grouping);
  if (changes.groupOrder !== undefined) set('group_sort = ?, group_direction = ?', changes.groupOrder?.field ?? null, changes.groupOrder?.direction ?? null);
  if (changes.columns !== undefined) set('columns = ?', changes.columns === null ? null : JSON.stringify(changes.columns));
}

/** Takes a view away, or puts it back. */
export function setViewRemoved(writer: Writer, id: string, removed: boolean, now: number): void {
  writer.run('update views set removed_at = ?, updated_at = ? where id = ?', removed ? now : null, now, id);
}
