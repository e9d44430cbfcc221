import { z } from 'zod';
import { schedulers } from '#domain/learning/cards/card';
import { access, command, job, query } from '../define';
import { day, done, id, instant, none } from '../shapes';
import { sitting } from './practice';

export const cards = {
  'learning.cards.overview': query({
    summary: 'Cards that are due, the days ahead under the daily cap, and what one’s own log taught the schedule.',
    input: z.strictObject({ courseId: id.optional() }),
    output: z.object({
      total: z.number().int(),
      due: z.number().int(),
      waiting: z.number().int(),
      doneToday: z.number().int(),
      cap: z.number().int(),
      scheduler: z.enum(schedulers),
      retention: z.number(),
      forecast: z.array(z.object({ date: day, due: z.number().int(), asked: z.number().int(), waiting: z.number().int() })),
      /** Reviews that count towards fitting, and how many it takes. */
      reviews: z.number().int(),
      needed: z.number().int(),
      fit: z.object({ reviews: z.number().int(), defaultLoss: z.number(), fittedLoss: z.number(), inUse: z.boolean(), fittedAt: instant }).nullable(),
    }),
    allow: access('student_records', 'view'),
    reads: ['cards', 'goals', 'practice'],
  }),
  'learning.cards.undo': command({
    summary: 'Take the newest rating of a flashcard back: the card is as it was, and stands in front again.',
    input: z.strictObject({ reviewId: id }),
    output: z.object({ sitting: sitting.nullable() }),
    allow: access('student_records', 'update'),
    changes: ['cards', 'practice'],
  }),
  'learning.cards.suspend': command({
    summary: 'Ask a question or flashcard no more by itself, or do so again with suspended: false.',
    input: z.union([z.strictObject({ questionId: id, suspended: z.boolean() }), z.strictObject({ flashcardId: id, suspended: z.boolean() })]),
    output: done,
    allow: access('student_records', 'update'),
    changes: ['cards', 'practice'],
  }),
  'learning.cards.fit': job({
    summary: 'Fit the schedule to one’s own log; it is used where it predicts what it has not seen better than the defaults.',
    input: none,
    output: z.object({ fitted: z.boolean(), reviews: z.number().int(), needed: z.number().int(), defaultLoss: z.number().nullable(), fittedLoss: z.number().nullable(), inUse: z.boolean() }),
    allow: access('student_records', 'update'),
    changes: ['cards'],
  }),
};
