import { z } from 'zod';
import { cohortKinds, comparedMetrics } from '#domain/learning/comparison/comparison';
import { access, command, query } from '../define';
import { id, instant } from '../shapes';
import { standingHead, standingOf, standingTopics } from './standing';

const benchmark = z.object({ count: z.number().int(), mean: z.number(), lower: z.number(), middle: z.number(), upper: z.number() });

const cohort = z.object({
  kind: z.enum(cohortKinds),
  /** The month in which its members began, or in which their exams lie, as year and month; empty for all. */
  cohort: z.string(),
  others: z.number().int(),
  metrics: z.array(z.object({ metric: z.enum(comparedMetrics), own: z.number().nullable(), percentile: z.number().nullable(), benchmark: benchmark.nullable() })),
  domains: z.array(z.object({ id, title: z.string(), own: z.number().nullable(), benchmark: benchmark.nullable() })),
  message: z.enum(['ahead', 'above', 'middle', 'behind', 'unknown']),
  weakest: z.string().nullable(),
  strongest: z.string().nullable(),
});
export type CohortAnswer = z.output<typeof cohort>;

/** Students of the pack's author: quarters of right answers, 0 to 1, beside the student's own. */
const besideQuarters = { own: z.number().nullable(), lower: z.number(), middle: z.number(), upper: z.number() };
const published = z.object({
  students: z.number().int(),
  when: z.string().nullable(),
  source: z.string().nullable(),
  right: z.object(besideQuarters).nullable(),
  domains: z.array(z.object({ id, title: z.string(), ...besideQuarters })),
});
export type PublishedCohort = z.output<typeof published>;

export const comparisonEntries = {
  'learning.comparison.get': query({
    reads: standingTopics,
    summary: 'How a student does beside others in the same course. Nothing is told of fewer than five.',
    input: z.strictObject(standingOf),
    output: z.object({
      ...standingHead,
      /**
       * `optedOut`: the student does not want it; `alone`: fewer than five others study the course here; `published`: alone, beside what the
       * pack's author published.
       */
      state: z.enum(['compared', 'optedOut', 'alone', 'published']),
      cohorts: z.array(cohort),
      published: published.nullable(),
      minimumCell: z.number().int(),
      /** When the cohort was summed up, which holds for an hour, and how often that hour served. */
      asOf: instant.nullable(),
      cache: z.object({ hits: z.number().int(), misses: z.number().int(), hitRate: z.number().nullable() }),
    }),
    allow: access('student_records', 'view'),
  }),
  'learning.comparison.choose': command({
    summary: 'Take oneself out of all comparisons, or back in.',
    input: z.strictObject({ optedOut: z.boolean() }),
    output: z.object({ optedOut: z.boolean() }),
    allow: access('student_records', 'update'),
    changes: ['standing'],
  }),
};
