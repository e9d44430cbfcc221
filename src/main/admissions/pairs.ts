import { setImmediate as breathe } from 'node:timers/promises';
import type { Identity } from '#domain/admissions/duplicates/judge';
import { judgePair } from '#domain/admissions/duplicates/judge';
import { forgetPair, identitiesOf, leadsSharing, nameNeighbours, notePair, othersOf } from '#main/store/admissions/duplicates';
import type { FoundPair } from '#domain/admissions/duplicates/search';
import type { Store } from '#main/store/open';
import type { Writer } from '#main/store/tx';

/**
 * Notes which leads seem to be the same person as one that was just written, and looks again at its open pairs: one for which nothing
 * speaks any more is forgotten.
 */
export function notePairsOf(writer: Writer, key: number, newId: () => string, now: number): void {
  const [lead] = identitiesOf(writer, [key]);
  if (lead === undefined) return;
  const others = new Set(othersOf(writer, key, 'open').flatMap(({ key: other, basis }) => (basis === 'chosen' ? [] : [other])));
  const before = new Set(others);
  for (const basis of ['email', 'phone'] as const) {
    const value = lead[basis];
    if (value !== null) for (const other of leadsSharing(writer, basis, value)) others.add(other);
  }
  for (const other of nameNeighbours(writer, lead.name)) others.add(other);
  others.delete(key);
  for (const other of identitiesOf(writer, [...others])) {
    const verdict = judgePair(lead, other);
    if (verdict !== null) notePair(writer, key, other.key, verdict, newId, now);
    else if (before.has(other.key)) forgetPair(writer, key, other.key);
  }
}

/** Notes two leads that share an address or a number. */
export function noteSharers(writer: Writer, a: Identity, b: Identity, newId: () => string, now: number): void {
  const verdict = judgePair(a, b);
  if (verdict !== null) notePair(writer, a.key, b.key, verdict, newId, now);
}

/** Pairs that are written at once. */
const pairsPerTurn = 500;

/** Keeps the pairs that a search has found, but for leads that were merged or removed meanwhile. Answers how many are new. */
export async function keepPairs(store: Store, pairs: readonly FoundPair[], newId: () => string, now: number): Promise<number> {
  let found = 0;
  for (let from = 0; from < pairs.length; from += pairsPerTurn) {
    store.transaction((writer) => {
      for (const pair of pairs.slice(from, from + pairsPerTurn)) {
        if (identitiesOf(writer, [pair.firstKey, pair.secondKey]).length === 2 && notePair(writer, pair.firstKey, pair.secondKey, pair, newId, now)) found += 1;
      }
    });
    await breathe();
  }
  return found;
}
