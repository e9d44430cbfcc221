import { scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { useWidth } from './useWidth';

export interface CurvePoint {
  readonly x: number;
  readonly y: number;
}

/** A line of a chart. Lines differ by their dashes too, so that colour is not alone. */
export interface Curve {
  readonly id: string;
  readonly name: string;
  readonly points: readonly CurvePoint[];
  /** Set for a line of which each point is seen by itself. */
  readonly dots?: boolean;
}

/** A point that stands by itself, larger the more it rests on. */
export interface WeighedPoint extends CurvePoint {
  readonly weight: number;
  readonly name: string;
}

interface CurveChartProps {
  readonly label: string;
  readonly curves: readonly Curve[];
  readonly points?: readonly WeighedPoint[];
  /** From corner to corner: what guessing, or saying exactly what happens, would give. */
  readonly diagonal?: boolean;
  /** Across the whole width, with its name. */
  readonly level?: { readonly y: number; readonly name: string };
  /** A point with a ring and its name. */
  readonly mark?: CurvePoint & { readonly name: string };
  readonly xRange: readonly [number, number];
  readonly yRange: readonly [number, number];
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
  readonly xTitle: string;
  readonly yTitle: string;
  readonly height?: number;
}

const margin = { top: 24, right: 24, bottom: 40, left: 52 };
const looks = [
  { stroke: 'stroke-focus', fill: 'fill-focus', dash: undefined },
  { stroke: 'stroke-high', fill: 'fill-high', dash: '6 4' },
  { stroke: 'stroke-good', fill: 'fill-good', dash: '2 3' },
] as const;
const looksOf = (index: number): (typeof looks)[number] => looks[index % looks.length] ?? looks[0];

/** Lines over two ranges of numbers, with their names below where there are several. */
export function CurveChart({ label, curves, points = [], diagonal = false, level, mark, xRange, yRange, formatX, formatY, xTitle, yTitle, height = 260 }: CurveChartProps) {
  const [place, width] = useWidth<HTMLDivElement>(420);
  const x = scaleLinear([...xRange], [margin.left, width - margin.right]);
  const y = scaleLinear([...yRange], [height - margin.bottom, margin.top]);
  const path = line<CurvePoint>().x((point) => x(point.x)).y((point) => y(point.y));
  const heaviest = Math.max(1, ...points.map(({ weight }) => weight));
  return (
    <div ref={place} className="w-full">
      <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${String(width)} ${String(height)}`} className="block max-w-full">
        {y.ticks(5).map((tick) => (
          <g key={tick}>
            <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x={margin.left - 6} y={y(tick) + 4} textAnchor="end" className="tabular fill-faint text-xs">
              {formatY(tick)}
            </text>
          </g>
        ))}
        {x.ticks(Math.max(2, Math.min(6, Math.floor(width / 90)))).map((tick) => (
          <text key={tick} x={x(tick)} y={height - margin.bottom + 16} textAnchor="middle" className="tabular fill-faint text-xs">
            {formatX(tick)}
          </text>
        ))}
        <text x={width - margin.right} y={height - 6} textAnchor="end" className="fill-muted text-xs">
          {xTitle}
        </text>
        <text x={4} y={14} className="fill-muted text-xs">
          {yTitle}
        </text>
        {diagonal && <line x1={x(xRange[0])} y1={y(yRange[0])} x2={x(xRange[1])} y2={y(yRange[1])} strokeDasharray="4 4" className="stroke-line-strong" />}
        {level !== undefined && (
          <g>
            <line x1={margin.left} x2={width - margin.right} y1={y(level.y)} y2={y(level.y)} strokeDasharray="4 4" className="stroke-line-strong" />
            <text x={margin.left + 4} y={y(level.y) - 5} className="fill-muted text-xs">
              {level.name}
            </text>
          </g>
        )}
        {curves.map(({ id, points: along, dots = false }, index) => {
          const look = looksOf(index);
          return (
            <g key={id}>
              <path d={path([...along]) ?? ''} strokeWidth={2} strokeDasharray={look.dash} className={`fill-none ${look.stroke}`} />
              {dots && along.map((point) => <circle key={point.x} cx={x(point.x)} cy={y(point.y)} r={3} className={look.fill} />)}
            </g>
          );
        })}
        {points.map((point, index) => (
          <circle key={index} cx={x(point.x)} cy={y(point.y)} r={3 + 5 * Math.sqrt(point.weight / heaviest)} fillOpacity={0.75} className="fill-focus stroke-surface">
            <title>{point.name}</title>
          </circle>
        ))}
        {mark !== undefined && (
          <g>
            <circle cx={x(mark.x)} cy={y(mark.y)} r={6} strokeWidth={2} className="fill-surface stroke-text" />
            <text x={Math.min(x(mark.x) + 10, width - margin.right)} y={y(mark.y) + 16} textAnchor={x(mark.x) > width * 0.6 ? 'end' : 'start'} className="fill-text text-xs">
              {mark.name}
            </text>
          </g>
        )}
      </svg>
      {curves.length > 1 && (
        <ul className="mt-1 flex flex-wrap gap-x-4 gap-y-1 text-xs text-muted">
          {curves.map(({ id, name }, index) => (
            <li key={id} className="flex items-center gap-1.5">
              <svg aria-hidden width={24} height={8}>
                <line x1={0} x2={24} y1={4} y2={4} strokeWidth={2} strokeDasharray={looksOf(index).dash} className={looksOf(index).stroke} />
              </svg>
              {name}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
