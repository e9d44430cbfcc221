import type { Attempt } from '../attempts';

/** How a student does in a topic, by the plainest rule that is honest. */
export interface TopicStanding {
  readonly topicKey: number;
  readonly answers: number;
  /** Share right of the recent answers, drawn towards a half: 0 to 1. */
  readonly share: number;
  /** Whether enough is known to call it weak, and it is. */
  readonly weak: boolean;
}

/** Each answer counts nine tenths of the one after it. */
const fading = 0.9;
/** How many answers the prior of one half is worth. */
const priorAnswers = 2;
/** Below so many answers a topic is not called weak. */
const enoughAnswers = 3;
/** Below this share it is. The line that the readiness screens use for weaknesses. */
export const weakBelow = 0.7;

/**
 * The standing of each topic with an answer: a recency-weighted share of right answers, shrunk towards one half. Stands in wherever the
 * knowledge model has nothing to say yet.
 *
 * @param attempts in the order of time
 */
export function standingByTopic(attempts: readonly Pick<Attempt, 'topicKey' | 'correct'>[]): Map<number, TopicStanding> {
  const sums = new Map<number, { weight: number; right: number; answers: number }>();
  for (const { topicKey, correct } of attempts) {
    const sum = sums.get(topicKey) ?? { weight: 0, right: 0, answers: 0 };
    sums.set(topicKey, { weight: sum.weight * fading + 1, right: sum.right * fading + (correct ? 1 : 0), answers: sum.answers + 1 });
  }
  return new Map(
    [...sums].map(([topicKey, { weight, right, answers }]) => {
      const share = (right + priorAnswers / 2) / (weight + priorAnswers);
      return [topicKey, { topicKey, answers, share, weak: answers >= enoughAnswers && share < weakBelow }];
    }),
  );
}
