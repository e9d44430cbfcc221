import { signals, type Signal } from '../leads/signals';

/** The five factors of the score, in the order in which they are always shown. */
export const factors = ['engagement', 'recency', 'source', 'contactability', 'courseFit'] as const;
export type Factor = (typeof factors)[number];

export const bands = ['high', 'medium', 'low'] as const;
export type Band = (typeof bands)[number];

export const actions = ['contact_now', 'nurture', 'qualify'] as const;
export type Action = (typeof actions)[number];

/** The most points each factor can give. Their sum need not be 100: the score is a share of it. */
export type Weights = Readonly<Record<Factor, number>>;

export interface TriageConfiguration {
  /** Score from which a lead is in a band; below `medium` it is low. */
  readonly bands: { readonly high: number; readonly medium: number };
  /** What is done with a lead of a band. */
  readonly actions: Readonly<Record<Band, Action>>;
  /** An unknown factor counts as the workspace's mean, once this many leads know it; until then as `unknownMean`. */
  readonly minimumKnown: number;
  readonly unknownMean: number;
  /** Days after which the value of an activity has halved. */
  readonly recencyHalfLifeDays: number;
  /**
   * How far each signal alone can lift engagement (0 to 1), and the total at which it has said all it can, until the workspace
   * knows enough totals to use its own 95th percentile.
   */
  readonly signals: Readonly<Record<Signal, { readonly weight: number; readonly cap: number }>>;
  /** What an e-mail address and a telephone number add to contactability; together 1. */
  readonly contact: { readonly email: number; readonly phone: number };
  /** The neutral rate before there are outcomes, and how many outcomes it is worth. */
  readonly source: { readonly prior: number; readonly strength: number; readonly unknownNamed: number };
  /** The value of a course with places, one nearly full and one full. */
  readonly courseFit: { readonly open: number; readonly nearlyFull: number; readonly full: number };
  readonly blockers: {
    readonly stallDays: number;
    readonly longStallDays: number;
    readonly nearlyFullShare: number;
    readonly weakSourceLeads: number;
    readonly weakSourceRatio: number;
  };
}

/** Maxima of the factors. Source: the product's triage specification, section 1.1. */
export const defaultWeights: Weights = { engagement: 40, recency: 30, source: 20, contactability: 20, courseFit: 15 };

/**
 * Defaults of everything else about the score. Where each number comes from is written in docs/triage.md; all can be edited.
 */
export const defaultTriageConfiguration: TriageConfiguration = {
  bands: { high: 70, medium: 40 },
  actions: { high: 'contact_now', medium: 'nurture', low: 'qualify' },
  minimumKnown: 20,
  unknownMean: 0.3,
  recencyHalfLifeDays: 14,
  signals: {
    emailOpens: { weight: 0.2, cap: 10 },
    emailClicks: { weight: 0.4, cap: 5 },
    eventsAttended: { weight: 0.7, cap: 2 },
    portalLogins: { weight: 0.5, cap: 5 },
    webVisits: { weight: 0.25, cap: 10 },
    webTime: { weight: 0.7, cap: 1_600 },
    pagesPerVisit: { weight: 0.1, cap: 6 },
    conversations: { weight: 0.7, cap: 3 },
  },
  contact: { email: 0.5, phone: 0.5 },
  source: { prior: 0.3, strength: 20, unknownNamed: 0 },
  courseFit: { open: 1, nearlyFull: 0.6, full: 0.2 },
  blockers: { stallDays: 14, longStallDays: 30, nearlyFullShare: 0.9, weakSourceLeads: 40, weakSourceRatio: 0.5 },
};

/** Problems of weights and configuration that a schema cannot see, in words, or an empty list. */
export function configurationProblems(weights: Weights, configuration: TriageConfiguration): string[] {
  const problems: string[] = [];
  if (factors.reduce((sum, factor) => sum + weights[factor], 0) <= 0) problems.push('At least one factor needs a weight above 0.');
  if (configuration.bands.medium >= configuration.bands.high) problems.push('The medium band must begin below the high band.');
  if (signals.every((signal) => configuration.signals[signal].weight === 0)) {
    problems.push('At least one engagement signal needs a weight above 0.');
  }
  if (signals.some((signal) => configuration.signals[signal].weight > 1)) {
    problems.push('An engagement signal weighs between 0 and 1.');
  }
  if (Math.abs(configuration.contact.email + configuration.contact.phone - 1) > 1e-9) {
    problems.push('The shares of e-mail and telephone must add up to 1.');
  }
  if (configuration.blockers.longStallDays < configuration.blockers.stallDays) {
    problems.push('A long stall cannot begin before a stall.');
  }
  return problems;
}
