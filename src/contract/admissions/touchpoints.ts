import { z } from 'zod';
import { factors } from '#domain/admissions/triage/configuration';
import { touchpointKinds, touchpointOutcomes } from '#domain/admissions/leads/touchpoints';
import { access, command } from '../define';
import { id, instant } from '../shapes';
import { leadRow } from './leads';

/** How a score moved with a change, and why. */
export const scoreChange = z.object({
  before: z.number().nullable(),
  after: z.number(),
  reasons: z.array(
    z.object({
      factor: z.enum(factors),
      pointsBefore: z.number().nullable(),
      pointsAfter: z.number(),
      reason: z.string(),
    }),
  ),
});

export const touchpoints = {
  'admissions.touchpoints.create': command({
    summary: 'Log a contact with a lead. Answers how the score moved and why.',
    input: z.strictObject({
      leadId: id,
      kind: z.enum(touchpointKinds),
      direction: z.enum(['inbound', 'outbound']).default('outbound'),
      outcome: z.enum(touchpointOutcomes).optional(),
      note: z.string().trim().max(10_000).optional(),
      at: instant.optional(),
    }),
    output: z.object({ touchpointId: id, lead: leadRow, score: scoreChange }),
    allow: access('lead_data', 'update'),
    changes: ['leads', 'touchpoints', 'alerts'],
  }),
  'admissions.touchpoints.remove': command({
    summary: 'Take back a contact that was logged: the undo of create.',
    input: z.strictObject({ id }),
    output: z.object({ leadId: id, score: scoreChange }),
    allow: access('lead_data', 'update'),
    changes: ['leads', 'touchpoints', 'alerts'],
  }),
};
