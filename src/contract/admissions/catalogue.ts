import { z } from 'zod';
import { columnTypes, knownWhens } from '#domain/admissions/imports/fields';
import { access, command, query, role } from '../define';
import { id, none } from '../shapes';

const name = z.string().trim().min(1).max(500);

export const course = z.object({
  id,
  name: z.string(),
  leads: z.number().int(),
  /** Places in all, or null where nobody has said. */
  places: z.number().int().nullable(),
  taken: z.number().int(),
});

export const sources = {
  'admissions.sources.list': query({
    reads: ['sources', 'leads', 'triage'],
    summary: 'Sources with their leads and how many of them converted.',
    input: none,
    output: z.object({
      items: z.array(
        z.object({
          id,
          name: z.string(),
          leads: z.number().int(),
          known: z.number().int(),
          converted: z.number().int(),
          /** Shrunk towards the workspace's rate. */
          rate: z.number(),
        }),
      ),
      workspaceRate: z.number(),
    }),
    allow: access('lead_data', 'view'),
  }),
};

export const courses = {
  'admissions.courses.list': query({
    reads: ['courses', 'leads'],
    summary: 'Courses with their places and how many are taken.',
    input: none,
    output: z.object({ items: z.array(course) }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.courses.create': command({
    summary: 'Add a course.',
    input: z.strictObject({ name, places: z.number().int().min(0).max(1_000_000).nullable().optional() }),
    output: course,
    allow: role('ai_analytics', 'lead_data', 'update'),
    changes: ['courses'],
  }),
  'admissions.courses.update': command({
    summary: 'Rename a course or say how many places it has. Its leads are rescored in a job.',
    input: z.strictObject({ id, name: name.optional(), places: z.number().int().min(0).max(1_000_000).nullable().optional() }),
    output: course,
    allow: role('ai_analytics', 'lead_data', 'update'),
    changes: ['courses', 'leads'],
  }),
};

export const attributes = {
  'admissions.attributes.list': query({
    reads: ['attributes', 'imports'],
    summary: 'The attributes that imports have brought.',
    input: none,
    output: z.object({
      items: z.array(
        z.object({
          id,
          name: z.string(),
          label: z.string(),
          type: z.enum(columnTypes),
          knownWhen: z.enum(knownWhens),
          confirmed: z.boolean(),
        }),
      ),
    }),
    allow: access('lead_data', 'view'),
  }),
  'admissions.attributes.update': command({
    summary: 'Name an attribute, or confirm when its value comes to be known.',
    input: z.strictObject({ id, label: name.optional(), knownWhen: z.enum(knownWhens).optional() }),
    output: z.object({ id }),
    allow: role('ai_analytics', 'lead_data', 'update'),
    changes: ['attributes'],
  }),
};
