import { z } from 'zod';
import { type LeadSort, leadSorts } from '#contract/admissions/leadFields';
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
  /** All of them hold. */
  readonly conditions: readonly Condition[];
  readonly search: string;
  readonly sort: Sort;
}

export const firstSort: Sort = { field: 'score', direction: 'descending' };

const conditions = z.array(filterSchema);
const sortField = z.enum(leadSorts);

function readConditions(text: string | null): readonly Condition[] {
  if (text === null) return [];
  try {
    const read = conditions.safeParse(JSON.parse(text));
    return read.success ? read.data.filter((each): each is Condition => 'field' in each) : [];
  } catch {
    // A hand-written address that is no JSON shows every lead.
    return [];
  }
}

/** Reads a view from an address; what cannot be read counts as not said. */
export function readView(query: URLSearchParams): LeadView {
  const field = sortField.safeParse(query.get('sort'));
  const sort: Sort = field.success ? { field: field.data, direction: query.get('direction') === 'ascending' ? 'ascending' : 'descending' } : firstSort;
  return { conditions: readConditions(query.get('filter')), search: query.get('search') ?? '', sort };
}

/** The address of a view: only what differs from every lead by score. */
export function writeView({ conditions: holding, search, sort }: LeadView): URLSearchParams {
  const query = new URLSearchParams();
  if (holding.length > 0) query.set('filter', JSON.stringify(holding));
  if (search !== '') query.set('search', search);
  if (sort.field !== firstSort.field || sort.direction !== firstSort.direction) {
    query.set('sort', sort.field);
    query.set('direction', sort.direction);
  }
  return query;
}

/** What the corridor is asked for. */
export function inputOf({ conditions: holding, search, sort }: LeadView): { filter?: Filter; search?: string; sort: Sort[] } {
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
