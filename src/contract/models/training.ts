import { z } from 'zod';
import { missingWays } from '#domain/models/features';
import { job, query, role } from '../define';
import { leakageFinding, metrics, modelType, target } from './shapes';

/** Which columns are made beside those of the leads. What is left out is as it does best for the type of model. */
export const featureChoice = z.strictObject({
  /** When enquiries came: year, month, weekday, hour. */
  temporal: z.boolean().optional(),
  /** Week of the academic year, peak, clearing, holidays. */
  academicCalendar: z.boolean().optional(),
  /** What was done in the last week and month, and the silence since. */
  recency: z.boolean().optional(),
  /** How good addresses and numbers are, and engagement in all. */
  quality: z.boolean().optional(),
  /** How many leads of a source, a course or a campus convert, from outcomes of before. */
  rates: z.boolean().optional(),
  transforms: z.boolean().optional(),
  percentiles: z.boolean().optional(),
  interactions: z.boolean().optional(),
  polynomial: z.boolean().optional(),
  missing: z.enum(missingWays).optional(),
});
export type FeatureChoice = z.output<typeof featureChoice>;

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
      features: featureChoice.default({}),
      /** Looks for better options among so many, at the cost of time. */
      search: z.strictObject({ method: z.enum(['random', 'successive_halving']).default('successive_halving'), candidates: z.number().int().min(2).max(60).default(12) }).nullable().default(null),
      /** Leads to learn from at most, the newest first. */
      rowLimit: z.number().int().min(1).optional(),
      seed: z.number().int().min(0).max(2 ** 31 - 1).default(1),
      /** The same as the specification of the first system spells it. */
      config: z.object({ modelType: modelType.optional(), featureSelection: z.boolean().optional(), crossValidationFolds: z.number().int().min(2).max(10).optional() }).optional(),
      featureConfig: z
        .object({
          createTemporalFeatures: z.boolean().optional(),
          createAcademicCalendarFeatures: z.boolean().optional(),
          createLagFeatures: z.boolean().optional(),
          createScoreTransformations: z.boolean().optional(),
          createInteractionFeatures: z.boolean().optional(),
          createPolynomialFeatures: z.boolean().optional(),
          handleMissingValues: z.enum(['impute', 'zero', 'drop']).optional(),
        })
        .optional(),
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
    reads: ['leads', 'attributes', 'settings', 'goals', 'practice', 'standing'],
    summary: 'What there is to train on: outcomes that are known, how many are needed, and the columns.',
    input: z.strictObject({ target: target.default('lead.conversion') }),
    output: z.object({
      /** Rows with the outcome, and without it: of leads, those that converted. */
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
