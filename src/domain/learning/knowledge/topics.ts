import type { Attempt } from '#domain/learning/attempts';
import type { Blueprint } from '#domain/learning/blueprint';
import type { Expectation } from '#domain/learning/knowledge/expected';
import { recordHistory } from '#domain/learning/knowledge/history';
import { chanceOfNext, errorCorrelation, type KnowledgeConfiguration } from '#domain/learning/knowledge/model';
import { noSlopes, type SlopesByTopic } from '#domain/learning/knowledge/slopes';

/** What is known of a student on one topic. */
export interface TopicKnowledge {
  readonly topicKey: number;
  readonly domainKey: number;
  /** The chance of answering the next question on it, 0 to 1. */
  readonly chance: number;
  readonly answers: number;
  readonly correct: number;
  /** UTC milliseconds, or null where nothing was answered. */
  readonly lastAt: number | null;
  /** How far the true chance may lie from `chance`: the correlation of two errors on it. */
  readonly correlation: number;
}

/** Attempts in the order in which they were given; equal instants keep theirs. */
export function inOrder(attempts: readonly Attempt[]): readonly Attempt[] {
  const sorted = attempts.every(({ at }, index) => index === 0 || at >= (attempts[index - 1]?.at ?? at));
  return sorted ? attempts : [...attempts].sort((a, b) => a.at - b.at);
}

/**
 * The chance of answering the next question on each topic of a course, by the model of `knowledge/model.ts`. A topic on which nothing was
 * answered is judged by the student's strength on the others; one that too few students have answered, by what all topics share.
 */
export function knowledgeByTopic(attempts: readonly Attempt[], { domains }: Pick<Blueprint, 'domains'>, expectation: Expectation, configuration: KnowledgeConfiguration, slopes: SlopesByTopic = noSlopes): TopicKnowledge[] {
  const recorder = recordHistory();
  const lastAt = new Map<number, number>();
  for (const { topicKey, difficulty, correct, at } of inOrder(attempts)) {
    recorder.record(topicKey, correct, expectation(topicKey, difficulty));
    lastAt.set(topicKey, at);
  }
  const history = recorder.history();
  return domains.flatMap(({ key: domainKey, topics }) =>
    topics.map(({ key: topicKey }) => {
      const found = history.topics.get(topicKey);
      const correct = found?.successes ?? 0;
      const answers = correct + (found?.failures ?? 0);
      return {
        topicKey,
        domainKey,
        chance: chanceOfNext(history, topicKey, expectation(topicKey, null), configuration, slopes.get(topicKey)),
        answers,
        correct,
        lastAt: lastAt.get(topicKey) ?? null,
        correlation: errorCorrelation(answers, configuration.spread),
      };
    }),
  );
}
