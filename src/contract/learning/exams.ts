import { z } from 'zod';
import { access, command, query } from '../define';
import { id, instant } from '../shapes';
import { askedQuestion, chosen, confidence, milliseconds, solution, topicName } from './content';

const place = z.object({
  position: z.number().int(),
  question: askedQuestion,
  chosen: chosen.nullable(),
  confidence: confidence.nullable(),
  flagged: z.boolean(),
  milliseconds: z.number().int(),
});

export const exam = z.object({
  id,
  courseId: id,
  courseTitle: z.string(),
  startedAt: instant,
  submittedAt: instant.nullable(),
  /** Null where it has no limit. */
  minutes: z.number().nullable(),
  /** What is left of them; time counts only while the exam is in front. */
  leftMilliseconds: z.number().int().nullable(),
  passCount: z.number().int(),
  /** How many questions the blueprint asks for beyond what the course has. */
  missing: z.number().int(),
  questions: z.array(place),
});
export type Exam = z.output<typeof exam>;

export const examReview = z.object({
  id,
  courseId: id,
  courseTitle: z.string(),
  startedAt: instant,
  submittedAt: instant,
  /** Whether time ran out. */
  expired: z.boolean(),
  score: z.number().int(),
  total: z.number().int(),
  passCount: z.number().int(),
  passed: z.boolean(),
  unanswered: z.number().int(),
  minutes: z.number().nullable(),
  spentMilliseconds: z.number().int(),
  domains: z.array(z.object({ id, code: z.string(), title: z.string(), right: z.number().int(), total: z.number().int() })),
  changes: z.object({ gained: z.number().int(), lost: z.number().int(), same: z.number().int() }),
  pacing: z.object({ allowedEach: z.number().nullable(), slow: z.number().int(), meanRight: z.number().nullable(), meanWrong: z.number().nullable() }),
  /** What stands out, in words. */
  findings: z.array(z.string()),
  answers: z.array(
    place.extend({
      correct: z.boolean(),
      change: z.enum(['gained', 'lost', 'same']).nullable(),
      changedFrom: z.array(chosen),
      slow: z.boolean(),
      solution,
    }),
  ),
});
export type ExamReview = z.output<typeof examReview>;

export const exams = {
  'learning.exams.list': query({
    summary: 'Mock exams that were sat or are open, the newest first, and what the blueprint of the course asks for.',
    input: z.strictObject({ courseId: id.optional() }),
    output: z.object({
      courseId: id.nullable(),
      courseTitle: z.string().nullable(),
      /** Null where the course says nothing of its exam. */
      blueprint: z.object({ questions: z.number().int(), minutes: z.number().nullable(), passCount: z.number().int(), draw: z.enum(['weights', 'one_per_topic']), available: z.number().int(), topics: z.array(topicName) }).nullable(),
      items: z.array(
        z.object({
          id,
          startedAt: instant,
          submittedAt: instant.nullable(),
          score: z.number().int().nullable(),
          total: z.number().int(),
          passCount: z.number().int(),
          passed: z.boolean().nullable(),
          answered: z.number().int(),
          spentMilliseconds: z.number().int(),
        }),
      ),
    }),
    allow: access('student_records', 'view'),
    reads: ['exams', 'studyCourses', 'goals'],
  }),
  'learning.exams.start': command({
    summary: 'Draw a mock exam by the blueprint of a course. One that is open is gone on with instead.',
    input: z.strictObject({ courseId: id.optional(), timed: z.boolean().default(true) }),
    output: exam,
    allow: access('student_records', 'create'),
    changes: ['exams', 'practice'],
  }),
  'learning.exams.get': query({
    summary: 'A mock exam with its questions, as it was left.',
    input: z.strictObject({ id }),
    output: exam,
    allow: access('student_records', 'view'),
    reads: ['studyCourses'],
  }),
  'learning.exams.save': command({
    // What was begun and handed in is audited; each answer is in the log of answers.
    audited: false,
    summary: 'Keep an answer, a flag or the time in front of a question. An exam whose time is over is handed in by it.',
    input: z.strictObject({
      id,
      position: z.number().int().min(0),
      /** Left out: it stays. Null: no answer. */
      chosen: chosen.nullable().optional(),
      confidence: confidence.nullable().optional(),
      flagged: z.boolean().optional(),
      /** Time in front of the question since the last save. */
      milliseconds: milliseconds.default(0),
    }),
    output: z.object({ leftMilliseconds: z.number().int().nullable(), submitted: z.boolean() }),
    allow: access('student_records', 'update'),
    changes: ['exams'],
  }),
  'learning.exams.submit': command({
    summary: 'Hand a mock exam in. Every answer goes into the log, and what it showed into cards and plan.',
    input: z.strictObject({ id }),
    output: examReview,
    allow: access('student_records', 'update'),
    changes: ['exams', 'practice', 'cards', 'paths'],
  }),
  'learning.exams.review': query({
    summary: 'A mock exam that was handed in: score by domain, pacing, changed answers, and every question with what is right.',
    input: z.strictObject({ id }),
    output: examReview,
    allow: access('student_records', 'view'),
    reads: ['exams', 'studyCourses'],
  }),
  'learning.exams.discard': command({
    summary: 'Put an open mock exam away without a score, or take it up again with discarded: false.',
    input: z.strictObject({ id, discarded: z.boolean().default(true) }),
    output: z.object({ id, discarded: z.boolean() }),
    allow: access('student_records', 'update'),
    changes: ['exams', 'practice'],
  }),
};
