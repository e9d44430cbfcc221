import { logistic } from '#domain/kernel/stats';
import { featuresOf, type KnowledgeFeature, knowledgeFeatures, type StudentHistory } from '#domain/learning/knowledge/history';
import { slopesLogOdds, type TopicSlopes } from '#domain/learning/knowledge/slopes';

/** The value of one feature by its name. */
export function featureAt(features: Float64Array, name: KnowledgeFeature): number {
  return features[knowledgeFeatures.indexOf(name)] ?? 0;
}

/** The numbers of the model of the next answer; they are configuration. */
export interface KnowledgeConfiguration {
  readonly coefficients: Readonly<Record<KnowledgeFeature, number>>;
  readonly spread: KnowledgeSpread;
}

/**
 * How far a student's true chance on a topic lies from what the model says, as the correlation of its errors: of two answers on one topic
 * where nothing, a little or more was answered on it before, and of two answers on different topics.
 */
export interface KnowledgeSpread {
  readonly unseen: number;
  readonly few: number;
  readonly seen: number;
  readonly shared: number;
}

/** How many answers on a topic are more than a few. */
export const enoughAnswers = 5;

/**
 * Fitted by `bench/learning/tracing.ts` on ASSISTments 2009-2010 (2,921 students, 224,218 answers, 110 skills), all students, ridge 1. The
 * bench prints them anew; docs/learning-science.md says what they are worth on students that they were not fitted on.
 */
export const defaultKnowledgeConfiguration: KnowledgeConfiguration = {
  coefficients: {
    intercept: 0.1631,
    expected: 0.7535,
    expectedWhenNew: 0.102,
    expectedWhenFew: 0.1969,
    topicSuccesses: 0.0115,
    topicFailures: -0.0196,
    topicRate: 0.0311,
    topicRecent: 0.3967,
    lastAnswer: -0.0018,
    secondLastAnswer: -0.014,
    thirdLastAnswer: -0.0629,
    newTopic: -0.7119,
    gap: -0.0741,
    gapAfterSuccess: -0.0006,
    strength: 2.0029,
    recentStrength: 1.3145,
    answers: 0.0031,
    lastOfAll: 0.1091,
  },
  spread: { unseen: 0.139, few: 0.167, seen: 0.114, shared: 0.073 },
};

/**
 * The chance that a student answers their next question on a topic.
 *
 * @param expected the share of students who answer such a question, in (0, 1)
 * @param slopes what the topic has of its own; left out for a topic that too few have answered
 * @returns a probability
 */
export function chanceOfNext(student: StudentHistory, topic: number, expected: number, { coefficients }: Pick<KnowledgeConfiguration, 'coefficients'>, slopes?: TopicSlopes): number {
  const features = featuresOf(student, topic, expected);
  return logistic(knowledgeFeatures.reduce((sum, name, column) => sum + coefficients[name] * (features[column] ?? 0), slopesLogOdds(slopes, features)));
}

/** The correlation of the model's errors on a topic by how much was answered on it. */
export function errorCorrelation(answers: number, spread: KnowledgeSpread): number {
  return answers === 0 ? spread.unseen : answers < enoughAnswers ? spread.few : spread.seen;
}
