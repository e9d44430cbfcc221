import { z } from 'zod';
import { answerForms, columnFields } from '#domain/learning/courses/columns';
import { examDraws, passUnits } from '#domain/learning/courses/pack';
import { access, command, job, query } from '../define';
import { fileChoice, id, instant, none } from '../shapes';
import { download } from '../platform/audit';

/** Who studies a course beside its owner. */
export const courseAudiences = ['nobody', 'team', 'everyone'] as const;
export const courseFormats = ['ivypack', 'table', 'gift', 'moodle', 'aiken', 'qti', 'anki'] as const;
export const courseExportFormats = ['ivypack', 'csv', 'gift'] as const;

const audience = z.enum(courseAudiences);
const title = z.string().trim().min(1).max(200);
const weight = z.number().min(0).max(100).nullable();

/** The exam that a course leads to; what is not known of it is null. */
export const exam = z
  .strictObject({
    questions: z.number().int().min(1).max(1_000).nullable(),
    minutes: z.number().int().min(1).max(1_440).nullable(),
    /** Questions to answer rightly, or a share of them between 0 and 1. */
    passMark: z.number().positive().nullable(),
    passUnit: z.enum(passUnits),
    draw: z.enum(examDraws),
  })
  .refine(({ passMark, passUnit, questions }) => passMark === null || (passUnit === 'share' ? passMark <= 1 : Number.isInteger(passMark) && (questions === null || passMark <= questions)), {
    error: 'The pass mark is a share up to 1, or a whole number of questions up to those of the exam.',
    path: ['passMark'],
  });
export type CourseExam = z.output<typeof exam>;

const outlineTopic = z.object({ code: z.string(), title: z.string(), questions: z.number().int() });
const outlineDomain = z.object({ code: z.string(), title: z.string(), weight, questions: z.number().int(), topics: z.array(outlineTopic) });

/** A domain as a person would have it; its code is the file's. */
const wishedDomain = z.strictObject({
  code: z.string().min(1).max(300),
  title,
  /** Hundredths of the exam, or null for none; left out, it stays. */
  weight: weight.optional(),
  topics: z.array(z.strictObject({ code: z.string().min(1).max(300), title })).max(2_000).optional(),
});

const problem = z.object({
  file: z.string(),
  /** From 1; 0 where the file has no lines. */
  line: z.number().int(),
  /** `fatal`: the course cannot be taken; `rejected`: this is left out; `warning`: this is taken, not quite as it stands. */
  severity: z.enum(['fatal', 'rejected', 'warning']),
  reason: z.string(),
});
export type CourseProblem = z.output<typeof problem>;

const counts = {
  questions: z.number().int(),
  flagged: z.number().int(),
  sections: z.number().int(),
  flashcards: z.number().int(),
  labs: z.number().int(),
};

/** `anew`: changed questions that ask something else, so that whoever learnt them begins anew. */
const changes = z.object({ added: z.number().int(), changed: z.number().int(), retired: z.number().int(), unchanged: z.number().int(), anew: z.number().int() });

const unsupported = z.array(z.object({ type: z.string(), count: z.number().int() }));

/** How the file is to be read, where what was found is not right. */
const reading = {
  columns: z.array(z.enum(columnFields).nullable()).max(2_000).optional(),
  answers: z.enum(answerForms).optional(),
  delimiter: z.enum([',', ';', '\t', '|']).optional(),
  encoding: z.enum(['utf-8', 'utf-16le', 'utf-16be', 'windows-1252']).optional(),
};

/** Which course an import updates: one by its id, none with null; left out, the one that the file seems to be a new revision of. */
const target = { courseId: id.nullable().optional() };

const preview = z.object({
  fileName: z.string(),
  format: z.enum(courseFormats),
  /** The course that the file would update. */
  updates: z.object({ id, title: z.string(), changes, editedKept: z.number().int() }).nullable(),
  blueprint: z.object({ title: z.string(), exam, domains: z.array(outlineDomain) }),
  /** Whether the file itself says how the course is made up. */
  stated: z.boolean(),
  /** What the blueprint rests on, in words. */
  basis: z.array(z.string()),
  table: z
    .object({
      columns: z.array(z.object({ index: z.number().int(), header: z.string(), field: z.enum(columnFields).nullable(), samples: z.array(z.string()) })),
      answers: z.enum(answerForms),
      delimiter: z.string().nullable(),
      encoding: z.string().nullable(),
    })
    .nullable(),
  ...counts,
  rejected: z.number().int(),
  unsupported,
  /** At most 500; `problemCount` counts all. */
  problems: z.array(problem),
  problemCount: z.number().int(),
  /** The first questions, as they would be asked. */
  samples: z.array(z.object({ id: z.string(), topic: z.string(), stem: z.string(), options: z.array(z.object({ text: z.string(), correct: z.boolean() })), flagged: z.string().nullable() })),
});
export type CoursePreview = z.output<typeof preview>;

