import { z } from 'zod';
import { filter } from '../filter';
import { id } from '../shapes';

/** The most leads that are named one by one; more are named by what they have in common. */
export const mostNamed = 10_000;

/**
 * Which leads something is done with: those that match, save the exceptions, and those that are named. Neither is refused, so that a
 * slip of the pen does not change every lead.
 */
export const leadChoice = z
  .strictObject({
    matching: z
      .strictObject({
        filter: filter.optional(),
        search: z.string().trim().max(200).optional(),
        except: z.array(id).max(mostNamed).optional(),
      })
      .optional(),
    ids: z.array(id).max(mostNamed).optional(),
  })
  .refine(({ matching, ids = [] }) => matching !== undefined || ids.length > 0, { error: 'Name leads: "ids", or "matching" with a filter; "matching": {} is every lead.' });
export type LeadChoice = z.output<typeof leadChoice>;
