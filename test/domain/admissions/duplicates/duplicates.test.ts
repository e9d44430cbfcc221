import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Identity, judgePair, likeName } from '#domain/admissions/duplicates/judge';
import { cameFirst, mergedStage, mergedTotals, stricterConsent } from '#domain/admissions/duplicates/merge';
import { blockingKeys, jaro, jaroWinkler, matchingName, nameSimilarity } from '#domain/admissions/duplicates/names';
import { type FoundPairs, searchPairs } from '#domain/admissions/duplicates/search';
import { stages } from '#domain/admissions/leads/stages';

let keys = 0;
function identity(given: string | null, family: string | null, rest: Partial<Omit<Identity, 'name'>> = {}): Identity {
  keys += 1;
  return { key: keys, name: matchingName({ given, family }), email: null, phone: null, city: null, course: null, postcode: null, birthDate: null, ...rest };
}

function searched(identities: readonly Identity[], most?: number): FoundPairs {
  const search = searchPairs(identities, most);
  let last = 0;
  for (;;) {
    const step = search.next();
    if (step.done === true) return step.value;
    expect(step.value).toBeGreaterThanOrEqual(last);
    last = step.value;
  }
}

const reasonsOf = (a: Identity, b: Identity): string[] | undefined => judgePair(a, b)?.reasons.map(({ key }) => key.replace('duplicates.', ''));

describe('the similarity of names', () => {
  // The values that Winkler's papers print.
  it.each([
    ['MARTHA', 'MARHTA', 0.944, 0.961],
    ['DWAYNE', 'DUANE', 0.822, 0.84],
    ['DIXON', 'DICKSONX', 0.767, 0.813],
    ['JONES', 'JOHNSON', 0.79, 0.832],
    ['ABC', 'XYZ', 0, 0],
  ])('of %s and %s is Jaro’s %f and Winkler’s %f', (a, b, plain, winkler) => {
    expect(jaro(a, b)).toBeCloseTo(plain, 3);
    expect(jaroWinkler(a, b)).toBeCloseTo(winkler, 3);
  });

  it('is between 0 and 1, the same both ways, and 1 for what is equal', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 20 }), fc.string({ maxLength: 20 }), (a, b) => {
        const similarity = jaroWinkler(a, b);
        expect(similarity).toBeGreaterThanOrEqual(0);
        expect(similarity).toBeLessThanOrEqual(1 + 1e-12);
        expect(jaroWinkler(a, a)).toBe(a === '' ? 0 : 1);
        expect(similarity).toBeGreaterThanOrEqual(jaro(a, b));
      }),
    );
  });

  it('does not mind accents, titles, marks and the order of parts', () => {
    expect(matchingName({ given: 'Dr. Zoë', family: 'O’Brien-Smith' })).toEqual({ given: 'zoe', family: 'obrien smith' });
    expect(nameSimilarity(matchingName({ given: 'Wei', family: 'Li' }), matchingName({ given: 'Li', family: 'Wei' }))).toEqual({ whole: 1, least: 1 });
    expect(nameSimilarity(matchingName({ given: 'Zara', family: null }), matchingName({ given: 'Zara', family: 'Patel' }))).toBeNull();
  });
});

describe('the rule for one person', () => {
  it('takes an equal address or number alone, and says less of it where names differ', () => {
    const zara = identity('Zara', 'Patel', { email: 'zara@example.org', phone: '+447700900001' });
    expect(judgePair(zara, identity('Zara', 'Patel', { email: 'zara@example.org' }))).toMatchObject({ basis: 'email', score: 97 });
    expect(judgePair(zara, identity(null, null, { phone: '+447700900001' }))).toMatchObject({ basis: 'phone', score: 80 });
    const mother = identity('Indira', 'Shah', { email: 'zara@example.org' });
    expect(reasonsOf(zara, mother)).toEqual(['email', 'otherName']);
    expect(judgePair(zara, mother)!.score).toBeLessThan(80);
  });

  it('takes a like name only with a second fact', () => {
    const a = identity('Catherine', 'Kowalski', { city: 'leeds', course: 'law' });
    expect(judgePair(a, identity('Katherine', 'Kowalski'))).toBeNull();
    expect(reasonsOf(a, identity('Katherine', 'Kowalski', { city: 'leeds' }))).toEqual(['likeName', 'facts.city']);
    expect(judgePair(a, identity('Peter', 'Kowalski', { city: 'leeds', course: 'law' }))).toBeNull();
    expect(judgePair(a, identity('Catherine', 'Kowalski', { city: 'leeds', course: 'law' }))!.score).toBeGreaterThan(judgePair(a, identity('Katherine', 'Kowalski', { city: 'leeds' }))!.score);
  });

  it('does not take a like name with another date of birth', () => {
    const a = identity('Jan', 'Berg', { city: 'oslo', birthDate: '2008-01-02' });
    expect(judgePair(a, identity('Jan', 'Berg', { city: 'oslo', birthDate: '2007-01-02' }))).toBeNull();
    expect(reasonsOf(a, identity('Jan', 'Berg', { birthDate: '2008-01-02' }))).toEqual(['sameName', 'facts.birthDate']);
    expect(reasonsOf(identity('Jan', 'Berg', { phone: '+447700900123' }), identity('Jan', 'Berg', { phone: '+4407700900123' }))).toEqual(['sameName', 'facts.phoneTail']);
    expect(reasonsOf(identity('Jan', 'Berg', { email: 'janberg@a.example' }), identity('J', 'Berg', { email: 'janberg@b.example' }))).toEqual(['likeName', 'facts.emailName']);
  });

  const part = fc.constantFrom('zara', 'sara', 'jan', 'catherine', 'katherine', 'kowalski', 'kowalsky', '');
  const some = fc
    .record({ given: part, family: part, email: fc.option(fc.constantFrom('a@x.example', 'longer@x.example', 'longer@y.example')), phone: fc.option(fc.constantFrom('+447700900001', '+337700900001')), city: fc.option(fc.constantFrom('leeds', 'oslo')) })
    .map(({ given, family, ...rest }) => identity(given, family, rest));

  it('is symmetric, keeps its score between 0 and 100, and always gives a reason', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const verdict = judgePair(a, b);
        expect(judgePair(b, a)).toEqual(verdict);
        if (verdict === null) return;
        expect(verdict.score).toBeGreaterThan(0);
        expect(verdict.score).toBeLessThanOrEqual(100);
        expect(verdict.reasons.length).toBeGreaterThan(0);
        if (verdict.basis === 'name') expect(nameSimilarity(a.name, b.name)!.whole).toBeGreaterThanOrEqual(likeName.whole);
      }),
    );
  });

  it('is found by the search through all as by comparing each with each', () => {
    fc.assert(
      fc.property(fc.array(some, { maxLength: 12 }), (leads) => {
        const blocked = new Set(searched(leads).pairs.map(({ firstKey, secondKey }) => `${String(firstKey)} ${String(secondKey)}`));
        leads.forEach((a, index) => {
          for (const b of leads.slice(index + 1)) {
            const share = blockingKeys(a.name).some((key) => blockingKeys(b.name).includes(key));
            const verdict = judgePair(a, b);
            if (verdict?.basis === 'name') expect(blocked.has(`${String(a.key)} ${String(b.key)}`)).toBe(share);
          }
        });
      }),
    );
  });
});

