import { setImmediate as breathe } from 'node:timers/promises';
import { identitiesOf, leadsOfPerson } from '#main/store/admissions/duplicates';
import { peopleAfter } from '#main/store/admissions/imports';
import type { Bulk, Store } from '#main/store/open';
import { noteSharers } from './pairs';

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
