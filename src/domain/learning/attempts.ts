/** Where an answer was given. The positions of this list are kept in the store: it only ever grows at its end. */
export const assessments = ['quiz', 'practice', 'mock', 'placement', 'section', 'lab'] as const;
export type Assessment = (typeof assessments)[number];

export const difficulties = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof difficulties)[number];

/** How sure a student was before they saw the answer: 1 a guess, 2 unsure, 3 fairly sure, 4 certain. */
export const confidences = [1, 2, 3, 4] as const;
export type Confidence = (typeof confidences)[number];

/** One answer to one question, as engines take it. Keys are those of the rows. */
export interface Attempt {
  readonly questionKey: number;
  readonly topicKey: number;
  readonly domainKey: number;
  /** Null where the pack does not say. */
  readonly difficulty: Difficulty | null;
  readonly assessment: Assessment;
  readonly correct: boolean;
  /** Null where the student was not asked or did not say. */
  readonly confidence: Confidence | null;
  /** Time from seeing the question to answering it; null where nobody measured. */
  readonly milliseconds: number | null;
  /** UTC milliseconds. */
  readonly at: number;
}

/**
 * Many attempts as columns: a million of them in 35 MB, and passed to a worker without being copied one by one. A
 * difficulty or confidence of 0 stands for unknown, and milliseconds of -1 for not measured.
 */
export interface AttemptColumns {
  readonly count: number;
  readonly questionKey: Int32Array;
  readonly topicKey: Int32Array;
  readonly domainKey: Int32Array;
  /** 0 unknown, else the position in {@link difficulties} plus 1. */
  readonly difficulty: Uint8Array;
  /** The position in {@link assessments}. */
  readonly assessment: Uint8Array;
  readonly correct: Uint8Array;
  /** 0 unknown, else 1 to 4. */
  readonly confidence: Uint8Array;
  readonly milliseconds: Int32Array;
  readonly at: Float64Array;
}

/** Turns attempts into columns, in the same order. */
export function attemptColumns(attempts: readonly Attempt[]): AttemptColumns {
  const count = attempts.length;
  const columns: AttemptColumns = {
    count,
    questionKey: new Int32Array(count),
    topicKey: new Int32Array(count),
    domainKey: new Int32Array(count),
    difficulty: new Uint8Array(count),
    assessment: new Uint8Array(count),
    correct: new Uint8Array(count),
    confidence: new Uint8Array(count),
    milliseconds: new Int32Array(count),
    at: new Float64Array(count),
  };
  attempts.forEach((attempt, index) => {
    columns.questionKey[index] = attempt.questionKey;
    columns.topicKey[index] = attempt.topicKey;
    columns.domainKey[index] = attempt.domainKey;
    columns.difficulty[index] = attempt.difficulty === null ? 0 : difficulties.indexOf(attempt.difficulty) + 1;
    columns.assessment[index] = assessments.indexOf(attempt.assessment);
    columns.correct[index] = attempt.correct ? 1 : 0;
    columns.confidence[index] = attempt.confidence ?? 0;
    columns.milliseconds[index] = attempt.milliseconds ?? -1;
    columns.at[index] = attempt.at;
  });
  return columns;
}

/** One attempt of the columns, as a value of its own. */
export function attemptAt(columns: AttemptColumns, index: number): Attempt {
  const confidence = columns.confidence[index] ?? 0;
  const milliseconds = columns.milliseconds[index] ?? -1;
  return {
    questionKey: columns.questionKey[index] ?? 0,
    topicKey: columns.topicKey[index] ?? 0,
    domainKey: columns.domainKey[index] ?? 0,
    difficulty: difficulties[(columns.difficulty[index] ?? 0) - 1] ?? null,
    assessment: assessments[columns.assessment[index] ?? 0] ?? 'practice',
    correct: columns.correct[index] === 1,
    confidence: confidence === 0 ? null : (confidence as Confidence),
    milliseconds: milliseconds < 0 ? null : milliseconds,
    at: columns.at[index] ?? 0,
  };
}