describe('the search through all leads', () => {
  it('finds slips at the beginning, the end and in the order of a name', () => {
    const real = identity('Katherine', 'Kowalski', { city: 'leeds' });
    for (const [given, family] of [['Catherine', 'Kowalski'], ['Katherine', 'Kowalsky'], ['Kowalski', 'Katherine'], ['Katherin', 'Kowalski'], ['Katherine', 'Cowalski']] as const) {
      expect(searched([real, identity(given, family, { city: 'leeds' })]).pairs, `${given} ${family}`).toHaveLength(1);
    }
  });

  it('does work that grows with the leads, and keeps the best where there are too many', () => {
    const crowd = Array.from({ length: 3_000 }, () => identity('Ada', 'Smith', { city: 'leeds' }));
    const began = crowd[0]!.key;
    const { pairs, capped } = searched(crowd, 500);
    expect([pairs.length, capped]).toEqual([500, true]);
    expect(pairs.every(({ firstKey, secondKey }) => firstKey < secondKey && firstKey >= began)).toBe(true);
    expect(searched([]).pairs).toEqual([]);
  });
});

describe('two leads that become one', () => {
  it('add up what one system counted, and take the larger of what two systems counted', () => {
    const a = { totals: { webVisits: 5, conversations: 2 }, opening: { webVisits: 5 } };
    const b = { totals: { webVisits: 9, conversations: 1, emailOpens: 3 }, opening: { webVisits: 8 } };
    expect(mergedTotals(a, b, true)).toEqual({ totals: { webVisits: 14, conversations: 3, emailOpens: 3 }, opening: { webVisits: 13 } });
    expect(mergedTotals(a, b, false)).toEqual({ totals: { webVisits: 9, conversations: 3, emailOpens: 3 }, opening: { webVisits: 8 } });
    const pages = mergedTotals({ totals: { webVisits: 1, pagesPerVisit: 1 }, opening: {} }, { totals: { webVisits: 3, pagesPerVisit: 5 }, opening: {} }, true);
    expect(pages.totals.pagesPerVisit).toBe(4);
  });

  it('keep the stage that lies further, but not a lost one before an open one', () => {
    expect(mergedStage('enquiry', 'offered')).toBe('offered');
    expect(mergedStage('lost', 'enquiry')).toBe('enquiry');
    expect(mergedStage('lost', 'lost')).toBe('lost');
    fc.assert(fc.property(fc.constantFrom(...stages), fc.constantFrom(...stages), (a, b) => mergedStage(a, b) === mergedStage(b, a)));
  });

  it('keep a refusal, and the enquiry that came first', () => {
    expect([stricterConsent(true, false), stricterConsent(undefined, true), stricterConsent(undefined, undefined)]).toEqual([false, true, undefined]);
    expect(cameFirst({ enquiredAt: 5, createdAt: 9 }, { enquiredAt: 6, createdAt: 1 })).toBe(true);
    expect(cameFirst({ enquiredAt: null, createdAt: 1 }, { enquiredAt: 6, createdAt: 2 })).toBe(false);
    expect(cameFirst({ enquiredAt: null, createdAt: 1 }, { enquiredAt: null, createdAt: 2 })).toBe(true);
  });
});
