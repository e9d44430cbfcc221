import { useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadRow } from '#contract/admissions/leads';
import { usePreferences } from '#renderer/data/preferences';
import { Skeleton } from '#renderer/kit/Face';
import { classes } from '#renderer/kit/classes';
import { columnDefinitions, columnLooks, isSort, type LeadColumn, leadColumns, leadTableFeatures } from './columns';
import type { Sort } from './filters';
import type { LeadPages } from './useLeadPages';
import type { Selection } from './useSelection';

const rowHeights = { comfortable: 40, compact: 30 } as const;
const checkTrack = '40px';
const checkWidth = 40;

interface LeadTableProps {
  readonly pages: LeadPages;
  readonly shown: readonly LeadColumn[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  readonly selection: Selection;
  readonly cursor: number;
  readonly onCursor: (index: number) => void;
  readonly onOpen: (lead: LeadRow) => void;
}

/** The leads as a table of which only the rows in sight are drawn. */
export function LeadTable({ pages, shown, sort, onSort, selection, cursor, onCursor, onOpen }: LeadTableProps) {
  const { t } = useTranslation();
  const density = usePreferences((preferences) => preferences.density);
  const height = rowHeights[density];
  const scroller = useRef<HTMLDivElement>(null);
  const total = pages.total ?? 0;
  // eslint-disable-next-line react-hooks/incompatible-library -- no compiler memoizes here
  const virtual = useVirtualizer({ count: total, getScrollElement: () => scroller.current, estimateSize: () => height, overscan: 12 });
  const table = useTable({
    features: leadTableFeatures,
    columns: columnDefinitions,
    data: pages.loaded,
    getRowId: (lead) => lead.id,
    state: {
      columnVisibility: Object.fromEntries(leadColumns.map((column) => [column, shown.includes(column)])),
      columnOrder: [...shown],
      rowSelection: Object.fromEntries(pages.loaded.filter(({ id }) => selection.has(id)).map(({ id }) => [id, true as const])),
    },
  });
  const rows = new Map(table.getRowModel().rows.map((row) => [row.id, row]));
  const visible = virtual.getVirtualItems();
  const first = visible[0]?.index ?? 0;
  const last = visible.at(-1)?.index ?? 0;
  const { look } = pages;
  useEffect(() => {
    look(first, last);
  }, [look, first, last]);
  useEffect(() => {
    virtual.measure();
  }, [virtual, height]);
  useEffect(() => {
    if (cursor >= 0 && cursor < total) virtual.scrollToIndex(cursor);
    // Only a step of the cursor scrolls, not an answer that comes in.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [cursor]);

  const template = [checkTrack, ...shown.map((column) => columnLooks[column].track)].join(' ');
  const least = shown.reduce((sum, column) => sum + columnLooks[column].least, checkWidth);
  const chosen = selection.count(total);
  const all = total > 0 && chosen === total;
  const some = !all && chosen > 0;
  return (
    <div
      ref={scroller}
      role="grid"
      aria-label={t('places.leads')}
      aria-rowcount={total + 1}
      aria-colcount={shown.length + 1}
      aria-multiselectable
      aria-busy={pages.total === null}
      tabIndex={0}
      className="min-h-0 flex-1 overflow-auto border-t border-line bg-surface outline-offset-[-2px]"
    >
      <div role="presentation" style={{ minWidth: least }}>
        <div role="row" aria-rowindex={1} className="sticky top-0 z-10 grid border-b border-line bg-surface text-xs font-medium text-muted" style={{ gridTemplateColumns: template, height: 34 }}>
          <div role="columnheader" aria-colindex={1} className="flex items-center justify-center">
            <input
              type="checkbox"
              className="size-4 accent-focus"
              aria-label={t('leads.selectAll')}
              checked={all}
              ref={(box) => {
                if (box !== null) box.indeterminate = some;
              }}
              onChange={selection.toggleAll}
            />
          </div>
          {shown.map((column, index) => (
            <ColumnHead key={column} column={column} index={index} sort={sort} onSort={onSort} />
          ))}
        </div>
        <div role="rowgroup" className="relative" style={{ height: virtual.getTotalSize() }}>
          {visible.map((item) => {
            const lead = pages.rowAt(item.index);
            const row = lead === undefined ? undefined : rows.get(lead.id);
            const selected = row?.getIsSelected() === true;
            const current = item.index === cursor;
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                aria-selected={selected}
                {...(current ? { 'aria-current': 'true' as const } : {})}
                className={classes(
                  'group absolute inset-x-0 top-0 grid cursor-default border-b border-line',
                  selected ? 'bg-selected' : current ? 'bg-sunken' : 'hover:bg-sunken/70',
                  current && 'shadow-[inset_2px_0_0_var(--brand)]',
                )}
                style={{ gridTemplateColumns: template, height, transform: `translateY(${String(item.start)}px)` }}
                onClick={() => {
                  onCursor(item.index);
                }}
                onDoubleClick={() => {
                  if (lead !== undefined) onOpen(lead);
                }}
              >
                {lead === undefined || row === undefined ? (
                  <Waiting shown={shown} />
                ) : (
                  <>
                    <div role="gridcell" aria-colindex={1} className="flex items-center justify-center">
                      <input
                        type="checkbox"
                        tabIndex={-1}
                        className="size-4 accent-focus"
                        aria-label={t('leads.select', { name: lead.name })}
                        checked={selected}
                        onChange={() => {
                          selection.toggle(lead.id);
                        }}
                      />
                    </div>
                    {row.getVisibleCells().map((cell, index) => (
                      <div
                        key={cell.id}
                        role="gridcell"
                        aria-colindex={index + 2}
                        className={classes('flex min-w-0 items-center px-3', columnLooks[cell.column.id as LeadColumn].number === true && 'tabular justify-end')}
                      >
                        <table.FlexRender cell={cell} />
                      </div>
                    ))}
                  </>
                )}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

function Waiting({ shown }: { readonly shown: readonly LeadColumn[] }) {
  return (
    <>
      <div role="gridcell" />
      {shown.map((column) => (
        <div key={column} role="gridcell" className="flex items-center px-3">
          <Skeleton className="h-3 w-3/4" />
        </div>
      ))}
    </>
  );
}

/** The head of a column, which sorts where the list offers that sort. */
function ColumnHead({ column, index, sort, onSort }: { readonly column: LeadColumn; readonly index: number; readonly sort: Sort; readonly onSort: (sort: Sort) => void }) {
  const { t } = useTranslation();
  const label = t(`leads.columns.${column}`);
  const right = columnLooks[column].number === true;
  const sorted = sort.field === column;
  const Arrow = sort.direction === 'ascending' ? ArrowUp : ArrowDown;
  return (
    <div
      role="columnheader"
      aria-colindex={index + 2}
      {...(isSort(column) ? { 'aria-sort': sorted ? sort.direction : ('none' as const) } : {})}
      className={classes('flex min-w-0 items-center px-3', right && 'justify-end')}
    >
      {isSort(column) ? (
        <button
          type="button"
          className={classes('flex h-6 min-w-0 items-center gap-1 rounded hover:text-text', sorted && 'text-text', right && 'flex-row-reverse')}
          onClick={() => {
            // Words begin at A, figures at the most; a second press turns the order round.
            const begin = column === 'name' || column === 'source' || column === 'stage' ? 'ascending' : 'descending';
            const turned = sort.direction === 'ascending' ? 'descending' : 'ascending';
            onSort({ field: column, direction: sorted ? turned : begin });
          }}
        >
          <span className="truncate">{label}</span>
          {sorted && <Arrow size={12} aria-hidden className="shrink-0" />}
        </button>
      ) : (
        <span className="truncate">{label}</span>
      )}
    </div>
  );
}
