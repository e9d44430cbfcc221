import { type KeyboardEvent, memo, useCallback, useLayoutEffect, useRef, useState } from 'react';
import { classes } from '../classes';

/** A cell as it is drawn. `text` is the number in it, `name` all that is to be heard of it. */
export interface HeatCell {
  /** 0 red to 6 green; null where there is nothing. */
  readonly level: number | null;
  readonly text: string;
  readonly name: string;
  /** Rests on little: it is hatched. */
  readonly few: boolean;
}

export interface HeatRow {
  readonly id: string;
  readonly title: string;
  readonly cells: readonly HeatCell[];
}

interface HeatmapProps {
  readonly label: string;
  readonly columns: readonly { readonly id: string; readonly short: string; readonly name: string }[];
  readonly rows: readonly HeatRow[];
  /** The last column is the newest: where there is no room for all, it is the one in sight at first. */
  readonly newestLast?: boolean;
  readonly onOpen: (row: string, column: string) => void;
}

/** Mixed with the surface, so that the number on it keeps its contrast in light and in dark; the full colour is the stripe below it. */
const tints = [
  'bg-[color-mix(in_srgb,var(--heat-0)_32%,var(--surface))] border-b-(--heat-0)',
  'bg-[color-mix(in_srgb,var(--heat-1)_32%,var(--surface))] border-b-(--heat-1)',
  'bg-[color-mix(in_srgb,var(--heat-2)_32%,var(--surface))] border-b-(--heat-2)',
  'bg-[color-mix(in_srgb,var(--heat-3)_32%,var(--surface))] border-b-(--heat-3)',
  'bg-[color-mix(in_srgb,var(--heat-4)_32%,var(--surface))] border-b-(--heat-4)',
  'bg-[color-mix(in_srgb,var(--heat-5)_32%,var(--surface))] border-b-(--heat-5)',
  'bg-[color-mix(in_srgb,var(--heat-6)_32%,var(--surface))] border-b-(--heat-6)',
] as const;

/** Fine lines across: few answers. */
export const hatch = 'bg-[repeating-linear-gradient(135deg,transparent_0_5px,color-mix(in_srgb,var(--muted)_30%,transparent)_5px_6px)]';

/** The look of a level, for cells and for the legend. */
export function heatTint(level: number | null): string {
  return level === null ? 'bg-sunken border-b-transparent' : (tints[level] ?? tints[0]);
}

/** How a cell looks: one element and one of few class lists, because a year of many domains has thousands of them. */
function lookOf({ level, few }: HeatCell): string {
  const place = (level ?? -1) * 2 + (few ? 1 : 0);
  const known = looks.get(place);
  if (known !== undefined) return known;
  const look = classes('tabular h-9 min-w-9 cursor-pointer border-b-3 text-center text-xs leading-8 focus-visible:relative focus-visible:z-20', heatTint(level), level === null ? 'text-faint' : 'text-text', few && hatch);
  looks.set(place, look);
  return look;
}
const looks = new Map<number, string>();

const moves: Readonly<Record<string, readonly [rows: number, columns: number]>> = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], Home: [0, -1e6], End: [0, 1e6], PageUp: [-1e6, 0], PageDown: [1e6, 0] };

const Row = memo(function Row({ row, place, focused }: { readonly row: HeatRow; readonly place: number; readonly focused: number | null }) {
  return (
    <div role="row" aria-rowindex={place + 2} className="contents">
      <div role="rowheader" title={row.title} className="sticky left-0 z-10 flex h-9 items-center truncate bg-surface pr-2 text-sm">
        <span className="truncate">{row.title}</span>
      </div>
      {row.cells.map((cell, column) => (
        <div
          key={column}
          role="gridcell"
          tabIndex={focused === column ? 0 : -1}
          data-row={place}
          data-column={column}
          aria-label={cell.name}
          aria-colindex={column + 2}
          className={lookOf(cell)}
        >
          {cell.text}
        </div>
      ))}
    </div>
  );
});

