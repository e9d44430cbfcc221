import { z } from 'zod';
import { schedulers } from '#domain/learning/cards/card';
import { studyStyles } from '#domain/learning/goals';
import { access, command, query } from '../define';
import { day, id, instant, none } from '../shapes';

export const goalOutcomes = ['passed', 'failed', 'dropped'] as const;

/** What somebody may say about their goal. */
const wishes = {
  /** The day of the exam; null while there is none. */
  examDate: day.nullable(),
  hoursAWeek: z.number().min(0).max(100),
  style: z.enum(studyStyles),
  /** The share of right answers aimed for; null for the pass mark. */
  targetShare: z.number().min(0).max(1).nullable(),
  scheduler: z.enum(schedulers),
  /** How likely a card should be remembered when it comes back. */
  retention: z.number().min(0.7).max(0.97),
  /** Reviews a day at the most. */
  reviewsADay: z.number().int().min(0).max(2_000),
};

export const goal = z.object({
  id,
  courseId: id,
  courseTitle: z.string(),
  ...wishes,
  /** Study days until the exam, 0 on its day, below 0 after it; null where there is no date. */
  daysToExam: z.number().int().nullable(),
  outcome: z.enum(goalOutcomes).nullable(),
  outcomeShare: z.number().nullable(),
  closedAt: instant.nullable(),
  createdAt: instant,
  /** Whether it is the one that Learn shows. */
  current: z.boolean(),
});
export type Goal = z.output<typeof goal>;

export const goals = {
  'learning.goals.list': query({
    summary: 'What one studies for: open goals first, the one that Learn shows before the others.',
    input: none,
    output: z.object({ items: z.array(goal) }),
    allow: access('student_records', 'view'),
    reads: ['goals', 'studyCourses'],
  }),
  'learning.goals.create': command({
    summary: 'Study for a course: exam date, hours a week, style. Makes a plan at once. A course has one open goal.',
    input: z.strictObject({
      courseId: id,
      examDate: wishes.examDate.default(null),
      hoursAWeek: wishes.hoursAWeek,
      style: wishes.style.default('mixed'),
      targetShare: wishes.targetShare.default(null),
      scheduler: wishes.scheduler.default('fsrs'),
      retention: wishes.retention.default(0.9),
      /** Left out: as many as the hours allow. */
      reviewsADay: wishes.reviewsADay.optional(),
    }),
    output: goal,
    allow: access('student_records', 'create'),
    changes: ['goals', 'paths', 'cards'],
  }),
  'learning.goals.update': command({
    summary: 'Change date, hours, style or schedule of a goal; the plan is made anew.',
    input: z.strictObject({
      id,
      examDate: wishes.examDate.optional(),
      hoursAWeek: wishes.hoursAWeek.optional(),
      style: wishes.style.optional(),
      targetShare: wishes.targetShare.optional(),
      scheduler: wishes.scheduler.optional(),
      retention: wishes.retention.optional(),
      reviewsADay: wishes.reviewsADay.optional(),
    }),
    output: goal,
    allow: access('student_records', 'update'),
    changes: ['goals', 'paths', 'cards'],
  }),
  'learning.goals.choose': command({
    summary: 'Let Learn show this goal.',
    input: z.strictObject({ id }),
    output: goal,
    allow: access('student_records', 'update'),
    changes: ['goals', 'paths', 'cards'],
  }),
  'learning.goals.close': command({
    summary: 'Close a goal with how the exam went, or open it again with outcome: null.',
    input: z.strictObject({ id, outcome: z.enum(goalOutcomes).nullable(), share: z.number().min(0).max(1).nullable().default(null) }),
    output: goal,
    allow: access('student_records', 'update'),
    changes: ['goals', 'paths', 'cards'],
  }),
};
