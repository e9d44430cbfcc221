import { z } from 'zod';

/** Shapes that many entries share. Instants are UTC milliseconds, days are ISO dates, ids are UUIDs. */
export const id = z.uuid();
export const instant = z.number().int();
export const day = z.iso.date();
export const none = z.strictObject({});
export const done = z.object({ done: z.literal(true) });

/** The most rows one page may carry. */
export const maximumPage = 500;

/** What every list takes besides its own fields. Give `offset` for a jump or `after` (the last page's `nextKey`) for the next page. */
export const page = {
  limit: z.number().int().min(1).max(maximumPage).default(50),
  offset: z.number().int().min(0).optional(),
  after: z.string().max(2_000).optional(),
};

export const sortDirection = z.enum(['ascending', 'descending']);

/** The answer of every list. `totalIsExact` is false where counting stopped early ("10,000+"). */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({
    items: z.array(item),
    total: z.number().int(),
    totalIsExact: z.boolean(),
    nextKey: z.string().nullable(),
  });
}

/** A file that a person chose: a path from the command line, or an id from a dialog, a drop or an upload. */
export const fileChoice = {
  path: z.string().min(1).max(4_096).optional(),
  fileId: z.string().min(1).max(100).optional(),
};

/** What a job answers at once; its result comes with `platform.jobs.get`. */
export const jobStarted = z.object({ jobId: id });
