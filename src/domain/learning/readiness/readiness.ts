import type { Rng } from '#domain/kernel/rng';
import type { Attempt } from '#domain/learning/attempts';
import { type Blueprint, domainShares } from '#domain/learning/blueprint';
import type { Expectation } from '#domain/learning/knowledge/expected';
import type { SlopesByTopic } from '#domain/learning/knowledge/slopes';
import { knowledgeByTopic, type TopicKnowledge } from '#domain/learning/knowledge/topics';
import { betaBelow, betaBinomialTail, betaQuantile, binomialTail } from '#domain/learning/readiness/beta';
import { type EnsemblePart, ensembleParts, type ReadinessConfiguration } from '#domain/learning/readiness/configuration';
import { type DomainRate, domainRates, examRate } from '#domain/learning/readiness/evidence';
import { knowledgeOfPool, poolEvidence, type QuestionPool } from '#domain/learning/readiness/pool';
import { type ReadinessFeatures, readinessFeatures, type StudyFacts } from '#domain/learning/readiness/features';
import { type KnownColumns, outcomeChance, type OutcomeModel } from '#domain/learning/readiness/outcomes';
import { regressionChance, type WorkFeatures } from '#domain/learning/readiness/regression';
import { judgeMilestones, type MilestoneState, rulesChance } from '#domain/learning/readiness/rules';
import { type SimulatedExam, simulateExams } from '#domain/learning/readiness/simulation';

/** A domain of the exam. Shares and chances are in [0, 1]; null where too little was answered in it. */
export interface DomainReadiness {
  readonly domainKey: number;
  readonly share: number;
  readonly answers: number;
  readonly accuracy: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The chance that the student's rate in it is at least the pass mark. */
  readonly chance: number | null;
  readonly standing: 'strength' | 'weakness' | 'between' | 'unknown';
}

/** What is missing before a figure can be believed. */
export interface MissingEvidence {
  readonly reason: 'noExam' | 'fewAnswers' | 'fewDomains';
  readonly have: number;
  readonly need: number;
}

export interface PartChance {
  readonly part: EnsemblePart;
  /** The part's share of the whole. */
  readonly weight: number;
  readonly chance: number;
  readonly low: number;
  readonly high: number;
}

/** The ensemble's answer, with the other way to it beside. */
export interface ReadinessEstimate {
  readonly chance: number;
  readonly low: number;
  readonly high: number;
  readonly parts: readonly PartChance[];
  readonly milestones: readonly MilestoneState[];
  readonly simulated: SimulatedExam;
}

/** Which regression the estimate holds: the one that came with the program, or one on the workspace's own exams. */
export interface OwnOutcomes {
  readonly model: OutcomeModel;
  /** What is known of the student beside the features and their work. */
  readonly known: KnownColumns;
}

export interface Readiness {
  /** Null where `missing` says what is missing. */
  readonly estimate: ReadinessEstimate | null;
  readonly missing: MissingEvidence | null;
  readonly answers: number;
  readonly features: ReadinessFeatures;
  /** What the regression reads; null where there is no estimate. */
  readonly work: WorkFeatures | null;
  readonly domains: readonly DomainReadiness[];
  readonly knowledge: readonly TopicKnowledge[];
  /** The same as an exam meets it that draws from the whole pool: see `pool.ts`. */
  readonly examKnowledge: readonly TopicKnowledge[];
}

const low = 0.1;
const high = 0.9;

export interface ReadinessInput {
  readonly attempts: readonly Attempt[];
  readonly blueprint: Blueprint;
  /** What the exam draws from. */
  readonly pool: QuestionPool;
  readonly expectation: Expectation;
  /** What topics have of their own. */
  readonly slopes?: SlopesByTopic;
  readonly facts: StudyFacts;
  readonly configuration: ReadinessConfiguration;
  /** A regression on the workspace's own exams, where there is one that is better than the published. */
  readonly ownOutcomes?: OwnOutcomes | null;
  readonly rng: Rng;
}

function judgeDomain(rate: DomainRate, share: number, passShare: number, { minimumDomainAnswers, strength, weakness }: ReadinessConfiguration): DomainReadiness {
  const { domainKey, answers, a, b } = rate;
  if (answers < minimumDomainAnswers) return { domainKey, share, answers, accuracy: null, low: null, high: null, chance: null, standing: 'unknown' };
  const accuracy = a / (a + b);
  return {
    domainKey,
    share,
    answers,
    accuracy,
    low: betaQuantile(low, a, b),
    high: betaQuantile(high, a, b),
    chance: 1 - betaBelow(passShare, a, b),
    standing: accuracy > strength ? 'strength' : accuracy < weakness ? 'weakness' : 'between',
  };
}

function missingEvidence(answers: number, domains: readonly DomainReadiness[], { exam }: Blueprint, { minimumAnswers, minimumCoverage }: ReadinessConfiguration): MissingEvidence | null {
  if (exam === null) return { reason: 'noExam', have: 0, need: 1 };
  if (answers < minimumAnswers) return { reason: 'fewAnswers', have: answers, need: minimumAnswers };
  const covered = domains.filter(({ accuracy }) => accuracy !== null).reduce((sum, { share }) => sum + share, 0);
  return covered + 1e-9 < minimumCoverage ? { reason: 'fewDomains', have: covered, need: minimumCoverage } : null;
}

/** The features of somebody whose share of right answers were that much higher. */
function atRate(features: ReadinessFeatures, by: number): ReadinessFeatures {
  const moved = (share: number | null): number | null => (share === null ? null : Math.min(1, Math.max(0, share + by)));
  return { ...features, accuracy: moved(features.accuracy), domainScores: moved(features.domainScores) };
}

