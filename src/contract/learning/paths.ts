import { z } from 'zod';
import { pathKinds } from '#domain/learning/paths/kinds';
import { activities } from '#domain/learning/paths/plan';
import { access, command, query, role } from '../define';
import { day, id, instant } from '../shapes';
import { offline } from '../platform/language';
import { topicName } from './content';

/** Letters of what matters to a student for their plan. */
export const longestWish = 1_000;

export const pathStep = z.object({
  activity: z.enum(activities),
  topic: topicName.nullable(),
  section: z.object({ id, title: z.string() }).nullable(),
  lab: z.object({ id, title: z.string() }).nullable(),
  /** Questions, cards or exams; null where minutes say it all. */
  amount: z.number().int().nullable(),
  minutes: z.number(),
  /** Whether a section was passed, a lab done, or so many questions of the topic answered in that week. */
  done: z.boolean(),
});
export type PathStep = z.output<typeof pathStep>;

export const path = z.object({
  id,
  goalId: id,
  courseId: id,
  kind: z.enum(pathKinds),
  generatedAt: instant,
  cause: z.enum(['asked', 'goal', 'session']),
  /** What a model proposed over the rules, where something of it was taken up. */
  refinement: z.object({ summary: z.string(), reasons: z.array(z.object({ topic: topicName, reason: z.string() })) }).nullable(),
  weeks: z.array(
    z.object({
      /** Its Monday. */
      weekStart: day,
      availableMinutes: z.number(),
      plannedMinutes: z.number(),
      /** Minutes studied in it so far. */
      doneMinutes: z.number(),
      /** Share of the exam's weight that is covered by its end. */
      covered: z.number(),
      steps: z.array(pathStep),
    }),
  ),
  feasibility: z.object({
    verdict: z.enum(['fits', 'short', 'past', 'hours', 'open']),
    /** The verdict in words, with what would do. */
    message: z.string(),
    neededMinutes: z.number(),
    availableMinutes: z.number(),
    covered: z.number(),
    leftOut: z.array(topicName),
    hoursThatFit: z.number().nullable(),
    dateThatFits: day.nullable(),
    doneOn: day.nullable(),
  }),
});
export type Path = z.output<typeof path>;

export const paths = {
  'learning.paths.get': query({
    summary: 'The plan of a goal by week, with what is done of it. Without a goal: of the one that Learn shows.',
    input: z.strictObject({ goalId: id.optional() }),
    output: z.object({ path: path.nullable() }),
    allow: access('student_records', 'view'),
    reads: ['paths', 'goals', 'practice', 'studyCourses'],
  }),
  'learning.paths.generate': command({
    summary: 'Make a plan by week that fits hours and date: of a kind, or of the one that suits. Says what does not fit and what would.',
    input: z.strictObject({
      goalId: id.optional(),
      kind: z.enum(pathKinds).optional(),
      /** For a path of one’s own: the topics it takes. */
      topicIds: z.array(id).max(1_000).optional(),
    }),
    output: path,
    allow: access('student_records', 'create'),
    changes: ['paths'],
  }),
  'learning.paths.refine': command({
    summary: 'Let a model look at the plan of a goal and say which topics should come first. Hours, date and weeks stay those of the rules; what is not in the course is refused.',
    input: z.strictObject({
      goalId: id.optional(),
      /** What matters to the student, in their words. */
      wish: z.string().trim().max(longestWish, 'Say it in at most 1,000 letters.').default(''),
      /** Shows what would leave before it does. */
      preview: z.boolean().default(false),
    }),
    output: z.object({
      path,
      /** `refined`: the plan follows the proposal. Otherwise it stays as the rules made it: no model answered, it named what the course does not have, or it was no better. */
      outcome: z.enum(['refined', 'offline', 'refused', 'same']),
      message: z.string(),
      offline: offline.nullable(),
    }),
    allow: role('ai_chat', 'student_records', 'create'),
    changes: ['paths'],
  }),
};
