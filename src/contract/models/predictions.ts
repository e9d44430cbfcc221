import { z } from 'zod';
import { job, query, role } from '../define';
import { id } from '../shapes';
import { modelType, prediction } from './shapes';

const modelId = z.string().max(100).optional();
const allow = role('ai_lead_scoring', 'lead_data', 'view');

export const predictions = {
  'models.predictions.predict': query({
    reads: ['models', 'leads'],
    summary: 'The chance that a lead converts, by the model that serves or another: a lead of the workspace, or one that is described.',
    input: z.strictObject({
      leadId: id.optional(),
      /** Values by column, as people or filters name it. What is not said is missing. */
      leadData: z.record(z.string().max(300), z.union([z.string().max(5_000), z.number(), z.boolean(), z.null()])).optional(),
      modelId,
    }),
    output: prediction.extend({ modelId: z.string(), modelType, unknownColumns: z.array(z.string()) }),
    allow,
  }),
  'models.predictions.predictBatch': job({
    summary: 'Let a model say its chance for many leads, or for all that the caller sees; what the serving model says is kept beside them.',
    input: z.strictObject({ leadIds: z.array(id).min(1).max(500).optional(), modelId }),
    output: z.object({
      modelId: z.string(),
      scored: z.number().int(),
      /** Of the leads that were named. */
      items: z.array(prediction),
    }),
    allow,
    changes: [],
  }),
};