export const courseSummary = z.object({
  id,
  code: z.string(),
  title: z.string(),
  description: z.string(),
  version: z.string().nullable(),
  author: z.string().nullable(),
  licence: z.string().nullable(),
  notice: z.string().nullable(),
  language: z.string(),
  owner: z.string(),
  /** Whether the caller may change it. */
  mine: z.boolean(),
  audience,
  exam,
  revision: z.number().int(),
  domains: z.number().int(),
  topics: z.number().int(),
  ...counts,
  updatedAt: instant,
});
export type CourseSummary = z.output<typeof courseSummary>;

const course = courseSummary.omit({ domains: true, topics: true }).extend({
  domains: z.array(outlineDomain.extend({ topics: z.array(outlineTopic.extend({ flagged: z.number().int() })) })),
  modules: z.array(
    z.object({
      code: z.string(),
      title: z.string(),
      summary: z.string(),
      requires: z.array(z.string()),
      sections: z.array(z.object({ id, title: z.string(), topic: z.string().nullable(), minutes: z.number().nullable(), questions: z.number().int() })),
    }),
  ),
});
export type Course = z.output<typeof course>;

const revision = z.object({
  id,
  revision: z.number().int(),
  by: z.string(),
  format: z.string(),
  fileName: z.string(),
  added: z.number().int(),
  changed: z.number().int(),
  retired: z.number().int(),
  flagged: z.number().int(),
  rejected: z.number().int(),
  unsupported,
  at: instant,
  undoneAt: instant.nullable(),
});

export const studyCourses = {
  'learning.courses.preview': query({
    reads: ['studyCourses'],
    summary: 'Look into a course pack or a file of questions: what is in it, how it is proposed to be taken, and everything that is wrong with it.',
    input: z.strictObject({ ...fileChoice, ...reading, ...target }),
    output: preview,
    allow: access('student_records', 'create'),
  }),
  'learning.courses.import': job({
    summary: 'Import a course: all of it at once, or none. What is not said is taken as it is proposed.',
    input: z.strictObject({
      ...fileChoice,
      ...reading,
      ...target,
      title: title.optional(),
      audience: audience.optional(),
      exam: exam.optional(),
      domains: z.array(wishedDomain).max(500).optional(),
      /** Whether questions that were written by hand since give way to those of the file. */
      replaceEdited: z.boolean().default(false),
    }),
    output: z.object({
      courseId: id,
      ...counts,
      rejected: z.number().int(),
      added: z.number().int(),
      changed: z.number().int(),
      retired: z.number().int(),
      /** Questions that stay as a person wrote them. */
      editedKept: z.number().int(),
      unsupported,
      revision: z.number().int(),
      milliseconds: z.number(),
    }),
    allow: access('student_records', 'create'),
    changes: ['studyCourses'],
  }),
  'learning.courses.sample': job({
    summary: 'Bring in the sample course that comes with Ivy: endpoint operation on the TCO blueprint, independent sample material.',
    input: none,
    output: z.object({ courseId: id, ...counts }),
    allow: access('student_records', 'create'),
    changes: ['studyCourses'],
  }),
  'learning.courses.list': query({
    reads: ['studyCourses'],
    summary: 'The courses that one may study, by title.',
    input: none,
    output: z.object({ items: z.array(courseSummary) }),
    allow: access('student_records', 'view'),
  }),
  'learning.courses.get': query({
    reads: ['studyCourses'],
    summary: 'One course with its domains, topics, modules and sections.',
    input: z.strictObject({ id }),
    output: course,
    allow: access('student_records', 'view'),
  }),
  'learning.courses.update': command({
    summary: 'Rename a course, share it, or set its exam and the names and weights of its domains.',
    input: z.strictObject({ id, title: title.optional(), description: z.string().trim().max(5_000).optional(), audience: audience.optional(), exam: exam.optional(), domains: z.array(wishedDomain).max(500).optional() }),
    output: course,
    allow: access('student_records', 'update'),
    changes: ['studyCourses'],
  }),
  'learning.courses.remove': command({
    summary: 'Take a course away, or put it back with removed: false. What was learned in it stays.',
    input: z.strictObject({ id, removed: z.boolean().default(true) }),
    output: z.object({ id, removed: z.boolean() }),
    allow: access('student_records', 'delete'),
    changes: ['studyCourses'],
  }),
  'learning.courses.history': query({
    reads: ['studyCourses'],
    summary: 'The imports of a course, newest first.',
    input: z.strictObject({ id }),
    output: z.object({ items: z.array(revision) }),
    allow: access('student_records', 'view'),
  }),
  'learning.courses.undo': command({
    summary: 'Take the newest import of a course back: the course is as it was before it, and what a person wrote since stays. The first import takes the course away.',
    input: z.strictObject({ id }),
    output: z.object({ id, removed: z.boolean(), revision: z.number().int(), added: z.number().int(), changed: z.number().int(), retired: z.number().int(), editedKept: z.number().int() }),
    allow: access('student_records', 'update'),
    changes: ['studyCourses'],
  }),
  'learning.courses.export': job({
    summary: 'Write a course to a file: an Ivy pack with all of it, or its questions as CSV or GIFT.',
    input: z.strictObject({ id, format: z.enum(courseExportFormats).default('ivypack'), path: fileChoice.path }),
    output: download,
    allow: access('student_records', 'export'),
    changes: [],
    rate: 'export',
  }),
};
