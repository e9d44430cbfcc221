import { shrunkRate } from '#domain/kernel/stats';
import { fitLogistic, type SparseRows, sparseRows } from '#domain/learning/regression';
import { knowledgeFeatures, recordHistory } from '#domain/learning/knowledge/history';
import { featureAt } from '#domain/learning/knowledge/model';

/** One thing that a student did at one moment: one topic, or several that the same question asks for, and so with the same answer. */
export interface AnswerEvent {
  readonly topics: readonly number[];
  readonly correct: boolean;
}

/** How strongly a topic's rate is drawn to the mean of all: it counts as so many answers. */
const rateStrength = 5;
/** Enough to hold a coefficient that few answers speak for, too little to bend one that many do. */
const ridge = 1;

/**
 * The share of right answers on each topic, shrunk to the mean of all.
 *
 * @param topics how many topics there are; they are numbered from 0
 */
export function topicRates(students: Iterable<readonly AnswerEvent[]>, topics: number): Float64Array {
  const right = new Float64Array(topics);
  const all = new Float64Array(topics);
  for (const student of students) {
    for (const { topics: asked, correct } of student) {
      for (const topic of asked) {
        all[topic] = (all[topic] ?? 0) + 1;
        if (correct) right[topic] = (right[topic] ?? 0) + 1;
      }
    }
  }
  const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
  const mean = shrunkRate(sum(right), sum(all), 0.5, 2);
  return all.map((answers, topic) => shrunkRate(right[topic] ?? 0, answers, mean, rateStrength));
}

/** Rows of the model for each answer, with an intercept and two slopes for each topic behind the features that all topics share. */
export interface KnowledgeRows {
  readonly rows: SparseRows;
  readonly labels: Uint8Array;
}

/**
 * What was known before each answer, and the answer. All topics of one event are described before any of them is recorded, so that no
 * answer is predicted from itself under another name.
 */
export function knowledgeRows(students: Iterable<readonly AnswerEvent[]>, rates: Float64Array, perTopic: boolean): KnowledgeRows {
  const labels: number[] = [];
  const topics = rates.length;
  function* describe(): Generator<(readonly [number, number])[]> {
    for (const student of students) {
      const recorder = recordHistory();
      for (const { topics: asked, correct } of student) {
        for (const topic of asked) {
          const features = recorder.features(topic, rates[topic] ?? 0.5);
          const row: (readonly [number, number])[] = Array.from(features, (value, column) => [column, value] as const);
          if (perTopic) {
            const first = knowledgeFeatures.length + topic;
            row.push([first, 1], [first + topics, featureAt(features, 'topicSuccesses')], [first + 2 * topics, featureAt(features, 'topicFailures')]);
          }
          labels.push(correct ? 1 : 0);
          yield row;
        }
        for (const topic of asked) recorder.record(topic, correct, rates[topic] ?? 0.5);
      }
    }
  }
  const rows = sparseRows(knowledgeFeatures.length + (perTopic ? 3 * topics : 0), describe());
  return { rows, labels: Uint8Array.from(labels) };
}

/**
 * Fits the model of the next answer.
 *
 * @returns the coefficients of {@link knowledgeFeatures}, and behind them those of the topics where the rows hold them
 */
export function fitKnowledge({ rows, labels }: KnowledgeRows): Float64Array {
  const penalties = new Float64Array(rows.columns).fill(ridge);
  penalties[0] = 1e-6;
  return fitLogistic(rows, labels, { penalties });
}
