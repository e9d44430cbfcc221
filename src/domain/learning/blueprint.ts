import { apportion } from '#domain/learning/exams/draw';

/** A topic as the blueprint of an exam names it. */
export interface BlueprintTopic {
  readonly key: number;
  readonly code: string;
  readonly title: string;
}

export interface BlueprintDomain {
  readonly key: number;
  readonly code: string;
  readonly title: string;
  /** Share of the exam in hundredths, or null where the blueprint gives none. */
  readonly weight: number | null;
  readonly topics: readonly BlueprintTopic[];
}

export interface ExamRules {
  readonly questions: number;
  /** How many right answers pass. */
  readonly passCount: number;
  /** By the weights of the domains, or one question of each topic. */
  readonly draw: 'weights' | 'one_per_topic';
}

/** What a course's exam asks, and of which domains. */
export interface Blueprint {
  readonly domains: readonly BlueprintDomain[];
  /** Null where the course does not describe its exam. */
  readonly exam: ExamRules | null;
}

/**
 * The share of the exam that each domain has, by its key; the shares add up to 1. An exam that draws one question of each topic weighs a
 * domain by its topics. Where no domain has a weight, topics weigh too, as nothing else is known.
 */
export function domainShares({ domains, exam }: Blueprint): ReadonlyMap<number, number> {
  const byTopics = exam?.draw === 'one_per_topic' || domains.every(({ weight }) => (weight ?? 0) === 0);
  const amounts = domains.map(({ weight, topics }) => (byTopics ? topics.length : (weight ?? 0)));
  const total = amounts.reduce((sum, amount) => sum + amount, 0);
  return new Map(domains.map(({ key }, index) => [key, total === 0 ? 0 : (amounts[index] ?? 0) / total]));
}

/**
 * How many questions of an exam fall to each domain: whole numbers that add up, by the largest remainder.
 *
 * @param questions of the exam
 */
export function questionsByDomain(blueprint: Blueprint, questions: number): ReadonlyMap<number, number> {
  const shares = [...domainShares(blueprint)];
  const parts = apportion(questions, shares.map(([, share]) => share));
  return new Map(shares.map(([key], index) => [key, parts[index] ?? 0]));
}
