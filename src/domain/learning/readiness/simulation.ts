import { logistic, quantile } from '#domain/kernel/stats';
import type { Rng } from '#domain/kernel/rng';
import type { Blueprint, ExamRules } from '#domain/learning/blueprint';
import type { TopicKnowledge } from '#domain/learning/knowledge/topics';
import { drawnFrom, uncertainTopics } from '#domain/learning/readiness/passing';

/** What many simulated exams came to. */
export interface SimulatedExam {
  /** Share of exams that were passed. */
  readonly chance: number;
  /** The chance of passing at the 10th and 90th hundredth of what the student may know. */
  readonly low: number;
  readonly high: number;
  /** Right answers: the mean, and what four in five exams lie between. */
  readonly score: number;
  readonly scoreLow: number;
  readonly scoreHigh: number;
}

/**
 * The distribution of right answers where each question has a chance of its own (Poisson binomial), by adding one question after another.
 *
 * @returns the chance of 0, 1, … right answers
 */
export function scoreDistribution(chances: Float64Array | readonly number[]): Float64Array {
  const distribution = new Float64Array(chances.length + 1);
  distribution[0] = 1;
  let asked = 0;
  for (const chance of chances) {
    for (let right = asked + 1; right > 0; right -= 1) distribution[right] = (distribution[right] ?? 0) * (1 - chance) + (distribution[right - 1] ?? 0) * chance;
    distribution[0] *= 1 - chance;
    asked += 1;
  }
  return distribution;
}

/** Independent normal numbers, two from each pair of uniform ones (Box and Muller 1958). */
function normalsFrom(rng: Rng): () => number {
  const kept: number[] = [];
  return () => {
    const one = kept.pop();
    if (one !== undefined) return one;
    const radius = Math.sqrt(-2 * Math.log(1 - rng()));
    const angle = 2 * Math.PI * rng();
    kept.push(radius * Math.sin(angle));
    return radius * Math.cos(angle);
  };
}

/**
 * Sits an exam many times. Each time the student's knowledge is drawn anew around what the model says: by as much as the model errs on a
 * topic, a part of it the same for all topics (one who is better than thought is better everywhere); then every score that the exam may end
 * with has its chance. So doubt about the student and luck with the questions are both in it.
 *
 * @param shared the part of the errors that all topics have in common, as a correlation
 */
export function simulateExams(knowledge: readonly TopicKnowledge[], blueprint: Blueprint, exam: ExamRules, shared: number, rng: Rng, times = 300): SimulatedExam {
  const drawn = drawnFrom(knowledge, blueprint, exam);
  const topics = uncertainTopics(knowledge, shared);
  const normal = normalsFrom(rng);
  const passed = new Float64Array(times);
  const total = new Float64Array(exam.questions + 1);
  const chances = new Float64Array(topics.length);
  const asked = new Float64Array(drawn.reduce((sum, { questions }) => sum + questions, 0));
  for (let time = 0; time < times; time += 1) {
    const together = normal();
    topics.forEach(({ logOdds, common, own }, index) => {
      chances[index] = logistic(logOdds + common * together + own * normal());
    });
    let at = 0;
    for (const { questions, topics: places } of drawn) {
      let mean = 0;
      for (const place of places) mean += (chances[place] ?? 0) / places.length;
      asked.fill(mean, at, at + questions);
      at += questions;
    }
    const distribution = scoreDistribution(asked);
    let pass = 0;
    for (let right = 0; right < distribution.length; right += 1) {
      const share = distribution[right] ?? 0;
      total[right] = (total[right] ?? 0) + share / times;
      if (right >= exam.passCount) pass += share;
    }
    passed[time] = Math.min(1, pass);
  }
  const scoreAt = (part: number): number => {
    let below = 0;
    const found = total.findIndex((share) => (below += share) >= part);
    return found < 0 ? exam.questions : found;
  };
  return {
    chance: passed.reduce((sum, chance) => sum + chance, 0) / times,
    low: quantile(passed, 0.1) ?? 0,
    high: quantile(passed, 0.9) ?? 1,
    score: total.reduce((sum, share, right) => sum + share * right, 0),
    scoreLow: scoreAt(0.1),
    scoreHigh: scoreAt(0.9),
  };
}
