import { z } from 'zod';
import { command, query, role } from '../define';
import { instant } from '../shapes';
import { brokenModel, modelEntry, modelReport, target } from './shapes';

const ofTarget = z.strictObject({ target: target.default('lead.conversion') });
const ofModel = z.strictObject({ modelId: z.string().max(100) });
const view = role(undefined, 'ai_models', 'view');
const change = role('ai_model_training', 'ai_models', 'update');

export const registry = {
  'models.registry.list': query({
    reads: ['models'],
    summary: 'Models that were trained here, the newest first.',
    input: ofTarget,
    output: z.object({ items: z.array(modelEntry) }),
    allow: view,
  }),
  'models.registry.get': query({
    reads: ['models'],
    summary: 'One model: how it was judged, what it leans on, and its card in words.',
    input: ofModel,
    output: modelEntry.extend({ report: modelReport }),
    allow: view,
  }),
  'models.registry.compare': query({
    reads: ['models'],
    summary: 'Two models side by side: metrics with their difference, and the columns that only one of them uses.',
    input: z.strictObject({ first: z.string().max(100), second: z.string().max(100) }),
    output: z.object({
      first: modelEntry,
      second: modelEntry,
      differences: z.array(z.object({ metric: z.string(), first: z.number().nullable(), second: z.number().nullable(), better: z.enum(['first', 'second', 'neither']) })),
      onlyFirst: z.array(z.string()),
      onlySecond: z.array(z.string()),
    }),
    allow: view,
  }),
  'models.registry.activate': command({
    summary: 'Let a model serve. One that does not beat the rules and the base rate is refused.',
    input: ofModel,
    output: modelEntry,
    allow: change,
    changes: ['models'],
  }),
  'models.registry.rollback': command({
    summary: 'Let the model serve again that served before.',
    input: ofTarget,
    output: modelEntry,
    allow: change,
    changes: ['models'],
  }),
  'models.registry.health': query({
    reads: ['models', 'leads'],
    summary: 'Whether the model that serves still fits: drift of its columns, recent outcomes against what it says, and whether to train anew.',
    input: ofTarget,
    output: z.object({
      state: z.enum(['no_model', 'healthy', 'watch', 'fallback']),
      modelId: z.string().nullable(),
      /** The model that should serve and cannot, with the reason. */
      broken: brokenModel.nullable(),
      checkedAt: instant,
      drift: z.array(z.object({ field: z.string(), column: z.string(), stability: z.number(), moved: z.boolean() })),
      /** Null where too few outcomes are known since. */
      calibration: z.object({ rows: z.number().int(), meanProbability: z.number(), observedRate: z.number(), deviations: z.number() }).nullable(),
      retrain: z.array(z.string()),
    }),
    allow: view,
  }),
};
