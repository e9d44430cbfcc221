import { unpackReach } from '#domain/admissions/leads/reach';
import type { LeadSort } from '#contract/admissions/leadFields';
import { Refusal } from '#contract/errors';
import type { Filter } from '#contract/filter';
import type { RowScope } from '#main/app/scope';
import type { Store } from '../open';
import { leadColumns, type LeadColumns } from './leadColumns';
import type { LeadOrder } from './leadOrders';
import { every, type FilterSetting, type LeadTest, leadTest, searchTest } from './leadTests';
import { hiddenImports } from './scope';
import type { TagSenses } from './tags';

export interface LeadQuery {
  readonly filter?: Filter | undefined;
  readonly search?: string | undefined;
}

export interface LeadListQuery extends LeadQuery {
  readonly sort: { readonly field: LeadSort; readonly direction: 'ascending' | 'descending' };
  readonly limit: number;
  readonly offset?: number | undefined;
  /** The last page's `nextKey`. */
  readonly after?: string | undefined;
}

export interface LeadPage {
  readonly keys: readonly number[];
  readonly total: number;
  readonly nextKey: string | null;
}

/** The one test that turns a scope into leads; the twin of `leadScope`, for columns. */
export function scopeTest(store: Store, scope: RowScope, columns: LeadColumns): LeadTest[] {
  const owners = columns.wholes('owner');
  const teams = columns.wholes('team');
  switch (scope.kind) {
    case 'all':
      return [];
    case 'department': {
      const own = new Set(store.all<{ key: number }>('select key from teams where department_key = ?', scope.departmentKey).map(({ key }) => key));
      return [(position) => owners[position] === scope.userKey || own.has(teams[position] ?? 0)];
    }
    case 'team':
      return [(position) => owners[position] === scope.userKey || teams[position] === scope.teamKey];
    case 'own':
      return [(position) => owners[position] === scope.userKey];
  }
}

/** Leaves out leads of imports that nobody sees yet. */
function visibleTest(store: Store, columns: LeadColumns): LeadTest[] {
  const hidden = new Set(store.all<{ key: number }>(hiddenImports).map(({ key }) => key));
  if (hidden.size === 0) return [];
  const imports = columns.wholes('import');
  return [(position) => !hidden.has(imports[position] ?? 0)];
}

/** The leads that an actor sees, that fit a filter and a search. */
export function readableTest(store: Store, scope: RowScope, query: LeadQuery, setting: FilterSetting, columns: LeadColumns): LeadTest {
  return every([
    ...scopeTest(store, scope, columns),
    ...visibleTest(store, columns),
    ...(query.filter === undefined ? [] : [leadTest(query.filter, setting, columns)]),
    ...(query.search === undefined || query.search.trim() === '' ? [] : [searchTest(query.search, setting, columns)]),
  ]);
}

/** Visits the positions of an order in a direction, the unanswered last whichever way it goes, until a visit says that it is enough. */
function walk({ answered, unanswered }: LeadOrder, descending: boolean, start: number | null, visit: (position: number) => boolean): void {
  let begun = start === null;
  for (const part of [answered, unanswered]) {
    let from = 0;
    if (start !== null && !begun) {
      const found = part.indexOf(start);
      if (found < 0) continue;
      begun = true;
      from = (descending ? part.length - 1 - found : found) + 1;
    }
    for (let i = from; i < part.length; i += 1) if (visit(part[descending ? part.length - 1 - i : i] ?? 0)) return;
  }
}

/** Counts of filters, kept until the columns change. */
const counted = new WeakMap<LeadColumns, { readonly version: number; readonly totals: Map<string, number> }>();

function count(columns: LeadColumns, test: LeadTest, name: string): number {
  let kept = counted.get(columns);
  if (kept?.version !== columns.version) {
    kept = { version: columns.version, totals: new Map() };
    counted.set(columns, kept);
  }
  const known = kept.totals.get(name);
  if (known !== undefined) return known;
  let total = 0;
  for (let position = 0; position < columns.length; position += 1) if (columns.isAlive(position) && test(position)) total += 1;
  kept.totals.set(name, total);
  return total;
}

/** A count is kept for so long under the name of its question; what depends on the clock is asked anew each minute. */
function questionName(scope: RowScope, query: LeadQuery, setting: FilterSetting): string {
  return JSON.stringify([scope, query.filter ?? null, query.search ?? null, setting.bands, setting.userKey, Math.floor(setting.now / 60_000)]);
}

