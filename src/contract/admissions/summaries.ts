import { z } from 'zod';
import { factParts } from '#domain/admissions/summaries/facts';
import { access, command, query, role } from '../define';
import { filter } from '../filter';
import { offline } from '../platform/language';
import { id, instant, none } from '../shapes';

export const explained = ['score', 'forecast', 'prediction'] as const;
export const summed = ['lead', 'week', 'executive'] as const;

/** One thing that is said, with the figure or event that it rests on. */
const fact = z.object({
  id: z.string(),
  part: z.enum(factParts),
  text: z.string(),
  /** The figure; null where it is an event. Shares are in [0, 1]. */
  value: z.number().nullable(),
  before: z.number().nullable(),
  /** The leads that it counts. */
  filter: filter.nullable(),
  /** The item of the lead’s story that it tells. */
  itemId: z.string().nullable(),
  at: instant.nullable(),
});
export type SummaryFactShown = z.output<typeof fact>;

const facts = z.array(fact);
const period = { from: instant, to: instant, facts, asOf: instant };
const reads = ['leads', 'touchpoints', 'tasks', 'alerts', 'triage', 'forecast', 'settings', 'calendar'] as const;
const day = z.iso.date();

export const summaries = {
  'admissions.summaries.lead': query({
    reads: [...reads, 'notes', 'engagement'],
    summary: 'The story of a lead in sentences, each with the figure or event that it rests on.',
    input: z.strictObject({ leadId: id }),
    output: z.object({ leadId: id, facts, asOf: instant }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.summaries.week': query({
    reads: [...reads],
    summary: 'A week of the pipeline in sentences: what came in, what was done, what waits, beside the week before.',
    /** Any day of the week; this week where it is left out. */
    input: z.strictObject({ day: day.optional() }),
    output: z.object(period),
    allow: access('lead_data', 'view'),
  }),
  'admissions.summaries.executive': query({
    reads: [...reads],
    summary: 'The page for heads: figures of the last four weeks and their change, what goes well, what needs a decision.',
    input: none,
    output: z.object(period),
    allow: role('ai_analytics', 'lead_data', 'view'),
  }),
  'admissions.summaries.explain': query({
    reads: ['leads', 'triage', 'forecast', 'models'],
    summary: 'A lead’s score, forecast or prediction in words, made of the reasons that the figure rests on.',
    input: z.strictObject({ leadId: id, of: z.enum(explained) }),
    output: z.object({ leadId: id, facts, asOf: instant }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.summaries.phrase': command({
    summary: 'Let a model put a summary or an explanation into other words. What it adds is not shown: the words from here stand then.',
    input: z.strictObject({
      of: z.enum([...summed, ...explained]),
      leadId: id.optional(),
      day: day.optional(),
      streamId: z.uuid().optional(),
      /** Shows what would leave before it does. */
      preview: z.boolean().default(false),
    }),
    output: z.object({
      by: z.enum(['model', 'rules']),
      model: z.string().nullable(),
      sentences: z.array(z.object({ text: z.string(), facts: z.array(z.string()) })),
      facts,
      /** Why no model wrote it; null where one answered. */
      offline: offline.nullable(),
      /** What a model wrote that stands in no fact: then the words from here stand. */
      added: z.array(z.string()),
    }),
    allow: access('lead_data', 'view'),
    rate: 'ai',
    changes: [],
    audited: false,
  }),
};
