import { z } from 'zod';
import { difficulties } from '#domain/learning/attempts';
import { ratings } from '#domain/learning/cards/card';
import { quizModes } from '#domain/learning/practice/select';
import { access, command, query } from '../define';
import { done, id, instant } from '../shapes';
import { askedQuestion, chosen, confidence, milliseconds, solution, topicName } from './content';
import { goal } from './goals';

export const sittingKinds = ['daily', 'quiz', 'placement', 'section', 'cards'] as const;
export type SittingKind = (typeof sittingKinds)[number];

/** Why something is asked: it came due, its topic is weak, it is new, it was wished for, or it was just got wrong. */
export const reasons = ['due', 'weak', 'new', 'wished', 'again'] as const;

const rating = z.union([z.literal(ratings[0]), z.literal(ratings[1]), z.literal(ratings[2]), z.literal(ratings[3])]);

/** What stands in front of a student. */
const item = z.discriminatedUnion('what', [
  z.object({ what: z.literal('question'), position: z.number().int(), why: z.enum(reasons), question: askedQuestion }),
  z.object({
    what: z.literal('flashcard'),
    position: z.number().int(),
    why: z.enum(reasons),
    flashcard: z.object({ id, front: z.string(), back: z.string(), topic: topicName.nullable() }),
    /** Days until it comes back for each rating; 0 is in this sitting. */
    returns: z.array(z.object({ rating, days: z.number().int() })),
  }),
  z.object({ what: z.literal('section'), position: z.number().int(), why: z.enum(reasons), section: z.object({ id, title: z.string(), module: z.string(), body: z.string(), minutes: z.number(), topic: topicName.nullable() }) }),
]);
export type SittingItem = z.output<typeof item>;

export const sittingResult = z.object({
  answered: z.number().int(),
  right: z.number().int(),
  cards: z.number().int(),
  sections: z.number().int(),
  minutes: z.number(),
  /** By topic, the weakest first. */
  topics: z.array(z.object({ topic: topicName, answered: z.number().int(), right: z.number().int() })),
  /** Of a placement: what each domain comes to, guessing taken out, with its 80 % interval. */
  placement: z.array(z.object({ domain: z.string(), asked: z.number().int(), share: z.number(), low: z.number(), high: z.number() })).nullable(),
  /** Of a section’s check: whether it is passed (80 %). */
  passed: z.boolean().nullable(),
  /** Said with a confidence in this sitting, and how it turned out, in words; null where nothing can be said. */
  judgement: z.string().nullable(),
  /** Whether the plan changed by it. */
  planChanged: z.boolean(),
});
export type SittingResult = z.output<typeof sittingResult>;

export const sitting = z.object({
  id,
  kind: z.enum(sittingKinds),
  courseId: id,
  courseTitle: z.string(),
  startedAt: instant,
  endedAt: instant.nullable(),
  done: z.number().int(),
  /** How many things it has; of a placement, how many at the most. */
  total: z.number().int(),
  current: item.nullable(),
  /** The rating that an undo would take back; null where there is none. */
  undo: z.object({ reviewId: id }).nullable(),
  result: sittingResult.nullable(),
});
export type Sitting = z.output<typeof sitting>;

