import { setImmediate as breathe } from 'node:timers/promises';
import { type IdentityPiece, packIdentities } from '#domain/admissions/duplicates/identityPieces';
import { Cancelled, type Checkpoint } from '#domain/kernel/checkpoint';
import type { CallContext } from '#main/app/context';
import { identitiesOf, leadsOfPerson, namedLeadsAfter } from '#main/store/admissions/duplicates';
import { peopleAfter, setLikeNames, updatedKeysOf } from '#main/store/admissions/imports';
import type { Bulk, Store } from '#main/store/open';
import type { Pool } from '#main/worker/pool';
import { keepPairs, noteSharers } from './pairs';

/** People that are looked at before others get a turn. */
const peoplePerTurn = 5_000;
/** Of those who share a value, a new lead is paired with at most so many. */
const pairsPerLead = 5;

interface Sharing {
  readonly value: string;
  readonly people: readonly number[];
}

/** Values that several people share, in one walk along the index: looking each row up by itself costs ten times as much. */
async function* shared(store: Store, basis: 'email' | 'phone'): AsyncGenerator<Sharing> {
  let value = '';
  let people: number[] = [];
  for (;;) {
    const piece = peopleAfter(store, basis, value, peoplePerTurn);
    if (piece.length === 0) break;
    for (const { value: next, personKey } of piece) {
      if (next === value) {
        people.push(personKey);
        continue;
      }
      if (people.length > 1) yield { value, people };
      value = next;
      people = [personKey];
    }
    if (piece.length < peoplePerTurn) break;
    // The last value may go on beyond the piece: it is read again from its beginning.
    const last = piece[0]?.value === value ? value : (piece.findLast((each) => each.value !== value)?.value ?? value);
    if (last !== value) {
      value = last;
      people = [];
    }
    await breathe();
  }
  if (people.length > 1) yield { value, people };
}

/**
 * Notes which new leads share an e-mail address or a telephone number with a lead that was there before them, in the store or further
 * up in the file. Answers how many there are.
 *
 * @param lastKnownPerson the newest person before the import began
 */
export async function findDuplicates(store: Store, bulk: Bulk, lastKnownPerson: number, newId: () => string, now: number): Promise<number> {
  const duplicates = new Set<number>();
  for (const basis of ['email', 'phone'] as const) {
    for await (const { people } of shared(store, basis)) {
      if ((people.at(-1) ?? 0) <= lastKnownPerson) continue;
      const leads = people.flatMap((personKey) => leadsOfPerson(store, personKey).map((key) => ({ key, isNew: personKey > lastKnownPerson })));
      bulk.write(leads.length, (writer) => {
        const identities = new Map(identitiesOf(writer, leads.map(({ key }) => key)).map((identity) => [identity.key, identity]));
        leads.forEach(({ key, isNew }, index) => {
          if (!isNew || index === 0) return;
          duplicates.add(key);
          const mine = identities.get(key);
          for (const other of leads.slice(Math.max(0, index - pairsPerLead), index)) {
            const theirs = identities.get(other.key);
            if (mine !== undefined && theirs !== undefined && mine !== theirs) noteSharers(writer, theirs, mine, newId, now);
          }
        });
      });
    }
  }
  return duplicates.size;
}

/** Leads that are read before others get a turn. */
const leadsPerTurn = 1_000;

export interface LikeNameParts {
  readonly pool: Pool;
  readonly newId: () => string;
  readonly now: number;
  /** How far the import is when the search begins, of a hundred. */
  readonly from: number;
}

/**
 * Notes which leads of an import, new or changed, have a name like another's and a second fact in common with it. Answers how many of
 * them there are. Every other lead of the workspace passes by once; the comparing is done in another thread.
 */
async function findLikeNames({ pool, newId, now }: LikeNameParts, { store, signal }: CallContext, importKey: number, checkpoint: Checkpoint): Promise<number> {
  const updated = new Set(updatedKeysOf(store, importKey));
  const pieces: IdentityPiece[] = [];
  for (let after = 0; ; ) {
    const leads = namedLeadsAfter(store, importKey, updated, after, leadsPerTurn);
    const last = leads.at(-1);
    if (last === undefined) break;
    pieces.push(packIdentities(leads));
    after = last.key;
    checkpoint(0, 100, 'Looking for like names');
    await breathe();
  }
  const { pairs } = await pool.run('duplicates.likeNames', { pieces }, {
    signal,
    onBatch: (share) => {
      checkpoint(share * 90, 100, 'Looking for like names');
    },
  });
  await keepPairs(store, pairs, newId, now);
  const isOfImport = new Set(pieces.flatMap(({ keys, isNew }) => [...keys].filter((_key, index) => isNew[index] === 1)));
  return new Set(pairs.flatMap(({ firstKey, secondKey }) => (isOfImport.has(secondKey) ? [secondKey] : [firstKey]))).size;
}

/** The last phase of an import, whose leads are there by now: whoever stops it stops this search alone. Answers null where it was stopped. */
export async function lookForLikeNames(parts: LikeNameParts, context: CallContext, importKey: number): Promise<number | null> {
  try {
    const found = await findLikeNames(parts, context, importKey, (done, total, note) => {
      context.checkpoint(parts.from + ((100 - parts.from) * done) / total, 100, note);
    });
    context.store.transaction((writer) => {
      setLikeNames(writer, importKey, found);
    });
    return found;
  } catch (error) {
    if (error instanceof Cancelled) return null;
    throw error;
  }
}
