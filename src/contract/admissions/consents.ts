import { z } from 'zod';
import { consentBases, consentChannels, consentPurposes, consentWays } from '#domain/platform/consent';
import { access, command, query, role } from '../define';
import { id, instant } from '../shapes';

export const consentStates = ['given', 'refused', 'expired', 'unknown'] as const;

const consentRecord = z.object({
  id,
  purpose: z.enum(consentPurposes),
  channel: z.enum(consentChannels),
  granted: z.boolean(),
  /** How it came to be known. */
  basis: z.enum(consentBases),
  at: instant,
  expiresAt: instant.nullable(),
  /** Who recorded it; null where a file brought it. */
  by: z.string().nullable(),
});
export type ConsentRecord = z.output<typeof consentRecord>;

const standing = z.object({
  purpose: z.enum(consentPurposes),
  channel: z.enum(consentChannels),
  state: z.enum(consentStates),
  /** What that rests on; null where nobody was asked. */
  record: consentRecord.nullable(),
});
export type ConsentStanding = z.output<typeof standing>;

export const consents = {
  'admissions.consents.list': query({
    reads: ['leads', 'consents'],
    summary: 'What a lead’s person said about being contacted: what holds now for each purpose and channel, and all that was said.',
    input: z.strictObject({ leadId: id }),
    output: z.object({ standing: z.array(standing), history: z.array(consentRecord) }),
    allow: role('pii_consent_view', 'lead_data', 'view'),
  }),
  'admissions.consents.record': command({
    summary: 'Record that a lead’s person said yes or no to being contacted, for a purpose and by a channel.',
    input: z.strictObject({
      leadId: id,
      purpose: z.enum(consentPurposes).default('admissions'),
      channel: z.enum(consentChannels),
      granted: z.boolean(),
      /** How they said it. */
      basis: z.enum(consentWays).default('spoken'),
      /** Until when a yes holds; a no holds until they say otherwise. */
      expiresAt: instant.nullable().default(null),
    }),
    output: z.object({ id, standing: z.array(standing) }),
    allow: access('lead_data', 'update'),
    changes: ['leads', 'consents', 'alerts'],
  }),
  'admissions.consents.remove': command({
    summary: 'Take the newest record of a purpose and channel back: the undo of record.',
    input: z.strictObject({ id }),
    output: z.object({ standing: z.array(standing) }),
    allow: access('lead_data', 'update'),
    changes: ['leads', 'consents', 'alerts'],
  }),
};
