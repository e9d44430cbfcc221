import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import type { AuditRow } from '#contract/platform/audit';
import { usePreferences } from '#renderer/data/preferences';
import { useFormats } from '#renderer/data/format';
import { classes } from '#renderer/kit/classes';
import { Skeleton } from '#renderer/kit/Face';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { useSignedIn } from '#renderer/shell/session';
import { Action, Outcome } from './Action';
import type { AuditQuery } from './filters';
import { useRows } from './usePages';
import { useRowWindow } from './useRowWindow';

const narrow = window.matchMedia('(max-width: 639px)');
const listenToWidth = (changed: () => void): (() => void) => {
  narrow.addEventListener('change', changed);
  return () => {
    narrow.removeEventListener('change', changed);
  };
};

const columns = 'sm:grid sm:grid-cols-[11.5rem_minmax(8rem,14rem)_minmax(0,1fr)_7rem] sm:items-center sm:gap-3';

interface AuditListProps {
  readonly query: AuditQuery;
  readonly total: number;
  readonly broken: number | null;
  /** Where the list begins to show: an entry that was asked for. */
  readonly startAt: number;
  readonly onOpen: (row: AuditRow) => void;
}

/** The entries, newest first; only those in sight are drawn and read. */
export function AuditList({ query, total, broken, startAt, onOpen }: AuditListProps) {
  const { t } = useTranslation();
  const place = useRef<HTMLDivElement>(null);
  const isNarrow = useSyncExternalStore(listenToWidth, () => narrow.matches);
  const compact = usePreferences(({ density }) => density === 'compact');
  const rowHeight = isNarrow ? 56 : compact ? 30 : 40;
  const { start, end, onScroll } = useRowWindow(place, total, rowHeight);
  const rowAt = useRows(query, start, end);
  const [cursor, setCursor] = useState(startAt);
  // Once, where an entry was asked for: a list with another start is another list.
  const firstTop = useRef(startAt * rowHeight);
  useEffect(() => {
    if (place.current !== null) place.current.scrollTop = firstTop.current;
  }, []);
  const moveTo = (index: number): void => {
    const to = Math.max(0, Math.min(index, total - 1));
    setCursor(to);
    const { current } = place;
    if (current === null) return;
    if (to * rowHeight < current.scrollTop) current.scrollTop = to * rowHeight;
    else if ((to + 2) * rowHeight > current.scrollTop + current.clientHeight) current.scrollTop = (to + 2) * rowHeight - current.clientHeight;
    requestAnimationFrame(() => {
      document.getElementById(`audit-${String(to)}`)?.focus({ preventScroll: true });
    });
  };
  useShortcuts([
    { keys: 'j', label: t('audit.keys.next'), run: () => { moveTo(cursor + 1); } },
    { keys: 'ArrowDown', label: t('audit.keys.next'), run: () => { moveTo(cursor + 1); } },
    { keys: 'k', label: t('audit.keys.previous'), run: () => { moveTo(cursor - 1); } },
    { keys: 'ArrowUp', label: t('audit.keys.previous'), run: () => { moveTo(cursor - 1); } },
  ]);
  const indexes = Array.from({ length: Math.max(0, end - start) }, (_none, index) => start + index);
  return (
    <div role="table" aria-label={t('places.audit')} aria-rowcount={total + 1} className="flex min-h-72 flex-1 flex-col overflow-hidden rounded-md border border-line bg-surface">
      <div role="rowgroup" className="max-sm:sr-only">
        <div role="row" aria-rowindex={1} className={classes(columns, 'h-9 border-b border-line px-3 text-xs font-medium text-muted')}>
          <span role="columnheader">{t('audit.when')}</span>
          <span role="columnheader">{t('audit.who')}</span>
          <span role="columnheader">{t('audit.what')}</span>
          <span role="columnheader">{t('audit.outcome')}</span>
        </div>
      </div>
      <div
        ref={place}
        role="rowgroup"
        className="relative min-h-0 flex-1 overflow-y-auto"
        onScroll={onScroll}
      >
        <div role="presentation" className="relative" style={{ height: total * rowHeight }}>
          {indexes.map((index) => (
            <Row key={index} index={index} row={rowAt(index)} height={rowHeight} current={index === cursor} broken={broken} onOpen={(row) => { setCursor(index); onOpen(row); }} />
          ))}
        </div>
      </div>
    </div>
  );
}

interface RowProps {
  readonly index: number;
  readonly row: AuditRow | undefined;
  readonly height: number;
  readonly current: boolean;
  readonly broken: number | null;
  readonly onOpen: (row: AuditRow) => void;
}

function Row({ index, row, height, current, broken, onOpen }: RowProps) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const position = { height, transform: `translateY(${String(index * height)}px)` };
  if (row === undefined) {
    return (
      <div role="row" aria-rowindex={index + 2} className="absolute inset-x-0 flex items-center border-b border-line px-3" style={position}>
        <span role="cell" className="w-full">
          <Skeleton className="w-2/3" />
        </span>
      </div>
    );
  }
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className={classes(
        'absolute inset-x-0 cursor-pointer border-b border-line px-3 hover:bg-sunken max-sm:flex max-sm:flex-col max-sm:justify-center',
        columns,
        row.sequence === broken && 'bg-critical/10',
        current && 'bg-selected',
      )}
      style={position}
      onClick={() => { onOpen(row); }}
    >
      <span role="cell" className="tabular truncate text-muted max-sm:order-2 max-sm:text-sm">
        <time dateTime={new Date(row.at).toISOString()}>{formats.moment(row.at)}</time>
        <span className="sm:hidden"> · {row.actorName ?? t('audit.nobody')}</span>
      </span>
      <span role="cell" className="truncate max-sm:hidden">
        {row.actorName ?? <span className="text-muted">{t('audit.nobody')}</span>}
      </span>
      <span role="cell" className="min-w-0 max-sm:flex max-sm:items-center max-sm:justify-between max-sm:gap-2">
        <button
          id={`audit-${String(index)}`}
          type="button"
          className="block max-w-full truncate rounded text-left font-medium outline-offset-1"
          onClick={(event) => {
            event.stopPropagation();
            onOpen(row);
          }}
        >
          <Action name={row.action} />
        </button>
        <span className="shrink-0 sm:hidden">
          <Outcome outcome={row.outcome} />
        </span>
      </span>
      <span role="cell" className="max-sm:hidden">
        <Outcome outcome={row.outcome} />
      </span>
    </div>
  );
}
