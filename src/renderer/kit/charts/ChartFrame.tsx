import { ChartNoAxesCombined, Download, Image, Table2 } from 'lucide-react';
import { type ReactNode, useEffect, useEffectEvent, useRef, useState } from 'react';
import { IconButton } from '../Button';
import { classes } from '../classes';
import { Cell, Head, Sheet } from '../Sheet';
import { type ChartTable, saveCsv, savePng } from './exports';

/** What the buttons of every chart are called. */
export interface ChartWords {
  readonly table: string;
  readonly chart: string;
  readonly csv: string;
  readonly png: string;
}

interface ChartFrameProps {
  /** What the chart shows, as a sentence: the finding, not the name of the axes. */
  readonly title: string;
  /** The unit, and on what it rests. */
  readonly unit: string;
  readonly table: ChartTable;
  readonly fileName: string;
  readonly words: ChartWords;
  readonly legend?: ReactNode;
  /** Set where the chart is no drawing of its own: its picture is then made from this one, which is not shown. */
  readonly picture?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A chart with its finding above it and its numbers behind it: as a table, as CSV, as a picture. */
export function ChartFrame({ title, unit, table, fileName, words, legend, picture, children, className }: ChartFrameProps) {
  const [asTable, setAsTable] = useState(false);
  /** Whether the other drawing is being made. Of thousands of cells it costs more than the chart itself, so it is there only while it is kept. */
  const [isPictured, setIsPictured] = useState(false);
  const drawing = useRef<HTMLDivElement>(null);
  const hidden = useRef<HTMLDivElement>(null);
  const keep = (within: HTMLDivElement | null): void => {
    const svg = within?.querySelector('svg');
    if (svg !== null && svg !== undefined) void savePng(fileName, svg);
  };
  const keepPicture = useEffectEvent(() => {
    keep(hidden.current);
  });
  useEffect(() => {
    if (!isPictured) return undefined;
    // A drawing that fits its width learns it a frame after it is there.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        keepPicture();
        setIsPictured(false);
      });
    });
    return () => {
      cancelAnimationFrame(frame);
    };
  }, [isPictured]);
  const save = (): void => {
    if (picture === undefined) keep(drawing.current);
    else setIsPictured(true);
  };
  return (
    <figure aria-label={title} className={classes('m-0 flex min-w-0 flex-col gap-3 rounded-md border border-line bg-surface p-4', className)}>
      <figcaption className="flex items-start justify-between gap-3">
        <span className="min-w-0">
          <span className="block text-sm font-semibold">{title}</span>
          <span className="block text-xs text-muted">{unit}</span>
        </span>
        <span className="flex shrink-0" data-no-print>
          <IconButton label={asTable ? words.chart : words.table} pressed={asTable} onClick={() => { setAsTable(!asTable); }}>
            {asTable ? <ChartNoAxesCombined size={16} aria-hidden /> : <Table2 size={16} aria-hidden />}
          </IconButton>
          <IconButton label={words.csv} onClick={() => { saveCsv(fileName, table); }}>
            <Download size={16} aria-hidden />
          </IconButton>
          <IconButton label={words.png} disabled={asTable} onClick={save}>
            <Image size={16} aria-hidden />
          </IconButton>
        </span>
      </figcaption>
      {asTable ? (
        <Sheet caption={title}>
          <thead>
            <tr>
              {table.columns.map((column, index) => (
                <Head key={column} number={index > 0}>
                  {column}
                </Head>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map((row, index) => (
              <tr key={index}>
                {row.map((value, place) => (
                  <Cell key={place} number={place > 0}>
                    {value ?? '–'}
                  </Cell>
                ))}
              </tr>
            ))}
          </tbody>
        </Sheet>
      ) : (
        <>
          <div ref={drawing} className="min-w-0">
            {children}
          </div>
          {isPictured && (
            <div ref={hidden} aria-hidden inert className="pointer-events-none fixed top-0 left-[-100000px]">
              {picture}
            </div>
          )}
          {legend}
        </>
      )}
    </figure>
  );
}
