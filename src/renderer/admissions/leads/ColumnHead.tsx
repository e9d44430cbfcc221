import { ArrowDown, ArrowUp } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { leastWidth, mostWidth } from '#contract/admissions/views';
import { classes } from '#renderer/kit/classes';
import { type Column, isAttribute, isSort, lookOf, useColumnLabels } from './columns';
import type { FilterField, Sort } from './filters';

/** What an arrow key adds to a width, in pixels. */
const widthStep = 16;

interface ColumnHeadProps {
  readonly column: Column;
  readonly index: number;
  readonly fields: readonly FilterField[];
  readonly sort: Sort;
  readonly onSort: (sort: Sort) => void;
  /** A width in pixels, or null for the usual one. */
  readonly onWidth: (width: number | null) => void;
}

/** The head of a column, which sorts where the list offers that sort, and whose edge makes it wider or narrower. */
export function ColumnHead({ column, index, fields, sort, onSort, onWidth }: ColumnHeadProps) {
  const label = useColumnLabels(fields)(column);
  const right = !isAttribute(column) && lookOf(column, {}).number === true;
  const sorted = sort.field === column;
  const Arrow = sort.direction === 'ascending' ? ArrowUp : ArrowDown;
  const head = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={head}
      role="columnheader"
      aria-colindex={index + 2}
      {...(isSort(column) ? { 'aria-sort': sorted ? sort.direction : ('none' as const) } : {})}
      className={classes('relative flex min-w-0 items-center px-3', right && 'justify-end')}
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
      <Edge label={label} widthNow={() => head.current?.getBoundingClientRect().width ?? leastWidth} onWidth={onWidth} />
    </div>
  );
}

function held(width: number): number {
  return Math.round(Math.min(mostWidth, Math.max(leastWidth, width)));
}

/** The edge of a column: dragged, or moved by arrow keys; a double click or Home brings the usual width back. */
function Edge({ label, widthNow, onWidth }: { readonly label: string; readonly widthNow: () => number; readonly onWidth: (width: number | null) => void }) {
  const { t } = useTranslation();
  const from = useRef<{ readonly x: number; readonly width: number } | null>(null);
  const drag = (event: PointerEvent): void => {
    if (from.current !== null) onWidth(held(from.current.width + event.clientX - from.current.x));
  };
  const press = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? widthStep : event.key === 'ArrowLeft' ? -widthStep : 0;
    if (step === 0 && event.key !== 'Home') return;
    event.preventDefault();
    event.stopPropagation();
    onWidth(step === 0 ? null : held(widthNow() + step));
  };
  return (
    <button
      type="button"
      aria-label={t('leads.width', { column: label })}
      title={t('leads.widthHint')}
      className="absolute inset-y-0 right-0 w-6 translate-x-1/2 cursor-col-resize touch-none after:absolute after:inset-y-2 after:left-1/2 after:w-px after:bg-line hover:after:inset-y-0 hover:after:w-0.5 hover:after:bg-focus focus-visible:after:bg-focus"
      onPointerDown={(event) => {
        from.current = { x: event.clientX, width: widthNow() };
        event.currentTarget.setPointerCapture(event.pointerId);
      }}
      onPointerMove={drag}
      onPointerUp={() => { from.current = null; }}
      onDoubleClick={() => { onWidth(null); }}
      onKeyDown={press}
    />
  );
}
