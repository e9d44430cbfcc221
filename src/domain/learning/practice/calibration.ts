import { type Confidence, confidences } from '../attempts';

/** The chance of being right that each level of confidence claims. The screen names them so: a guess about one in four, certain 19 in 20. */
export const claimed: Readonly<Record<Confidence, number>> = { 1: 0.25, 2: 0.5, 3: 0.75, 4: 0.95 };

/** Below so many answers with a confidence nothing is said about a student's judgement. */
export const enoughRated = 20;

/** One level of confidence, as it was claimed and as it turned out. */
export interface CalibrationLevel {
  readonly confidence: Confidence;
  readonly claimed: number;
  readonly count: number;
  readonly right: number;
  /** 95 % interval of the share that was right; null where there is no answer. */
  readonly interval: readonly [low: number, high: number] | null;
}

export interface Calibration {
  readonly levels: readonly CalibrationLevel[];
  readonly count: number;
  /** Mean squared distance between claim and outcome; null below {@link enoughRated}. */
  readonly brier: number | null;
  /** Mean claim minus share right: above 0 is overconfident; null below {@link enoughRated}. */
  readonly gap: number | null;
  /** What the gap amounts to; `fair` where its 95 % interval holds 0. */
  readonly verdict: 'overconfident' | 'underconfident' | 'fair' | 'unknown';
}

/**
 * Wilson's score interval of a share.
 * Source: Wilson 1927; recommended for small counts by Brown, Cai and DasGupta 2001.
 *
 * @param z 1.96 for 95 %, 1.2816 for 80 %
 */
export function wilson(successes: number, trials: number, z = 1.96): [low: number, high: number] {
  if (trials === 0) return [0, 1];
  const share = successes / trials;
  const middle = (share + (z * z) / (2 * trials)) / (1 + (z * z) / trials);
  const half = (z * Math.sqrt((share * (1 - share)) / trials + (z * z) / (4 * trials * trials))) / (1 + (z * z) / trials);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** Holds what a student claimed against what was right. */
export function calibrate(answers: readonly { readonly confidence: Confidence | null; readonly correct: boolean }[]): Calibration {
  const rated = answers.flatMap(({ confidence, correct }) => (confidence === null ? [] : [{ confidence, correct }]));
  const levels = confidences.map((confidence): CalibrationLevel => {
    const of = rated.filter((answer) => answer.confidence === confidence);
    const right = of.filter(({ correct }) => correct).length;
    return { confidence, claimed: claimed[confidence], count: of.length, right, interval: of.length === 0 ? null : wilson(right, of.length) };
  });
  const count = rated.length;
  if (count < enoughRated) return { levels, count, brier: null, gap: null, verdict: 'unknown' };
  const distances = rated.map(({ confidence, correct }) => claimed[confidence] - (correct ? 1 : 0));
  const gap = distances.reduce((sum, one) => sum + one, 0) / count;
  const variance = distances.reduce((sum, one) => sum + (one - gap) ** 2, 0) / (count - 1);
  const margin = 1.96 * Math.sqrt(variance / count);
  return {
    levels,
    count,
    brier: distances.reduce((sum, one) => sum + one * one, 0) / count,
    gap,
    verdict: gap - margin > 0 ? 'overconfident' : gap + margin < 0 ? 'underconfident' : 'fair',
  };
}
