/** How long the calls of one entry took, in milliseconds. */
export interface Timing {
  readonly calls: number;
  readonly totalMilliseconds: number;
  readonly longestMilliseconds: number;
}

export interface Metrics {
  record(entry: string, milliseconds: number): void;
  timings(): Readonly<Record<string, Timing>>;
}

export function createMetrics(): Metrics {
  const timings = new Map<string, Timing>();
  return {
    record(entry, milliseconds) {
      const before = timings.get(entry) ?? { calls: 0, totalMilliseconds: 0, longestMilliseconds: 0 };
      timings.set(entry, {
        calls: before.calls + 1,
        totalMilliseconds: before.totalMilliseconds + milliseconds,
        longestMilliseconds: Math.max(before.longestMilliseconds, milliseconds),
      });
    },
    timings: () => Object.fromEntries(timings),
  };
}
