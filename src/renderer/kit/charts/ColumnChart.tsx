import { scaleLinear } from 'd3-scale';
import { classes } from '../classes';
import { useWidth } from './useWidth';

/** A column with the figure on it. `said` is all that is heard of it. */
export interface Column {
  readonly id: string;
  readonly name: string;
  readonly value: number;
  readonly said: string;
}

interface ColumnChartProps {
  readonly label: string;
  readonly columns: readonly Column[];
  readonly format: (value: number) => string;
  /** What a column opens; without it, columns are only looked at. */
  readonly onOpen?: (id: string) => void;
  readonly height?: number;
}

const margin = { top: 18, bottom: 22 };
/** Columns narrower than this have no figure on them. */
const leastForFigure = 26;

/** Columns from zero, their names below and their figures above; a column may open what it counts. */
export function ColumnChart({ label, columns, format, onOpen, height = 180 }: ColumnChartProps) {
  const [place, width] = useWidth<HTMLDivElement>(480);
  const y = scaleLinear([0, Math.max(1, ...columns.map(({ value }) => value))], [0, height - margin.top - margin.bottom]);
  const step = width / Math.max(1, columns.length);
  const letters = Math.max(...columns.map(({ name }) => name.length), 1);
  // Of names that would not fit side by side, every second, third … is shown.
  const every = Math.max(1, Math.ceil((letters * 7) / step));
  const floor = height - margin.bottom;
  return (
    <div ref={place} className="w-full">
      <svg role={onOpen === undefined ? 'img' : 'group'} aria-label={label} width={width} height={height} viewBox={`0 0 ${String(width)} ${String(height)}`} className="block max-w-full">
        {columns.map(({ id, name, value, said }, index) => {
          const opens = onOpen !== undefined && value > 0;
          const act = (): void => {
            if (opens) onOpen(id);
          };
          return (
            <g
              key={id}
              {...(opens ? { role: 'button', tabIndex: 0, 'aria-label': said } : {})}
              className={classes(opens && 'cursor-pointer [&:hover_rect.column]:fill-action')}
              onClick={act}
              onKeyDown={(event) => {
                if (event.key !== 'Enter' && event.key !== ' ') return;
                event.preventDefault();
                act();
              }}
            >
              <title>{said}</title>
              <rect x={index * step} y={0} width={step} height={height} className="fill-transparent" />
              <rect x={index * step + Math.min(4, step * 0.1)} y={floor - y(value)} width={Math.max(1, step - 2 * Math.min(4, step * 0.1))} height={y(value)} className="column fill-focus" />
              {step >= leastForFigure && value > 0 && (
                <text x={(index + 0.5) * step} y={floor - y(value) - 5} textAnchor="middle" className="tabular fill-muted text-xs">
                  {format(value)}
                </text>
              )}
              {index % every === 0 && (
                <text x={(index + 0.5) * step} y={height - 6} textAnchor="middle" className="tabular fill-faint text-xs">
                  {name}
                </text>
              )}
            </g>
          );
        })}
        <line x1={0} x2={width} y1={floor + 0.5} y2={floor + 0.5} className="stroke-line-strong" />
      </svg>
    </div>
  );
}
