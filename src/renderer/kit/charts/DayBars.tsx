import { scaleLinear } from 'd3-scale';
import { useWidth } from './useWidth';

/** One bar a day, the newest on the right. Each says itself on hover. */
export function DayBars({ label, days, height = 72 }: { readonly label: string; readonly days: readonly { readonly name: string; readonly value: number }[]; readonly height?: number }) {
  const [place, width] = useWidth<HTMLDivElement>(400);
  const y = scaleLinear([0, Math.max(1, ...days.map(({ value }) => value))], [0, height - 4]);
  const step = width / Math.max(1, days.length);
  return (
    <div ref={place} className="w-full">
      <svg role="img" aria-label={label} width={width} height={height} className="block max-w-full">
        <line x1={0} x2={width} y1={height - 0.5} y2={height - 0.5} className="stroke-line-strong" />
        {days.map(({ name, value }, index) => (
          <rect key={index} x={index * step + 1} y={height - 1 - y(value)} width={Math.max(1, step - 2)} height={y(value)} className="fill-focus">
            <title>{name}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
}
