import { classes } from '../classes';

/** A bar from 0 to 1 with what four in five lie between; null where too little is known. */
export interface IntervalBar {
  readonly id: string;
  readonly name: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The figure in words. */
  readonly figure: string;
  /** A second line: what it rests on. */
  readonly detail: string;
  readonly tone: 'good' | 'bad' | 'plain';
  /** The bar's word, so that its colour is not alone. */
  readonly word?: string;
}

const fills = { good: 'fill-good', bad: 'fill-critical', plain: 'fill-muted' } as const;
const words = { good: 'text-good', bad: 'text-critical', plain: 'text-muted' } as const;

/** Bars below each other, each with its interval as a line and one mark across all. */
export function IntervalBars({ bars, mark, label }: { readonly bars: readonly IntervalBar[]; readonly mark: { readonly value: number; readonly label: string } | null; readonly label: string }) {
  return (
    <ul aria-label={label} className="flex flex-col gap-3">
      {bars.map(({ id, name, value, low, high, figure, detail, tone, word }) => (
        <li key={id} className="grid grid-cols-[minmax(0,1fr)_auto] items-baseline gap-x-3 gap-y-1">
          <span className="min-w-0 truncate">{name}</span>
          <span className="tabular flex items-baseline gap-2">
            {word !== undefined && <span className={classes('text-xs font-medium', words[tone])}>{word}</span>}
            <span className="font-medium">{figure}</span>
          </span>
          <svg aria-hidden viewBox="0 0 1000 12" preserveAspectRatio="none" className="col-span-2 h-3 w-full">
            <rect x={0} y={3} width={1_000} height={6} className="fill-line" />
            {value !== null && <rect x={0} y={3} width={value * 1_000} height={6} className={fills[tone]} />}
            {low !== null && high !== null && <rect x={low * 1_000} y={0} width={Math.max(2, (high - low) * 1_000)} height={12} className="fill-text/25" />}
            {mark !== null && <rect x={mark.value * 1_000 - 1.5} y={0} width={3} height={12} className="fill-text" />}
          </svg>
          <span className="col-span-2 text-xs text-muted">{detail}</span>
        </li>
      ))}
      {mark !== null && <li className="text-xs text-muted">{mark.label}</li>}
    </ul>
  );
}
