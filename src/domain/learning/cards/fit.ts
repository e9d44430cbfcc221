import { clipParameters } from 'ts-fsrs';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import type { Rating } from './card';
import { defaultParameters } from './schedule';

/** One review in the life of a card. */
export interface LoggedReview {
  readonly rating: Rating;
  /** Study days since the review before; 0 for the first. */
  readonly elapsedDays: number;
  /** UTC milliseconds. */
  readonly at: number;
}

/** All reviews of one card, the oldest first. */
export type History = readonly LoggedReview[];

/** From so many reviews on a student's own parameters are looked for. Source: the minimum that FSRS's own optimiser long asked for. */
export const enoughReviews = 400;

/** The share of the log, the newest of it, that is kept aside to judge by. */
const heldOutShare = 0.2;

/** How firmly parameters are held to the defaults: one unit of log parameter weighs as much as so many reviews. */
const pull = 20;

/**
 * The parameters that are fitted: the four first stabilities, the first difficulty, growth and saturation of stability, the stability after
 * a lapse, the bonus of spacing, and the decay of forgetting. The others are about grades that a log of this size holds too few of.
 */
const fitted = [0, 1, 2, 3, 4, 8, 9, 10, 11, 14, 20] as const;

/** What fitting came to. */
export interface Fit {
  readonly parameters: readonly number[];
  /** Reviews that count: those at least a study day after the one before. */
  readonly reviews: number;
  readonly heldOut: number;
  /** Mean log loss of a held-out review, with the defaults and with the fitted. */
  readonly defaultLoss: number;
  readonly fittedLoss: number;
  /** Whether the fitted parameters predict what they have not seen better than the defaults. */
  readonly better: boolean;
}

const least = 1e-6;

/** What FSRS-6 knows of a card. */
export interface Memory {
  readonly stability: number;
  /** 1 to 10. */
  readonly difficulty: number;
}

const bound = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

/** The chance that a card is remembered after some days. */
function recall(w: readonly number[], days: number, stability: number): number {
  const decay = -(w[20] ?? 0);
  return (1 + (0.9 ** (1 / decay) - 1) * (days / stability)) ** decay;
}

/**
 * A memory after a review, in plain arithmetic: fitting reviews a log some five hundred times, and the library, which rounds every step,
 * takes thirty times as long. A test holds the two together.
 * Source: open-spaced-repetition, "The Algorithm" (FSRS-6).
 *
 * @param w the 21 parameters
 * @param memory null before the first review
 * @param days study days since the review before
 */
export function remember(w: readonly number[], memory: Memory | null, days: number, rating: Rating): Memory {
  const at = (index: number): number => w[index] ?? 0;
  const firstDifficulty = (grade: number): number => at(4) - Math.exp((grade - 1) * at(5)) + 1;
  if (memory === null) return { stability: Math.max(at(rating - 1), 0.1), difficulty: bound(firstDifficulty(rating), 1, 10) };
  const { stability, difficulty } = memory;
  let next: number;
  if (days === 0) {
    const change = stability ** -at(19) * Math.exp(at(17) * (rating - 3 + at(18)));
    next = stability * (rating >= 2 ? Math.max(change, 1) : change);
  } else {
    const chance = recall(w, days, stability);
    if (rating === 1) {
      const lapsed = at(11) * difficulty ** -at(12) * ((stability + 1) ** at(13) - 1) * Math.exp((1 - chance) * at(14));
      next = Math.min(lapsed, stability / Math.exp(at(17) * at(18)));
    } else {
      const grade = rating === 2 ? at(15) : rating === 4 ? at(16) : 1;
      next = stability * (1 + Math.exp(at(8)) * (11 - difficulty) * stability ** -at(9) * (Math.exp((1 - chance) * at(10)) - 1) * grade);
    }
  }
  const damped = difficulty + (-at(6) * (rating - 3) * (10 - difficulty)) / 9;
  return { stability: bound(next, 0.001, 36_500), difficulty: bound(at(7) * firstDifficulty(4) + (1 - at(7)) * damped, 1, 10) };
}

