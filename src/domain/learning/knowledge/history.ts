/** What is kept of a student's answers on one topic: counts and the last few, never the answers themselves. */
export interface TopicHistory {
  readonly successes: number;
  readonly failures: number;
  /** Right answers and answers, each weighted by {@link topicDecay} to the power of how many on the topic came after. */
  readonly recentCorrect: number;
  readonly recentWeight: number;
  /** The last three answers, the newest first: 1 right, -1 wrong, 0 none yet. */
  readonly last: readonly [number, number, number];
  /** How many answers the student had given, on any topic, before the newest on this one. */
  readonly lastIndex: number;
}

/** What is kept of all answers of a student in one course. */
export interface StudentHistory {
  readonly answers: number;
  /** Right answers less what was expected of them, summed: plain, and with each answer's weight fading. */
  readonly surplus: number;
  readonly recentSurplus: number;
  readonly recentWeight: number;
  readonly last: number;
  readonly topics: ReadonlyMap<number, TopicHistory>;
}

/** How much of its weight an answer keeps for each later one on the topic, and for each later one at all. */
const topicDecay = 0.8;
const overallDecay = 0.9;
/** Imagined answers of an average student, which keep the first few real ones from saying too much. */
const surplusStrength = 5;
const recentSurplusStrength = 2;

const newTopic: TopicHistory = { successes: 0, failures: 0, recentCorrect: 0, recentWeight: 0, last: [0, 0, 0], lastIndex: 0 };

/** The features in the order of {@link featuresOf}; a coefficient of the model stands for each. */
export const knowledgeFeatures = [
  'intercept',
  'expected',
  'expectedWhenNew',
  'expectedWhenFew',
  'topicSuccesses',
  'topicFailures',
  'topicRate',
  'topicRecent',
  'lastAnswer',
  'secondLastAnswer',
  'thirdLastAnswer',
  'newTopic',
  'gap',
  'gapAfterSuccess',
  'strength',
  'recentStrength',
  'answers',
  'lastOfAll',
] as const;
export type KnowledgeFeature = (typeof knowledgeFeatures)[number];

/** The log-odds of a probability. */
export function logit(share: number): number {
  return Math.log(share / (1 - share));
}

/** Log-odds of a rate with one imagined answer of each kind, so that neither 0 nor 1 is certain. */
const smoothed = (right: number, all: number): number => logit((right + 1) / (all + 2));

/** A student's answers in the order in which they were given. */
export interface HistoryRecorder {
  /**
   * What is known before the next answer on a topic; it never holds that answer.
   *
   * @param expected the share of students who answer such a question, in (0, 1)
   */
  features(topic: number, expected: number): Float64Array;
  record(topic: number, correct: boolean, expected: number): void;
  history(): StudentHistory;
}

export function recordHistory(): HistoryRecorder {
  const topics = new Map<number, TopicHistory>();
  let answers = 0;
  let surplus = 0;
  let recentSurplus = 0;
  let recentWeight = 0;
  let last = 0;
  const history = (): StudentHistory => ({ answers, surplus, recentSurplus, recentWeight, last, topics });
  return {
    history,
    features: (topic, expected) => featuresOf(history(), topic, expected),
    record(topic, correct, expected) {
      const right = correct ? 1 : 0;
      const before = topics.get(topic) ?? newTopic;
      topics.set(topic, {
        successes: before.successes + right,
        failures: before.failures + 1 - right,
        recentCorrect: before.recentCorrect * topicDecay + right,
        recentWeight: before.recentWeight * topicDecay + 1,
        last: [correct ? 1 : -1, before.last[0], before.last[1]],
        lastIndex: answers,
      });
      answers += 1;
      surplus += right - expected;
      recentSurplus = recentSurplus * overallDecay + right - expected;
      recentWeight = recentWeight * overallDecay + 1;
      last = correct ? 1 : -1;
    },
  };
}

/**
 * What the model sees before an answer. Counts as logarithms, because the tenth answer tells less than the first. The family is that of
 * performance factors analysis (Pavlik, Cen and Koedinger 2009) with recency (Galyardt and Goldin 2015, recent-performance factors) and with
 * the student's strength on other topics, measured against what those topics make one expect.
 *
 * @param topic the topic of the question that is about to be answered
 * @param expected the share of students who answer such a question, in (0, 1)
 * @returns one value for each of {@link knowledgeFeatures}
 */
export function featuresOf(student: StudentHistory, topic: number, expected: number): Float64Array {
  const found = student.topics.get(topic);
  const { successes, failures, recentCorrect, recentWeight, last, lastIndex } = found ?? newTopic;
  const tried = Math.log(1 + successes);
  const failed = Math.log(1 + failures);
  const gap = found === undefined ? 0 : Math.log(student.answers - lastIndex);
  const base = logit(expected);
  return Float64Array.of(
    1,
    base,
    found === undefined ? base : 0,
    base / (1 + tried + failed),
    tried,
    failed,
    found === undefined ? 0 : smoothed(successes, successes + failures),
    found === undefined ? 0 : smoothed(recentCorrect, recentWeight),
    last[0],
    last[1],
    last[2],
    found === undefined ? 1 : 0,
    gap,
    last[0] > 0 ? gap : 0,
    student.surplus / (student.answers + surplusStrength),
    student.recentSurplus / (student.recentWeight + recentSurplusStrength),
    Math.log(1 + student.answers),
    student.last,
  );
}
