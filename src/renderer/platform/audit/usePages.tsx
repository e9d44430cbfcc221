import { useQueries } from '@tanstack/react-query';
import type { AuditRow } from '#contract/platform/audit';
import { call } from '#renderer/data/client';
import type { AuditQuery } from './filters';

export const pageSize = 100;

/** The input of one page; the same everywhere, so that pages are kept under one key. */
export function pageInput(query: AuditQuery, page: number) {
  return { ...query, limit: pageSize, offset: page * pageSize };
}

/** The rows between two places, by the pages that hold them. A row whose page is still coming is missing. */
export function useRows(query: AuditQuery, start: number, end: number): (index: number) => AuditRow | undefined {
  const first = Math.floor(Math.max(0, start) / pageSize);
  const last = Math.floor(Math.max(0, end - 1) / pageSize);
  const pages = Array.from({ length: last - first + 1 }, (_none, index) => first + index);
  const answers = useQueries({
    queries: pages.map((page) => {
      const input = pageInput(query, page);
      return { queryKey: ['platform.audit.list', input] as const, queryFn: ({ signal }: { signal: AbortSignal }) => call('platform.audit.list', input, signal) };
    }),
  });
  return (index) => answers[Math.floor(index / pageSize) - first]?.data?.items[index % pageSize];
}
