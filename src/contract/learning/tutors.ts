import { z } from 'zod';
import { conversationKinds } from '#domain/learning/tutors/kinds';
import { command, query, role } from '../define';
import { offline } from '../platform/language';
import { id, instant, listOf, page } from '../shapes';

/** How much one question may hold; longer texts belong into a course. */
export const longestTutorQuestion = 6_000;

/** What stands in front of whoever asks. */
export const tutorPlace = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('sitting'), id, position: z.number().int().min(0) }),
  /** An exam under way, or one that is looked through. */
  z.strictObject({ what: z.literal('exam'), id, position: z.number().int().min(0) }),
  z.strictObject({ what: z.literal('section'), id }),
]);
export type TutorPlace = z.output<typeof tutorPlace>;

const conversation = z.object({
  id,
  kind: z.enum(conversationKinds),
  title: z.string(),
  courseId: id,
  courseTitle: z.string(),
  startedAt: instant,
  lastAt: instant,
});

const source = z.object({
  /** As the text marks it: `[1]`. */
  number: z.number().int(),
  kind: z.enum(['section', 'question', 'flashcard']),
  id,
  courseId: id,
  title: z.string(),
});
export type TutorSource = z.output<typeof source>;

export const tutorMessage = z.object({
  id,
  role: z.enum(['student', 'tutor']),
  /** Markdown with marks of sources; of a student as they wrote it. */
  text: z.string(),
  at: instant,
  /** Who wrote an answer; null for the student. */
  by: z.enum(['model', 'course']).nullable(),
  /** Whether it was stopped or broke off before its end. */
  partial: z.boolean(),
  /** Why no model wrote it; null where one did, or none was wanted. */
  offline: offline.nullable(),
  /** Whether an exam or placement was under way. */
  measured: z.boolean(),
  hint: z.object({ rung: z.number().int(), of: z.number().int() }).nullable(),
  sources: z.array(source),
  followUps: z.array(z.string()),
});
export type TutorMessage = z.output<typeof tutorMessage>;

const use = role('ai_chat', 'student_records', 'create');
const view = role('ai_chat', 'student_records', 'view');

export const tutors = {
  'learning.tutors.opening': query({
    reads: ['tutors', 'practice', 'exams', 'studyCourses', 'goals', 'language'],
    summary: 'What can be asked from here: the course, whether an exam keeps answers back, how many hints are left, and what others begin with.',
    input: z.strictObject({ courseId: id.optional(), place: tutorPlace.optional(), kind: z.enum(conversationKinds).default('general_help') }),
    output: z.object({
      /** Null where there is no course yet. */
      course: z.object({ id, title: z.string() }).nullable(),
      courses: z.array(z.object({ id, title: z.string() })),
      /** An exam or placement under way, which keeps answers back; null where none is. */
      measured: z.object({ id, kind: z.enum(['mock', 'placement']) }).nullable(),
      /** Of the question in front that has no answer yet. */
      hints: z.object({ given: z.number().int(), of: z.number().int() }).nullable(),
      suggestions: z.array(z.string()),
      /** Why no model would be asked; null where one would. */
      offline: offline.nullable(),
    }),
    allow: view,
  }),
  'learning.tutors.ask': command({
    summary: 'Ask the tutor, or for the next hint. A model answers where one may be asked; otherwise the course does, by what it holds.',
    input: z.strictObject({
      /** A conversation to go on with. One that is not there yet is begun under this id, so that whoever stops the answer finds it. */
      conversationId: id.optional(),
      /** Left out: the course of what stands in front, of the conversation, or of the goal. */
      courseId: id.optional(),
      kind: z.enum(conversationKinds).default('general_help'),
      wish: z.enum(['answer', 'hint']).default('answer'),
      text: z.string().trim().max(longestTutorQuestion, `That is too long for one question. Ask about one thing in at most ${String(longestTutorQuestion)} letters; what is meant to be studied can be imported as a course.`).default(''),
      place: tutorPlace.optional(),
      /** From the course alone, though a model could be asked. */
      offline: z.boolean().default(false),
      /** Shows what would leave before it does. */
      preview: z.boolean().default(false),
      /** Where pieces of the answer are sent while it is written. */
      streamId: z.uuid().optional(),
    }),
    output: z.object({ conversation, question: tutorMessage, answer: tutorMessage }),
    allow: use,
    changes: ['tutors'],
  }),
  'learning.tutors.list': query({
    reads: ['tutors'],
    summary: 'One’s own conversations with the tutor, the newest first; with a search those that hold its words.',
    input: z.strictObject({ ...page, search: z.string().trim().max(200, { error: 'Look for at most 200 letters.' }).default('') }),
    output: listOf(conversation.extend({ messages: z.number().int() })),
    allow: view,
  }),
  'learning.tutors.get': query({
    reads: ['tutors'],
    summary: 'One of one’s own conversations with what was said in it; of a long one the newest part.',
    input: z.strictObject({ id }),
    output: z.object({ conversation, messages: z.array(tutorMessage) }),
    allow: view,
  }),
  'learning.tutors.remove': command({
    summary: 'Put one of one’s own conversations away, or take it back with removed: false.',
    input: z.strictObject({ id, removed: z.boolean().default(true) }),
    output: z.object({ id, removed: z.boolean() }),
    allow: role('ai_chat', 'student_records', 'delete'),
    changes: ['tutors'],
  }),
};
