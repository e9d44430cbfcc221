import { z } from 'zod';
import { access, query } from '../define';
import { day, id } from '../shapes';
import { share, standingHead, standingOf, standingTopics } from './standing';

const span = z.object({ middle: z.number(), low: z.number(), high: z.number().nullable() });
const point = { share, low: share, high: share };

const domainMastery = z.object({
  id,
  code: z.string(),
  title: z.string(),
  state: z.enum(['fewAnswers', 'mastered', 'onTheWay', 'noImprovement']),
  answers: z.number().int(),
  now: z.object(point).nullable(),
  growthPerDoubling: z.number().nullable(),
  questions: span.nullable(),
  hours: span.nullable(),
  days: span.nullable(),
  /** What was right, in pieces of equal size, beside the curve. */
  observed: z.array(z.object({ answers: z.number().int(), share, count: z.number().int() })),
  curve: z.array(z.object({ answers: z.number().int(), ...point })),
  weeks: z.array(z.object({ week: z.number().int(), questions: z.number().int(), minutes: z.number().int(), ...point })),
  influences: z.array(z.object({ key: z.enum(['regular', 'rising', 'calibrated', 'irregular', 'level', 'overconfident', 'tooLate', 'noPace']), helps: z.boolean(), value: z.number() })),
  /** What was told about it two weeks ago or before. */
  earlier: z.object({ day, days: z.number().nullable(), share: share.nullable() }).nullable(),
});
export type DomainMastery = z.output<typeof domainMastery>;

export const masteryEntries = {
  'learning.mastery.get': query({
    reads: standingTopics,
    summary: 'How far it is to mastery of each domain: questions, hours and days with their intervals, and a plan by week.',
    input: z.strictObject(standingOf),
    output: z.object({ ...standingHead, target: share, minimumAnswers: z.number().int(), hoursAWeek: z.number().nullable(), daysUntilExam: z.number().int().nullable(), domains: z.array(domainMastery) }),
    allow: access('student_records', 'view'),
  }),
};
