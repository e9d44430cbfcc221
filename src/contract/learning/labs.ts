import { z } from 'zod';
import { access, command, query } from '../define';
import { id, instant } from '../shapes';
import { topicName } from './content';

export const lab = z.object({
  id,
  courseId: id,
  title: z.string(),
  topic: topicName.nullable(),
  intro: z.string(),
  prompt: z.string(),
  steps: z.array(z.object({ task: z.string(), done: z.boolean(), hint: z.string().nullable(), hasHint: z.boolean() })),
  /** The step that is next; as many as there are when all are done. */
  at: z.number().int(),
  transcript: z.array(z.object({ input: z.string(), output: z.string(), accepted: z.boolean() })),
  doneAt: instant.nullable(),
});
export type Lab = z.output<typeof lab>;

export const labs = {
  'learning.labs.list': query({
    summary: 'The labs of a course, and how far one is with each.',
    input: z.strictObject({ courseId: id.optional() }),
    output: z.object({ courseId: id.nullable(), items: z.array(z.object({ id, title: z.string(), topic: topicName.nullable(), steps: z.number().int(), stepsDone: z.number().int(), startedAt: instant.nullable(), doneAt: instant.nullable() })) }),
    allow: access('student_records', 'view'),
    reads: ['labs', 'studyCourses', 'goals'],
  }),
  'learning.labs.get': query({
    summary: 'A lab in its simulated console, wherever it was left.',
    input: z.strictObject({ id }),
    output: lab,
    allow: access('student_records', 'view'),
    reads: ['labs', 'studyCourses'],
  }),
  'learning.labs.type': command({
    audited: false,
    summary: 'Type a line into the simulated console of a lab. Nothing is run anywhere.',
    input: z.strictObject({ id, input: z.string().max(500) }),
    output: lab,
    allow: access('student_records', 'create'),
    changes: ['labs', 'paths'],
  }),
  'learning.labs.hint': command({
    audited: false,
    summary: 'Show the hint of the step that is next.',
    input: z.strictObject({ id }),
    output: lab,
    allow: access('student_records', 'update'),
    changes: ['labs'],
  }),
  'learning.labs.restart': command({
    summary: 'Begin a lab anew. That it was done once stays.',
    input: z.strictObject({ id }),
    output: lab,
    allow: access('student_records', 'update'),
    changes: ['labs'],
  }),
};
