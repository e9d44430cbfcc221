import { z } from 'zod';
import { mergeFields } from '#domain/admissions/outreach/mergeFields';
import { personas } from '#domain/admissions/outreach/personas';
import { access, command } from '../define';
import { offline } from '../platform/language';
import { id } from '../shapes';

export const draftPurposes = ['followUp', 'invite', 'documents', 'offer', 'reconnect'] as const;
export const draftTones = ['friendly', 'formal', 'brief'] as const;

const check = z.object({ kind: z.enum(['missing', 'unknown', 'spelling', 'shouting', 'pressure', 'links', 'longSubject', 'noSubject', 'longBody']), words: z.array(z.string()) });

const draft = z.object({
  label: z.enum(['A', 'B']),
  /** With merge fields, as it can be used for others. */
  template: z.object({ subject: z.string(), body: z.string() }),
  /** For this lead. */
  subject: z.string(),
  body: z.string(),
  checks: z.array(check),
});
export type Draft = z.output<typeof draft>;

export const outreach = {
  'admissions.outreach.draft': command({
    summary: 'Draft an e-mail to a lead, by a model where one may be asked, else from templates. Nothing is sent.',
    input: z.strictObject({
      leadId: id,
      purpose: z.enum(draftPurposes).default('followUp'),
      tone: z.enum(draftTones).default('friendly'),
      /** Whom it speaks to. */
      persona: z.enum(personas).default('general'),
      /** What it should say besides, in one’s own words. */
      instructions: z.string().trim().max(1_000).optional(),
      /** Two variants can be tried against each other. */
      variants: z.number().int().min(1).max(2).default(1),
      /** From templates, though a model could be asked. */
      offline: z.boolean().default(false),
      /** Shows what would leave before it does. */
      preview: z.boolean().default(false),
    }),
    output: z.object({
      drafts: z.array(draft),
      by: z.enum(['model', 'template']),
      /** Why no model wrote it; null where one did, or where none was wanted. */
      offline: offline.nullable(),
      fields: z.array(z.object({ name: z.enum(mergeFields), value: z.string().nullable() })),
      /** Whether they may be written to, and why not. */
      email: z.object({ allowed: z.boolean(), reason: z.string().nullable() }),
    }),
    allow: access('lead_data', 'view'),
    changes: [],
    audited: false,
  }),
};
