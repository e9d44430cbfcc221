import { logistic, shrunkRate } from '#domain/kernel/stats';
import { logit } from '#domain/learning/knowledge/history';
import { difficulties, type Difficulty } from '#domain/learning/attempts';

/** How often questions of a topic and a difficulty were answered, and answered right. */
export interface AnswerTally {
  readonly topicKey: number;
  readonly difficulty: Difficulty | null;
  readonly answers: number;
  readonly correct: number;
}

/**
 * What one expects where nothing was answered yet: the mean of ASSISTments 2009-2010 (65.8 % of 224,218 answers). It counts as so many
 * answers against those of a whole course, and the course's mean as so many against those of a topic or a difficulty.
 */
const priorShare = 0.658;
const priorStrength = 20;
const topicStrength = 5;
const difficultyStrength = 20;

/** The share of students who answer a question, by its topic and its difficulty; strictly between 0 and 1. */
export type Expectation = (topicKey: number, difficulty: Difficulty | null) => number;

/**
 * Learns from the answers of others how hard topics and difficulties are. The student's own are left out by the caller: they are what is
 * compared with it. Alone on a machine there are none, and every topic is expected to be as hard as the next.
 */
export function expectationFrom(tallies: readonly AnswerTally[]): Expectation {
  const sum = (some: readonly AnswerTally[]): { readonly answers: number; readonly correct: number } => ({
    answers: some.reduce((total, { answers }) => total + answers, 0),
    correct: some.reduce((total, { correct }) => total + correct, 0),
  });
  const all = sum(tallies);
  const mean = shrunkRate(all.correct, all.answers, priorShare, priorStrength);
  const topics = new Map<number, { answers: number; correct: number }>();
  for (const { topicKey, answers, correct } of tallies) {
    const known = topics.get(topicKey) ?? { answers: 0, correct: 0 };
    topics.set(topicKey, { answers: known.answers + answers, correct: known.correct + correct });
  }
  const shifts = new Map(
    difficulties.map((difficulty) => {
      const { answers, correct } = sum(tallies.filter((tally) => tally.difficulty === difficulty));
      return [difficulty, logit(shrunkRate(correct, answers, mean, difficultyStrength)) - logit(mean)] as const;
    }),
  );
  return (topicKey, difficulty) => {
    const { answers, correct } = topics.get(topicKey) ?? { answers: 0, correct: 0 };
    const rate = shrunkRate(correct, answers, mean, topicStrength);
    return difficulty === null ? rate : logistic(logit(rate) + (shifts.get(difficulty) ?? 0));
  };
}
