import { z } from 'zod';
import { bases } from '#domain/admissions/duplicates/judge';
import { verdicts } from '#domain/admissions/engagement/events';
import { columnTypes, knownWhens } from '#domain/admissions/imports/fields';
import { signals } from '#domain/admissions/leads/signals';
import { stages } from '#domain/admissions/leads/stages';
import { blockerTypes } from '#domain/admissions/triage/blockers';
import { bands } from '#domain/admissions/triage/configuration';
import { access, command, job, query } from '../define';
import { filter } from '../filter';
import { consentStates } from './consents';
import { download } from '../platform/audit';
import { fileChoice, id, instant, listOf, none, page, sortDirection } from '../shapes';
import { leadChoice } from './leadChoice';
import { groupsInput, leadGroups } from './leadGroups';
import { leadSorts } from './leadFields';
import { note } from './notes';
import { namedTag } from './tags';

const named = z.object({ id, name: z.string() });

/** A lead as lists show it. */
export const leadRow = z.object({
  id,
  name: z.string(),
  externalId: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  stage: z.enum(stages),
  source: z.string().nullable(),
  course: z.string().nullable(),
  campus: z.string().nullable(),
  country: z.string().nullable(),
  city: z.string().nullable(),
  owner: named.nullable(),
  team: named,
  converted: z.boolean().nullable(),
  score: z.number().nullable(),
  band: z.enum(bands).nullable(),
  confidence: z.number().nullable(),
  probability: z.number().nullable(),
  etaDays: z.number().nullable(),
  blockers: z.array(z.enum(blockerTypes)),
  enquiredAt: instant.nullable(),
  lastActivityAt: instant.nullable(),
  lastActivity: z.string().nullable(),
  /** By name. */
  tags: z.array(namedTag),
  lastContactedAt: instant.nullable(),
  scoredAt: instant.nullable(),
  /** When the next open task is due, or was. */
  nextTaskAt: instant.nullable(),
  createdAt: instant,
  revision: z.number().int(),
});
export type LeadRow = z.output<typeof leadRow>;

export const channelPermission = z.object({
  /** Whether one may use the channel: there is an address and nobody said no. */
  allowed: z.boolean(),
  /** In words, where one may not. */
  reason: z.string().nullable(),
  /** What holds for their application; a yes that has run out is none any more. */
  consent: z.enum(consentStates),
  /** When they said so. */
  saidAt: instant.nullable(),
});

/** Whether each channel may be used. */
export const leadChannels = z.object({ email: channelPermission, phone: channelPermission });

export const attributeValue = z.union([z.string(), z.number(), z.boolean()]);

/** A lead as the list of leads shows it: with how one may contact it, and with the attributes that were asked for. */
export const listedLead = leadRow.extend({
  channels: leadChannels,
  attributes: z.record(z.string(), attributeValue),
  /** What the model that serves says: the chance, the range that four in five groups of fifty such leads keep to, and how much of what it leans on is known. Null where it has said nothing. */
  prediction: z
    .object({
      probability: z.number(),
      lower: z.number(),
      upper: z.number(),
      confidence: z.number(),
      /** False where the lead has changed since. */
      current: z.boolean(),
    })
    .nullable(),
});
export type ListedLead = z.output<typeof listedLead>;

/** A lead as its own page shows it. */
export const leadDetail = leadRow.extend({
  givenName: z.string().nullable(),
  familyName: z.string().nullable(),
  channels: leadChannels,
  signals: z.partialRecord(z.enum(signals), z.number()),
  /** Opens and clicks that the signals leave out: of machines, or unsure. Null where there were none of that kind, by whoever. */
  leftOut: z.object({ opens: z.number().nullable(), clicks: z.number().nullable() }),
  attributes: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.enum(columnTypes),
      value: attributeValue,
      knownWhen: z.enum(knownWhens),
    }),
  ),
  import: z.object({ id, fileName: z.string(), at: instant }).nullable(),
  duplicates: z.array(z.object({ id, name: z.string(), basis: z.enum(bases), pairId: id })),
});
export type LeadDetail = z.output<typeof leadDetail>;

const text = z.string().trim().max(500);
const optional = text.nullable().optional();

/** What a person may say about a lead. Null takes a value away; what is left out stays. */
const leadValues = {
  givenName: z.string().trim().max(200).nullable().optional(),
  familyName: z.string().trim().max(200).nullable().optional(),
  email: z.string().trim().max(320).nullable().optional(),
  phone: z.string().trim().max(60).nullable().optional(),
  source: optional,
  course: optional,
  campus: optional,
  country: optional,
  city: optional,
  stage: z.enum(stages).optional(),
  enquiredAt: instant.nullable().optional(),
  emailConsent: z.boolean().optional(),
  phoneConsent: z.boolean().optional(),
};

export const timelineItem = z.object({
  id: z.string(),
  at: instant,
  kind: z.enum(['touchpoint', 'note', 'engagement', 'imported', 'merged', 'score', 'outcome']),
  title: z.string(),
  detail: z.string().nullable(),
  by: z.string().nullable(),
  touchpointId: id.nullable(),
  /** Of opens and clicks: whether a person or a machine did it, or nobody can tell. */
  verdict: z.enum(verdicts).nullable(),
  note: note.nullable(),
});

export const leadListInput = {
  filter: filter.optional(),
  search: z.string().trim().max(200).optional(),
  sort: z.array(z.strictObject({ field: z.enum(leadSorts), direction: sortDirection })).max(1).optional(),
};

