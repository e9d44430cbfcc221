import { z } from 'zod';
import { causes } from '#domain/admissions/alerts/causes';
import { alertStates, alertSteps } from '#domain/admissions/alerts/lifecycle';
import { severities } from '#domain/admissions/triage/blockers';
import { bands } from '#domain/admissions/triage/configuration';
import { access, command, job, query, role } from '../define';
import { id, instant, listOf, none, page } from '../shapes';

/** A lead and a cause: an alert has no other identity, so that there is never a second for one cause. */
export const alertIdShape = z
  .string()
  .max(120)
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}:[a-z_]+:[a-zA-Z]+$/, 'Give the id of an alert, as the list has it.');

const level = z.union([z.literal(1), z.literal(2), z.literal(3)]);
const counts = z.object({ 1: z.number().int(), 2: z.number().int(), 3: z.number().int() });

const alertItem = z.object({
  id: alertIdShape,
  lead: z.object({
    id,
    name: z.string(),
    score: z.number().nullable(),
    band: z.enum(bands).nullable(),
    owner: z.object({ id, name: z.string() }).nullable(),
    team: z.object({ id, name: z.string() }),
  }),
  cause: z.enum(causes),
  /** 1 normal, 2 escalated, 3 urgent. */
  level,
  severity: z.enum(severities),
  state: z.enum(alertStates),
  /** The evidence in words: as of today while the cause is there, as of its opening afterwards. */
  title: z.string(),
  actionRequired: z.string(),
  openedAt: instant,
  dueAt: instant,
  acknowledgedAt: instant.nullable(),
  snoozedUntil: instant.nullable(),
  resolvedAt: instant.nullable(),
  /** Since when it is before the manager. */
  escalatedAt: instant.nullable(),
  lastStep: z.object({ step: z.enum(alertSteps), at: instant, by: z.string().nullable(), note: z.string().nullable() }).nullable(),
});
export type AlertItem = z.output<typeof alertItem>;

const ids = z.array(alertIdShape).min(1).max(1_000);
const moved = z.object({ moved: z.number().int() });

export const alerts = {
  'admissions.alerts.list': query({
    reads: ['alerts', 'leads', 'triage', 'settings'],
    summary: 'Alerts of the leads that one may see, the most urgent first, with how many there are of each level.',
    input: z.strictObject({
      ...page,
      states: z.array(z.enum(alertStates)).min(1).max(4).default(['open', 'acknowledged']),
      level: level.optional(),
      /** Only of leads that one owns. */
      mine: z.boolean().default(false),
      /** Only what waited too long and went to the manager. */
      escalated: z.boolean().default(false),
      leadId: id.optional(),
    }),
    output: listOf(alertItem).extend({
      /** Of what fits but for the level. */
      counts,
      /** Of what is open and came, or went to the manager, since the beginning of yesterday. */
      sinceYesterday: counts,
    }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.alerts.acknowledge': command({
    summary: 'Take alerts on: they have their level’s time once more, and then go to the manager.',
    input: z.strictObject({ ids }),
    output: moved,
    allow: access('lead_data', 'update'),
    changes: ['alerts'],
  }),
  'admissions.alerts.snooze': command({
    summary: 'Put alerts off until a moment, at most 90 days ahead; then they open by themselves.',
    input: z.strictObject({ ids, until: instant }),
    output: moved,
    allow: access('lead_data', 'update'),
    changes: ['alerts'],
  }),
  'admissions.alerts.resolve': command({
    summary: 'Settle alerts, with a note. They stay settled until their cause goes away and comes back.',
    input: z.strictObject({ ids, note: z.string().trim().max(2_000).optional() }),
    output: moved,
    allow: access('lead_data', 'update'),
    changes: ['alerts'],
  }),
  'admissions.alerts.reopen': command({
    summary: 'Open alerts again, with all of their time; or take one’s own last step back as if it had not been.',
    input: z.strictObject({ ids, undo: z.boolean().default(false) }),
    output: moved,
    allow: access('lead_data', 'update'),
    changes: ['alerts'],
  }),
  'admissions.alerts.age': job({
    summary: 'End snoozes, pass on to managers what waited too long, and tell whoever has to know. Runs by itself every five minutes.',
    input: none,
    output: z.object({ woken: z.number().int(), escalated: z.number().int(), told: z.number().int() }),
    allow: role('ai_analytics', 'lead_data', 'update'),
    changes: ['alerts'],
  }),
};
