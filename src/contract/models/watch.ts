import { z } from 'zod';
import { query, role } from '../define';
import { instant } from '../shapes';
import { target } from './shapes';

export const watch = {
  'models.registry.watch': query({
    reads: ['models'],
    summary: 'What the daily look at the model that serves found: since when and why it should be trained anew.',
    input: z.strictObject({ target: target.default('lead.conversion'), looks: z.number().int().min(1).max(100).default(30) }),
    output: z.object({
      modelId: z.string().nullable(),
      version: z.number().int().nullable(),
      /** The newest look; null where there is none yet. */
      checkedAt: instant.nullable(),
      retrain: z.array(z.string()),
      /** Since when it is proposed without a break. */
      retrainSince: instant.nullable(),
      /** Looks by time, the newest first: the stability of the column that moved most, and outcomes against what was said. */
      looks: z.array(z.object({ at: instant, largestStability: z.number().nullable(), column: z.string().nullable(), deviations: z.number().nullable() })),
    }),
    allow: role('ai_model_training', 'ai_models', 'view'),
  }),
};
