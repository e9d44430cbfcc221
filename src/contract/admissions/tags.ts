import { z } from 'zod';
import { access, command, query } from '../define';
import { id, none } from '../shapes';

/** The most characters that a tag may have. */
export const longestTag = 60;
/** The most tags that one call puts on leads. */
export const mostTags = 20;

const name = z.string().trim().min(1).max(longestTag);

/** A tag as leads carry it. */
export const namedTag = z.object({ id, name: z.string() });
export type NamedTag = z.output<typeof namedTag>;

export const tag = namedTag.extend({
  /** Leads that the caller sees and that carry it. */
  leads: z.number().int(),
  /** Whether the caller may rename, merge or remove it: nobody does where leads of other teams carry it too. */
  changeable: z.boolean(),
});
export type Tag = z.output<typeof tag>;

const tagging = z.strictObject({ ids: z.array(id).min(1).max(1_000), tags: z.array(name).min(1).max(mostTags) });
const tagged = z.object({
  /** Leads on which something changed. */
  changed: z.number().int(),
  /** What each of them carried before, for undo. */
  previous: z.array(z.object({ id, tags: z.array(z.string()) })),
});

export const tags = {
  'admissions.tags.list': query({
    reads: ['tags', 'leads'],
    summary: 'Tags that leads within reach carry, with how many do.',
    input: none,
    output: z.object({ items: z.array(tag) }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.tags.add': command({
    summary: 'Put tags on leads; a tag of a new name is made.',
    input: tagging,
    output: tagged,
    allow: access('lead_data', 'update'),
    changes: ['leads', 'tags'],
  }),
  'admissions.tags.remove': command({
    summary: 'Take tags off leads.',
    input: tagging,
    output: tagged,
    allow: access('lead_data', 'update'),
    changes: ['leads', 'tags'],
  }),
  'admissions.tags.rename': command({
    summary: 'Give a tag another name, on every lead that carries it.',
    input: z.strictObject({ id, name }),
    output: tag,
    allow: access('lead_data', 'update'),
    changes: ['leads', 'tags'],
  }),
  'admissions.tags.merge': command({
    summary: 'Let one tag stand for another, or with null take that back.',
    input: z.strictObject({ id, into: id.nullable() }),
    output: z.object({ id, into: namedTag.nullable() }),
    allow: access('lead_data', 'update'),
    changes: ['leads', 'tags'],
  }),
  'admissions.tags.delete': command({
    summary: 'Take a tag away from every lead, or put it back with deleted: false.',
    input: z.strictObject({ id, deleted: z.boolean().default(true) }),
    output: z.object({ id, deleted: z.boolean() }),
    allow: access('lead_data', 'update'),
    changes: ['leads', 'tags'],
  }),
};
