import { z } from 'zod';
import { signals } from '#domain/admissions/leads/signals';
import { stages } from '#domain/admissions/leads/stages';
import { blockerTypes, severities } from '#domain/admissions/triage/blockers';
import { actions, bands, factors } from '#domain/admissions/triage/configuration';
import { command, job, query, role } from '../define';
import { id, instant, listOf, none, page } from '../shapes';
import { historyInput, scoreHistory } from './history';
import { leadChannels, leadRow } from './leads';
import { configurationPreview } from './preview';

export const factorScore = z.object({
  factor: z.enum(factors),
  points: z.number(),
  maximum: z.number(),
  value: z.number(),
  known: z.boolean(),
  reason: z.string(),
});

export const blocker = z.object({
  type: z.enum(blockerTypes),
  severity: z.enum(severities),
  description: z.string(),
  impact: z.string(),
  actionRequired: z.string(),
  points: z.number(),
});

export const alert = z.object({
  id: z.string(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  severity: z.enum(severities),
  title: z.string(),
  actionRequired: z.string(),
});

export const scoredLead = z.object({
  leadId: z.string(),
  score: z.number(),
  band: z.enum(bands),
  action: z.enum(actions),
  confidence: z.number(),
  reasons: z.array(z.string()),
  factors: z.array(factorScore),
  blockers: z.array(blocker),
  alerts: z.array(alert),
  /** What the score would be if opens and clicks of machines counted, and those that nobody can tell; null where there are none, or where the caller describes the lead. */
  withMachines: z.object({ score: z.number(), band: z.enum(bands), opens: z.number().int(), clicks: z.number().int() }).nullable(),
  asOf: instant,
});
export type ScoredLead = z.output<typeof scoredLead>;

const total = z.number().min(0).max(1e9);
const engagement = z.object(Object.fromEntries(signals.map((signal) => [signal, total.optional()])) as Record<(typeof signals)[number], z.ZodOptional<z.ZodNumber>>);

/** A lead that is not in the store, as a program describes it. Anything left out is unknown. Other keys are ignored. */
export const describedLead = z.object({
  id: z.string().min(1).max(200),
  hasEmail: z.boolean().optional(),
  hasPhone: z.boolean().optional(),
  email: z.string().max(320).nullable().optional(),
  phone: z.string().max(60).nullable().optional(),
  mayEmail: z.boolean().optional(),
  mayPhone: z.boolean().optional(),
  gdprConsent: z.boolean().optional(),
  source: z.string().max(500).nullable().optional(),
  course: z.string().max(500).nullable().optional(),
  courseDeclared: z.string().max(500).nullable().optional(),
  stage: z.enum(stages).optional(),
  converted: z.boolean().optional(),
  lastActivityAt: z.union([instant, z.iso.datetime({ offset: true }), z.iso.date()]).nullable().optional(),
  engagementData: engagement.optional(),
  ...engagement.shape,
});
export type DescribedLead = z.output<typeof describedLead>;

/** Leads by id from the store, or described by the caller. */
export const leadsOrIds = {
  ids: z.array(id).max(1_000).optional(),
  leads: z.array(describedLead).max(1_000).optional(),
};

const maximum = z.number().min(0).max(1_000);
export const weights = z.strictObject({
  engagement: maximum,
  recency: maximum,
  source: maximum,
  contactability: maximum,
  courseFit: maximum,
});

const share = z.number().min(0).max(1);
const days = z.number().min(0).max(3_650);
const signalSetting = z.strictObject({ weight: share, cap: z.number().positive().max(1e9) });

export const triageConfiguration = z.strictObject({
  bands: z.strictObject({ high: z.number().min(0).max(100), medium: z.number().min(0).max(100) }),
  actions: z.strictObject({ high: z.enum(actions), medium: z.enum(actions), low: z.enum(actions) }),
  minimumKnown: z.number().int().min(1).max(1_000_000),
  unknownMean: share,
  recencyHalfLifeDays: z.number().positive().max(3_650),
  signals: z.strictObject(Object.fromEntries(signals.map((signal) => [signal, signalSetting])) as Record<(typeof signals)[number], typeof signalSetting>),
  contact: z.strictObject({ email: share, phone: share }),
  source: z.strictObject({ prior: share, strength: z.number().min(0).max(1e6), unknownNamed: share }),
  courseFit: z.strictObject({ open: share, nearlyFull: share, full: share }),
  blockers: z.strictObject({
    stallDays: days,
    longStallDays: days,
    nearlyFullShare: share,
    weakSourceLeads: z.number().int().min(1).max(1e6),
    weakSourceRatio: share,
  }),
});

const queueItem = z.object({
  lead: leadRow,
  action: z.enum(actions),
  /** Why this lead, the weightiest first. */
  reasons: z.array(z.string()),
  blockers: z.array(blocker),
  channels: leadChannels,
});
export type QueueItem = z.output<typeof queueItem>;

export const triage = {
  'admissions.triage.score': query({
    reads: ['leads', 'triage'],
    summary: 'Score leads of the store, or leads that the caller describes: score, band, action, reasons, blockers, alerts.',
    input: z.strictObject({ ...leadsOrIds, weights: weights.partial().optional() }),
    output: z.object({ leads: z.array(scoredLead) }),
    allow: role('ai_lead_scoring', 'lead_data', 'view'),
  }),
  'admissions.triage.history': query({
    reads: ['leads', 'touchpoints', 'triage', 'forecast'],
    summary: 'The versions of a lead’s score, what changed between two of them factor by factor, and why.',
    input: historyInput,
    output: scoreHistory,
    allow: role('ai_lead_scoring', 'lead_data', 'view'),
  }),
  'admissions.triage.queue': query({
    reads: ['leads', 'touchpoints', 'tasks', 'consents', 'triage', 'settings'],
    summary: 'Whom to contact first: open leads by score, without those contacted lately or put off.',
    input: z.strictObject({ ...page, whose: z.enum(['mine', 'unassigned', 'everyone']).default('everyone') }),
    output: listOf(queueItem).extend({
      /** Leads left out because they were contacted lately or put off. */
      resting: z.number().int(),
      /** Contacts that were logged today. */
      contactedToday: z.number().int(),
      /** What most of the queue lacks, in words: one thing to mend for many. */
      hint: z.string().nullable(),
    }),
    allow: role('ai_lead_scoring', 'lead_data', 'view'),
  }),
  'admissions.triage.rescore': job({
    summary: 'Score every lead anew as of now; only scores that changed are written.',
    input: none,
    output: z.object({ scored: z.number().int(), changed: z.number().int() }),
    allow: role('ai_analytics', 'lead_data', 'update'),
    changes: ['leads', 'triage', 'alerts'],
  }),
  'admissions.triage.config.get': query({
    reads: ['triage'],
    summary: 'The weights of the factors, and everything else that a score depends on.',
    input: none,
    output: z.object({
      weights,
      configuration: triageConfiguration,
      defaults: z.object({ weights, configuration: triageConfiguration }),
      history: z.array(z.object({ at: instant, by: z.string().nullable(), reason: z.string(), weights })),
      /** The versions of the configuration, the newest first. */
      configurations: z.array(z.object({ at: instant, by: z.string().nullable(), configuration: triageConfiguration })),
      baseline: z
        .object({
          at: instant,
          means: z.record(z.string(), z.object({ mean: z.number(), known: z.number() })),
        })
        .nullable(),
    }),
    allow: role('ai_lead_scoring', 'lead_data', 'view'),
  }),
  'admissions.triage.config.preview': query({
    reads: ['leads', 'triage', 'forecast'],
    summary: 'What other weights or another configuration would make of the leads. Nothing is written.',
    input: z.strictObject({ weights: weights.partial().optional(), configuration: triageConfiguration.partial().optional() }),
    output: configurationPreview,
    allow: role('ai_analytics', 'lead_data', 'view'),
  }),
  'admissions.triage.config.update': command({
    summary: 'Change weights or configuration. All leads are rescored in a job.',
    input: z.strictObject({
      weights: weights.partial().optional(),
      configuration: triageConfiguration.partial().optional(),
      reason: z.string().trim().max(500).default('Changed in the settings.'),
    }),
    output: z.object({ weights, configuration: triageConfiguration, rescoreJobId: id }),
    allow: role('ai_analytics', 'lead_data', 'update'),
    rate: 'admin',
    changes: ['triage'],
  }),
};
