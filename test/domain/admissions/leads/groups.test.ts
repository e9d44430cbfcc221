import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyTally, leastKnown, type LeadTally, sortGroups, summarise, totalsOf } from '#domain/admissions/leads/groups';

const prior = { prior: 0.2, strength: 10 };
const tally = (values: Partial<LeadTally>): LeadTally => ({ ...emptyTally(), ...values });

describe('the totals of a group', () => {
  it('are means over what is known, sums of chances, and a rate shrunk to the whole', () => {
    const all = tally({ leads: 50, known: 40, converted: 12 });
    const group = tally({ leads: 20, scored: 3, scores: 200, open: 4, chances: 1.255, known: 10, converted: 6, mayEmail: 12, refusedEmail: 3 });
    const { total, groups } = summarise(all, new Map([['UCAS', group]]), prior);
    // The whole: (12 + 10 · .2) / (40 + 10) = .28. The group: (6 + 10 · .28) / (10 + 10) = .44.
    expect(total.rate).toBe(0.28);
    expect(groups.get('UCAS')).toEqual({ leads: 20, scored: 3, meanScore: 66.7, open: 4, expected: 1.26, known: 10, converted: 6, rate: 0.44, email: { allowed: 12, refused: 3, missing: 5 }, phone: { allowed: 0, refused: 0, missing: 20 } });
  });

  it('say nothing where nothing is known', () => {
    expect(totalsOf(tally({ leads: 3, known: leastKnown - 1, converted: 4 }), 0.2, 10)).toMatchObject({ meanScore: null, expected: null, rate: null });
    expect(totalsOf(tally({ leads: 5, known: leastKnown, converted: 5 }), 0.2, 10).rate).toBeCloseTo(7 / 15, 4);
  });

  it('never claim a rate outside of what prior and outcomes allow', () => {
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), fc.double({ min: 0, max: 1, noNaN: true }), (converted, others, towards) => {
        const known = converted + others;
        const { rate } = totalsOf(tally({ leads: known, known, converted }), towards, 10);
        if (known < leastKnown) expect(rate).toBeNull();
        else {
          expect(rate).toBeGreaterThanOrEqual(Math.min(towards, converted / known) - 1e-4);
          expect(rate).toBeLessThanOrEqual(Math.max(towards, converted / known) + 1e-4);
        }
      }),
    );
  });
});

describe('the order of groups', () => {
  const group = (label: string | null, leads: number, place: number | null = null, rate: number | null = null) => ({ label, leads, place, rate, meanScore: null, expected: null });
  const labels = (groups: readonly { readonly label: string | null }[]) => groups.map(({ label }) => label);

  it('is that of their field, or the largest first; those without a value come last', () => {
    expect(labels(sortGroups([group(null, 90), group('b', 5), group('a', 7), group('c', 7)], 'natural', false))).toEqual(['a', 'c', 'b', null]);
    expect(labels(sortGroups([group('Lost', 90, 8), group(null, 5), group('Enquiry', 1, 1)], 'natural', false))).toEqual(['Enquiry', 'Lost', null]);
    expect(labels(sortGroups([group('Lost', 90, 8), group(null, 5), group('Enquiry', 1, 1)], 'natural', true))).toEqual(['Lost', 'Enquiry', null]);
  });

  it('puts what is unknown last whichever way it goes', () => {
    const groups = [group('a', 1, null, 0.1), group('b', 9), group('c', 1, null, 0.3)];
    expect(labels(sortGroups(groups, 'rate', true))).toEqual(['c', 'a', 'b']);
    expect(labels(sortGroups(groups, 'rate', false))).toEqual(['a', 'c', 'b']);
    expect(labels(sortGroups(groups, 'label', true))).toEqual(['c', 'b', 'a']);
  });
});
