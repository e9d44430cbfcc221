import { z } from 'zod';
import { factors } from '#domain/admissions/triage/configuration';
import { command, query, role } from '../define';
import { id, instant, none } from '../shapes';
import { configurationPreview } from './preview';
import { leadsOrIds } from './triage';

const coefficient = z.number().min(-10).max(10);
const coefficients = z.strictObject({
  engagement: coefficient,
  recency: coefficient,
  source: coefficient,
  contactability: coefficient,
  courseFit: coefficient,
});

export const forecastConfiguration = z.strictObject({
  bias: z.number().min(-50).max(50),
  weights: coefficients,
  etaBaseDays: z.number().min(0).max(3_650),
  etaEngagementShorteningMax: z.number().min(0).max(3_650),
  minProbabilityForEta: z.number().min(0).max(1),
});

export const forecastOfLead = z.object({
  leadId: z.string(),
  probability: z.number(),
  etaDays: z.number().nullable(),
  confidence: z.number(),
  drivers: z.array(z.string()),
  risks: z.array(z.string()),
  explanation: z.record(z.enum(factors), z.number()),
  asOf: instant,
});

/** The names that the specification's own example uses for the weights. */
const seedNames = z.object({
  engagementPoints: coefficient.optional(),
  recencyPoints: coefficient.optional(),
  sourcePoints: coefficient.optional(),
  contactabilityPoints: coefficient.optional(),
  courseFitPoints: coefficient.optional(),
});

const changedForecast = forecastConfiguration
  .partial()
  .extend({ weights: coefficients.partial().extend(seedNames.shape).optional() })
  .strict();
export type ChangedForecast = z.output<typeof changedForecast>;

export const forecast = {
  'admissions.forecast.predict': query({
    reads: ['leads', 'triage', 'forecast'],
    summary: 'Chance of converting, days until then, and what helps and hurts, by the rules.',
    input: z.strictObject({ ...leadsOrIds }),
    output: z.object({ leads: z.array(forecastOfLead) }),
    allow: role('ai_forecasting', 'lead_data', 'view'),
  }),
  'admissions.forecast.config.get': query({
    reads: ['forecast'],
    summary: 'The numbers of the forecast, and their defaults.',
    input: none,
    output: z.object({ configuration: forecastConfiguration, defaults: forecastConfiguration, changedAt: instant, configurations: z.array(z.object({ at: instant, by: z.string().nullable(), configuration: forecastConfiguration })) }),
    allow: role('ai_forecasting', 'lead_data', 'view'),
  }),
  'admissions.forecast.config.preview': query({
    reads: ['leads', 'triage', 'forecast'],
    summary: 'What other numbers of the forecast would make of the chances of the leads. Nothing is written.',
    input: changedForecast,
    output: configurationPreview,
    allow: role('ai_analytics', 'lead_data', 'view'),
  }),
  'admissions.forecast.config.update': command({
    summary: 'Change numbers of the forecast. All leads are forecast anew in a job.',
    input: changedForecast,
    output: z.object({ configuration: forecastConfiguration, rescoreJobId: id }),
    allow: role('ai_analytics', 'lead_data', 'update'),
    rate: 'admin',
    changes: ['forecast'],
  }),
};
