import { logistic } from '#domain/kernel/stats';

/** What the regression reads of a student's work. Shares are in [0, 1]. */
export interface WorkFeatures {
  /** Share of what the course asks for that is done. */
  readonly completion: number;
  /** Shrunk share of right answers less the share that passes. */
  readonly margin: number;
  /** The same of the weakest domain. */
  readonly weakest: number;
  /** Share of right answers in the newer half less that in the older half. */
  readonly trend: number;
  /** Days since the student last studied, at least 0. */
  readonly idleDays: number;
  /** Share of the time of preparation that is still to come; 0 on the day of the exam, or where there is no date. */
  readonly ahead: number;
}

/** The columns in the order of {@link regressionFeatures}. */
export const regressionFeatureNames = ['intercept', 'completion', 'margin', 'weakest', 'trend', 'idle', 'ahead', 'marginAhead', 'weakestAhead', 'completionAhead', 'idleAhead'] as const;
export type RegressionFeature = (typeof regressionFeatureNames)[number];
export type RegressionCoefficients = Readonly<Record<RegressionFeature, number>>;

/** One value for each of {@link regressionFeatureNames}. What a result says depends on how much time is still to come, so most stand twice. */
export function regressionFeatures({ completion, margin, weakest, trend, idleDays, ahead }: WorkFeatures): number[] {
  const idle = Math.log(1 + Math.max(0, idleDays));
  return [1, completion, margin, weakest, trend, idle, ahead, margin * ahead, weakest * ahead, completion * ahead, idle * ahead];
}

/**
 * Fitted by `bench/learning/outcomes.ts` on the Open University's presentations of 2013 (OULAD, Kuzilek, Hlosta and Zdrahal 2017): 85,258
 * states of 12,000 students at eight days of the course, pass or not at its end, ridge 1. It reads what they did and nothing of who they are.
 */
export const defaultRegressionCoefficients: RegressionCoefficients = {
  intercept: -8.067,
  completion: 8.6555,
  margin: 9.116,
  weakest: 1.4714,
  trend: 0.2497,
  idle: -0.3975,
  ahead: 6.1022,
  marginAhead: -2.1286,
  weakestAhead: 1.8316,
  completionAhead: -9.4679,
  idleAhead: 0.164,
};

/** The chance of passing by a student's work. */
export function regressionChance(work: WorkFeatures, coefficients: RegressionCoefficients): number {
  const values = regressionFeatures(work);
  return logistic(regressionFeatureNames.reduce((sum, name, column) => sum + coefficients[name] * (values[column] ?? 0), 0));
}