export const leads = {
  'admissions.leads.list': query({
    reads: ['leads', 'triage', 'tasks', 'tags', 'attributes', 'consents', 'predictions', 'models'],
    summary: 'Leads that fit a filter and a search, in an order.',
    input: z.strictObject({
      ...page,
      ...leadListInput,
      /** Names of attributes whose values are wanted with each lead; what there is none of is left out. */
      attributes: z.array(z.string().max(200)).max(50).optional(),
    }),
    output: listOf(listedLead),
    allow: access('lead_data', 'view'),
  }),
  'admissions.leads.get': query({
    reads: ['leads', 'duplicates', 'touchpoints', 'tasks', 'consents', 'triage', 'attributes', 'tags'],
    summary: 'One lead with everything that is known of it.',
    input: z.strictObject({ id }),
    output: leadDetail,
    allow: access('lead_data', 'view'),
  }),
  'admissions.leads.timeline': query({
    reads: ['leads', 'touchpoints', 'notes', 'engagement', 'triage'],
    summary: 'What happened with a lead and what was written down, newest first; with a search, where all of its words stand.',
    input: z.strictObject({ id, search: z.string().trim().max(200).optional(), limit: z.number().int().min(1).max(500).default(100) }),
    output: z.object({ items: z.array(timelineItem) }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.leads.options': query({
    reads: ['leads', 'sources', 'courses', 'campuses', 'attributes', 'users', 'imports', 'tags', 'models'],
    summary: 'The fields of filters with the values that they can have.',
    input: none,
    output: z.object({
      fields: z.array(
        z.object({
          name: z.string(),
          label: z.string(),
          type: z.enum(['text', 'option', 'number', 'boolean', 'instant']),
          values: z.array(z.object({ value: z.string(), label: z.string() })),
        }),
      ),
      owners: z.array(z.object({ id, name: z.string(), teamId: id.nullable() })),
      teams: z.array(named),
    }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.leads.groups': query({
    reads: ['leads', 'triage', 'tags', 'sources', 'courses', 'campuses', 'users', 'settings', 'predictions', 'models'],
    summary: 'Leads that fit, in groups: how many, their mean score, the enrolments to expect and how many converted; and all of them together.',
    input: z.strictObject({ filter: leadListInput.filter, search: leadListInput.search, ...groupsInput }),
    output: leadGroups,
    allow: access('lead_data', 'view'),
  }),
  'admissions.leads.create': command({
    summary: 'Add a lead by hand. It is scored at once.',
    input: z.strictObject({ ...leadValues, externalId: z.string().trim().max(200).optional(), ownerId: id.nullable().optional() }),
    output: leadDetail,
    allow: access('lead_data', 'create'),
    changes: ['leads', 'sources', 'courses', 'campuses', 'alerts'],
  }),
  'admissions.leads.update': command({
    summary: 'Change a lead. It is rescored with the change.',
    input: z.strictObject({
      id,
      /** The revision that the change was made on; a later one is a conflict. */
      revision: z.number().int().optional(),
      ...leadValues,
    }),
    output: leadDetail,
    allow: access('lead_data', 'update'),
    changes: ['leads', 'sources', 'courses', 'campuses', 'alerts'],
  }),
  'admissions.leads.assign': command({
    summary: 'Give leads to somebody, or to nobody. Answers who had them before, for undo.',
    input: z.strictObject({
      assignments: z.array(z.strictObject({ id, ownerId: id.nullable() })).max(1_000).optional(),
      ids: z.array(id).max(1_000).optional(),
      ownerId: id.nullable().optional(),
    }),
    output: z.object({ assigned: z.number().int(), previous: z.array(z.object({ id, ownerId: id.nullable() })) }),
    allow: access('lead_data', 'update'),
    changes: ['leads', 'alerts'],
  }),
  'admissions.leads.snooze': command({
    summary: 'Take a lead out of today’s queue until a moment, or put it back with null.',
    input: z.strictObject({ id, until: instant.nullable() }),
    output: z.object({ id, until: instant.nullable(), previous: instant.nullable() }),
    allow: access('lead_data', 'update'),
    changes: ['leads'],
  }),
  'admissions.leads.contact': command({
    summary: 'Ask for the address of a lead in order to call or e-mail them. Refused with its reason where they said no.',
    input: z.strictObject({ id, channel: z.enum(['email', 'phone']) }),
    output: z.object({ channel: z.enum(['email', 'phone']), address: z.string(), consent: z.enum(consentStates) }),
    allow: access('lead_data', 'view'),
    changes: [],
  }),
  'admissions.leads.export': job({
    summary: 'Write leads to a CSV or Excel file, formula cells neutralised: those of a filter, or those that are chosen.',
    input: z.strictObject({
      ...leadListInput,
      /** In place of filter and search. */
      chosen: leadChoice.optional(),
      /** Left out, it is what the path ends with, or CSV. */
      format: z.enum(['csv', 'xlsx']).optional(),
      /** Columns of the list in their order, attributes as attribute.<name>; left out, all of them. An address brings its consent along. */
      columns: z.array(z.string().max(200)).min(1).max(300).optional(),
      /** Leaves out who said no to one of these channels. */
      leaveOut: z.array(z.enum(['email', 'phone'])).max(2).optional(),
      path: fileChoice.path,
    }),
    output: download.extend({
      /** Leads that were left out because they said no. */
      leftOut: z.number().int(),
    }),
    allow: access('lead_data', 'export'),
    rate: 'export',
    changes: [],
  }),
};
