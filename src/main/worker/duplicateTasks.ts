import type { Identity } from '#domain/admissions/duplicates/judge';
import { type FoundPairs, searchPairs } from '#domain/admissions/duplicates/search';
import type { TaskContext } from './tasks';

export interface SearchPayload {
  readonly identities: readonly Identity[];
}

/** Looks for pairs, and hands over how far it is, 0 to 1. */
export async function searchTask({ identities }: SearchPayload, { give }: TaskContext<number>): Promise<FoundPairs> {
  const search = searchPairs(identities);
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
    await give(step.value);
  }
}
