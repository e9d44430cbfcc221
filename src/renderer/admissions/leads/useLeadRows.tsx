import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { startTransition, useMemo, useState } from 'react';
import type { LeadGroup } from '#contract/admissions/leadGroups';
import type { ListedLead } from '#contract/admissions/leads';
import type { OutputOf } from '#contract/index';
import { call } from '#renderer/data/client';
import { inputOf, type LeadView } from './filters';

/** Rows that one call brings. */
const pageSize = 100;
/** What is in sight is told in steps of so many rows. */
const lookStep = 25;

/** A row of the table: the head of a group, or a lead, which may not be here yet. */
export type LeadItem =
  | { readonly kind: 'group'; readonly group: LeadGroup; readonly isOpen: boolean }
  | { readonly kind: 'lead'; readonly lead: ListedLead | undefined; readonly group: string | null };

export interface LeadRows {
  /** How many rows there are, heads of groups among them, or null while that is not known. */
  readonly count: number | null;
  /** Whether it is that many and not more: right after a start the first leads are there before all are counted. */
  readonly countIsExact: boolean;
  readonly itemAt: (index: number) => LeadItem;
  /** The leads that are here. */
  readonly loaded: readonly ListedLead[];
  readonly error: Error | null;
  readonly retry: () => void;
  /** Tells which rows are in sight, so that theirs are the pages that are read. */
  readonly look: (first: number, last: number) => void;
}

/** Leads that follow each other: all of them, or those of an open group below its head. */
interface Section {
  readonly group: LeadGroup | null;
  readonly isOpen: boolean;
  /** The index of its first row. */
  readonly start: number;
  readonly heads: number;
  readonly leads: number;
}

function sectionsOf(groups: readonly LeadGroup[] | null, open: ReadonlySet<string>, total: number): Section[] {
  if (groups === null) return [{ group: null, isOpen: true, start: 0, heads: 0, leads: total }];
  let start = 0;
  return groups.map((group) => {
    const isOpen = open.has(group.key);
    const section = { group, isOpen, start, heads: 1, leads: isOpen ? group.leads : 0 };
    start += section.heads + section.leads;
    return section;
  });
}

/** The section of a row, found by halving. */
function sectionAt(sections: readonly Section[], index: number): Section | undefined {
  let [low, high] = [0, sections.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if ((sections[middle]?.start ?? 0) <= index) low = middle;
    else high = middle - 1;
  }
  return sections[low];
}

interface LeadRowsInput {
  readonly view: Pick<LeadView, 'conditions' | 'search' | 'sort'>;
  /** Names of attributes that are shown. */
  readonly attributes: readonly string[];
  /** Groups in their order; null where the leads are not grouped, undefined while the groups are not known. */
  readonly groups: readonly LeadGroup[] | null | undefined;
  readonly open: ReadonlySet<string>;
}

/** What the pages say together. The same while no page has changed, so that a step of scrolling makes nothing anew. */
function combined(results: readonly UseQueryResult<OutputOf<'admissions.leads.list'>>[]) {
  const known = results.find(({ data }) => data !== undefined)?.data;
  return {
    pages: results.map(({ data }) => data?.items),
    // A lead with two tags may be seen twice.
    loaded: [...new Map(results.flatMap(({ data }) => data?.items ?? []).map((lead) => [lead.id, lead])).values()],
    total: known?.total ?? null,
    totalIsExact: known?.totalIsExact ?? true,
    error: results.find(({ error }) => error !== null)?.error ?? null,
    again: results.filter(({ error }) => error !== null).map(({ refetch }) => refetch),
  };
}

/** Reads of a long list only the pages that somebody looks at; they are read again when a lead changes. */
export function useLeadRows({ view, attributes, groups, open }: LeadRowsInput): LeadRows {
  const [range, setRange] = useState({ first: 0, last: lookStep - 1 });
  const input = useMemo(() => ({ ...inputOf(view), ...(attributes.length === 0 ? {} : { attributes: [...attributes] }) }), [view, attributes]);
  const [known, setKnown] = useState<number | null>(null);
  const sections = groups === undefined ? [] : sectionsOf(groups, open, known ?? pageSize);
  /** Pages of sections that hold a row in sight. */
  const wanted = sections.flatMap((section) => {
    const from = section.start + section.heads;
    const [first, last] = [Math.max(range.first, from), Math.min(range.last, from + Math.max(section.leads, groups === null ? 1 : 0) - 1)];
    if (last < first) return [];
    const [begin, end] = [Math.floor((first - from) / pageSize), Math.floor((last - from) / pageSize)];
    return Array.from({ length: end - begin + 1 }, (_none, index) => ({ key: section.group?.key ?? null, filter: section.group?.filter ?? null, page: begin + index }));
  });
  const read = useQueries({
    combine: combined,
    queries: wanted.map(({ filter, page }) => {
      const all = [...view.conditions, ...(filter === null ? [] : [filter])];
      const pageInput = { ...input, ...(all.length === 0 ? {} : { filter: { all } }), limit: pageSize, offset: page * pageSize };
      return {
        queryKey: ['admissions.leads.list', pageInput],
        queryFn: ({ signal }: { signal: AbortSignal }) => call('admissions.leads.list', pageInput, signal),
        // A page that is read for another filter shows what it showed until the answer comes, another place of the list nothing yet; a group never shows another's leads.
        ...(groups === null
          ? {
              placeholderData: (before: OutputOf<'admissions.leads.list'> | undefined, query: { readonly queryKey: readonly unknown[] } | undefined) =>
                (query?.queryKey[1] as { readonly offset?: number } | undefined)?.offset === pageInput.offset ? before : undefined,
            }
          : {}),
      };
    }),
  });
  const byPage = new Map(read.pages.map((items, at) => [`${wanted[at]?.key ?? ''} ${String(wanted[at]?.page)}`, items] as const));
  const total = groups === null ? read.total : null;
  if (groups === null && total !== null && total !== known) setKnown(total);
  const last = sections.at(-1);
  return {
    countIsExact: groups !== null || read.totalIsExact,
    count: groups === undefined ? null : groups === null ? (total ?? known) : last === undefined ? 0 : last.start + last.heads + last.leads,
    itemAt: (index) => {
      const section = sectionAt(sections, index);
      const group = section?.group ?? null;
      if (section !== undefined && group !== null && index === section.start) return { kind: 'group', group, isOpen: section.isOpen };
      const at = index - (section?.start ?? 0) - (section?.heads ?? 0);
      return { kind: 'lead', lead: byPage.get(`${group?.key ?? ''} ${String(Math.floor(at / pageSize))}`)?.[at % pageSize], group: group?.key ?? null };
    },
    loaded: read.loaded,
    error: read.error,
    retry: () => {
      for (const again of read.again) void again();
    },
    look: (first, end) => {
      const next = { first: Math.floor(Math.max(0, first) / lookStep) * lookStep, last: (Math.floor(Math.max(0, end) / lookStep) + 1) * lookStep - 1 };
      if (next.first !== range.first || next.last !== range.last) startTransition(() => { setRange(next); });
    },
  };
}
