import { scaleLinear } from 'd3-scale';
import { area, curveMonotoneX, line } from 'd3-shape';
import { useWidth } from './useWidth';

/** A point of a line with what four in five lie between; null where there is none. */
export interface LinePoint {
  readonly x: number;
  readonly y: number;
  readonly low: number | null;
  readonly high: number | null;
}

export interface LineChartProps {
  readonly label: string;
  readonly points: readonly LinePoint[];
  /** Values as they were seen, beside the line. */
  readonly dots?: readonly { readonly x: number; readonly y: number; readonly weight: number }[];
  /** A line to be reached, with its name. */
  readonly goal?: { readonly y: number; readonly label: string };
  /** Where what was seen ends and what is expected begins. */
  readonly now?: number;
  readonly formatX: (x: number) => string;
  readonly formatY: (y: number) => string;
  readonly xUnit: string;
  readonly height?: number;
}

const margin = { top: 8, right: 12, bottom: 36, left: 46 };

/** A line over a range from 0 to 1, its interval as a band. */
export function LineChart({ label, points, dots = [], goal, now, formatX, formatY, xUnit, height = 200 }: LineChartProps) {
  const [place, width] = useWidth<HTMLDivElement>(480);
  const xs = [...points.map(({ x }) => x), ...dots.map(({ x }) => x)];
  const x = scaleLinear([Math.min(...xs), Math.max(...xs, Math.min(...xs) + 1)], [margin.left, width - margin.right]);
  const y = scaleLinear([0, 1], [height - margin.bottom, margin.top]);
  const banded = points.flatMap(({ x: at, low, high }) => (low === null || high === null ? [] : [{ at, low, high }]));
  const band = area<(typeof banded)[number]>().x(({ at }) => x(at)).y0(({ low }) => y(low)).y1(({ high }) => y(high)).curve(curveMonotoneX);
  const path = line<LinePoint>().x((point) => x(point.x)).y((point) => y(point.y)).curve(curveMonotoneX);
  const seen = now === undefined ? points : points.filter((point) => point.x <= now);
  const expected = now === undefined ? [] : points.filter((point) => point.x >= (seen.at(-1)?.x ?? now));
  return (
    <div ref={place} className="w-full">
      <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${String(width)} ${String(height)}`} className="block max-w-full">
        {[0, 0.25, 0.5, 0.75, 1].map((tick) => (
          <g key={tick}>
            <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
            <text x={margin.left - 6} y={y(tick) + 4} textAnchor="end" className="tabular fill-faint text-xs">
              {formatY(tick)}
            </text>
          </g>
        ))}
        {x.ticks(Math.max(2, Math.min(6, Math.floor(width / 110)))).filter(Number.isInteger).map((tick) => (
          <text key={tick} x={x(tick)} y={height - margin.bottom + 16} textAnchor="middle" className="tabular fill-faint text-xs">
            {formatX(tick)}
          </text>
        ))}
        <text x={width - margin.right} y={height - 4} textAnchor="end" className="fill-faint text-xs">
          {xUnit}
        </text>
        {banded.length > 1 && <path d={band(banded) ?? ''} className="fill-focus/15" />}
        {goal !== undefined && (
          <g>
            <line x1={margin.left} x2={width - margin.right} y1={y(goal.y)} y2={y(goal.y)} strokeDasharray="4 3" className="stroke-good" />
            <text x={margin.left + 4} y={y(goal.y) - 4} className="fill-good text-xs">
              {goal.label}
            </text>
          </g>
        )}
        <path d={path([...seen]) ?? ''} fill="none" strokeWidth={2} className="fill-none stroke-focus" />
        {expected.length > 1 && <path d={path(expected) ?? ''} fill="none" strokeWidth={2} strokeDasharray="5 4" className="fill-none stroke-focus" />}
        {points.length === 1 && points[0] !== undefined && <circle cx={x(points[0].x)} cy={y(points[0].y)} r={4} className="fill-focus" />}
        {dots.map((dot) => (
          <circle key={dot.x} cx={x(dot.x)} cy={y(dot.y)} r={2.5 + Math.min(3, Math.sqrt(dot.weight) / 3)} className="fill-muted" />
        ))}
      </svg>
    </div>
  );
}
