import { quantile, round, shrunkRate } from '#domain/kernel/stats';

// What a workspace's own leads tell beside a model: in which months they convert, and how long it takes.

/** Leads of a month of enquiry with a known outcome, and how many converted. */
export interface MonthOutcomes {
  readonly rows: number;
  readonly positives: number;
}

/** Kept with a model, so that whoever asks for a forecast waits for no count over all leads. */
export interface LeadHistory {
  /** January first; of leads whose enquiry has a date. */
  readonly months: readonly MonthOutcomes[];
  /** Days from enquiry to conversion at even ranks, ascending, with how many there were. */
  readonly daysToConvert: readonly number[];
  readonly conversions: number;
}

/** Points that stand for all durations. */
const points = 101;

/**
 * @param labels outcomes, 1 or 0
 * @param month of each enquiry, 1 to 12; NaN where unknown
 * @param days from enquiry to conversion; NaN where unknown
 */
export function leadHistory(labels: Uint8Array, month: Float64Array, days: Float64Array): LeadHistory {
  const rows = new Float64Array(12);
  const positives = new Float64Array(12);
  const durations: number[] = [];
  labels.forEach((label, row) => {
    const at = month[row]! - 1;
    if (at >= 0 && at < 12) {
      rows[at]! += 1;
      positives[at]! += label;
    }
    if (label === 1 && Number.isFinite(days[row])) durations.push(Math.max(0, days[row]!));
  });
  const kept = durations.length === 0 ? [] : Array.from({ length: Math.min(points, durations.length) }, (_, point, count = Math.min(points, durations.length)) => round(quantile(durations, count === 1 ? 0.5 : point / (count - 1)) ?? 0, 1));
  return { months: Array.from(rows, (count, at) => ({ rows: count, positives: positives[at]! })), daysToConvert: kept, conversions: durations.length };
}

/** Conversions below which the time until one is not told from them. */
export const fewestConversions = 20;

/**
 * Days that leads which convert still take, at an age without having converted: the median of what is left to those that took longer
 * (the conditional median of the empirical distribution). Null where too few did.
 */
export function remainingDays({ daysToConvert, conversions }: LeadHistory, age: number): number | null {
  const longer = daysToConvert.filter((days) => days > age);
  if (conversions * (longer.length / Math.max(1, daysToConvert.length)) < fewestConversions) return null;
  return Math.max(1, Math.round((quantile(longer, 0.5) ?? age) - age));
}

/** Of those that will convert and have not at an age, the share that does within so many days more; null where too few took longer. */
export function shareWithin({ daysToConvert, conversions }: LeadHistory, age: number, days: number): number | null {
  const longer = daysToConvert.filter((each) => each > age);
  if (conversions * (longer.length / Math.max(1, daysToConvert.length)) < fewestConversions) return null;
  return longer.filter((each) => each <= age + days).length / longer.length;
}

/** Leads with a date below which months are not compared, and months that must be known. */
const fewestDated = 200;
const fewestMonths = 6;
/** So many leads of an average month are added to each, so that one of few leads is no peak. */
const monthStrength = 50;

export interface SeasonalFactors {
  /** How leads of this month convert, by the mean of all: 1.3 is three in ten more. */
  readonly currentMonthFactor: number;
  /** 1 to 12: the best of the months to come. */
  readonly nextPeakMonth: number;
  readonly nextPeakFactor: number;
  /** All twelve, January first. */
  readonly factors: readonly number[];
}

/** How months compare; null where too few enquiries have a date. */
export function seasonalFactors({ months }: LeadHistory, month: number): SeasonalFactors | null {
  const rows = months.reduce((sum, each) => sum + each.rows, 0);
  const positives = months.reduce((sum, each) => sum + each.positives, 0);
  if (rows < fewestDated || positives === 0 || months.filter((each) => each.rows >= 10).length < fewestMonths) return null;
  const mean = positives / rows;
  const factors = months.map((each) => round(shrunkRate(each.positives, each.rows, mean, monthStrength) / mean, 2));
  const ahead = Array.from({ length: 12 }, (_, step) => ((month + step) % 12) + 1);
  const next = ahead.reduce((best, each) => (factors[each - 1]! > factors[best - 1]! ? each : best));
  return { currentMonthFactor: factors[month - 1]!, nextPeakMonth: next, nextPeakFactor: factors[next - 1]!, factors };
}
