import { FlexRender, type Row } from '@tanstack/react-table';
import { memo, type RefObject } from 'react';
import type { ListedLead } from '#contract/admissions/leads';
import { useWords } from '#renderer/data/words';
import { classes } from '#renderer/kit/classes';
import { type Column, leadColumns, type leadTableFeatures, lookOf } from './columns';

/** What one can do with a row. Read when it is done, so that a new function draws no row anew. */
export interface RowHandlers {
  readonly choose: (index: number) => void;
  readonly open: (lead: ListedLead) => void;
  readonly toggle: (leadId: string, group: string | null) => void;
}

type Features = typeof leadTableFeatures;

interface LeadTableRowProps {
  readonly index: number;
  /** The lead, or undefined while it is read. */
  readonly lead: ListedLead | undefined;
  readonly row: Row<Features, ListedLead> | undefined;
  readonly group: string | null;
  readonly isGrouped: boolean;
  readonly selected: boolean;
  /** Whether leads can be chosen: each row has a box then. */
  readonly checks: boolean;
  readonly current: boolean;
  readonly columns: unknown;
  readonly shown: readonly Column[];
  readonly template: string;
  readonly height: number;
  readonly top: number;
  readonly handlers: RefObject<RowHandlers>;
}

function TableRow({ index, lead, row, group, isGrouped, selected, checks, current, shown, template, height, top, handlers }: LeadTableRowProps) {
  const { t } = useWords();
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      {...(isGrouped ? { 'aria-level': 2 } : {})}
      {...(current ? { 'aria-current': 'true' as const } : {})}
      className={classes(
        'group absolute inset-x-0 top-0 grid cursor-default border-b border-line contain-strict',
        selected ? 'bg-selected' : current ? 'bg-sunken' : 'hover:bg-sunken/70',
        current && 'shadow-[inset_2px_0_0_var(--brand)]',
      )}
      style={{ gridTemplateColumns: template, height, transform: `translateY(${String(top)}px)` }}
      onClick={() => { handlers.current.choose(index); }}
      onDoubleClick={() => {
        if (lead !== undefined) handlers.current.open(lead);
      }}
    >
      {lead === undefined || row === undefined ? (
        <Waiting shown={shown} checks={checks} />
      ) : (
        <>
          {checks && (
            <div role="gridcell" aria-colindex={1} className="flex items-center justify-center">
              <input
                type="checkbox"
                tabIndex={-1}
                className="size-4 accent-focus"
                aria-label={t('leads.select', { name: lead.name })}
                checked={selected}
                onChange={() => { handlers.current.toggle(lead.id, group); }}
              />
            </div>
          )}
          {row.getVisibleCells().map((cell, at) => (
            <div key={cell.id} role="gridcell" aria-colindex={at + 2} className={classes('flex min-w-0 items-center px-3', isFigure(shown[at]) && 'tabular justify-end')}>
              <FlexRender cell={cell} />
            </div>
          ))}
        </>
      )}
    </div>
  );
}

const figures: ReadonlySet<Column> = new Set(leadColumns.filter((column) => lookOf(column, {}).number === true));

function isFigure(column: Column | undefined): boolean {
  return column !== undefined && figures.has(column);
}

/** Bars that stand still: four hundred that breathe are four hundred layers, and whoever scrolls fast sees them for a moment only. */
function Waiting({ shown, checks }: { readonly shown: readonly Column[]; readonly checks: boolean }) {
  return (
    <>
      {checks && <div role="gridcell" />}
      {shown.map((column) => (
        <div key={column} role="gridcell" className="flex items-center px-3">
          <div aria-hidden className="h-3 w-3/4 rounded-sm bg-line" />
        </div>
      ))}
    </>
  );
}

/**
 * A lead in the table, drawn anew only where something of it has changed: a step of the wheel draws the rows that come into sight. The
 * library makes its rows anew with every page that is read; they say the same as long as lead and columns are the same.
 */
export const LeadTableRow = memo(TableRow, (before, after) =>
  (Object.keys(after) as (keyof LeadTableRowProps)[]).every((name) => name === 'row' || before[name] === after[name]) && (before.row === undefined) === (after.row === undefined),
);
