import { z } from 'zod';
import { recommendationKinds, priorities } from '#domain/learning/recommendations/recommend';
import { access, query } from '../define';
import { id } from '../shapes';
import { share, standingHead, standingOf, standingTopics } from './standing';

export const dashboardEntries = {
  'learning.dashboard.get': query({
    reads: standingTopics,
    summary: 'Where a student stands at one look: readiness, what is next, the domains, the rhythm of study, and the place among others.',
    input: z.strictObject(standingOf),
    output: z.object({
      ...standingHead,
      chance: share.nullable(),
      low: share.nullable(),
      high: share.nullable(),
      /** Change of the chance since the newest earlier day on which one was told, a week ago or before. */
      change: z.number().nullable(),
      daysUntilExam: z.number().int().nullable(),
      next: z.array(z.object({ id: z.string(), kind: z.enum(recommendationKinds), priority: z.enum(priorities), title: z.string() })),
      domains: z.array(z.object({ id, title: z.string(), share, accuracy: share.nullable(), standing: z.enum(['strength', 'weakness', 'between', 'unknown']), state: z.enum(['fewAnswers', 'mastered', 'onTheWay', 'noImprovement']) })),
      /** Answers on each of the last 28 study days, the oldest first. */
      days: z.array(z.number().int()),
      rhythm: z.object({ daysOfLastSeven: z.number().int(), weeksInARow: z.number().int(), daysThisWeek: z.number().int(), studiedToday: z.boolean() }),
      /** Study over all courses since Monday: what Learn tells too. */
      minutesThisWeek: z.number(),
      percentile: z.number().nullable(),
    }),
    allow: access('student_records', 'view'),
  }),
};
