/** When the program speaks up. Days are study days, shares are in [0, 1]. */
export interface RecommendationConfiguration {
  readonly lowEngagement: { readonly days: number };
  /** Right answers in the newest so many are fewer by so much than in those before. */
  readonly declining: { readonly answers: number; readonly drop: number };
  readonly examUnready: { readonly days: number; readonly chance: number };
  /** Studied on so many of the last fourteen days, and so many times the hours that were planned. */
  readonly burnout: { readonly activeDays: number; readonly timesPlanned: number };
  /** A domain below this share is weak. */
  readonly weakness: number;
  /** Days between two mock exams once the exam is near. */
  readonly mockEveryDays: number;
  /** For so many days a finished or a dismissed recommendation does not come back. */
  readonly restAfterCompleted: number;
  readonly restAfterDismissed: number;
}

/**
 * The eight days without study and the 70 % of a weakness are the product's specification, sections 3.3 and 3.4. The others are choices that
 * a workspace may change.
 */
export const defaultRecommendationConfiguration: RecommendationConfiguration = {
  lowEngagement: { days: 8 },
  declining: { answers: 40, drop: 0.1 },
  examUnready: { days: 21, chance: 0.7 },
  burnout: { activeDays: 12, timesPlanned: 1.5 },
  weakness: 0.7,
  mockEveryDays: 7,
  restAfterCompleted: 3,
  restAfterDismissed: 14,
};
