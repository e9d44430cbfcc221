import { type AnswerEvent, type Observation, observationsOf } from '#domain/learning/knowledge/fit';
import { type KnownOutcome, ownRegression, type OwnRegression } from '#domain/learning/readiness/outcomes';
import { fitSlopes, type TopicSlopes } from '#domain/learning/knowledge/slopes';

/** The answers of some students, one student after the other, each in the order of time. */
export interface TopicsPayload {
  /** Where each student's answers begin, and where the last one's end. */
  readonly offsets: Int32Array;
  readonly topics: Int32Array;
  readonly correct: Uint8Array;
  /** The share of students who answer such a question. */
  readonly expected: Float64Array;
  /** The coefficients that all topics share. */
  readonly shared: readonly number[];
}

/** What each topic of a course has of its own, from the log of its answers. */
export function topicsTask({ offsets, topics, correct, expected, shared }: TopicsPayload): Map<number, TopicSlopes> {
  function* events(student: number): Generator<AnswerEvent & { readonly at: number }> {
    for (let at = offsets[student] ?? 0; at < (offsets[student + 1] ?? 0); at += 1) yield { topics: [topics[at] ?? 0], correct: correct[at] === 1, at };
  }
  function* observations(): Generator<Observation & { readonly student: number }> {
    for (let student = 0; student + 1 < offsets.length; student += 1) {
      for (const observation of observationsOf<AnswerEvent & { readonly at: number }>([events(student)], (_topic, { at }) => expected[at] ?? 0.5)) yield { ...observation, student };
    }
  }
  return fitSlopes(observations(), shared);
}

export interface OutcomesPayload {
  readonly rows: readonly KnownOutcome[];
  /** The chance of each row by the regression that came with the program. */
  readonly published: readonly number[];
}

/** A regression on a workspace's own exams, judged beside the published one; null where they are too few. */
export function outcomesTask({ rows, published }: OutcomesPayload): OwnRegression | null {
  return ownRegression(rows, published);
}
