import { z } from 'zod';
import { priorities, recommendationKinds } from '#domain/learning/recommendations/recommend';
import { access, command, query, role } from '../define';
import { offline } from '../platform/language';
import { id, instant } from '../shapes';
import { share, standingHead, standingOf, standingTopics } from './standing';

const recommendation = z.object({
  /** Its cause: the same cause is the same recommendation. */
  id: z.string(),
  kind: z.enum(recommendationKinds),
  priority: z.enum(priorities),
  title: z.string(),
  reason: z.string(),
  target: z.object({ to: z.enum(['session', 'practice', 'mock', 'section', 'cards', 'goal']), domainId: id.nullable(), topicId: id.nullable(), sectionId: id.nullable() }),
  minutes: z.number().nullable(),
  /** By how much the chance of passing grows by estimate. */
  gain: z.number().nullable(),
});
export type RecommendationItem = z.output<typeof recommendation>;

const named = z.strictObject({ courseId: standingOf.courseId, id: z.string().min(1).max(200) });
const decided = z.object({ id: z.string(), state: z.enum(['completed', 'dismissed', 'open']) });
const allow = access('student_records', 'update');

export const recommendationsEntries = {
  'learning.recommendations.list': query({
    reads: standingTopics,
    summary: 'What a student should do next and why, the most urgent first, with a schedule of the week.',
    input: z.strictObject(standingOf),
    output: z.object({
      ...standingHead,
      items: z.array(recommendation),
      /** 1 is Monday. */
      schedule: z.array(z.object({ weekday: z.number().int().min(1).max(7), minutes: z.number().int(), domain: z.string().nullable() })),
      decided: z.array(z.object({ id: z.string(), kind: z.enum(recommendationKinds), state: z.enum(['completed', 'dismissed']), at: instant })),
      /** What came of those that were completed: how many, and answers on what they were about, before and since. */
      followThrough: z.object({ completed: z.number().int(), dismissed: z.number().int(), followed: z.number().int(), before: share.nullable(), since: share.nullable() }),
    }),
    allow: access('student_records', 'view'),
  }),
  'learning.recommendations.advise': command({
    summary: 'Let a model put one’s own recommendations in order within their urgency and say why. What is not among them is refused; nothing is kept.',
    input: z.strictObject({ courseId: standingOf.courseId, preview: z.boolean().default(false) }),
    output: z.object({
      outcome: z.enum(['advised', 'offline', 'refused']),
      message: z.string(),
      offline: offline.nullable(),
      /** All that are open, as they should be done; empty where no advice was taken. */
      order: z.array(z.string()),
      notes: z.array(z.object({ id: z.string(), note: z.string() })),
    }),
    allow: role('ai_chat', 'student_records', 'view'),
    changes: [],
    audited: false,
  }),
  'learning.recommendations.complete': command({ summary: 'Say that a recommendation of one’s own is done.', input: named, output: decided, allow, changes: ['standing'] }),
  'learning.recommendations.dismiss': command({ summary: 'Leave a recommendation of one’s own aside.', input: named, output: decided, allow, changes: ['standing'] }),
  'learning.recommendations.reopen': command({ summary: 'Take back that a recommendation was done or left aside.', input: named, output: decided, allow, changes: ['standing'] }),
};
