import { z } from 'zod';
import { groupings } from '#domain/admissions/leads/groups';
import { figures, orderedBy } from '#domain/admissions/queries/reading';
import { access, command, query, role } from '../define';
import { filter } from '../filter';
import { offline } from '../platform/language';
import { id, instant, none, sortDirection } from '../shapes';
import { leadGroup, leadTotals } from './leadGroups';
import { listedLead } from './leads';
import { viewAudiences } from './views';

/** The longest question that is read: more is a text, not a question. */
export const longestQuestion = 1_000;

const text = z
  .string()
  .trim()
  .min(1, { error: 'Ask something, such as "stalled leads from UCAS".' })
  .max(longestQuestion, { error: `That is longer than a question: ask in at most ${String(longestQuestion)} letters.` });

/** What a question asks for. A screen hands it back as `before`, and the next question goes on from it. */
export const asked = z.strictObject({
  filter: filter.nullable(),
  sort: z.strictObject({ field: z.enum(orderedBy), direction: sortDirection }).nullable(),
  /** The first few, where no more are asked for. */
  limit: z.number().int().positive().max(100_000).nullable(),
  /** What the leads are put into groups by. */
  by: z.enum(groupings).nullable(),
  /** What is asked of the groups, or of all of them. */
  figure: z.enum(figures).nullable(),
});
export type AskedOutput = z.output<typeof asked>;

const chip = z.object({
  /** In words: field, operator, value. */
  label: z.string(),
  filter,
  /** The words of the question that it comes from; null for what was asked before. */
  words: z.string().nullable(),
});

const reading = asked.omit({}).extend({ label: z.string() });

const answer = asked.extend({
  chips: z.array(chip),
  /** The answer in one sentence. */
  answer: z.string(),
  total: z.number().int(),
  totalIsExact: z.boolean(),
  items: z.array(listedLead),
  /** Set where groups were asked for. */
  groups: z.array(leadGroup),
  more: z.number().int(),
  /** What all leads that fit come to. */
  totals: leadTotals,
  /** 0 to 1: how much of the question is in the answer. */
  confidence: z.number().min(0).max(1),
  /** Whether that is enough to take it as meant. */
  sure: z.boolean(),
  /** Whether anything of it was understood; otherwise nothing was looked up. */
  understood: z.boolean(),
  /** Whether it went on from the question before. */
  follows: z.boolean(),
  /** What was assumed, could not be used or stands in the way, in words. */
  notes: z.array(z.string()),
  /** Words that were not used. */
  unused: z.array(z.string()),
  corrected: z.array(z.object({ from: z.string(), to: z.string() })),
  /** ISO 639-1, where the question is not in English. */
  language: z.string().nullable(),
  /** Other things that it may mean. */
  alternatives: z.array(reading),
  /** Questions that go on from here. */
  followUps: z.array(z.string()),
});
export type QueryAnswer = z.output<typeof answer>;

const name = z.string().trim().min(1, { error: 'Give it a name.' }).max(100);
const audience = z.enum(viewAudiences);

export const savedQuery = z.object({
  id,
  name: z.string(),
  audience,
  mine: z.boolean(),
  owner: z.string(),
  text: z.string(),
  /** The question that it goes on from, where there is one. */
  before: asked.nullable(),
  updatedAt: instant,
});
export type SavedQuery = z.output<typeof savedQuery>;

export const askedQuestion = z.object({ id, text: z.string(), before: asked.nullable(), askedAt: instant });
export type AskedQuestion = z.output<typeof askedQuestion>;

const leadReads = ['leads', 'triage', 'tasks', 'tags', 'attributes', 'consents', 'sources', 'courses', 'campuses', 'users', 'settings'] as const;

const bin = z.object({ from: z.number(), to: z.number(), leads: z.number().int(), filter });

