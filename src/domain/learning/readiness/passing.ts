import { logistic } from '#domain/kernel/stats';
import { type Blueprint, type ExamRules, questionsByDomain } from '#domain/learning/blueprint';
import { logit } from '#domain/learning/knowledge/history';
import type { TopicKnowledge } from '#domain/learning/knowledge/topics';

/** Questions that are drawn from some topics, each as likely as the next. */
export interface DrawnQuestions {
  readonly questions: number;
  /** Places in the list of what is known. */
  readonly topics: readonly number[];
}

/** What an exam draws from where, by the blueprint. */
export function drawnFrom(knowledge: readonly TopicKnowledge[], blueprint: Blueprint, exam: ExamRules): DrawnQuestions[] {
  const place = new Map(knowledge.map(({ topicKey }, index) => [topicKey, index]));
  const indexes = (keys: readonly { readonly key: number }[]): number[] => keys.flatMap(({ key }) => place.get(key) ?? []);
  if (exam.draw === 'one_per_topic') {
    const topics = indexes(blueprint.domains.flatMap((domain) => domain.topics));
    // More questions than topics, or fewer: each topic is as likely as the next.
    return topics.length === exam.questions ? topics.map((topic) => ({ questions: 1, topics: [topic] })) : [{ questions: exam.questions, topics }];
  }
  const counts = questionsByDomain(blueprint, exam.questions);
  return blueprint.domains.map(({ key, topics }) => ({ questions: counts.get(key) ?? 0, topics: indexes(topics) })).filter(({ questions, topics }) => questions > 0 && topics.length > 0);
}

/** A topic on the scale of log-odds, with how far the truth may lie from it: in common with the other topics, and on its own. */
export interface UncertainTopic {
  readonly logOdds: number;
  readonly common: number;
  readonly own: number;
  /** The correlation of two errors on the topic beyond what all topics have in common. */
  readonly ownCorrelation: number;
}

const fewest = 0.001;

/**
 * The error of a chance p with correlation r has the variance r·p·(1 - p); on the scale of log-odds that is r / (p·(1 - p)).
 *
 * @param shared the part of the errors that all topics have in common, as a correlation
 */
export function uncertainTopics(knowledge: readonly TopicKnowledge[], shared: number): UncertainTopic[] {
  return knowledge.map(({ chance, correlation }) => {
    const bounded = Math.min(1 - fewest, Math.max(fewest, chance));
    const scale = 1 / Math.sqrt(bounded * (1 - bounded));
    const common = Math.min(shared, correlation);
    const ownCorrelation = Math.max(0, correlation - common);
    return { logOdds: logit(bounded), common: Math.sqrt(common) * scale, own: Math.sqrt(ownCorrelation) * scale, ownCorrelation };
  });
}

/** Nodes and weights of Gauss and Hermite for a standard normal, nine points. Source: Abramowitz and Stegun, table 25.10, scaled. */
const nodes = [-4.512_745_863, -3.205_429_003, -2.076_847_979, -1.023_255_663, 0, 1.023_255_663, 2.076_847_979, 3.205_429_003, 4.512_745_863] as const;
const weights = [2.234_584_401e-5, 2.789_141_321e-3, 4.991_640_676e-2, 0.244_097_502_9, 0.406_349_206_3, 0.244_097_502_9, 4.991_640_676e-2, 2.789_141_321e-3, 2.234_584_401e-5] as const;

/** The normal distribution function, by the error function of Abramowitz and Stegun 7.1.26 (off by less than 1.5e-7). */
function normalBelow(z: number): number {
  const t = 1 / (1 + 0.327_591_1 * (Math.abs(z) / Math.SQRT2));
  const tail = t * (0.254_829_592 + t * (-0.284_496_736 + t * (1.421_413_741 + t * (-1.453_152_027 + t * 1.061_405_429)))) * Math.exp((-z * z) / 2);
  return z >= 0 ? 1 - tail / 2 : tail / 2;
}

/**
 * The chance of passing without sitting exams: over what the topics have in common by quadrature, and for each of its values with the score
 * taken as normal. It agrees with the simulated exams within a few hundredths, is smooth, and takes a thousandth of the time, so that many
 * "what if" can be asked.
 */
export function chanceOfPassing(topics: readonly UncertainTopic[], drawn: readonly DrawnQuestions[], exam: ExamRules): number {
  return nodes.reduce<number>((sum, node, index) => {
    let mean = 0;
    let variance = 0;
    for (const { questions, topics: places } of drawn) {
      let chance = 0;
      let shared = 0;
      for (const place of places) {
        const topic = topics[place];
        if (topic === undefined) continue;
        // The mean of a logistic over a normal error (MacKay 1992).
        const one = logistic((topic.logOdds + topic.common * node) / Math.sqrt(1 + (Math.PI * topic.own * topic.own) / 8));
        chance += one;
        shared += topic.ownCorrelation * one * (1 - one);
      }
      const average = chance / places.length;
      mean += questions * average;
      // Two questions of one topic err together, and fall on one topic in one of so many cases as there are topics.
      variance += questions * average * (1 - average) + (questions * (questions - 1) * shared) / places.length ** 2;
    }
    return sum + (weights[index] ?? 0) * (1 - normalBelow((exam.passCount - 0.5 - mean) / Math.sqrt(Math.max(1e-9, variance))));
  }, 0);
}
