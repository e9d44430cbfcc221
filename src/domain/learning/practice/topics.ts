import type { TopicKnowledge } from '../knowledge/topics';

/** How a student does in a topic, as practice and plans take it. */
export interface TopicStanding {
  readonly topicKey: number;
  readonly answers: number;
  /** The chance of answering the next question right, 0 to 1. */
  readonly share: number;
  /** Whether enough is known to call it weak, and it is. */
  readonly weak: boolean;
}

/** Below so many answers a topic is not called weak. */
const enoughAnswers = 3;
/** Below this chance it is. The line that readiness draws for weaknesses. */
const weakBelow = 0.7;

/** The standing of each topic with an answer, by the knowledge model. */
export function standingByTopic(knowledge: readonly TopicKnowledge[]): Map<number, TopicStanding> {
  return new Map(
    knowledge.flatMap(({ topicKey, answers, chance }) => (answers === 0 ? [] : [[topicKey, { topicKey, answers, share: chance, weak: answers >= enoughAnswers && chance < weakBelow }] as const])),
  );
}
