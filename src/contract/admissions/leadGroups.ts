import { z } from 'zod';
import { groupings, groupSorts } from '#domain/admissions/leads/groups';
import { filter } from '../filter';
import { sortDirection } from '../shapes';

/** How groups are put in order. */
export const groupOrder = z.strictObject({ field: z.enum(groupSorts), direction: sortDirection });
export type GroupOrder = z.output<typeof groupOrder>;

const count = z.number().int();
const reach = z.object({ allowed: count, refused: count, missing: count });

/** What some leads come to. See the domain for what each figure rests on. */
export const leadTotals = z.object({
  leads: count,
  scored: count,
  meanScore: z.number().nullable(),
  open: count,
  expected: z.number().nullable(),
  known: count,
  converted: count,
  rate: z.number().nullable(),
  email: reach,
  phone: reach,
});
export type LeadTotals = z.output<typeof leadTotals>;

export const leadGroup = leadTotals.extend({
  /** What tells it from the others: a value, or nothing for the leads that have none. A month is YYYY-MM. */
  key: z.string(),
  label: z.string().nullable(),
  /** The condition by which its leads are found. */
  filter,
});
export type LeadGroup = z.output<typeof leadGroup>;

export const groupsInput = {
  /** Left out, only the totals are answered. */
  by: z.enum(groupings).optional(),
  order: groupOrder.optional(),
};

export const leadGroups = z.object({
  groups: z.array(leadGroup),
  /** Groups beyond the most that are answered. */
  more: count,
  total: leadTotals,
});