/** Cells in rows and columns, one of which has the keyboard: arrows move, Enter opens. */
export function Heatmap({ label, columns, rows, newestLast = false, onOpen }: HeatmapProps) {
  const frame = useRef<HTMLDivElement>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [[row, column], setAt] = useState<readonly [number, number]>([0, 0]);
  const at = [Math.min(row, rows.length - 1), Math.min(column, columns.length - 1)] as const;
  useLayoutEffect(() => {
    if (newestLast) frame.current?.scrollTo({ left: frame.current.scrollWidth });
  }, [newestLast, columns.length]);
  const open = useCallback(
    (toRow: number, toColumn: number) => {
      const [line, head] = [rows[toRow], columns[toColumn]];
      if (line !== undefined && head !== undefined) onOpen(line.id, head.id);
    },
    [rows, columns, onOpen],
  );
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      event.stopPropagation();
      open(...at);
      return;
    }
    const move = moves[event.key];
    if (move === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const next = [Math.min(rows.length - 1, Math.max(0, at[0] + move[0])), Math.min(columns.length - 1, Math.max(0, at[1] + move[1]))] as const;
    setAt(next);
    requestAnimationFrame(() => grid.current?.querySelector<HTMLElement>(`[data-row="${String(next[0])}"][data-column="${String(next[1])}"]`)?.focus());
  };
  return (
    <div ref={frame} className="overflow-x-auto">
      <div
        ref={grid}
        role="grid"
        aria-label={label}
        aria-rowcount={rows.length + 1}
        aria-colcount={columns.length + 1}
        onKeyDown={onKey}
        onClick={(event) => {
          const cell = (event.target as HTMLElement).closest<HTMLElement>('[data-row]');
          if (cell === null) return;
          const [toRow, toColumn] = [Number(cell.dataset.row), Number(cell.dataset.column)];
          setAt([toRow, toColumn]);
          open(toRow, toColumn);
        }}
        className="grid min-w-max gap-0.5 [grid-template-columns:var(--columns)]"
        style={{ ['--columns' as string]: `minmax(96px, min(220px, 34vw)) repeat(${String(columns.length)}, minmax(36px, 1fr))` }}
      >
        <div role="row" aria-rowindex={1} className="contents">
          <div role="columnheader" className="sticky left-0 z-10 bg-surface" aria-label={label} />
          {columns.map(({ id, short, name }, index) => (
            <div key={id} role="columnheader" aria-label={name} aria-colindex={index + 2} title={name} className="flex h-7 items-end justify-center pb-1 text-xs whitespace-nowrap text-muted">
              {short}
            </div>
          ))}
        </div>
        {rows.map((each, place) => (
          <Row key={each.id} row={each} place={place} focused={place === at[0] ? at[1] : null} />
        ))}
      </div>
    </div>
  );
}

const cellWidth = 44;
const cellHeight = 28;
const titleWidth = 220;

/** The same as one drawing, for a picture of it. */
export function HeatmapPicture({ columns, rows }: Pick<HeatmapProps, 'columns' | 'rows'>) {
  const fills = ['fill-(--heat-0)', 'fill-(--heat-1)', 'fill-(--heat-2)', 'fill-(--heat-3)', 'fill-(--heat-4)', 'fill-(--heat-5)', 'fill-(--heat-6)'] as const;
  return (
    <svg width={titleWidth + columns.length * cellWidth} height={cellHeight * (rows.length + 1)}>
      {columns.map(({ id, short }, index) => (
        <text key={id} x={titleWidth + (index + 0.5) * cellWidth} y={18} textAnchor="middle" className="fill-text text-xs">
          {short}
        </text>
      ))}
      {rows.map(({ id, title, cells }, row) => (
        <g key={id}>
          <text x={4} y={(row + 1) * cellHeight + 18} className="fill-text text-xs">
            {title.slice(0, 34)}
          </text>
          {cells.map(({ level, text }, column) => (
            <g key={column}>
              <rect x={titleWidth + column * cellWidth + 1} y={(row + 1) * cellHeight + 1} width={cellWidth - 2} height={cellHeight - 2} fillOpacity={level === null ? 1 : 0.45} className={level === null ? 'fill-sunken' : (fills[level] ?? fills[0])} />
              <text x={titleWidth + (column + 0.5) * cellWidth} y={(row + 1) * cellHeight + 18} textAnchor="middle" className="fill-text text-xs">
                {text}
              </text>
            </g>
          ))}
        </g>
      ))}
    </svg>
  );
}
