import { unpackReach } from '#domain/admissions/leads/reach';
import type { LeadSort } from '#contract/admissions/leadFields';
import { Refusal } from '#contract/errors';
import type { Filter } from '#contract/filter';
import type { RowScope } from '#main/app/scope';
import type { Store } from '../open';
import { type Direction, firstLeads, foundLeads, NotHeld, noteFirstShown } from './firstLeads';
import type { TestedLeads } from './heldLeads';
import { areLeadsRead, leadColumns, type LeadNeeds, readLeads } from './leadColumns';
import type { LeadOrder } from './leadOrders';
import { every, type FilterSetting, type LeadTest, leadTest, needsOfFilter, searchesTexts, searchTest, searchWords } from './leadTests';
import { hiddenImports } from './scope';
import type { TagSenses } from './tags';

export interface LeadQuery {
  readonly filter?: Filter | undefined;
  readonly search?: string | undefined;
}

export interface LeadListQuery extends LeadQuery {
  readonly sort: { readonly field: LeadSort; readonly direction: Direction };
  readonly limit: number;
  readonly offset?: number | undefined;
  /** The last page's `nextKey`. */
  readonly after?: string | undefined;
}

export interface LeadPage {
  readonly keys: readonly number[];
  readonly total: number;
  /** False where there are more than the total: it was asked for before all leads had been read. */
  readonly totalIsExact: boolean;
  readonly nextKey: string | null;
}

