import { z } from 'zod';
import { difficulties, questionKinds } from '#domain/learning/courses/pack';
import { access, command, query } from '../define';
import { id, listOf, page } from '../shapes';

const longText = z.string().max(50_000);
const optionalText = longText.nullable();

/** What may be chosen. Of a numeric question each is a number that is right within `tolerance`, of a short one a text that is right. */
const option = z.strictObject({ text: longText, correct: z.boolean(), tolerance: z.number().min(0).nullable().default(null), feedback: optionalText.default(null) });

const parts = {
  topic: z.string().min(1).max(300),
  kind: z.enum(questionKinds),
  difficulty: z.enum(difficulties).nullable(),
  /** Markdown, as are options, explanation and feedback. */
  stem: longText,
  options: z.array(option).max(26),
  explanation: optionalText,
  reference: optionalText,
  objective: optionalText,
  /** Why it is kept out of exams, or null. */
  flagged: optionalText,
};

export const question = z.object({
  id,
  courseId: id,
  /** Its name in the pack. */
  externalId: z.string(),
  domain: z.string(),
  domainTitle: z.string(),
  topicTitle: z.string(),
  ...parts,
  /** Whether a person wrote it by hand: an import leaves it as it is. */
  edited: z.boolean(),
  retired: z.boolean(),
});
export type Question = z.output<typeof question>;

export const questions = {
  'learning.questions.list': query({
    reads: ['studyCourses'],
    summary: 'The questions of a course in their order, by domain, topic, difficulty, kind, or by what they say.',
    input: z.strictObject({
      ...page,
      courseId: id,
      domain: z.string().max(300).optional(),
      topic: z.string().max(300).optional(),
      difficulty: z.enum(difficulties).optional(),
      kind: z.enum(questionKinds).optional(),
      flagged: z.boolean().optional(),
      edited: z.boolean().optional(),
      search: z.string().max(200).optional(),
    }),
    output: listOf(question),
    allow: access('student_records', 'view'),
  }),
  'learning.questions.get': query({
    reads: ['studyCourses'],
    summary: 'One question with its options and what is right; also one that was retired.',
    input: z.strictObject({ id }),
    output: question,
    allow: access('student_records', 'view'),
  }),
  'learning.questions.create': command({
    summary: 'Write a new question into a course.',
    input: z.strictObject({
      courseId: id,
      externalId: z.string().trim().min(1).max(200).optional(),
      topic: parts.topic,
      kind: parts.kind,
      stem: parts.stem,
      options: parts.options,
      difficulty: parts.difficulty.default(null),
      explanation: parts.explanation.default(null),
      reference: parts.reference.default(null),
      objective: parts.objective.default(null),
      flagged: parts.flagged.default(null),
    }),
    output: question,
    allow: access('student_records', 'create'),
    changes: ['studyCourses'],
  }),
  'learning.questions.update': command({
    summary: 'Change a question by hand. One that then asks something else takes the old one’s place; sessions under way keep the old one.',
    input: z.strictObject({
      id,
      topic: parts.topic.optional(),
      kind: parts.kind.optional(),
      difficulty: parts.difficulty.optional(),
      stem: parts.stem.optional(),
      options: parts.options.optional(),
      explanation: parts.explanation.optional(),
      reference: parts.reference.optional(),
      objective: parts.objective.optional(),
      flagged: parts.flagged.optional(),
    }),
    /** What becomes of what students remember of it: untouched, kept though its words changed, or begun anew. */
    output: question.extend({ memory: z.enum(['same', 'kept', 'anew']) }),
    allow: access('student_records', 'update'),
    changes: ['studyCourses'],
  }),
  'learning.questions.retire': command({
    summary: 'Take a question out of its course, or put it back with retired: false.',
    input: z.strictObject({ id, retired: z.boolean().default(true) }),
    output: question,
    allow: access('student_records', 'delete'),
    changes: ['studyCourses'],
  }),
};
