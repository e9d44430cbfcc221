import { availableParallelism, cpus, totalmem } from 'node:os';

/** One figure of a run. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: 's' | 'ms' | 'MB' | 'kB' | 'B' | 'MB/s' | '×' | '%' | 'cards' | '1/h' | 'frames' | '';
  /** The most it may be, or null where it is told for comparison only. */
  readonly target: number | null;
  /** The target is the least it may be. */
  readonly atLeast?: boolean;
  /** How it was measured, or what stands behind it. */
  readonly note: string;
}

export interface Report {
  readonly at: string;
  readonly node: string;
  readonly processor: string;
  readonly processors: number;
  readonly memoryMegabytes: number;
  readonly figures: readonly (Figure & { readonly state: ReturnType<typeof stateOf> })[];
}

/** Whether a figure keeps to its target. */
export function stateOf({ value, target, atLeast = false }: Figure): 'ok' | 'over' | 'under' | 'told' {
  if (target === null) return 'told';
  if (atLeast) return value >= target ? 'ok' : 'under';
  return value <= target ? 'ok' : 'over';
}

export function reportOf(figures: readonly Figure[], at: Date): Report {
  return {
    at: at.toISOString(),
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    memoryMegabytes: Math.round(totalmem() / 1e6),
    figures: figures.map((figure) => ({ ...figure, value: Math.round(figure.value * 10_000) / 10_000, state: stateOf(figure) })),
  };
}

function shown(value: number, unit: Figure['unit']): string {
  if (unit === '') return value.toFixed(4);
  const digits = unit === 's' || unit === '×' || unit === 'MB/s' ? 2 : unit === 'ms' || unit === '%' || unit === '1/h' ? 1 : 0;
  return `${value.toFixed(digits)} ${unit}`;
}

/** The figures as a table for a terminal. */
export function tableOf({ figures }: Report): string {
  const rows = figures.map((figure) => [
    figure.name,
    shown(figure.value, figure.unit),
    figure.target === null ? '' : `${figure.atLeast === true ? '≥' : '≤'} ${String(figure.target)} ${figure.unit}`.trimEnd(),
    figure.state === 'told' ? '' : figure.state,
    figure.note,
  ]);
  const titled = [['what', 'figure', 'target', '', 'how'], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...titled.map((cells) => cells[column]?.length ?? 0)));
  return titled.map((cells) => cells.map((cell, column) => (column === 1 ? cell.padStart(widths[1] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('  ').trimEnd()).join('\n');
}

/** How long the main thread was away at most. */
export function blockFigure({ longestBlock, longestAway }: { readonly longestBlock: number; readonly longestAway: number }): Figure {
  return {
    name: '… longest block of the main thread',
    value: longestBlock,
    unit: 'ms',
    target: 50,
    note: `a tick of 5 ms in the host, without what it waited for a processor that others had; with that ${longestAway.toFixed(1)} ms`,
  };
}

/** The value below which such a share of some numbers lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;
}
