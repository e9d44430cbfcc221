import { z } from 'zod';
import { type LeadSort, leadSorts } from '#contract/admissions/leadFields';
import { type Grouping, groupings, groupSorts } from '#domain/admissions/leads/groups';
import { leastWidth, mostWidth, type View } from '#contract/admissions/views';
import { type Condition, filter as filterSchema, type Filter, operatorOf } from '#contract/filter';
import type { OutputOf } from '#contract/index';

/** A field that filters know, with its values. */
export type FilterField = OutputOf<'admissions.leads.options'>['fields'][number];

export interface Sort {
  readonly field: LeadSort;
  readonly direction: 'ascending' | 'descending';
}

/** What of the leads is shown: it lives in the address, so that Back and a bookmark bring it again. */
export interface LeadView {
  /** All of them hold; each is a condition, or a group that another program or a saved view brought. */
  readonly conditions: readonly Filter[];
  readonly search: string;
  readonly sort: Sort;
  /** Null shows the columns that this person likes. */
  readonly columns: readonly string[] | null;
  /** Widths of columns in pixels; null shows those that this person likes. */
  readonly widths: Readonly<Record<string, number>> | null;
  readonly grouping: Grouping | null;
  /** Null is the order that is natural to the groups. */
  readonly groupOrder: View['groupOrder'];
}

export const firstSort: Sort = { field: 'score', direction: 'descending' };

/** Every lead by score: what is shown where nothing else is said. */
export const everyLead: LeadView = { conditions: [], search: '', sort: firstSort, columns: null, widths: null, grouping: null, groupOrder: null };

const conditions = z.array(filterSchema);
const sortField = z.enum(leadSorts);

function readConditions(text: string): readonly Filter[] {
  try {
    const read = conditions.safeParse(JSON.parse(text));
    return read.success ? read.data : [];
  } catch {
    // A hand-written address that is no JSON shows every lead.
    return [];
  }
}

/** Widths as an address holds them: name.320,score.90 — a name may hold a dot itself. */
function readWidths(text: string | null): Record<string, number> | null {
  if (text === null) return null;
  const entries = text.split(',').flatMap((part) => {
    const at = part.lastIndexOf('.');
    const width = Number(part.slice(at + 1));
    return at > 0 && Number.isInteger(width) && width >= leastWidth && width <= mostWidth ? [[part.slice(0, at), width] as const] : [];
  });
  return Object.fromEntries(entries);
}

const notGrouped = 'none';

function readGrouping(text: string | null, saved: Grouping | null): Grouping | null {
  if (text === null) return saved;
  return text === notGrouped ? null : (groupings.find((grouping) => grouping === text) ?? saved);
}

const groupOrderText = z.tuple([z.enum(groupSorts), z.enum(['ascending', 'descending'])]);

/** The order of groups as an address holds it: leads.descending, or none where a saved view has one and this has not. */
function readGroupOrder(text: string | null, saved: View['groupOrder']): View['groupOrder'] {
  if (text === null) return saved;
  const read = groupOrderText.safeParse(text.split('.'));
  return read.success ? { field: read.data[0], direction: read.data[1] } : null;
}

/** A saved view as the screen shows it. */
export function shownBy({ filter, search, sort, columns, widths, grouping, groupOrder }: View): LeadView {
  return { conditions: filter === null ? [] : 'all' in filter ? filter.all : [filter], search, sort, columns, widths, grouping, groupOrder };
}

/** Reads what is shown from an address: the saved view that it names, with what differs from it. What cannot be read counts as not said. */
export function readView(query: URLSearchParams, saved: LeadView = everyLead): LeadView {
  const field = sortField.safeParse(query.get('sort'));
  const filter = query.get('filter');
  return {
    conditions: filter === null ? saved.conditions : readConditions(filter),
    search: query.get('search') ?? saved.search,
    sort: field.success ? { field: field.data, direction: query.get('direction') === 'ascending' ? 'ascending' : 'descending' } : saved.sort,
    columns: query.get('columns')?.split(',') ?? saved.columns,
    widths: readWidths(query.get('widths')) ?? saved.widths,
    grouping: readGrouping(query.get('group'), saved.grouping),
    groupOrder: readGroupOrder(query.get('grouporder'), saved.groupOrder),
  };
}

/** Whether two show the same. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The address of what is shown: the saved view, and only what differs from it, so that a long filter does not make a long address. */
export function writeView(shown: LeadView, viewId: string | null = null, saved: LeadView = everyLead): URLSearchParams {
  const query = new URLSearchParams();
  if (viewId !== null) query.set('view', viewId);
  if (!isSame(shown.conditions, saved.conditions)) query.set('filter', JSON.stringify(shown.conditions));
  if (shown.search !== saved.search) query.set('search', shown.search);
  if (shown.sort.field !== saved.sort.field || shown.sort.direction !== saved.sort.direction) {
    query.set('sort', shown.sort.field);
    query.set('direction', shown.sort.direction);
  }
  if (shown.columns !== null && !isSame(shown.columns, saved.columns)) query.set('columns', shown.columns.join(','));
  if (shown.widths !== null && !isSame(shown.widths, saved.widths)) query.set('widths', Object.entries(shown.widths).map(([column, width]) => `${column}.${String(width)}`).join(','));
  if (shown.grouping !== saved.grouping) query.set('group', shown.grouping ?? notGrouped);
  if (!isSame(shown.groupOrder, saved.groupOrder)) query.set('grouporder', shown.groupOrder === null ? notGrouped : `${shown.groupOrder.field}.${shown.groupOrder.direction}`);
  return query;
}

/** What the corridor is asked for. */
export function inputOf({ conditions: holding, search, sort }: Pick<LeadView, 'conditions' | 'search' | 'sort'>): { filter?: Filter; search?: string; sort: Sort[] } {
  return {
    ...(holding.length === 0 ? {} : { filter: { all: [...holding] } }),
    ...(search.trim() === '' ? {} : { search }),
    sort: [sort],
  };
}

/** A condition taken apart, for the chip and the form. */
export function partsOf(condition: Condition): { readonly field: string; readonly operator: ReturnType<typeof operatorOf>['operator']; readonly operand: unknown } {
  return { field: condition.field, ...operatorOf(condition) };
}
