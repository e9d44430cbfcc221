import { Circle, CircleAlert, OctagonAlert, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { classes } from './classes';

export type Severity = 'critical' | 'high' | 'medium' | 'low';

const severityIcons = { critical: OctagonAlert, high: TriangleAlert, medium: CircleAlert, low: Circle } as const;
const severityColours: Readonly<Record<Severity, string>> = {
  critical: 'text-critical',
  high: 'text-high',
  medium: 'text-medium',
  low: 'text-low',
};

/** A severity: always its colour, its icon and its word. */
export function SeverityMark({ severity, word }: { readonly severity: Severity; readonly word: string }) {
  const Icon = severityIcons[severity];
  return (
    <span className={classes('inline-flex items-center gap-1 text-sm font-medium', severityColours[severity])}>
      <Icon size={14} aria-hidden />
      {word}
    </span>
  );
}

/** A small word in a frame. */
export function Tag({ children, tone = 'plain' }: { readonly children: ReactNode; readonly tone?: 'plain' | 'good' | 'bad' | 'warn' }) {
  const tones = {
    plain: 'border-line text-muted',
    good: 'border-good/40 text-good',
    bad: 'border-critical/40 text-critical',
    warn: 'border-medium/40 text-medium',
  } as const;
  return <span className={classes('inline-flex h-5 items-center rounded border px-1.5 text-xs font-medium whitespace-nowrap', tones[tone])}>{children}</span>;
}

/** A share of a whole as a bar, 0 to 1. The figure stands beside it. */
export function Bar({ value, label, tone = 'text' }: { readonly value: number; readonly label: string; readonly tone?: 'text' | 'good' | 'faint' }) {
  const tones = { text: 'bg-muted', good: 'bg-good', faint: 'bg-line-strong' } as const;
  return (
    <span role="img" aria-label={label} className="block h-1.5 w-full overflow-hidden rounded-full bg-line">
      <span className={classes('block h-full rounded-full', tones[tone])} style={{ width: `${String(Math.round(Math.min(1, Math.max(0, value)) * 100))}%` }} />
    </span>
  );
}

const bandColours = { high: 'bg-good', medium: 'bg-medium', low: 'bg-line-strong' } as const;

/** A score with a bar whose height says the band; the number says the rest. */
export function Score({ score, band, bandWord, size = 'small' }: { readonly score: number | null; readonly band: 'high' | 'medium' | 'low' | null; readonly bandWord: string; readonly size?: 'small' | 'large' }) {
  if (score === null) return <span className="text-faint">–</span>;
  return (
    <span className={classes('tabular inline-flex items-center gap-1.5 font-medium', size === 'large' && 'text-2xl font-semibold')} title={bandWord}>
      <span
        aria-hidden
        className={classes('inline-block w-1.5 rounded-sm', size === 'large' ? 'h-7' : 'h-3.5', bandColours[band ?? 'low'])}
      />
      {Math.round(score)}
      <span className="sr-only"> {bandWord}</span>
    </span>
  );
}

/** A key of the keyboard. */
export function Key({ children }: { readonly children: ReactNode }) {
  return <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-line bg-sunken px-1 font-sans text-xs text-muted">{children}</kbd>;
}

/** A card with a title. */
export function Card({ title, action, children, className }: { readonly title: string; readonly action?: ReactNode; readonly children: ReactNode; readonly className?: string }) {
  return (
    <section aria-label={title} className={classes('rounded-md border border-line bg-surface', className)}>
      <header className="flex min-h-11 items-center justify-between gap-2 border-b border-line px-4">
        <h2 className="text-sm font-semibold">{title}</h2>
        {action}
      </header>
      <div className="p-4">{children}</div>
    </section>
  );
}
