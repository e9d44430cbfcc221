import { z } from 'zod';
import { stages } from '#domain/admissions/leads/stages';
import { access, job, query } from '../define';
import { id, instant, none } from '../shapes';
import { leadChoice } from './leadChoice';
import { longestTag, mostTags } from './tags';

const tagNames = z.array(z.string().trim().min(1).max(longestTag)).max(mostTags);

/** What many leads are given. */
export const wantedChange = z.union([
  z.strictObject({ stage: z.enum(stages) }),
  z.strictObject({ ownerId: id.nullable() }),
  z.strictObject({ addTags: tagNames.default([]), removeTags: tagNames.default([]) }).refine(({ addTags, removeTags }) => addTags.length + removeTags.length > 0, { error: 'Name a tag to add or to remove.' }),
]);
export type WantedChange = z.output<typeof wantedChange>;

export const bulkFields = ['stage', 'owner', 'tags'] as const;
export type BulkField = (typeof bulkFields)[number];

export const bulkChanges = {
  'admissions.bulkChanges.run': job({
    summary: 'Move, assign or tag many leads at once, a few at a time. Cancelled, it puts back what it had changed.',
    input: z.strictObject({ leads: leadChoice, change: wantedChange }),
    output: z.object({
      /** For undo. */
      id,
      chosen: z.number().int(),
      changed: z.number().int(),
    }),
    allow: access('lead_data', 'update'),
    changes: ['leads', 'alerts', 'tags', 'bulkChanges'],
  }),
  'admissions.bulkChanges.undo': job({
    summary: 'Give each lead of a bulk change back what it had, unless somebody has changed it since; answers which were left.',
    input: z.strictObject({ id }),
    output: z.object({
      restored: z.number().int(),
      left: z.number().int(),
      /** The first of those that were left, where the caller sees them. */
      leftLeads: z.array(z.object({ id, name: z.string() })),
    }),
    allow: access('lead_data', 'update'),
    changes: ['leads', 'alerts', 'tags', 'bulkChanges'],
  }),
  'admissions.bulkChanges.list': query({
    reads: ['bulkChanges'],
    summary: 'One’s own bulk changes, newest first, as far as they can be taken back.',
    input: none,
    output: z.object({
      items: z.array(
        z.object({
          id,
          field: z.enum(bulkFields),
          /** A stage, the id of an owner, or names of tags. */
          wanted: z.string(),
          leads: z.number().int(),
          at: instant,
          undone: z.boolean(),
        }),
      ),
    }),
    allow: access('lead_data', 'update'),
  }),
};
