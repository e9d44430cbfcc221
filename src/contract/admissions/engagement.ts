import { z } from 'zod';
import { engagementKinds, verdicts } from '#domain/admissions/engagement/events';
import { engagementFields } from '#domain/admissions/engagement/files';
import { access, command, job, query } from '../define';
import { fileChoice, id, instant, listOf, none, page } from '../shapes';
import { reading } from './imports';
import { scoreChange } from './touchpoints';

const counts = z.object({ human: z.number().int(), machine: z.number().int(), unsure: z.number().int() });

export const engagementEvent = z.object({
  id,
  kind: z.enum(engagementKinds),
  at: instant,
  message: z.string().nullable(),
  link: z.string().nullable(),
  agent: z.string().nullable(),
  address: z.string().nullable(),
  /** The verdict that holds: a person's, else that of the rules. A delivery has none. */
  verdict: z.enum(verdicts).nullable(),
  /** Why the rules say what they say, in words. */
  reason: z.string().nullable(),
  rules: z.enum(verdicts).nullable(),
  overruled: z.object({ by: z.string().nullable(), at: instant }).nullable(),
});
export type EngagementEventView = z.output<typeof engagementEvent>;

/** What is known of a lead's engagement with e-mails. */
export const engagementFacts = z.object({
  events: z.array(engagementEvent),
  total: z.number().int(),
  delivered: z.number().int(),
  opens: counts,
  clicks: counts,
  /** Totals that a file of leads brought: they count, and nobody can tell whose they are. */
  opening: z.object({ opens: z.number().nullable(), clicks: z.number().nullable() }),
});
export type EngagementFacts = z.output<typeof engagementFacts>;

const machine = z.strictObject({
  name: z.string().trim().min(1).max(100),
  agents: z.array(z.string().trim().min(1).max(200)).max(200),
  ranges: z.array(z.string().trim().min(1).max(60)).max(1_000),
});
const seconds = z.number().min(0).max(3_600);
const burst = z.number().int().min(2).max(1_000);

export const engagementConfiguration = z.strictObject({
  scanners: z.array(machine).max(200),
  proxies: z.array(machine).max(200),
  headless: z.array(z.string().trim().min(3).max(200)).max(200),
  deliverySeconds: seconds,
  openBurst: z.strictObject({ messages: burst, seconds }),
  linkBurst: z.strictObject({ links: burst, seconds }),
  pairSeconds: seconds,
});

/** Which column holds what. */
const columns = z.partialRecord(z.enum(engagementFields), z.number().int().min(0).max(10_000));

const single = z.strictObject({
  leadId: id,
  kind: z.enum(engagementKinds),
  at: instant,
  message: z.string().trim().min(1).max(500).optional(),
  link: z.string().trim().min(1).max(1_000).optional(),
  agent: z.string().trim().min(1).max(500).optional(),
  address: z.string().trim().min(1).max(60).optional(),
});

