import { z } from 'zod';
import { query, role } from '../define';
import { id } from '../shapes';
import { modelReport } from './shapes';

const modelId = z.string().max(100).optional();
const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

export const analysis = {
  'models.analysis.importance': query({
    reads: ['models'],
    summary: 'What a model loses when it no longer knows a column, on rows that it had not seen.',
    input: z.strictObject({ modelId }),
    output: z.object({ modelId: z.string(), items: modelReport.shape.importance }),
    allow: role(undefined, 'ai_models', 'view'),
  }),
  'models.analysis.shap': query({
    reads: ['models', 'leads'],
    summary: 'Why a lead has its chance: what each of its columns adds or takes away, exactly.',
    input: z.strictObject({ leadId: id, modelId }),
    output: z.object({
      modelId: z.string(),
      leadId: z.string(),
      probability: z.number(),
      /** Before calibration; base and contributions add up to it. */
      rawProbability: z.number(),
      scale: z.enum(['logOdds', 'probability']),
      base: z.number(),
      contributions: z.array(
        z.object({
          field: z.string(),
          column: z.string(),
          value,
          contribution: z.number(),
          /** How much lower the probability before calibration would be without it. */
          effect: z.number(),
        }),
      ),
    }),
    allow: role('ai_lead_scoring', 'lead_data', 'view'),
  }),
  'models.analysis.partialDependence': query({
    reads: ['models', 'leads'],
    summary: 'How the mean chance of leads moves with one column, all else as it is.',
    input: z.strictObject({ column: z.string().max(300), modelId, points: z.number().int().min(2).max(50).default(12) }),
    output: z.object({ modelId: z.string(), field: z.string(), column: z.string(), kind: z.enum(['number', 'category', 'boolean']), leads: z.number().int(), points: z.array(z.object({ value, meanProbability: z.number(), rows: z.number().int() })) }),
    allow: role('ai_lead_scoring', 'lead_data', 'view'),
  }),
};
