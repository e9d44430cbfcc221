import { z } from 'zod';
import { access, query } from '../define';
import { id, listOf, page } from '../shapes';

/** A piece of text, and whether it is what was searched for. */
const piece = z.object({ text: z.string(), found: z.boolean() });

const finding = z.object({
  kind: z.enum(['section', 'question', 'flashcard']),
  id,
  courseId: id,
  courseTitle: z.string(),
  /** The section's title, the question's name in its pack, or the front of a card. */
  title: z.string(),
  topicTitle: z.string().nullable(),
  excerpt: z.array(piece),
});
export type Finding = z.output<typeof finding>;

const section = z.object({
  id,
  courseId: id,
  courseTitle: z.string(),
  notice: z.string().nullable(),
  moduleTitle: z.string(),
  title: z.string(),
  topic: z.string().nullable(),
  topicTitle: z.string().nullable(),
  minutes: z.number().nullable(),
  /** Markdown. */
  body: z.string(),
  /** Questions that check whether it was understood. */
  questionIds: z.array(id),
  previous: z.object({ id, title: z.string() }).nullable(),
  next: z.object({ id, title: z.string() }).nullable(),
});
export type Section = z.output<typeof section>;

export const library = {
  'learning.library.search': query({
    reads: ['studyCourses'],
    summary: 'Look for words in the sections, questions and flashcards of one’s courses, the best finds first.',
    input: z.strictObject({ ...page, search: z.string().trim().min(1).max(200), courseId: id.optional() }),
    output: listOf(finding),
    allow: access('student_records', 'view'),
  }),
  'learning.library.section': query({
    reads: ['studyCourses'],
    summary: 'One micro-section to read, with those before and after it.',
    input: z.strictObject({ id }),
    output: section,
    allow: access('student_records', 'view'),
  }),
  'learning.library.flashcards': query({
    reads: ['studyCourses'],
    summary: 'The flashcards of a course in their order.',
    input: z.strictObject({ ...page, courseId: id, topic: z.string().max(300).optional() }),
    output: listOf(z.object({ id, topic: z.string().nullable(), topicTitle: z.string().nullable(), front: z.string(), back: z.string() })),
    allow: access('student_records', 'view'),
  }),
};
