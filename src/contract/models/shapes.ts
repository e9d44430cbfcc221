import { z } from 'zod';
import { missingWays } from '#domain/models/features';
import { leakageReasons } from '#domain/models/leakage';
import { modelTypes } from '#domain/models/model';
import { studentTargets } from '#domain/models/students/table';
import { instant } from '../shapes';

/** What a model foretells. */
export const targets = ['lead.conversion', ...studentTargets] as const;
export const target = z.enum(targets);
export const modelType = z.enum(modelTypes);

const share = z.number().min(0).max(1);

/** Figures on rows that the judged models had not seen; null where they mean nothing. */
export const metrics = z.object({
  rocAuc: share.nullable(),
  prAuc: share.nullable(),
  accuracy: share,
  precision: share.nullable(),
  recall: share.nullable(),
  f1: share.nullable(),
  logLoss: z.number(),
  brier: z.number(),
  calibrationError: share,
});

/** A column that seems to know the outcome. */
export const leakageFinding = z.object({
  /** As people know it. */
  column: z.string(),
  /** As filters name it. */
  field: z.string(),
  auc: share,
  missingnessAuc: share,
  reason: z.enum(leakageReasons),
  excluded: z.boolean(),
});

export const modelReport = z.object({
  metrics,
  rows: z.number().int(),
  positives: z.number().int(),
  /** How rows were kept aside: by time where enquiries have dates, else at random with equal shares of outcomes. */
  validation: z.enum(['time', 'stratified']),
  folds: z.number().int(),
  /** Columns that it learned from, by field, with the name that people know. */
  columns: z.array(z.object({ field: z.string(), column: z.string() })),
  /** What was asked to be made of the columns, and which columns came of it; null where the model is older than the choice. */
  features: z
    .object({
      transforms: z.boolean(),
      percentiles: z.boolean(),
      interactions: z.boolean(),
      polynomial: z.boolean(),
      rates: z.array(z.string()),
      missing: z.enum(missingWays),
      most: z.number().int().nullable(),
      made: z.array(z.string()),
    })
    .nullable(),
  leakage: z.array(leakageFinding),
  gate: z.object({ passes: z.boolean(), modelLogLoss: z.number(), baseRateLogLoss: z.number(), rulesLogLoss: z.number().nullable() }),
  calibration: z.object({ kind: z.enum(['none', 'platt', 'isotonic']), curve: z.array(z.object({ rows: z.number().int(), meanProbability: share, observedRate: share })) }),
  confusion: z.object({ threshold: share, truePositives: z.number().int(), falsePositives: z.number().int(), trueNegatives: z.number().int(), falseNegatives: z.number().int() }),
  roc: z.array(z.object({ threshold: z.number(), falsePositiveRate: share, truePositiveRate: share })),
  precisionRecall: z.array(z.object({ recall: share, precision: share })),
  learningCurve: z.object({ training: z.array(z.number()), validation: z.array(z.number()) }).nullable(),
  importance: z.array(z.object({ field: z.string(), column: z.string(), logLossRise: z.number(), deviation: z.number(), aucFall: z.number().nullable() })),
  subgroups: z.object({
    by: z.string(),
    groups: z.array(
      z.object({ group: z.string(), rows: z.number().int(), meanProbability: share, observedRate: share, shrunkRate: share, calibrationGap: z.number(), chanceGap: z.number(), logLoss: z.number(), brier: z.number(), rocAuc: share.nullable() }),
    ),
    suppressed: z.object({ groups: z.number().int(), rows: z.number().int() }),
  }),
  /** Whether its numbers were found: logistic regression says where it stopped short. */
  converged: z.boolean(),
  options: z.record(z.string(), z.unknown()),
  /** The model in words, for somebody who knows no statistics. */
  card: z.array(z.string()),
});
export type ModelReport = z.output<typeof modelReport>;

export const modelEntry = z.object({
  modelId: z.string(),
  target,
  modelType,
  version: z.number().int(),
  active: z.boolean(),
  createdAt: instant,
  createdBy: z.string().nullable(),
  rows: z.number().int(),
  positives: z.number().int(),
  metrics,
  passesGate: z.boolean(),
});

/** A model that should serve and cannot, with the reason. */
export const brokenModel = z.object({ modelId: z.string(), version: z.number().int(), reason: z.enum(['damaged', 'newer']) });

/** A chance with the range in which the rate of fifty such leads lies eight times out of ten. */
export const prediction = z.object({
  leadId: z.string().nullable(),
  probability: share,
  interval: z.object({ lower: share, upper: share, share: share, groupRows: z.number().int() }),
  /** How much of what the model leans on is known of the lead: the shares of its important columns that have a value. */
  confidence: share,
});