/** The columns that a regression on own exams reads of a student's standing: the fifteen features, and what the published one reads. */
export function outcomeColumns(features: ReadinessFeatures, { margin, weakest, idleDays, ahead }: WorkFeatures): Readonly<Record<string, number | null>> {
  return { ...features, margin, weakest, idleDays, ahead };
}

/**
 * How likely a student passes, were the exam as the course describes it: the weighted mean of a Bayesian estimate, a regression and
 * milestones (the product's specification, section 3.4: 40/40/20), with the interval that follows from what is not known of the student's
 * rate: each part is asked again at the 10th and the 90th hundredth of it. Beside it stands the chance from simulated exams over the
 * knowledge per topic, which is reached by another way; where the two differ much, neither should be believed to the point.
 */
export function judgeReadiness({ attempts, blueprint, pool, expectation, slopes, facts, configuration, ownOutcomes = null, rng }: ReadinessInput): Readiness {
  const shares = domainShares(blueprint);
  const knowledge = knowledgeByTopic(attempts, blueprint, expectation, configuration.knowledge, slopes);
  const rates = domainRates(attempts, blueprint, configuration);
  const features = readinessFeatures(attempts, blueprint, knowledge, rates, facts, configuration.topicAnswers);
  const { exam } = blueprint;
  const passShare = exam === null ? configuration.weakness : exam.passCount / exam.questions;
  const domains = rates.map((rate) => judgeDomain(rate, shares.get(rate.domainKey) ?? 0, passShare, configuration));
  const missing = missingEvidence(attempts.length, domains, blueprint, configuration);
  const lastDay = facts.activeDays.at(-1) ?? null;
  const idleDays = lastDay === null ? null : Math.max(0, facts.today - lastDay);
  const examDay = Math.max(facts.today, facts.examDay ?? facts.today);
  // Whoever studied lately is taken to go on, so that what was learnt is kept up until the exam; whoever did not, to have stopped.
  const goesOn = idleDays !== null && idleDays <= configuration.rules.studiedWithinDays;
  const evidence = poolEvidence(attempts, blueprint, pool, configuration.bayesian, goesOn ? facts.today : examDay);
  const examKnowledge = knowledgeOfPool(knowledge, evidence);
  const known = { missing, answers: attempts.length, features, domains, knowledge, examKnowledge };
  if (exam === null || missing !== null) return { ...known, work: null, estimate: null };

  const { a, b } = examRate(evidence.rates, blueprint);
  // The low end counts what would be forgotten until the exam if nothing more were done.
  const fading = goesOn && examDay > facts.today ? examRate(poolEvidence(attempts, blueprint, pool, configuration.bayesian, examDay).rates, blueprint) : { a, b };
  const mean = a / (a + b);
  const examined = rates.filter(({ domainKey }) => (shares.get(domainKey) ?? 0) > 0);
  const weakest = Math.min(...evidence.rates.filter(({ domainKey }) => (shares.get(domainKey) ?? 0) > 0).map((rate) => rate.a / (rate.a + rate.b)));
  const toExam = Math.max(0, features.daysUntilExam ?? 0);
  const since = features.preparationDays ?? 0;
  const workAt = (rate: number): WorkFeatures => ({
    completion: features.completion ?? 0,
    margin: rate - passShare,
    // The weakest domain is as far below the whole as it is now.
    weakest: Math.min(1, Math.max(0, weakest + rate - mean)) - passShare,
    trend: features.velocity ?? 0,
    idleDays: idleDays ?? since,
    ahead: toExam === 0 ? 0 : toExam / (toExam + since),
  });
  const work = workAt(mean);
  const regressionAt = (rate: number): number => {
    if (ownOutcomes === null) return regressionChance(workAt(rate), configuration.regression);
    const { numbers, words } = ownOutcomes.known;
    return outcomeChance(ownOutcomes.model, { numbers: { ...numbers, ...outcomeColumns(atRate(features, rate - mean), workAt(rate)) }, words });
  };
  const states = judgeMilestones({ features, rates: examined, passShare, mocks: facts.mocks.length, idleDays }, configuration);
  const byRules = rulesChance(states);
  const [lowRate, highRate] = [betaQuantile(low, fading.a, fading.b), betaQuantile(high, a, b)];
  const chances: Readonly<Record<EnsemblePart, readonly [chance: number, low: number, high: number]>> = {
    bayesian: [betaBinomialTail(exam.passCount, exam.questions, a, b), binomialTail(exam.passCount, exam.questions, lowRate), binomialTail(exam.passCount, exam.questions, highRate)],
    regression: [regressionAt(mean), regressionAt(lowRate), regressionAt(highRate)],
    rules: [byRules, byRules, byRules],
  };
  const total = ensembleParts.reduce((sum, part) => sum + configuration.ensemble[part], 0) || 1;
  const parts = ensembleParts.map((part): PartChance => ({ part, weight: configuration.ensemble[part] / total, chance: chances[part][0], low: chances[part][1], high: chances[part][2] }));
  const mixed = (pick: (part: PartChance) => number): number => parts.reduce((sum, part) => sum + part.weight * pick(part), 0);
  return {
    ...known,
    work,
    estimate: {
      chance: mixed(({ chance }) => chance),
      low: mixed((part) => part.low),
      high: mixed((part) => part.high),
      parts,
      milestones: states,
      simulated: simulateExams(examKnowledge, blueprint, exam, configuration.knowledge.spread.shared, rng),
    },
  };
}
