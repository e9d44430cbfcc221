import { quantile } from '#domain/kernel/stats';

/** Whom a student is compared with (the specification, section 3.5). */
export const cohortKinds = ['global', 'temporal', 'goal'] as const;
export type CohortKind = (typeof cohortKinds)[number];

/** What is compared. */
export const comparedMetrics = ['accuracy', 'answers', 'studyHours', 'streak', 'readiness'] as const;
export type ComparedMetric = (typeof comparedMetrics)[number];

/** No figure is told of fewer others than this: one could work out who is meant. */
export const minimumCell = 5;

/** A student's figures as a snapshot keeps them; null where not known. */
export interface ComparedStudent {
  readonly userKey: number;
  readonly metrics: Readonly<Record<ComparedMetric, number | null>>;
  /** Right answers by domain, 0 to 1, by the domain's key. */
  readonly domains: ReadonlyMap<number, number>;
}

/** What a cohort's figures come to; null where fewer than {@link minimumCell} have one. */
export interface Benchmark {
  readonly count: number;
  readonly mean: number;
  readonly lower: number;
  readonly middle: number;
  readonly upper: number;
}

/**
 * Sums up the figures of a cohort: the quarters and the mean, or null where it has too few members.
 */
export function benchmarkOf(values: readonly number[]): Benchmark | null {
  if (values.length < minimumCell) return null;
  return {
    count: values.length,
    mean: values.reduce((sum, value) => sum + value, 0) / values.length,
    lower: quantile(values, 0.25) ?? 0,
    middle: quantile(values, 0.5) ?? 0,
    upper: quantile(values, 0.75) ?? 0,
  };
}

/** How many of a hundred stand below, those level with one counted by half (mid-rank). Null in too small a cohort. */
export function percentileOf(value: number, others: readonly number[]): number | null {
  if (others.length < minimumCell) return null;
  const below = others.filter((other) => other < value).length;
  const level = others.filter((other) => other === value).length;
  return (100 * (below + level / 2)) / others.length;
}

export interface MetricComparison {
  readonly metric: ComparedMetric;
  readonly own: number | null;
  readonly percentile: number | null;
  readonly benchmark: Benchmark | null;
}

export interface DomainComparison {
  readonly domainKey: number;
  readonly own: number | null;
  readonly benchmark: Benchmark | null;
}

/** A sentence about where somebody stands: facts, and what they might do with them. */
export type ComparisonMessage = 'ahead' | 'above' | 'middle' | 'behind' | 'unknown';

export interface CohortComparison {
  readonly others: number;
  readonly metrics: readonly MetricComparison[];
  readonly domains: readonly DomainComparison[];
  readonly message: ComparisonMessage;
  /** Where the student is furthest below the cohort's mean, and above; null where no domain can be compared. */
  readonly weakest: number | null;
  readonly strongest: number | null;
}

/** Which sentence a percentile of right answers is told in. */
export function messageFor(percentile: number | null): ComparisonMessage {
  if (percentile === null) return 'unknown';
  return percentile >= 75 ? 'ahead' : percentile >= 50 ? 'above' : percentile >= 25 ? 'middle' : 'behind';
}

/**
 * Compares a student with the others of a cohort. The student is not among them; each figure has its own count, and none is told of fewer
 * than {@link minimumCell}.
 */
export function compareWith(own: ComparedStudent, others: readonly ComparedStudent[], domainKeys: readonly number[]): CohortComparison {
  const known = (pick: (student: ComparedStudent) => number | null | undefined): number[] => others.flatMap((student) => pick(student) ?? []);
  const metrics = comparedMetrics.map((metric): MetricComparison => {
    const values = known(({ metrics: figures }) => figures[metric]);
    const value = own.metrics[metric];
    return { metric, own: value, percentile: value === null ? null : percentileOf(value, values), benchmark: benchmarkOf(values) };
  });
  const domains = domainKeys.map((domainKey): DomainComparison => ({ domainKey, own: own.domains.get(domainKey) ?? null, benchmark: benchmarkOf(known(({ domains: figures }) => figures.get(domainKey))) }));
  const differences = domains
    .flatMap(({ domainKey, own: value, benchmark }) => (value === null || benchmark === null ? [] : [{ domainKey, difference: value - benchmark.mean }]))
    .sort((a, b) => a.difference - b.difference);
  const [first] = differences;
  const last = differences.at(-1);
  return {
    others: others.length,
    metrics,
    domains,
    message: messageFor(metrics[0]?.percentile ?? null),
    weakest: first !== undefined && first.difference < 0 ? first.domainKey : null,
    strongest: last !== undefined && last.difference > 0 ? last.domainKey : null,
  };
}
