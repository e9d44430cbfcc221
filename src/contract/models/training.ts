import { z } from 'zod';
import { job, query, role } from '../define';
import { none } from '../shapes';
import { leakageFinding, metrics, modelType, target } from './shapes';

export const training = {
  'models.training.run': job({
    summary: 'Train a model on the outcomes of this workspace, judge it on rows that it has not seen, and keep it.',
    input: z.strictObject({
      modelType: modelType.optional(),
      target: target.default('lead.conversion'),
      /** Columns to learn from although the guard suspects them, as people know them or as filters name them. */
      keepColumns: z.array(z.string().max(300)).max(500).default([]),
      folds: z.number().int().min(2).max(10).optional(),
      /** Columns to learn from at most: those that tell most by themselves. */
      selectColumns: z.number().int().min(1).max(1_000).nullable().default(null),
      /** Looks for better options among so many, at the cost of time. */
      search: z.strictObject({ method: z.enum(['random', 'successive_halving']).default('successive_halving'), candidates: z.number().int().min(2).max(60).default(12) }).nullable().default(null),
      /** Leads to learn from at most, the newest first. */
      rowLimit: z.number().int().min(1).optional(),
      seed: z.number().int().min(0).max(2 ** 31 - 1).default(1),
      /** The same as the specification of the first system spells it. */
      config: z.object({ modelType: modelType.optional(), featureSelection: z.boolean().optional(), crossValidationFolds: z.number().int().min(2).max(10).optional() }).optional(),
      featureConfig: z.record(z.string(), z.unknown()).optional(),
      trainingDataLimit: z.number().int().min(1).optional(),
      saveModel: z.boolean().default(true),
    }),
    output: z.object({
      /** Null where it was not to be kept. */
      modelId: z.string().nullable(),
      modelType,
      metrics,
      leakage: z.array(leakageFinding),
      gate: z.object({ passes: z.boolean(), modelLogLoss: z.number(), baseRateLogLoss: z.number(), rulesLogLoss: z.number().nullable() }),
      card: z.array(z.string()),
    }),
    allow: role('ai_model_training', 'ai_models', 'create'),
    changes: [],
  }),
  'models.training.options': query({
    reads: ['leads', 'attributes', 'settings'],
    summary: 'What there is to train on: outcomes that are known, how many are needed, and the columns.',
    input: none,
    output: z.object({
      converted: z.number().int(),
      notConverted: z.number().int(),
      /** Leads whose outcome is not known yet. */
      open: z.number().int(),
      /** Needed of each outcome. */
      needed: z.number().int(),
      columns: z.array(z.object({ field: z.string(), column: z.string(), knownAfterContact: z.boolean() })),
    }),
    allow: role(undefined, 'ai_models', 'view'),
  }),
};
