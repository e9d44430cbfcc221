import { z } from 'zod';
import { heatmapKinds } from '#domain/learning/heatmaps/heatmaps';
import { access, query } from '../define';
import { id, instant } from '../shapes';
import { share, standingHead, standingOf, standingTopics } from './standing';

const cell = z.object({ answers: z.number().int(), correct: z.number().int(), share: share.nullable(), level: z.number().int().min(0).max(6).nullable(), few: z.boolean() });

const heatmap = z.object({
  ...standingHead,
  kind: z.enum(heatmapKinds),
  /** ISO dates of Mondays, difficulties, or kinds of assessment. */
  columns: z.array(z.string()),
  rows: z.array(z.object({ id: z.string(), title: z.string(), cells: z.array(cell), all: cell })),
});
export type HeatmapAnswer = z.output<typeof heatmap>;

const allow = access('student_records', 'view');
const reads = standingTopics;

export const heatmapsEntries = {
  'learning.heatmaps.domainByWeek': query({
    reads,
    summary: 'Right answers by domain and week.',
    input: z.strictObject({ ...standingOf, weeks: z.number().int().min(1).max(104).default(8) }),
    output: heatmap,
    allow,
  }),
  'learning.heatmaps.topicByDifficulty': query({ reads, summary: 'Right answers by topic and difficulty.', input: z.strictObject(standingOf), output: heatmap, allow }),
  'learning.heatmaps.objectiveByAssessment': query({ reads, summary: 'Right answers by learning objective and kind of assessment.', input: z.strictObject(standingOf), output: heatmap, allow }),
  'learning.heatmaps.cell': query({
    reads,
    summary: 'The answers behind one cell of a heatmap, by question.',
    input: z.strictObject({ ...standingOf, kind: z.enum(heatmapKinds), weeks: z.number().int().min(1).max(104).default(8), row: z.string().max(1_000), column: z.string().max(100) }),
    output: z.object({
      answers: z.number().int(),
      correct: z.number().int(),
      /** Those that went wrong most first, at most 50. */
      questions: z.array(z.object({ id, externalId: z.string(), stem: z.string(), answers: z.number().int(), correct: z.number().int(), lastCorrect: z.boolean(), lastAt: instant })),
    }),
    allow,
  }),
};
