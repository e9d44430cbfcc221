import { z } from 'zod';
import { bases } from '#domain/admissions/duplicates/judge';
import { access, command, job, query } from '../define';
import { id, instant, listOf, none, page } from '../shapes';
import { leadDetail, leadRow } from './leads';

/** What became of a pair: nobody has looked, the two are one record now, or they are not the same person. */
export const pairStates = ['open', 'merged', 'dismissed'] as const;

/** Fields of which a merge may take either value. First enquiry and first source are not among them: they are kept. */
export const choosableFields = ['givenName', 'familyName', 'email', 'phone', 'stage', 'owner', 'course', 'campus', 'country', 'city'] as const;
export type ChoosableField = (typeof choosableFields)[number];

const side = leadRow.extend({
  touchpoints: z.number().int(),
  tasks: z.number().int(),
  origin: z.string().nullable(),
});

const value = z.union([z.string(), z.number(), z.boolean()]).nullable();

export const duplicatePair = z.object({
  id,
  basis: z.enum(bases),
  /** How much speaks for one person, 0 to 100; it orders the list and is no probability. */
  score: z.number().int(),
  /** In words. */
  reasons: z.array(z.string()),
  state: z.enum(pairStates),
  foundAt: instant,
  decidedAt: instant.nullable(),
  /** The merge that holds, and which of the two it kept. */
  merge: z.object({ id, survivorId: id, at: instant }).nullable(),
  first: side,
  second: side,
  /** Where the two differ. */
  fields: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      type: z.enum(['text', 'number', 'boolean', 'date', 'consent']),
      first: value,
      second: value,
      /** What a merge does by itself: keeps the survivor's value, or one by a rule that `choosable` says whether one may overrule. */
      kept: z.enum(['survivor', 'first', 'second', 'both']),
      choosable: z.boolean(),
    }),
  ),
});
export type DuplicatePair = z.output<typeof duplicatePair>;

export const duplicates = {
  'admissions.duplicates.find': job({
    summary: 'Look through all leads for pairs that seem to be one person. Pairs that somebody has judged stay as they were judged.',
    input: none,
    output: z.object({
      compared: z.number().int(),
      /** Pairs that were not known. */
      found: z.number().int(),
      /** Open pairs after it. */
      open: z.number().int(),
      /** Whether there were more than one search keeps; then the best were kept. */
      capped: z.boolean(),
      milliseconds: z.number(),
    }),
    allow: access('lead_data', 'update'),
    changes: ['duplicates', 'leads'],
  }),
  'admissions.duplicates.list': query({
    reads: ['duplicates', 'leads', 'touchpoints', 'tasks', 'attributes'],
    summary: 'Pairs of leads that seem to be one person, side by side, with what differs.',
    input: z.strictObject({ state: z.enum(pairStates).default('open'), id: id.optional(), ...page }),
    output: listOf(duplicatePair),
    allow: access('lead_data', 'view'),
  }),
  'admissions.duplicates.merge': command({
    summary: 'Make two leads one. The survivor keeps the first enquiry, everything that happened with either, and the stricter consent.',
    input: z.strictObject({
      survivorId: id,
      mergedId: id,
      /** Whose value is taken, by field; attributes as `attribute.<name>`. The rest is the survivor's, or the other's where it has none. */
      fields: z.record(z.string().max(200), z.enum(['survivor', 'merged'])).default({}),
      /** The revisions that the choice was made on; a later one is a conflict. */
      survivorRevision: z.number().int().optional(),
      mergedRevision: z.number().int().optional(),
    }),
    output: z.object({ mergeId: id, lead: leadDetail }),
    allow: access('lead_data', 'update'),
    changes: ['duplicates', 'leads', 'touchpoints', 'tasks'],
  }),
  'admissions.duplicates.unmerge': command({
    summary: 'Make one lead two again. What was changed since stays on the survivor; the answer names what could not be put back.',
    input: z.strictObject({ mergeId: id }),
    output: z.object({ survivor: leadRow, merged: leadRow, kept: z.array(z.string()) }),
    allow: access('lead_data', 'update'),
    changes: ['duplicates', 'leads', 'touchpoints', 'tasks'],
  }),
  'admissions.duplicates.dismiss': command({
    summary: 'Say that the two of a pair are not the same person, or with dismissed false take that back.',
    input: z.strictObject({ id, dismissed: z.boolean().default(true) }),
    output: z.object({ id, state: z.enum(pairStates) }),
    allow: access('lead_data', 'update'),
    changes: ['duplicates', 'leads'],
  }),
};
