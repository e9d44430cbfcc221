import { classes } from '../classes';

/** What moves a figure, and by how much. */
export interface Effect {
  readonly id: string;
  readonly name: string;
  /** A second line: the value that does it. */
  readonly detail?: string;
  readonly value: number;
  /** The figure with its sign. */
  readonly figure: string;
}

/** Bars to the right for what raises, to the left for what lowers, from one line in the middle. Sign and side say it too, not only the colour. */
export function EffectBars({ label, effects }: { readonly label: string; readonly effects: readonly Effect[] }) {
  const most = Math.max(1e-9, ...effects.map(({ value }) => Math.abs(value)));
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {effects.map(({ id, name, detail, value, figure }) => {
        const length = (Math.abs(value) / most) * 500;
        return (
          <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 text-sm">
            <span className="min-w-0 truncate" title={detail === undefined ? name : `${name}: ${detail}`}>
              {name}
              {detail !== undefined && <span className="text-muted"> · {detail}</span>}
            </span>
            <span className={classes('tabular font-medium', value > 0 ? 'text-good' : value < 0 ? 'text-critical' : 'text-muted')}>{figure}</span>
            <svg aria-hidden viewBox="0 0 1000 8" preserveAspectRatio="none" className="col-span-2 mt-0.5 h-2 w-full">
              <rect x={0} y={3} width={1_000} height={2} className="fill-line" />
              <rect x={value < 0 ? 500 - length : 500} y={0} width={Math.max(2, length)} height={8} className={value < 0 ? 'fill-critical' : 'fill-good'} />
              <rect x={498.5} y={0} width={3} height={8} className="fill-text" />
            </svg>
          </li>
        );
      })}
    </ul>
  );
}
