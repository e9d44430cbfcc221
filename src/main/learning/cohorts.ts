import { DateTime } from 'luxon';
import { isoOf } from '#domain/learning/calendar';
import type { CohortKind } from '#domain/learning/comparison/comparison';

/**
 * The cohorts that a student belongs to: all, those who began in the same month, those whose exams lie in the same month. Null where there is
 * no date of an exam.
 */
export function cohortOf({ beganOn, examDay }: { readonly beganOn: number; readonly examDay: number | null }, timeZone: string): Readonly<Record<CohortKind, string | null>> {
  return {
    global: '',
    temporal: DateTime.fromMillis(beganOn, { zone: timeZone }).toFormat('yyyy-MM'),
    goal: examDay === null ? null : isoOf(examDay).slice(0, 7),
  };
}