export const practice = {
  'learning.practice.today': query({
    summary: 'The session of the day: what is due, weak and new in the minutes there are, and how the week goes.',
    input: z.strictObject({ minutes: z.number().int().min(1).max(480).optional() }),
    output: z.object({
      goal: goal.nullable(),
      minutes: z.number().int(),
      plan: z.object({ cards: z.number().int(), weak: z.number().int(), fresh: z.number().int(), sections: z.number().int(), minutes: z.number() }),
      /** Cards that are due, and how many of them are over today’s cap. */
      due: z.number().int(),
      waiting: z.number().int(),
      /** A sitting that was left open. */
      open: z.object({ id, kind: z.enum([...sittingKinds, 'mock']), done: z.number().int(), total: z.number().int(), startedAt: instant }).nullable(),
      /** Whether the student was placed, or has answered enough that there is no need. */
      placed: z.boolean(),
      rhythm: z.object({ daysOfLastSeven: z.number().int(), daysThisWeek: z.number().int(), weeksInARow: z.number().int(), studiedToday: z.boolean() }),
      today: z.object({ answered: z.number().int(), right: z.number().int(), minutes: z.number() }),
      week: z.object({ minutes: z.number(), plannedMinutes: z.number().nullable() }),
      weakTopics: z.array(z.object({ topic: topicName, share: z.number(), answers: z.number().int() })),
      answers: z.number().int(),
      /** What else is worth doing now, in words: a mock exam that the plan has, a date that is over. */
      hints: z.array(z.object({ kind: z.enum(['mock', 'past', 'hours', 'backlog', 'nothing']), text: z.string() })),
    }),
    allow: access('student_records', 'view'),
    reads: ['practice', 'cards', 'goals', 'paths', 'exams', 'studyCourses'],
  }),
  'learning.practice.start': command({
    summary: 'Begin a sitting: the session of the day, a quiz, a placement, the check of a section, or flashcards.',
    input: z.strictObject({
      kind: z.enum(sittingKinds),
      /** Left out: the course of the goal that Learn shows. */
      courseId: id.optional(),
      minutes: z.number().int().min(1).max(480).optional(),
      sectionId: id.optional(),
      mode: z.enum(quizModes).default('weak'),
      count: z.number().int().min(1).max(200).default(20),
      domainIds: z.array(id).max(200).nullable().default(null),
      topicIds: z.array(id).max(1_000).nullable().default(null),
      difficulties: z.array(z.enum(difficulties)).min(1).max(3).nullable().default(null),
    }),
    output: sitting,
    allow: access('student_records', 'create'),
    changes: ['practice'],
  }),
  'learning.practice.get': query({
    summary: 'A sitting and what stands in front of the student, wherever it was left.',
    input: z.strictObject({ id }),
    output: sitting,
    allow: access('student_records', 'view'),
    reads: ['practice', 'studyCourses'],
  }),
  'learning.practice.answer': command({
    // What was begun and handed in is audited; each answer is in the log of answers.
    audited: false,
    summary: 'Answer the question in front. It is stored at once; the answer says what is right and why, and when it comes back.',
    input: z.strictObject({
      id,
      position: z.number().int().min(0),
      chosen,
      confidence: confidence.nullable().default(null),
      milliseconds: milliseconds.nullable().default(null),
      /** What was chosen before, the first first. */
      changedFrom: z.array(chosen).max(50).default([]),
    }),
    output: z.object({
      correct: z.boolean(),
      solution,
      /** Days until it is asked again; 0 is in this sitting, null is not by itself. */
      returnsInDays: z.number().int().nullable(),
      /** What confidence and outcome say together, in words; null where no confidence was given. */
      judgement: z.string().nullable(),
      sitting,
    }),
    allow: access('student_records', 'create'),
    changes: ['practice', 'cards'],
  }),
  'learning.practice.rate': command({
    audited: false,
    summary: 'Say how well the flashcard in front came back: 1 again, 2 hard, 3 good, 4 easy.',
    input: z.strictObject({ id, position: z.number().int().min(0), rating, milliseconds: milliseconds.nullable().default(null) }),
    output: z.object({ returnsInDays: z.number().int(), sitting }),
    allow: access('student_records', 'create'),
    changes: ['practice', 'cards'],
  }),
  'learning.practice.read': command({
    audited: false,
    summary: 'Say that the section in front was read, and go on.',
    input: z.strictObject({ id, position: z.number().int().min(0), milliseconds: milliseconds.nullable().default(null) }),
    output: sitting,
    allow: access('student_records', 'create'),
    changes: ['practice', 'paths'],
  }),
  'learning.practice.finish': command({
    summary: 'End a sitting; what is left of it is not held against anybody. Answers what it came to, and lets the plan follow.',
    input: z.strictObject({ id }),
    output: sitting,
    allow: access('student_records', 'update'),
    changes: ['practice', 'paths'],
  }),
  'learning.practice.mark': command({
    audited: false,
    summary: 'Mark a question to come back to, or take the mark away.',
    input: z.strictObject({ questionId: id, marked: z.boolean() }),
    output: done,
    allow: access('student_records', 'update'),
    changes: ['practice'],
  }),
  'learning.practice.choices': query({
    summary: 'What a quiz can be made of: domains and topics with how many questions, and how many of each kind.',
    input: z.strictObject({ courseId: id.optional() }),
    output: z.object({
      courseId: id.nullable(),
      domains: z.array(z.object({ id, code: z.string(), title: z.string(), weight: z.number().nullable(), questions: z.number().int(), topics: z.array(topicName.extend({ questions: z.number().int(), share: z.number().nullable(), answers: z.number().int() })) })),
      questions: z.number().int(),
      unseen: z.number().int(),
      missed: z.number().int(),
      marked: z.number().int(),
      difficulties: z.object({ easy: z.number().int(), medium: z.number().int(), hard: z.number().int() }),
      flashcards: z.number().int(),
      flashcardsDue: z.number().int(),
      flashcardsUnseen: z.number().int(),
    }),
    allow: access('student_records', 'view'),
    reads: ['practice', 'cards', 'studyCourses'],
  }),
  'learning.practice.calibration': query({
    summary: 'How well one judges oneself: what each level of confidence claimed, and what was right.',
    input: z.strictObject({ courseId: id.optional() }),
    output: z.object({
      levels: z.array(z.object({ confidence, claimed: z.number(), count: z.number().int(), right: z.number().int(), low: z.number().nullable(), high: z.number().nullable() })),
      count: z.number().int(),
      needed: z.number().int(),
      brier: z.number().nullable(),
      gap: z.number().nullable(),
      verdict: z.enum(['overconfident', 'underconfident', 'fair', 'unknown']),
      message: z.string(),
    }),
    allow: access('student_records', 'view'),
    reads: ['practice'],
  }),
};
