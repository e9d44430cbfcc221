import { z } from 'zod';
import { blockerTypes } from '#domain/admissions/triage/blockers';
import { bands } from '#domain/admissions/triage/configuration';
import { previewMeasures } from '#domain/admissions/triage/preview';
import { id } from '../shapes';

const beforeAfter = z.object({ before: z.number(), after: z.number() });
const lead = z.object({ id, name: z.string() });
const mover = beforeAfter.extend({ lead });
const place = z.object({ lead, place: z.number().int(), placeBefore: z.number().int(), score: z.number().nullable(), newScore: z.number() });

/** What other rules would make of the leads that the caller sees. Nothing is written by asking. */
export const configurationPreview = z.object({
  measure: z.enum(previewMeasures),
  leads: z.number().int(),
  rise: z.number().int(),
  fall: z.number().int(),
  /** Those that move most, before and after by the measure. */
  risers: z.array(mover),
  fallers: z.array(mover),
  bands: z.array(beforeAfter.extend({ band: z.enum(bands) })),
  bandChanges: z.number().int(),
  /** Leads that each kind of blocker holds back. */
  blockers: z.array(beforeAfter.extend({ type: z.enum(blockerTypes) })),
  /** The top of the queue as it would be, and whoever would leave it. */
  queue: z.array(place),
  leaving: z.array(place),
  /** How many of them would enrol: the sum of their chances. */
  expected: beforeAfter,
  /** For how many a number of days is told. */
  dated: beforeAfter,
});
export type ConfigurationPreview = z.output<typeof configurationPreview>;
