import { z } from 'zod';
import { scoreCauses } from '#domain/admissions/triage/causes';
import { bands, factors } from '#domain/admissions/triage/configuration';
import { day, id, instant } from '../shapes';

/** A moment, or a day: then its end. */
const moment = z.union([instant, day]);

export const historyInput = z.strictObject({
  id,
  /** Compares what held at one moment with what held at another. */
  from: moment.optional(),
  to: moment.optional(),
  /** Compares two versions by their number. */
  fromVersion: z.number().int().min(1).optional(),
  toVersion: z.number().int().min(1).optional(),
  /** Versions that are listed, the newest first. */
  limit: z.number().int().min(1).max(500).default(100),
});

export const scoreVersion = z.object({
  /** Counts from 1, the first score of the lead. */
  number: z.number().int(),
  at: instant,
  score: z.number(),
  band: z.enum(bands),
  probability: z.number(),
  /** Against the version before; null for the first. */
  change: z.number().nullable(),
  /** What moved it, the weightiest first, in words. */
  why: z.array(z.string()),
});
export type ScoreVersionView = z.output<typeof scoreVersion>;

/** `share` is of the 100 points of a score; `points` and `maximum` are those of the weights. */
const factorSide = z.object({ share: z.number(), points: z.number(), maximum: z.number(), known: z.boolean(), reason: z.string() });

export const factorDifference = z.object({
  factor: z.enum(factors),
  before: factorSide,
  after: factorSide,
  /** Points of the score; those of all factors add up to its change. */
  change: z.number(),
});
export type FactorDifferenceView = z.output<typeof factorDifference>;

export const scoreHistory = z.object({
  versions: z.array(scoreVersion),
  total: z.number().int(),
  /** Two versions against each other; null where there is only one. */
  comparison: z
    .object({
      before: scoreVersion,
      after: scoreVersion,
      change: z.number(),
      factors: z.array(factorDifference),
      /** Why, with the points that each cause moved; they add up to the change. */
      causes: z.array(z.object({ cause: z.enum([...scoreCauses, 'forecast']), points: z.number(), text: z.string() })),
    })
    .nullable(),
});
export type ScoreHistory = z.output<typeof scoreHistory>;
