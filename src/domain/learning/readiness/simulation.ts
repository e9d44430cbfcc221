import { logistic, quantile } from '#domain/kernel/stats';
import type { Rng } from '#domain/kernel/rng';
import { type Blueprint, type ExamRules, questionsByDomain } from '#domain/learning/blueprint';
import { logit } from '#domain/learning/knowledge/history';
import type { TopicKnowledge } from '#domain/learning/knowledge/topics';

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

/** Chances of questions that are asked for certain: how many, and of the mean of which topics. */
interface Drawn {
  readonly questions: number;
  readonly topics: readonly number[];
}

function drawnFrom(blueprint: Blueprint, exam: ExamRules, place: ReadonlyMap<number, number>): Drawn[] {
  const indexes = (keys: readonly { readonly key: number }[]): number[] => keys.flatMap(({ key }) => place.get(key) ?? []);
  if (exam.draw === 'one_per_topic') {
    const topics = indexes(blueprint.domains.flatMap((domain) => domain.topics));
    // More questions than topics, or fewer: each topic is as likely as the next.
    return topics.length === exam.questions ? topics.map((topic) => ({ questions: 1, topics: [topic] })) : [{ questions: exam.questions, topics }];
  }
  const counts = questionsByDomain(blueprint, exam.questions);
  return blueprint.domains.map(({ key, topics }) => ({ questions: counts.get(key) ?? 0, topics: indexes(topics) })).filter(({ questions, topics }) => questions > 0 && topics.length > 0);
}

/**
 * The distribution of right answers where each question has a chance of its own (Poisson binomial), by adding one question after another.
 *
 * @returns the chance of 0, 1, … right answers
 */
export function scoreDistribution(chances: readonly number[]): Float64Array {
  const distribution = new Float64Array(chances.length + 1);
  distribution[0] = 1;
  chances.forEach((chance, asked) => {
    for (let right = asked + 1; right >= 0; right -= 1) distribution[right] = (distribution[right] ?? 0) * (1 - chance) + (right === 0 ? 0 : (distribution[right - 1] ?? 0) * chance);
  });
  return distribution;
}

const fewest = 0.001;

/** Two independent normal numbers (Box and Muller 1958). */
function normals(rng: Rng): readonly [number, number] {
  const radius = Math.sqrt(-2 * Math.log(1 - rng()));
  const angle = 2 * Math.PI * rng();
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

/**
 * Sits an exam many times. Each time the student's knowledge is drawn anew around what the model says: by as much as the model errs on a
 * topic, a part of it the same for all topics (one who is better than thought is better everywhere); then every score that the exam may end
 * with has its chance. So doubt about the student and luck with the questions are both in it.
 *
 * @param shared the part of the errors that all topics have in common, as a correlation
 * @param rng drawn from twice a topic and time
 */
export function simulateExams(knowledge: readonly TopicKnowledge[], blueprint: Blueprint, exam: ExamRules, shared: number, rng: Rng, times = 400): SimulatedExam {
  const place = new Map(knowledge.map(({ topicKey }, index) => [topicKey, index]));
  const drawn = drawnFrom(blueprint, exam, place);
  const base = knowledge.map(({ chance, correlation }) => {
    const bounded = Math.min(1 - fewest, Math.max(fewest, chance));
    const scale = 1 / Math.sqrt(bounded * (1 - bounded));
    const common = Math.min(shared, correlation);
    // The error of a chance with correlation r has the variance r·p·(1 - p); on the scale of log-odds that is r / (p·(1 - p)).
    return { logOdds: logit(bounded), common: Math.sqrt(common) * scale, own: Math.sqrt(Math.max(0, correlation - common)) * scale };
  });
  const passed = new Float64Array(times);
  const total = new Float64Array(exam.questions + 1);
  for (let time = 0; time < times; time += 1) {
    const [together] = normals(rng);
    const chances = base.map(({ logOdds, common, own }) => logistic(logOdds + common * together + own * normals(rng)[0]));
    const asked = drawn.flatMap(({ questions, topics }) => {
      const mean = topics.reduce((sum, topic) => sum + (chances[topic] ?? 0), 0) / topics.length;
      return new Array<number>(questions).fill(mean);
    });
    const distribution = scoreDistribution(asked);
    let pass = 0;
    distribution.forEach((share, right) => {
      total[right] = (total[right] ?? 0) + share / times;
      if (right >= exam.passCount) pass += share;
    });
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
