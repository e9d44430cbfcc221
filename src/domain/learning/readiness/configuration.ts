import { defaultKnowledgeConfiguration, type KnowledgeConfiguration } from '#domain/learning/knowledge/model';
import { defaultRegressionCoefficients, type RegressionCoefficients } from '#domain/learning/readiness/regression';

/** The three parts of the ensemble. */
export const ensembleParts = ['bayesian', 'regression', 'rules'] as const;
export type EnsemblePart = (typeof ensembleParts)[number];

/** The milestones of the rules, with the points that each may give. */
export const milestones = ['completion', 'accuracy', 'domains', 'mockPassed', 'mocksTaken', 'recentStudy'] as const;
export type Milestone = (typeof milestones)[number];

/** Every number of the readiness engine that a workspace may change. Shares are in [0, 1]. */
export interface ReadinessConfiguration {
  /** How much each part counts; they are divided by their sum. */
  readonly ensemble: Readonly<Record<EnsemblePart, number>>;
  /** Below these nothing is said: answers in the course, and the share of the exam whose domains have `minimumDomainAnswers`. */
  readonly minimumAnswers: number;
  readonly minimumDomainAnswers: number;
  readonly minimumCoverage: number;
  /** A domain above this is a strength, one below that a weakness. */
  readonly strength: number;
  readonly weakness: number;
  /** Answers on a topic that count as having worked through it. */
  readonly topicAnswers: number;
  readonly bayesian: {
    /** What one expects before the first answer, and how many answers that is worth, for each domain. */
    readonly priorShare: number;
    readonly priorStrength: number;
    /** What an answer outside a mock exam is worth of one within, and one to a question that was answered before of a first one. */
    readonly practiceWeight: number;
    readonly repeatWeight: number;
    /** After so many later answers an answer counts half. */
    readonly halfLife: number;
  };
  readonly regression: RegressionCoefficients;
  readonly rules: { readonly points: Readonly<Record<Milestone, number>>; readonly completion: number; readonly mocks: number; readonly studiedWithinDays: number };
  readonly knowledge: KnowledgeConfiguration;
}

/**
 * The parts 40/40/20, strengths above 85 % and weaknesses below 70 %: the product's specification, section 3.4. Coefficients: fitted, see
 * their own places. The prior of .658 is the mean of ASSISTments; the other numbers are choices, examined in docs/learning-science.md.
 */
export const defaultReadinessConfiguration: ReadinessConfiguration = {
  ensemble: { bayesian: 40, regression: 40, rules: 20 },
  minimumAnswers: 30,
  minimumDomainAnswers: 3,
  minimumCoverage: 0.5,
  strength: 0.85,
  weakness: 0.7,
  topicAnswers: 5,
  bayesian: { priorShare: 0.658, priorStrength: 4, practiceWeight: 0.6, repeatWeight: 0.5, halfLife: 300 },
  regression: defaultRegressionCoefficients,
  rules: { points: { completion: 20, accuracy: 20, domains: 20, mockPassed: 20, mocksTaken: 10, recentStudy: 10 }, completion: 0.8, mocks: 2, studiedWithinDays: 7 },
  knowledge: defaultKnowledgeConfiguration,
};