function readPlace(columns: LeadColumns, text: string): number {
  const position = /^\d+$/.test(text) ? columns.positionOf(Number(text)) : -1;
  if (position < 0) throw new Refusal('invalid_input', 'That place in the list is gone. Read the list from its beginning.');
  return position;
}

/** A page of leads in an order. */
export function listLeads(store: Store, scope: RowScope, query: LeadListQuery, setting: FilterSetting): LeadPage {
  const columns = leadColumns(store);
  const test = readableTest(store, scope, query, setting, columns);
  const order = columns.order(query.sort.field);
  const start = query.after === undefined ? null : readPlace(columns, query.after);
  let skip = start === null ? (query.offset ?? 0) : 0;
  const keys: number[] = [];
  walk(order, query.sort.direction === 'descending', start, (position) => {
    if (!test(position)) return false;
    if (skip > 0) skip -= 1;
    else keys.push(columns.keyAt(position));
    return keys.length >= query.limit;
  });
  const last = keys.at(-1);
  return {
    keys,
    total: count(columns, test, questionName(scope, query, setting)),
    nextKey: last === undefined || keys.length < query.limit ? null : String(last),
  };
}

/** How many leads an actor sees that fit. */
export function countLeads(store: Store, scope: RowScope, query: LeadQuery, setting: FilterSetting): number {
  const columns = leadColumns(store);
  return count(columns, readableTest(store, scope, query, setting, columns), questionName(scope, query, setting));
}

const byScore: LeadListQuery['sort'] = { field: 'score', direction: 'descending' };

/** The keys of every lead that an actor sees and that fits, in an order, best score first where none is given: for exports and bulk work. */
export function allLeadKeys(store: Store, scope: RowScope, query: LeadQuery, setting: FilterSetting, sort = byScore): number[] {
  const columns = leadColumns(store);
  const test = readableTest(store, scope, query, setting, columns);
  const keys: number[] = [];
  walk(columns.order(sort.field), sort.direction === 'descending', null, (position) => {
    if (test(position)) keys.push(columns.keyAt(position));
    return false;
  });
  return keys;
}

/** The options of an attribute that leads within a scope have: what another team's leads say is not offered. Null means all of them. */
export function optionsInScope(store: Store, scope: RowScope, attributeKey: number, setting: FilterSetting): ReadonlySet<number> | null {
  if (scope.kind === 'all') return null;
  const columns = leadColumns(store);
  const test = readableTest(store, scope, {}, setting, columns);
  const values = columns.attribute(attributeKey);
  const found = new Set<number>();
  for (let position = 0; position < columns.length; position += 1) {
    const option = values[position] ?? Number.NaN;
    if (!Number.isNaN(option) && !found.has(option) && columns.isAlive(position) && test(position)) found.add(option);
  }
  return found;
}

/** How many leads that an actor sees carry each tag, by the key of the tag that stands. */
export function readableTagCounts(store: Store, scope: RowScope, setting: FilterSetting, senses: TagSenses): Map<number, number> {
  const columns = leadColumns(store);
  const test = readableTest(store, scope, {}, setting, columns);
  const numbers = columns.tags.values();
  const perSet = new Float64Array(columns.tags.sets.length);
  for (let position = 0; position < columns.length; position += 1) {
    const number = numbers[position] ?? 0;
    if (number !== 0 && columns.isAlive(position) && test(position)) perSet[number] = (perSet[number] ?? 0) + 1;
  }
  const counts = new Map<number, number>();
  columns.tags.sets.forEach((keys, number) => {
    const leads = perSet[number] ?? 0;
    if (leads > 0) for (const { key } of senses.ofAll(keys)) counts.set(key, (counts.get(key) ?? 0) + leads);
  });
  return counts;
}

/** Those of some keys, selected within a scope, whose people have not said no to any of some channels. */
export function withoutRefusals(store: Store, keys: readonly number[], channels: readonly ('email' | 'phone')[]): number[] {
  const columns = leadColumns(store);
  const reaches = columns.wholes('reach');
  return keys.filter((key) => {
    const { mayEmail, mayPhone } = unpackReach(reaches[columns.positionOf(key)] ?? 0);
    return !(channels.includes('email') && !mayEmail) && !(channels.includes('phone') && !mayPhone);
  });
}
