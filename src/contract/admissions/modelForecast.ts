import { z } from 'zod';
import { query, role } from '../define';
import { modelType } from '../models/shapes';
import { instant } from '../shapes';
import { describedLead } from './triage';

const share = z.number().min(0).max(1);

/** How leads of the same kind do. */
const cohort = z.object({
  /** What they share: the source, or nothing where it is unknown. */
  source: z.string().nullable(),
  /** Those whose outcome is known. */
  cohortSize: z.number().int(),
  /** Shrunk to the rate of all, so that one lead that was won is no rate of 100 %. */
  similarLeadsConversionRate: share,
  overallConversionRate: share,
  performanceTier: z.enum(['high', 'medium', 'low']),
});

export const modelForecast = {
  'admissions.forecast.model': query({
    reads: ['leads', 'models', 'triage', 'forecast', 'calendar'],
    summary: 'The chance of converting by the model that serves, with its range, time, cohort, importance and season; or why no model serves.',
    input: z.strictObject({
      /** A lead of the workspace; beside leadFeatures, what the caller calls the lead that is described. */
      leadId: z.string().min(1).max(200).optional(),
      leadFeatures: describedLead.partial({ id: true }).optional(),
      includeConfidenceIntervals: z.boolean().default(true),
      includeCohortAnalysis: z.boolean().default(true),
      forecastHorizonDays: z.number().int().min(1).max(3_650).default(90),
      modelId: z.string().max(100).optional(),
    }),
    output: z.object({
      leadId: z.string().nullable(),
      /** `no_model`: nothing below is known but what the leads themselves tell. */
      state: z.enum(['model', 'no_model']),
      /** Why there is no model and what is missing, or that another serves than should. */
      notice: z.string().nullable(),
      modelId: z.string().nullable(),
      modelType: modelType.nullable(),
      version: z.number().int().nullable(),
      conversionProbability: share.nullable(),
      /** Where the rate of fifty such leads lies, eight times out of ten; the standard error is that of such a rate. */
      confidenceInterval: z.object({ lower: share, upper: share, standardError: z.number() }).nullable(),
      etaDays: z.number().int().nullable(),
      /** From the workspace's own conversions, or by the rules of the forecast where there are too few. */
      etaBasis: z.enum(['history', 'rules']).nullable(),
      /** The chance of converting within the days asked for; null where too few conversions have a date. */
      horizon: z.object({ days: z.number().int(), probability: share.nullable() }),
      cohortPerformance: cohort.nullable(),
      /** What the model leans on, by field, as shares of all. */
      featureImportance: z.record(z.string(), share),
      /** What moves this lead most, the strongest first: positive lifts. */
      drivers: z.array(z.object({ field: z.string(), column: z.string(), value: z.union([z.string(), z.number(), z.boolean(), z.null()]), contribution: z.number() })),
      /** How much of what the model leans on is known of this lead, times how well it puts leads in order. */
      modelConfidence: share.nullable(),
      seasonalFactors: z.object({ currentMonthFactor: z.number(), nextPeakMonth: z.number().int().min(1).max(12), nextPeakFactor: z.number(), factors: z.array(z.number()), seasonalAdjustment: z.number() }).nullable(),
      generatedAt: instant,
    }),
    allow: role('ai_forecasting', 'lead_data', 'view'),
  }),
};
