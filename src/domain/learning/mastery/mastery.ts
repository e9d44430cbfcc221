import { logistic } from '#domain/kernel/stats';
import type { Attempt } from '#domain/learning/attempts';
import { logit } from '#domain/learning/knowledge/history';
import { inOrder } from '#domain/learning/knowledge/topics';

/** The numbers of the mastery engine that a workspace may change. */
export interface MasteryConfiguration {
  /** The share of right answers that counts as mastered. */
  readonly target: number;
  /** Answers without which no curve is drawn. */
  readonly minimumAnswers: number;
  /** What one expects of the growth before any answer: its mean and standard deviation. */
  readonly growthMean: number;
  readonly growthDeviation: number;
  /** Beyond so many further answers it is not told when, only that it is far. */
  readonly mostAnswers: number;
}

/**
 * Mastery at 80 %: Bloom 1968. The prior of the growth is wide around the mean slope of successes less that of failures of log-counts on
 * ASSISTments (`bench/learning/tracing.ts`).
 */
export const defaultMasteryConfiguration: MasteryConfiguration = { target: 0.8, minimumAnswers: 20, growthMean: 0.25, growthDeviation: 0.35, mostAnswers: 2_000 };

/** A learning curve: the log-odds of a right answer are level + growth · ln(answers). */
export interface LearningCurve {
  readonly level: number;
  readonly growth: number;
  /** Variances and covariance of the two. */
  readonly levelVariance: number;
  readonly growthVariance: number;
  readonly covariance: number;
  readonly answers: number;
}

/** How much an interval reaches to each side for four in five. */
const fourInFive = 1.2816;

/**
 * Fits the curve to answers in their order by Newton's method, the growth with a normal prior (maximum a posteriori; the variances are those of
 * the Laplace approximation). The power law of practice (Newell and Rosenbloom 1981) on the odds of a right answer: odds = e^level · n^growth,
 * which stays between 0 and 1 where a power law of the error would not.
 */
export function fitLearningCurve(correct: readonly boolean[], { growthMean, growthDeviation }: MasteryConfiguration): LearningCurve {
  let level = 0;
  let growth = growthMean;
  const levelPrecision = 1 / 4;
  const growthPrecision = 1 / growthDeviation ** 2;
  let inverse = { level: 4, growth: growthDeviation ** 2, both: 0 };
  for (let step = 0; step < 50; step += 1) {
    let gLevel = -levelPrecision * level;
    let gGrowth = -growthPrecision * (growth - growthMean);
    let hLevel = levelPrecision;
    let hGrowth = growthPrecision;
    let hBoth = 0;
    correct.forEach((right, index) => {
      const x = Math.log(index + 1);
      const chance = logistic(level + growth * x);
      const error = (right ? 1 : 0) - chance;
      const weight = chance * (1 - chance);
      gLevel += error;
      gGrowth += error * x;
      hLevel += weight;
      hGrowth += weight * x * x;
      hBoth += weight * x;
    });
    const determinant = hLevel * hGrowth - hBoth * hBoth;
    inverse = { level: hGrowth / determinant, growth: hLevel / determinant, both: -hBoth / determinant };
    const dLevel = inverse.level * gLevel + inverse.both * gGrowth;
    const dGrowth = inverse.both * gLevel + inverse.growth * gGrowth;
    level += dLevel;
    growth += dGrowth;
    if (Math.abs(dLevel) + Math.abs(dGrowth) < 1e-9) break;
  }
  return { level, growth, levelVariance: inverse.level, growthVariance: inverse.growth, covariance: inverse.both, answers: correct.length };
}

/** The share of right answers after so many, with four in five of what it may be. */
export function curveAt({ level, growth, levelVariance, growthVariance, covariance }: LearningCurve, answers: number): { readonly share: number; readonly low: number; readonly high: number } {
  const x = Math.log(Math.max(1, answers));
  const middle = level + growth * x;
  const deviation = Math.sqrt(Math.max(0, levelVariance + 2 * covariance * x + growthVariance * x * x));
  return { share: logistic(middle), low: logistic(middle - fourInFive * deviation), high: logistic(middle + fourInFive * deviation) };
}

/** A number with what four in five lie between; `high` is null where no upper end can be told. */
export interface Span {
  readonly middle: number;
  readonly low: number;
  readonly high: number | null;
}

/** How far it is to mastery. */
export type MasteryState = 'fewAnswers' | 'mastered' | 'onTheWay' | 'noImprovement';

export interface MasteryEstimate {
  readonly state: MasteryState;
  readonly answers: number;
  /** The share of right answers now, by the curve; null below the answers that it needs. */
  readonly now: { readonly share: number; readonly low: number; readonly high: number } | null;
  /** Change of the log-odds each time that practice doubles. */
  readonly growthPerDoubling: number | null;
  /** Further answers, hours and days to the target; null unless on the way. */
  readonly questions: Span | null;
  readonly hours: Span | null;
  readonly days: Span | null;
  readonly curve: LearningCurve | null;
}

/** How somebody studies, from their own last weeks. */
export interface Pace {
  /** Answers a day in the domain at hand, all days counted; 0 where nothing was done lately. */
  readonly answersADay: number;
  /** Seconds for an answer, the middle of those measured. */
  readonly secondsAnAnswer: number;
}

/**
 * When a domain will be mastered. It says nothing below the minimum, and says that no improvement is visible where the curve does not rise
 * by more than could be chance and the target is not reached.
 */
export function estimateMastery(attempts: readonly Attempt[], pace: Pace, configuration: MasteryConfiguration): MasteryEstimate {
  const { target, minimumAnswers, mostAnswers } = configuration;
  const answers = attempts.length;
  const nothing = { answers, questions: null, hours: null, days: null } as const;
  if (answers < minimumAnswers) return { ...nothing, state: 'fewAnswers', now: null, growthPerDoubling: null, curve: null };
  const curve = fitLearningCurve(inOrder(attempts).map(({ correct }) => correct), configuration);
  const now = curveAt(curve, answers);
  const known = { ...nothing, now, growthPerDoubling: curve.growth * Math.LN2, curve };
  if (now.share >= target) return { ...known, state: 'mastered' };
  const deviation = Math.sqrt(curve.growthVariance);
  // One in three is the most that chance may have to do with it; with less a few good answers would count as learning.
  const visible = curve.growth - 0.43 * deviation > 0;
  const goal = logit(target);
  const logNeeded = (goal - curve.level) / curve.growth;
  if (!visible || Math.exp(logNeeded) - answers > mostAnswers) return { ...known, state: 'noImprovement' };
  // The delta method on ln n = (goal - level) / growth.
  const variance = (curve.levelVariance + 2 * logNeeded * curve.covariance + logNeeded ** 2 * curve.growthVariance) / curve.growth ** 2;
  const reach = fourInFive * Math.sqrt(Math.max(0, variance));
  const more = (log: number): number => Math.max(1, Math.ceil(Math.exp(log) - answers));
  const high = more(logNeeded + reach);
  const questions: Span = { middle: more(logNeeded), low: more(logNeeded - reach), high: high > mostAnswers ? null : high };
  const scaled = (factor: number): Span => ({ middle: questions.middle * factor, low: questions.low * factor, high: questions.high === null ? null : questions.high * factor });
  return { ...known, state: 'onTheWay', questions, hours: scaled(pace.secondsAnAnswer / 3_600), days: pace.answersADay <= 0 ? null : scaled(1 / pace.answersADay) };
}