export const queries = {
  'admissions.queries.ask': query({
    reads: leadReads,
    summary: 'Answer a question in plain English about leads, offline: as a filter that can be changed, with the leads or groups it gives.',
    input: z.strictObject({
      text,
      before: asked.optional(),
      /** How many leads are wanted at most. */
      limit: z.number().int().min(0).max(500).default(50),
    }),
    output: answer,
    allow: access('lead_data', 'view'),
  }),
  'admissions.queries.interpret': command({
    summary: 'Let a model read a question that the grammar is not sure of, into the same filter. The question leaves with pseudonyms, leads do not leave.',
    input: z.strictObject({ text, before: asked.optional(), limit: z.number().int().min(0).max(500).default(50) }),
    output: z.object({
      /** Null where no model answered. */
      answer: answer.nullable(),
      /** What the model understood, in its words. */
      explanation: z.string().nullable(),
      model: z.string().nullable(),
      /** Why no model answered. */
      offline: offline.nullable(),
    }),
    allow: role('ai_chat', 'lead_data', 'view'),
    rate: 'ai',
    audited: false,
    changes: [],
  }),
  'admissions.queries.suggest': query({
    reads: ['queries', 'leads', 'sources', 'courses', 'campuses', 'tags', 'attributes'],
    summary: 'Complete a question while it is typed; without letters, propose some.',
    input: z.strictObject({ text: z.string().max(longestQuestion).default(''), limit: z.number().int().min(1).max(20).default(8) }),
    output: z.object({ items: z.array(z.object({ text: z.string(), kind: z.enum(['history', 'saved', 'word', 'example']) })) }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.queries.analyse': query({
    reads: [...leadReads, 'models'],
    summary: 'What some leads come to: how scores are spread, how enquiries develop, in which segments they lie, what a model expects of them, and what stands out.',
    input: z.strictObject({ filter: filter.optional() }),
    output: z.object({
      totals: leadTotals,
      /** Scores in tens. */
      distribution: z.array(bin),
      unscored: z.number().int(),
      /** By month of enquiry, the oldest first; the last twenty-four. */
      trend: z.array(leadGroup),
      /** Leads without a date of enquiry. */
      undated: z.number().int(),
      segments: z.object({ band: z.array(leadGroup), stage: z.array(leadGroup), source: z.array(leadGroup) }),
      /** Null where no model serves. */
      predictive: z
        .object({
          modelId: z.string(),
          version: z.number().int(),
          predicted: z.number().int(),
          /** Enrolments to expect of those that it speaks of, and their mean chance. */
          expected: z.number(),
          meanProbability: z.number(),
          bins: z.array(z.object({ from: z.number(), to: z.number(), leads: z.number().int() })),
        })
        .nullable(),
      insights: z.array(z.object({ text: z.string(), filter: filter.nullable() })),
    }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.queries.list': query({
    reads: ['queries', 'users'],
    summary: 'Questions that were saved, one’s own and those that others share, and the latest that one has asked.',
    input: none,
    output: z.object({ saved: z.array(savedQuery), history: z.array(askedQuestion) }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.queries.record': command({
    summary: 'Remember a question that was asked, for oneself; the same again moves to the front.',
    input: z.strictObject({ text, before: asked.nullable().default(null) }),
    output: askedQuestion,
    allow: access('lead_data', 'view'),
    audited: false,
    changes: ['queries'],
  }),
  'admissions.queries.forget': command({
    summary: 'Forget one question that was asked, or all of one’s own.',
    input: z.strictObject({ id: id.optional() }),
    output: z.object({ forgotten: z.number().int() }),
    allow: access('lead_data', 'view'),
    audited: false,
    changes: ['queries'],
  }),
  'admissions.queries.save': command({
    summary: 'Keep a question under a name; it is asked anew whenever it is opened.',
    input: z.strictObject({ name, audience: audience.default('nobody'), text, before: asked.nullable().default(null) }),
    output: savedQuery,
    allow: access('lead_data', 'view'),
    changes: ['queries'],
  }),
  'admissions.queries.update': command({
    summary: 'Rename a question of one’s own, share it, or ask something else under its name.',
    input: z.strictObject({ id, name: name.optional(), audience: audience.optional(), text: text.optional(), before: asked.nullable().optional() }),
    output: savedQuery,
    allow: access('lead_data', 'view'),
    changes: ['queries'],
  }),
  'admissions.queries.remove': command({
    summary: 'Take a saved question of one’s own away, or put it back with removed: false.',
    input: z.strictObject({ id, removed: z.boolean().default(true) }),
    output: z.object({ id, removed: z.boolean() }),
    allow: access('lead_data', 'view'),
    changes: ['queries'],
  }),
};
