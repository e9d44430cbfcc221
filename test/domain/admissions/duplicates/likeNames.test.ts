import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Identity, judgePair } from '#domain/admissions/duplicates/judge';
import { packIdentities, type StoredIdentity } from '#domain/admissions/duplicates/identityPieces';
import { searchLikeNames } from '#domain/admissions/duplicates/likeNames';
import { blockingKeys, matchingName } from '#domain/admissions/duplicates/names';
import type { FoundPairs } from '#domain/admissions/duplicates/search';

const nobody: Omit<StoredIdentity, 'key' | 'isNew'> = { given: null, family: null, email: null, phone: null, city: 0, course: 0, postcode: null, birthDate: null };

function searched(leads: readonly StoredIdentity[], { perPiece = 3, most }: { readonly perPiece?: number; readonly most?: number } = {}): FoundPairs {
  const pieces = [];
  for (let from = 0; from < leads.length; from += perPiece) pieces.push(packIdentities(leads.slice(from, from + perPiece)));
  const search = searchLikeNames(pieces, most);
  let last = 0;
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
    expect(step.value).toBeGreaterThanOrEqual(last);
    expect(step.value).toBeLessThanOrEqual(1);
    last = step.value;
  }
}

const keysOf = ({ pairs }: FoundPairs): string[] => pairs.map(({ firstKey, secondKey }) => `${String(firstKey)} ${String(secondKey)}`).sort();

/** What comparing each with each comes to, among those that share a block. */
function eachWithEach(leads: readonly StoredIdentity[]): string[] {
  const identities = leads.map(({ given, family, city, course, isNew: _isNew, ...rest }): Identity => ({ ...rest, name: matchingName({ given, family }), city: city === 0 ? null : String(city), course: course === 0 ? null : String(course) }));
  return identities
    .flatMap((first, index) => identities.slice(index + 1).map((second, after) => ({ first, second, anyNew: leads[index]!.isNew || leads[index + 1 + after]!.isNew })))
    .filter(({ first, second, anyNew }) => anyNew && blockingKeys(first.name).some((key) => blockingKeys(second.name).includes(key)) && judgePair(first, second)?.basis === 'name')
    .map(({ first, second }) => `${String(first.key)} ${String(second.key)}`)
    .sort();
}

describe('the search by like names among those that have just come in', () => {
  it('finds a slip in either part of a name with a second fact, and no pair of two that were there', () => {
    const leads: StoredIdentity[] = [
      { ...nobody, key: 1, isNew: false, given: 'Katherine', family: 'Kowalski', city: 7 },
      { ...nobody, key: 2, isNew: false, given: 'Catherine', family: 'Kowalski', city: 7 },
      { ...nobody, key: 5, isNew: true, given: 'Katharine', family: 'Kowalsky', city: 7 },
      { ...nobody, key: 6, isNew: true, given: 'Katharine', family: 'Kowalsky', city: 8 },
      // An exact pair is found by its address; here it would only take the place of others.
      { ...nobody, key: 8, isNew: false, given: 'Zara', family: 'Patel', email: 'zara@example.org', city: 7 },
      { ...nobody, key: 9, isNew: true, given: 'Zara', family: 'Patel', email: 'zara@example.org', city: 7 },
    ];
    const { pairs, capped } = searched(leads);
    expect(capped).toBe(false);
    // Kowalski and Kowalsky: 7 of 8 letters, (7/8 + 7/8 + 1)/3 = .917, and with four at the beginning .95. Katherine and Katharine: 8 of 9,
    // .926 and .956, together .953. Catherine and Katharine: 7 of 9, .852, and nothing at the beginning: together .901, too little.
    expect(pairs.map(({ firstKey, secondKey, basis }) => [firstKey, secondKey, basis])).toEqual([[1, 5, 'name']]);
    expect(pairs[0]!.reasons.map(({ key }) => key)).toEqual(['duplicates.likeName', 'duplicates.facts.city']);
  });

  it('comes to what comparing each with each comes to', () => {
    const part = (stems: readonly string[]) => fc.tuple(fc.constantFrom(...stems), fc.constantFrom('', 'e', 'n')).map(([stem, end]) => stem + end);
    const lead = fc.record({
      isNew: fc.boolean(),
      given: part(['Ann', 'Johann', 'Katherin']),
      family: part(['Smith', 'Kowalsk', 'Ann']),
      email: fc.constantFrom(null, 'long.name@a.example', 'long.name@b.example', 'x@a.example'),
      phone: fc.constantFrom(null, '+447700900001', '+497700900001'),
      city: fc.constantFrom(0, 1, 2),
      course: fc.constantFrom(0, 1),
      postcode: fc.constantFrom(null, 'LS1'),
      birthDate: fc.constantFrom(null, '2004-05-06', '1999-01-01'),
    });
    fc.assert(
      fc.property(fc.array(lead, { maxLength: 6 }), fc.integer({ min: 1, max: 4 }), (rows, perPiece) => {
        const leads = rows.map((row, index): StoredIdentity => ({ ...row, key: 10 * (index + 1) }));
        expect(keysOf(searched(leads, { perPiece }))).toEqual(eachWithEach(leads));
      }),
      { numRuns: 300 },
    );
  });

  it('keeps the best where there are too many, and a few of each lead', () => {
    const crowd = Array.from({ length: 400 }, (_none, index): StoredIdentity => ({ ...nobody, key: index + 1, isNew: index >= 300, given: 'John', family: 'Smith', course: 1, birthDate: index % 100 === 7 ? '2004-05-06' : null }));
    const all = searched(crowd);
    expect(all.pairs.length).toBeLessThanOrEqual(5 * 100);
    const few = searched(crowd, { most: 3 });
    expect(few.capped).toBe(true);
    // Born on one day beside one course: only the new one of them makes pairs, and they come first.
    expect(keysOf(few)).toEqual(['108 308', '208 308', '308 8'].map((pair) => pair.split(' ').map(Number).sort((a, b) => a - b).join(' ')).sort());
  });
});
