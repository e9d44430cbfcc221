import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { LeadRow } from '#contract/admissions/leads';
import { call } from '#renderer/data/client';
import { inputOf, type LeadView } from './filters';

/** Rows that one call brings. */
const pageSize = 100;

export interface LeadPages {
  /** How many leads fit, or null while that is not known. */
  readonly total: number | null;
  readonly rowAt: (index: number) => LeadRow | undefined;
  /** The rows that are here, in their order. */
  readonly loaded: readonly LeadRow[];
  readonly error: Error | null;
  readonly retry: () => void;
  /** Tells which rows are in sight, so that theirs are the pages that are read. */
  readonly look: (first: number, last: number) => void;
}

/** Reads of a long list only the pages that somebody looks at; they are read again when a lead changes. */
export function useLeadPages(view: LeadView): LeadPages {
  const [range, setRange] = useState({ first: 0, last: 0 });
  const input = useMemo(() => inputOf(view), [view]);
  const pages = Array.from({ length: range.last - range.first + 1 }, (_none, index) => range.first + index);
  const results = useQueries({
    queries: pages.map((page) => {
      const pageInput = { ...input, limit: pageSize, offset: page * pageSize };
      return {
        queryKey: ['admissions.leads.list', pageInput],
        queryFn: ({ signal }: { signal: AbortSignal }) => call('admissions.leads.list', pageInput, signal),
        // A page that is read for another filter shows what it showed until the answer comes.
        placeholderData: keepPreviousData,
      };
    }),
  });
  const byPage = new Map(results.map((result, at) => [pages[at], result.data?.items] as const));
  const failed = results.find(({ error }) => error !== null);
  return {
    total: results.find(({ data }) => data !== undefined)?.data?.total ?? null,
    rowAt: (index) => byPage.get(Math.floor(index / pageSize))?.[index % pageSize],
    loaded: results.flatMap(({ data }) => data?.items ?? []),
    error: failed?.error ?? null,
    retry: () => {
      for (const result of results) if (result.error !== null) void result.refetch();
    },
    look: (first, last) => {
      const next = { first: Math.floor(Math.max(0, first) / pageSize), last: Math.floor(Math.max(0, last) / pageSize) };
      if (next.first !== range.first || next.last !== range.last) setRange(next);
    },
  };
}
