import { asked as askedSchema, type AskedOutput } from '#contract/admissions/queries';
import type { Filter } from '#contract/filter';

/** What the address of a question holds, so that Back and a bookmark bring it again. */
export interface Address {
  readonly text: string;
  /** What it goes on from. */
  readonly before: AskedOutput | null;
  /** What somebody made of the answer by hand. */
  readonly edited: AskedOutput | null;
  readonly tab: Tab;
}

export const tabs = ['results', 'analytics', 'insights'] as const;
export type Tab = (typeof tabs)[number];

export const everything: AskedOutput = { filter: null, sort: null, limit: null, by: null, figure: null };

function readAsked(text: string | null): AskedOutput | null {
  if (text === null) return null;
  try {
    const read = askedSchema.safeParse(JSON.parse(text));
    return read.success ? read.data : null;
  } catch {
    // An address that was cut off asks its question by itself.
    return null;
  }
}

export function readAddress(query: URLSearchParams): Address {
  return {
    text: query.get('q') ?? '',
    before: readAsked(query.get('before')),
    edited: readAsked(query.get('edited')),
    tab: tabs.find((tab) => tab === query.get('tab')) ?? 'results',
  };
}

export function writeAddress({ text, before, edited, tab }: Address): URLSearchParams {
  const query = new URLSearchParams();
  if (text !== '') query.set('q', text);
  if (before !== null) query.set('before', JSON.stringify(before));
  if (edited !== null) query.set('edited', JSON.stringify(edited));
  if (tab !== 'results') query.set('tab', tab);
  return query;
}

/** What a next question takes of an answer. */
export function askedOf({ filter, sort, limit, by, figure }: AskedOutput): AskedOutput {
  return { filter, sort, limit, by, figure };
}

/** The conditions that must all hold, one chip each. */
export function conditionsOf(filter: Filter | null): readonly Filter[] {
  if (filter === null) return [];
  return 'all' in filter ? filter.all : [filter];
}

export function filterOf(conditions: readonly Filter[]): Filter | null {
  const [first] = conditions;
  if (first === undefined) return null;
  return conditions.length === 1 ? first : { all: [...conditions] };
}