/** The one test that turns a scope into leads; the twin of `leadScope`, for columns. */
export function scopeTest(store: Store, scope: RowScope, columns: TestedLeads): LeadTest[] {
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
function visibleTest(hidden: ReadonlySet<number>, columns: TestedLeads): LeadTest[] {
  if (hidden.size === 0) return [];
  const imports = columns.wholes('import');
  return [(position) => !hidden.has(imports[position] ?? 0)];
}

/** Leads that an actor sees and that fit a question. */
export interface FittingLeads {
  readonly total: number;
  /** 1 at the position of each. */
  readonly marks: Uint8Array;
  /** Whether every lead that is there fits. */
  readonly all: boolean;
}

/** Questions whose leads are held, the latest ones: page after page asks the same. */
const questionsHeld = 12;
const held = new WeakMap<TestedLeads, { readonly version: number; readonly questions: Map<string, FittingLeads> }>();

function find(tests: readonly LeadTest[], columns: TestedLeads): FittingLeads {
  const marks = new Uint8Array(columns.length);
  const test = every(tests);
  let total = 0;
  for (let position = 0; position < marks.length; position += 1) {
    if (!columns.isAlive(position) || !test(position)) continue;
    marks[position] = 1;
    total += 1;
  }
  return { total, marks, all: tests.length === 0 };
}

/**
 * The leads that an actor sees, that fit a filter and a search. What depends on the clock is asked anew each minute, and what goes by names
 * of anything else than leads whenever something was written.
 */
export function fittingLeads(store: Store, scope: RowScope, query: LeadQuery, setting: FilterSetting, columns: TestedLeads): FittingLeads {
  let known = held.get(columns);
  if (known?.version !== columns.version) {
    known = { version: columns.version, questions: new Map() };
    held.set(columns, known);
  }
  const hidden = store.column<number>(hiddenImports);
  const goesByNames = query.filter !== undefined || scope.kind === 'department';
  const until = goesByNames ? [setting.bands, setting.userKey, Math.floor(setting.now / 60_000), store.value<number>('select total_changes()')] : [];
  const name = JSON.stringify([scope, query.filter ?? null, query.search ?? null, hidden, until]);
  const tests = (): LeadTest[] => [
    ...scopeTest(store, scope, columns),
    ...visibleTest(new Set(hidden), columns),
    ...(query.filter === undefined ? [] : [leadTest(query.filter, setting, columns)]),
    ...(query.search !== undefined && isSearch(query) ? [searchTest(query.search, setting, columns)] : []),
  ];
  const found = known.questions.get(name) ?? find(tests(), columns);
  known.questions.delete(name);
  known.questions.set(name, found);
  const [oldest] = known.questions.keys();
  if (known.questions.size > questionsHeld && oldest !== undefined) known.questions.delete(oldest);
  return found;
}

function isSearch({ search }: LeadQuery): boolean {
  return search !== undefined && search.trim() !== '';
}

/** What must be read before a question about leads can be answered at once. */
export function needsOf(query: LeadQuery, setting: FilterSetting, sorts: readonly LeadSort[] = []): LeadNeeds {
  const filter = query.filter === undefined ? null : needsOfFilter(query.filter, setting);
  return { sorts, ...filter, texts: filter?.texts === true || searchesTexts(query.search ?? '') };
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

/** Some positions of an order, where every lead of it fits: wherever they are, they are found at once. */
function slice({ answered, unanswered }: LeadOrder, descending: boolean, offset: number, limit: number): number[] {
  const at = (index: number): number | undefined => {
    const part = index < answered.length ? answered : unanswered;
    const inPart = index < answered.length ? index : index - answered.length;
    return part[descending ? part.length - 1 - inPart : inPart];
  };
  return Array.from({ length: limit }, (_none, index) => at(offset + index)).filter((position) => position !== undefined);
}

function readPlace(columns: TestedLeads, text: string): number {
  const position = /^\d+$/.test(text) ? columns.positionOf(Number(text)) : -1;
  if (position < 0) throw new Refusal('invalid_input', 'That place in the list is gone. Read the list from its beginning.');
  return position;
}

/** The positions of a page, in its order. */
function positionsOf(columns: TestedLeads, order: LeadOrder, { marks, all }: FittingLeads, query: LeadListQuery): number[] {
  const descending = query.sort.direction === 'descending';
  const start = query.after === undefined ? null : readPlace(columns, query.after);
  let skip = start === null ? (query.offset ?? 0) : 0;
  if (all && start === null) return slice(order, descending, skip, query.limit);
  const positions: number[] = [];
  walk(order, descending, start, (position) => {
    if (marks[position] !== 1) return false;
    if (skip > 0) skip -= 1;
    else positions.push(position);
    return positions.length >= query.limit;
  });
  return positions;
}

function pageOf(columns: TestedLeads, order: LeadOrder, fitting: FittingLeads, query: LeadListQuery, totalIsExact: boolean): LeadPage {
  const keys = positionsOf(columns, order, fitting, query).map((position) => columns.keyAt(position));
  const last = keys.at(-1);
  return { keys, total: fitting.total, totalIsExact, nextKey: last === undefined || keys.length < query.limit ? null : String(last) };
}

/** A page of leads in an order. */
export function listLeads(store: Store, scope: RowScope, query: LeadListQuery, setting: FilterSetting): LeadPage {
  const columns = leadColumns(store);
  return pageOf(columns, columns.order(query.sort.field), fittingLeads(store, scope, query, setting, columns), query, true);
}

/** A page that the first leads of the order fill, or that the few leads fill whom a search finds; null where they do not. */
export function listFirstLeads(store: Store, scope: RowScope, query: LeadListQuery, setting: FilterSetting): LeadPage | null {
  if (query.after !== undefined) return null;
  const { field, direction } = query.sort;
  const search = query.search ?? '';
  const words = searchWords(search);
  const first = !isSearch(query) ? firstLeads(store, field, direction) : words.length === 0 || searchesTexts(search) ? null : foundLeads(store, words, field);
  if (first === null) return null;
  try {
    const { search: _indexed, ...asked } = query;
    const page = pageOf(first, first.order, fittingLeads(store, scope, asked, setting, first), query, isSearch(query));
    return page.totalIsExact || page.keys.length === query.limit ? page : null;
  } catch (error) {
    if (error instanceof NotHeld) return null;
    throw error;
  }
}

/** The same, for whoever can wait: meanwhile others have their turns, and a first page that an index gives does not wait at all. */
export async function readLeadPage(store: Store, scope: RowScope, query: LeadListQuery, setting: FilterSetting): Promise<LeadPage> {
  const needs = needsOf(query, setting, [query.sort.field]);
  if (!(await areLeadsRead(store, needs))) {
    const first = listFirstLeads(store, scope, query, setting);
    if (first !== null) {
      if (!first.totalIsExact) noteFirstShown(store);
      return first;
    }
    await readLeads(store, needs);
  }
  return listLeads(store, scope, query, setting);
}

/** How many leads an actor sees that fit. */
export function countLeads(store: Store, scope: RowScope, query: LeadQuery, setting: FilterSetting): number {
  return fittingLeads(store, scope, query, setting, leadColumns(store)).total;
}

const byScore: LeadListQuery['sort'] = { field: 'score', direction: 'descending' };

/** The keys of every lead that an actor sees and that fits, in an order, best score first where none is given: for exports and bulk work. */
export function allLeadKeys(store: Store, scope: RowScope, query: LeadQuery, setting: FilterSetting, sort = byScore): number[] {
  const columns = leadColumns(store);
  const { marks } = fittingLeads(store, scope, query, setting, columns);
  const keys: number[] = [];
  walk(columns.order(sort.field), sort.direction === 'descending', null, (position) => {
    if (marks[position] === 1) keys.push(columns.keyAt(position));
    return false;
  });
  return keys;
}

/** The options of an attribute that leads within a scope have: what another team's leads say is not offered. Null means all of them. */
export function optionsInScope(store: Store, scope: RowScope, attributeKey: number, setting: FilterSetting): ReadonlySet<number> | null {
  if (scope.kind === 'all') return null;
  const columns = leadColumns(store);
  const { marks } = fittingLeads(store, scope, {}, setting, columns);
  const values = columns.attribute(attributeKey);
  const found = new Set<number>();
  for (let position = 0; position < marks.length; position += 1) {
    const option = values[position] ?? Number.NaN;
    if (marks[position] === 1 && !Number.isNaN(option)) found.add(option);
  }
  return found;
}

/** How many leads that an actor sees carry each tag, by the key of the tag that stands. */
export function readableTagCounts(store: Store, scope: RowScope, setting: FilterSetting, senses: TagSenses): Map<number, number> {
  const columns = leadColumns(store);
  const { marks } = fittingLeads(store, scope, {}, setting, columns);
  const { numbers, sets } = columns.tags;
  const perSet = new Float64Array(sets.length);
  for (let position = 0; position < marks.length; position += 1) {
    const number = numbers[position] ?? 0;
    if (number !== 0 && marks[position] === 1) perSet[number] = (perSet[number] ?? 0) + 1;
  }
  const counts = new Map<number, number>();
  sets.forEach((keys, number) => {
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