/**
 * Sum of the log loss of "remembered or not" over reviews that come at least a study day after the one before, and how many there are.
 *
 * @param counts which reviews are summed; all of them move the card's memory
 */
export function logLoss(histories: readonly History[], parameters: readonly number[], counts: (review: LoggedReview) => boolean = () => true): { readonly sum: number; readonly count: number } {
  let sum = 0;
  let count = 0;
  for (const history of histories) {
    let memory: Memory | null = null;
    for (const review of history) {
      const { rating, elapsedDays } = review;
      if (memory !== null && elapsedDays > 0 && counts(review)) {
        const p = bound(recall(parameters, elapsedDays, memory.stability), least, 1 - least);
        sum -= Math.log(rating === 1 ? 1 - p : p);
        count += 1;
      }
      memory = remember(parameters, memory, elapsedDays, rating);
    }
  }
  return { sum, count };
}

/** The parameters for a point of the search: each fitted one times e^x, within the bounds of the library. */
function parametersAt(point: readonly number[]): number[] {
  const parameters = [...defaultParameters];
  fitted.forEach((index, place) => {
    parameters[index] = (parameters[index] ?? 0) * Math.exp(point[place] ?? 0);
  });
  return clipParameters(parameters, 1, true);
}

/**
 * Fits parameters of FSRS-6 to one student's log, by Adam on the log loss with numeric gradients, held to the defaults by a Gaussian prior
 * in log space; then compares both on the newest fifth of the log, which was not fitted on.
 * Source of the loss and of fitting by gradient: open-spaced-repetition, fsrs-optimizer; of Adam: Kingma and Ba 2015.
 *
 * @param steps of the search
 * @returns null where there are fewer than {@link enoughReviews} reviews that count
 */
export function fitParameters(histories: readonly History[], checkpoint: Checkpoint, steps = 40): Fit | null {
  const times = histories.flatMap((history) => history.filter(({ elapsedDays }, index) => index > 0 && elapsedDays > 0).map(({ at }) => at)).sort((a, b) => a - b);
  if (times.length < enoughReviews) return null;
  const border = times[Math.floor(times.length * (1 - heldOutShare))] ?? Infinity;
  const seen = histories.map((history) => history.filter(({ at }) => at < border)).filter((history) => history.length > 1);
  const cost = (point: readonly number[]): number => logLoss(seen, parametersAt(point)).sum + (pull / 2) * point.reduce((sum, x) => sum + x * x, 0);

  let point: number[] = fitted.map(() => 0);
  let best = point;
  let bestCost = cost(point);
  const mean = fitted.map(() => 0);
  const square = fitted.map(() => 0);
  const nudge = 0.01;
  for (let step = 1; step <= steps; step += 1) {
    checkpoint(step - 1, steps);
    const here = cost(point);
    const from = point;
    point = from.map((x, place) => {
      const slope = (cost(from.map((value, other) => (other === place ? value + nudge : value))) - here) / nudge;
      mean[place] = 0.9 * (mean[place] ?? 0) + 0.1 * slope;
      square[place] = 0.99 * (square[place] ?? 0) + 0.01 * slope * slope;
      const m = (mean[place] ?? 0) / (1 - 0.9 ** step);
      const v = (square[place] ?? 0) / (1 - 0.99 ** step);
      return Math.max(-2, Math.min(2, x - (0.1 * m) / (Math.sqrt(v) + 1e-8)));
    });
    const reached = cost(point);
    if (reached < bestCost) {
      best = point;
      bestCost = reached;
    }
  }
  const parameters = parametersAt(best);
  const heldOut = (review: LoggedReview): boolean => review.at >= border;
  const byDefault = logLoss(histories, defaultParameters, heldOut);
  const byFit = logLoss(histories, parameters, heldOut);
  const defaultLoss = byDefault.sum / Math.max(1, byDefault.count);
  const fittedLoss = byFit.sum / Math.max(1, byFit.count);
  return { parameters, reviews: times.length, heldOut: byFit.count, defaultLoss, fittedLoss, better: fittedLoss < defaultLoss };
}
