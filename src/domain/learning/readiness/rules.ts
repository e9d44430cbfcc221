import { type Milestone, milestones, type ReadinessConfiguration } from '#domain/learning/readiness/configuration';
import type { DomainRate } from '#domain/learning/readiness/evidence';
import { type ReadinessFeatures, shrunkAccuracy } from '#domain/learning/readiness/features';

/** A milestone, and how much of it is reached: 0 to 1. */
export interface MilestoneState {
  readonly milestone: Milestone;
  readonly points: number;
  readonly reached: number;
}

export interface RulesFacts {
  readonly features: ReadinessFeatures;
  /** Rates of the domains that are examined. */
  readonly rates: readonly DomainRate[];
  readonly passShare: number;
  readonly mocks: number;
  readonly idleDays: number | null;
}

/** What the milestones say: each gives its points in proportion to how much of it is reached. */
export function judgeMilestones({ features, rates, passShare, mocks, idleDays }: RulesFacts, { rules, weakness }: Pick<ReadinessConfiguration, 'rules' | 'weakness'>): MilestoneState[] {
  const part = (value: number, of: number): number => (of <= 0 ? 1 : Math.min(1, Math.max(0, value / of)));
  const reached: Readonly<Record<Milestone, number>> = {
    completion: part(features.completion ?? 0, rules.completion),
    accuracy: part(features.accuracy ?? 0, passShare),
    domains: rates.length === 0 ? 0 : rates.filter(({ correct, answers }) => shrunkAccuracy(correct, answers) >= weakness).length / rates.length,
    mockPassed: part(features.mockBest ?? 0, passShare),
    mocksTaken: part(mocks, rules.mocks),
    recentStudy: idleDays !== null && idleDays <= rules.studiedWithinDays ? 1 : 0,
  };
  return milestones.map((milestone) => ({ milestone, points: rules.points[milestone], reached: reached[milestone] }));
}

/** The share of all points that the milestones give; taken as a chance. */
export function rulesChance(states: readonly MilestoneState[]): number {
  const total = states.reduce((sum, { points }) => sum + points, 0);
  return total === 0 ? 0 : states.reduce((sum, { points, reached }) => sum + points * reached, 0) / total;
}
