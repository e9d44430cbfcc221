import { z } from 'zod';
import { command, job, query, role } from '../define';
import { id, instant, none } from '../shapes';
import { brokenModel, modelType, prediction } from './shapes';

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
    input: z.strictObject({
      leadIds: z.array(id).min(1).max(500).optional(),
      modelId,
      /** Only leads of which the serving model has said nothing yet, or that have changed since. */
      onlyChanged: z.boolean().default(false),
    }),
    output: z.object({
      modelId: z.string(),
      scored: z.number().int(),
      /** Of the leads that were named. */
      items: z.array(prediction),
    }),
    allow,
    changes: [],
  }),
  'models.predictions.status': query({
    reads: ['models', 'predictions', 'leads'],
    summary: 'Which model says the chances in lists, and of how many leads it has said one.',
    input: none,
    output: z.object({
      state: z.enum(['no_model', 'serving', 'fallback']),
      model: z.object({ modelId: z.string(), modelType, version: z.number().int(), trainedAt: instant }).nullable(),
      /** The model that should serve and cannot. */
      broken: brokenModel.nullable(),
      leads: z.number().int(),
      /** Leads of which the model has said a chance, changed ones among them. */
      predicted: z.number().int(),
      /** Leads that have changed since. */
      changed: z.number().int(),
      /** The job that works out what is missing, while one does. */
      jobId: z.string().nullable(),
    }),
    allow,
  }),
  'models.predictions.refresh': command({
    summary: 'Let the serving model say its chance for every lead that lacks one or has changed, in a job of its own; with all, for every lead.',
    input: z.strictObject({ all: z.boolean().default(false) }),
    output: z.object({ jobId: z.string() }),
    allow,
    changes: [],
  }),
};