export const engagement = {
  'admissions.engagement.list': query({
    reads: ['engagement', 'leads'],
    summary: 'The opens, clicks and deliveries of a lead, newest first, each with its verdict and why; totals of people, of machines, and of what nobody can tell.',
    input: z.strictObject({ leadId: id, limit: z.number().int().min(1).max(1_000).default(200) }),
    output: engagementFacts,
    allow: access('lead_data', 'view'),
  }),
  'admissions.engagement.create': command({
    summary: 'Add single opens, clicks and deliveries, as a mailer reports them. One that is there already is not added again.',
    input: z.strictObject({ events: z.array(single).min(1).max(1_000) }),
    output: z.object({ added: z.number().int(), known: z.number().int(), human: z.number().int(), machine: z.number().int(), unsure: z.number().int() }),
    allow: access('lead_data', 'update'),
    changes: ['engagement', 'leads', 'alerts'],
  }),
  'admissions.engagement.judge': command({
    summary: 'Overrule what the rules make of opens and clicks, or with null go back to it. The lead is rescored. Answers what held before, for undo.',
    input: z.strictObject({ verdicts: z.array(z.strictObject({ id, verdict: z.enum(['human', 'machine']).nullable() })).min(1).max(1_000) }),
    output: z.object({
      previous: z.array(z.object({ id, verdict: z.enum(['human', 'machine']).nullable() })),
      scores: z.array(z.object({ leadId: id, score: scoreChange })),
    }),
    allow: access('lead_data', 'update'),
    changes: ['engagement', 'leads', 'alerts'],
  }),
  'admissions.engagement.columns': query({
    reads: [],
    summary: 'Look into a file of a mailer, one row an event: which column holds what, and how its moments are written.',
    input: z.strictObject({ ...fileChoice, ...reading }),
    output: z.object({
      fileName: z.string(),
      headers: z.array(z.string()),
      columns,
      format: z.string().nullable(),
      rows: z.array(z.array(z.string())),
      /** What has to be named before the file can come in. */
      lacks: z.array(z.enum(engagementFields)),
    }),
    allow: access('lead_data', 'update'),
  }),
  'admissions.engagement.import': job({
    summary: 'Bring in a file of a mailer, one row an event: each is put to the lead of its address or external id and judged, and the leads are rescored.',
    input: z.strictObject({ ...fileChoice, ...reading, columns: columns.optional(), format: z.string().max(60).optional() }),
    output: z.object({
      fileId: id,
      rows: z.number().int(),
      events: z.number().int(),
      /** Rows that were there already. */
      known: z.number().int(),
      /** Rows about something else, such as a bounce. */
      ignored: z.number().int(),
      /** Rows whose lead is not here, or belongs to another team. */
      strangers: z.number().int(),
      rejected: z.number().int(),
      leads: z.number().int(),
      human: z.number().int(),
      machine: z.number().int(),
      unsure: z.number().int(),
      problems: z.array(z.object({ line: z.number().int(), reason: z.string() })),
      milliseconds: z.number(),
    }),
    allow: access('lead_data', 'update'),
    changes: ['engagement', 'leads', 'triage', 'alerts'],
  }),
  'admissions.engagement.undo': job({
    summary: 'Take a file of events back: its leads are scored as if it had not come.',
    input: z.strictObject({ fileId: id }),
    output: z.object({ removed: z.number().int(), leads: z.number().int() }),
    allow: access('lead_data', 'update'),
    changes: ['engagement', 'leads', 'triage', 'alerts'],
  }),
  'admissions.engagement.files': query({
    reads: ['engagement'],
    summary: 'The files of events so far, newest first.',
    input: z.strictObject({ ...page }),
    output: listOf(
      z.object({
        id,
        fileName: z.string(),
        state: z.enum(['done', 'undone']),
        events: z.number().int(),
        leads: z.number().int(),
        by: z.string(),
        startedAt: instant,
        undoneAt: instant.nullable(),
      }),
    ),
    allow: access('lead_data', 'view'),
  }),
  'admissions.engagement.config.get': query({
    reads: ['engagement'],
    summary: 'The lists and thresholds by which opens and clicks are judged.',
    input: none,
    output: z.object({ configuration: engagementConfiguration, defaults: engagementConfiguration }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.engagement.config.update': command({
    summary: 'Change the lists and thresholds by which opens and clicks are judged. All events are judged anew in a job.',
    input: z.strictObject({ configuration: engagementConfiguration.partial() }),
    output: z.object({ configuration: engagementConfiguration, rejudgeJobId: id }),
    allow: { who: 'role', permission: 'ai_analytics', access: { resource: 'lead_data', operation: 'update' } },
    rate: 'admin',
    changes: ['engagement'],
  }),
  'admissions.engagement.rejudge': job({
    summary: 'Judge all opens and clicks anew; leads whose totals change are rescored.',
    input: none,
    output: z.object({ leads: z.number().int(), changed: z.number().int() }),
    allow: { who: 'role', permission: 'ai_analytics', access: { resource: 'lead_data', operation: 'update' } },
    changes: ['engagement', 'leads', 'triage', 'alerts'],
  }),
};
