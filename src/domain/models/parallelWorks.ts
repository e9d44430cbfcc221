import type { ParallelWork } from './parallel';
import { forestTreeWork } from './trees/forestTrees';
import { growthWork } from './trees/growthPieces';
import { leafSumWork } from './trees/leafSums';

/** Every piece of work that may be shared among threads, by name: functions do not cross threads, names do. */
export const parallelWorks: ReadonlyMap<string, ParallelWork<never, unknown>> = new Map(
  [growthWork, forestTreeWork, leafSumWork].map((work) => [work.name, work as ParallelWork<never, unknown>]),
);
