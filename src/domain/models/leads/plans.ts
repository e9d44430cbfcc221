import { type FeaturePlan, noFeatures } from '../features';
import type { ModelType } from '../model';

/** Columns of leads that can be left out together. */
export const columnGroups = {
  temporal: ['yearSine', 'yearCosine', 'monthSine', 'monthCosine', 'weekday', 'hour'],
  academicCalendar: ['academicWeek', 'inPeak', 'inClearing', 'inHoliday'],
  recency: ['daysSinceActivity', 'activityLastWeek', 'activityLastMonth', 'activityGrowth'],
  quality: ['emailQuality', 'phoneQuality', 'courseNamed', 'engagement', 'clickRate'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type ColumnGroup = keyof typeof columnGroups;

/** Columns whose levels have a rate of their own: the quality of a source, how well a course and a campus go. */
export const rateColumns = ['source', 'course', 'campus'] as const;

/**
 * What is made of the columns of leads where nothing else is asked. On real leads (docs/models.md) squares, cubes, ranks and products lift logistic
 * regression by .006 AUC; trees find curves and pairs by themselves, and everything that repeats a column takes from them.
 */
export function defaultFeatures(type: ModelType): FeaturePlan {
  return type === 'logistic_regression' ? { ...noFeatures, transforms: true, percentiles: true, interactions: true, polynomial: true } : noFeatures;
}
