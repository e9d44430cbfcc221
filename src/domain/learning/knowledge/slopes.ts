import { fitLogistic, sparseRows } from '#domain/learning/regression';
import type { Observation } from '#domain/learning/knowledge/fit';
import { type KnowledgeFeature, knowledgeFeatures } from '#domain/learning/knowledge/history';

/** The features in which a topic may differ from what all topics share: how hard it is, how it is learnt, and how soon it is lost. */
export const slopeFeatures = ['intercept', 'topicSuccesses', 'topicFailures', 'topicRecent', 'strength', 'gap'] as const satisfies readonly KnowledgeFeature[];

/** What is added to the shared coefficient of each of {@link slopeFeatures}. */
export type TopicSlopes = readonly number[];

/** A topic without an entry is served by what all topics share. */
export type SlopesByTopic = ReadonlyMap<number, TopicSlopes>;

export const noSlopes: SlopesByTopic = new Map();

/** Of others' answers a topic needs so many, from so many students, before anything is said of it alone. */
export const leastTopicAnswers = 200;
export const leastTopicStudents = 20;

/** How strongly a slope is held to zero: chosen on ASSISTments, where anything from 2 to 20 does as well within .0002 of AUC. */
const ridge = 10;
const columns = slopeFeatures.map((name) => knowledgeFeatures.indexOf(name));

/** What a topic's own slopes add to the log-odds. */
export function slopesLogOdds(slopes: TopicSlopes | undefined, features: Float64Array): number {
  return slopes === undefined ? 0 : columns.reduce((sum, column, index) => sum + (slopes[index] ?? 0) * (features[column] ?? 0), 0);
}

/**
 * Fits for each topic how it differs from what all topics share, on a log of answers: a ridge regression that begins from the shared model,
 * topic by topic, so that few answers move it little. It is the second level of a model with random slopes, taken as one step (Gelman and
 * Hill 2007, chapter 12).
 *
 * @param observations those of one student one after the other
 * @param shared the coefficients of {@link knowledgeFeatures}
 * @returns topics with enough answers of enough students, and no others
 */
export function fitSlopes(observations: Iterable<Observation & { readonly student: number }>, shared: ArrayLike<number>): Map<number, TopicSlopes> {
  const byTopic = new Map<number, { readonly rows: (readonly (readonly [number, number])[])[]; readonly known: number[]; readonly labels: number[]; students: number; last: number }>();
  for (const { topic, features, correct, student } of observations) {
    const found = byTopic.get(topic) ?? { rows: [], known: [], labels: [], students: 0, last: -1 };
    byTopic.set(topic, found);
    if (found.last !== student) {
      found.students += 1;
      found.last = student;
    }
    let known = 0;
    for (let column = 0; column < features.length; column += 1) known += (features[column] ?? 0) * (shared[column] ?? 0);
    found.rows.push(columns.map((column, index) => [index, features[column] ?? 0] as const));
    found.known.push(known);
    found.labels.push(correct ? 1 : 0);
  }
  const penalties = new Float64Array(columns.length).fill(ridge);
  return new Map(
    [...byTopic].flatMap(([topic, { rows, known, labels, students }]) =>
      labels.length < leastTopicAnswers || students < leastTopicStudents ? [] : [[topic, [...fitLogistic(sparseRows(columns.length, rows), Uint8Array.from(labels), { penalties, known })]] as const],
    ),
  );
}
