import type { Identity } from '#domain/admissions/duplicates/judge';
import type { IdentityPiece } from '#domain/admissions/duplicates/identityPieces';
import { searchLikeNames } from '#domain/admissions/duplicates/likeNames';
import { type FoundPairs, searchPairs } from '#domain/admissions/duplicates/search';
import type { TaskContext } from './tasks';

export interface SearchPayload {
  readonly identities: readonly Identity[];
}

async function toItsEnd(search: Generator<number, FoundPairs>, { give }: TaskContext<number>): Promise<FoundPairs> {
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
    await give(step.value);
  }
}

/** Looks for pairs, and hands over how far it is, 0 to 1. */
export function searchTask({ identities }: SearchPayload, context: TaskContext<number>): Promise<FoundPairs> {
  return toItsEnd(searchPairs(identities), context);
}

export interface LikeNamesPayload {
  readonly pieces: readonly IdentityPiece[];
}

/** Looks for pairs by like names among those that have just come in and all others, and hands over how far it is, 0 to 1. */
export function likeNamesTask({ pieces }: LikeNamesPayload, context: TaskContext<number>): Promise<FoundPairs> {
  return toItsEnd(searchLikeNames(pieces), context);
}
