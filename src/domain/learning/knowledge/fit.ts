import { shrunkRate } from '#domain/kernel/stats';
import { fitLogistic, type SparseRows, sparseRows } from '#domain/learning/regression';
import { knowledgeFeatures, recordHistory } from '#domain/learning/knowledge/history';

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

/** One answer on one topic, and what was known before it. */
export interface Observation {
  readonly topic: number;
  /** One value for each of {@link knowledgeFeatures}; its own from one observation to the next. */
  readonly features: Float64Array;
  readonly correct: boolean;
}

/**
 * What was known before each answer, and the answer. All topics of one event are described before any of them is recorded, so that no
 * answer is predicted from itself under another name.
 *
 * @param expected the share of students who answer the event's question on a topic, in (0, 1)
 */
export function* observationsOf<Event extends AnswerEvent>(students: Iterable<Iterable<Event>>, expected: (topic: number, event: Event) => number): Generator<Observation> {
  for (const student of students) {
    const recorder = recordHistory();
    for (const event of student) {
      const { topics, correct } = event;
      for (const topic of topics) yield { topic, features: recorder.features(topic, expected(topic, event)), correct };
      for (const topic of topics) recorder.record(topic, correct, expected(topic, event));
    }
  }
}

/** Rows of the features that all topics share, and the answers. */
export interface KnowledgeRows {
  readonly rows: SparseRows;
  readonly labels: Uint8Array;
}

export function knowledgeRows(observations: Iterable<Observation>): KnowledgeRows {
  const labels: number[] = [];
  function* describe(): Generator<(readonly [number, number])[]> {
    for (const { features, correct } of observations) {
      labels.push(correct ? 1 : 0);
      yield Array.from(features, (value, column) => [column, value] as const);
    }
  }
  const rows = sparseRows(knowledgeFeatures.length, describe());
  return { rows, labels: Uint8Array.from(labels) };
}

/**
 * Fits what all topics share of the model of the next answer.
 *
 * @returns the coefficients of {@link knowledgeFeatures}
 */
export function fitKnowledge({ rows, labels }: KnowledgeRows): Float64Array {
  const penalties = new Float64Array(rows.columns).fill(ridge);
  penalties[0] = 1e-6;
  return fitLogistic(rows, labels, { penalties });
}
