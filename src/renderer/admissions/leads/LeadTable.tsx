import { useTable } from '@tanstack/react-table';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadGroup } from '#contract/admissions/leadGroups';
import type { ListedLead } from '#contract/admissions/leads';
import { usePreferences } from '#renderer/data/preferences';
import { useLongRows } from '#renderer/kit/useLongRows';
import { ColumnHead } from './ColumnHead';
import { type CellActions, type Column, columnDefinitions, isAttribute, leadColumns, leadTableFeatures, lookOf } from './columns';
import type { FilterField, Sort } from './filters';
import { GroupRow } from './GroupRow';
import { LeadTableRow, type RowHandlers } from './LeadTableRow';
import type { LeadRows } from './useLeadRows';
import type { Selection } from './useSelection';

const rowHeights = { comfortable: 40, compact: 30 } as const;
const headHeight = 34;
/** How long one must stay at a place before it is read: who drags the scroll bar passes thousands. */
const restMilliseconds = 50;
const checkTrack = '40px';
const checkWidth = 40;

interface LeadTableProps {
  readonly rows: LeadRows;
  readonly fields: readonly FilterField[];
  readonly shown: readonly Column[];
  readonly widths: Readonly<Record<string, number>>;
  readonly onWidth: (column: Column, width: number | null) => void;
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** Null where leads are not chosen but only looked at. */
  readonly selection: Selection | null;
  /** How many leads fit. */
  readonly total: number;
  /** The groups, where there are any. */
  readonly groups: readonly LeadGroup[] | null;
  readonly onToggleGroup: (group: LeadGroup) => void;
  readonly cursor: number;
  readonly onCursor: (index: number) => void;
  readonly onOpen: (lead: ListedLead) => void;
  readonly actions: CellActions;
}

/** The leads as a table of which only the rows in sight are drawn; grouped, each group is a row above its leads. */
export function LeadTable({ rows, fields, shown, widths, onWidth, sort, onSort, selection, total, groups, onToggleGroup, cursor, onCursor, onOpen, actions }: LeadTableProps) {
  const { t } = useTranslation();
  const density = usePreferences((preferences) => preferences.density);
  const height = rowHeights[density];
  const count = rows.count ?? 0;
  const { scroller, box, start, end, topOf, onScroll, show } = useLongRows(count, height, headHeight);
  const act = useRef(actions);
  const handlers = useRef<RowHandlers>({ choose: onCursor, open: onOpen, toggle: (lead, group) => { selection?.toggle(lead, group); } });
  useEffect(() => {
    act.current = actions;
    handlers.current = { choose: onCursor, open: onOpen, toggle: (lead, group) => { selection?.toggle(lead, group); } };
  });
  const attributes = useMemo(() => shown.filter(isAttribute), [shown]);
  const columns = useMemo(() => columnDefinitions(attributes, fields, { contact: (lead, channel) => { act.current.contact(lead, channel); } }), [attributes, fields]);
  const table = useTable({
    features: leadTableFeatures,
    columns,
    data: rows.loaded,
    getRowId: (lead) => lead.id,
    state: {
      columnVisibility: Object.fromEntries(leadColumns.map((column) => [column, shown.includes(column)])),
      columnOrder: [...shown],
    },
  });
  const drawn = new Map(table.getRowModel().rows.map((row) => [row.id, row]));
  const { look } = rows;
  const lookNow = useRef(look);
  useEffect(() => {
    lookNow.current = look;
  });
  useEffect(() => {
    const timer = setTimeout(() => { lookNow.current(start, end - 1); }, restMilliseconds);
    return () => { clearTimeout(timer); };
  }, [start, end]);
  useEffect(() => {
    if (cursor >= 0 && cursor < count) show(cursor);
    // Only a step of the cursor scrolls, not an answer that comes in.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [cursor]);

  const indexes = Array.from({ length: Math.max(0, end - start) }, (_none, at) => start + at);
  const looks = shown.map((column) => lookOf(column, widths));
  const template = [...(selection === null ? [] : [checkTrack]), ...looks.map(({ track }) => track)].join(' ');
  const least = looks.reduce((sum, { least: width }) => sum + width, selection === null ? 0 : checkWidth);
  const chosen = selection?.count ?? 0;
  const all = total > 0 && chosen === total;
  const some = !all && chosen > 0;
  return (
    <div
      ref={scroller}
      role={groups === null ? 'grid' : 'treegrid'}
      aria-label={t('places.leads')}
      aria-rowcount={count + 1}
      aria-colcount={shown.length + 1}
      aria-multiselectable={selection !== null}
      aria-busy={rows.count === null}
      tabIndex={0}
      onScroll={onScroll}
      className="min-h-0 flex-1 overflow-auto border-t border-line bg-surface outline-offset-[-2px]"
    >
      <div role="presentation" style={{ minWidth: least }}>
        <div role="row" aria-rowindex={1} className="sticky top-0 z-10 grid border-b border-line bg-surface text-xs font-medium text-muted" style={{ gridTemplateColumns: template, height: headHeight }}>
          {selection !== null && (
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
          )}
          {shown.map((column, index) => (
            <ColumnHead key={column} column={column} index={index} fields={fields} sort={sort} onSort={onSort} onWidth={(width) => { onWidth(column, width); }} />
          ))}
        </div>
        <div role="rowgroup" className="relative overflow-hidden" style={{ height: box }}>
          {indexes.map((index) => {
            const item = rows.itemAt(index);
            const current = index === cursor;
            if (item.kind === 'group') {
              return (
                <GroupRow
                  key={`group ${item.group.key}`}
                  group={item.group}
                  isOpen={item.isOpen}
                  rowIndex={index + 2}
                  columns={shown.length + 1}
                  selected={selection?.hasGroup(item.group.key) === true}
                  current={current}
                  position={{ height, transform: `translateY(${String(topOf(index))}px)` }}
                  onChoose={() => { onCursor(index); }}
                  onToggle={() => { onToggleGroup(item.group); }}
                  onSelect={() => { selection?.toggleGroup(item.group, groups ?? []); }}
                />
              );
            }
            const { lead, group } = item;
            return (
              <LeadTableRow
                key={index}
                index={index}
                lead={lead}
                row={lead === undefined ? undefined : drawn.get(lead.id)}
                group={group}
                isGrouped={groups !== null}
                selected={lead !== undefined && selection?.has(lead.id, group) === true}
                checks={selection !== null}
                current={current}
                columns={columns}
                shown={shown}
                template={template}
                height={height}
                top={topOf(index)}
                handlers={handlers}
              />
            );
          })}
        </div>
      </div>
    </div>
  );
}
