import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { crossValidateOutcomes, fitOutcomes, type KnownOutcome, outcomeChance, ownRegression } from '#domain/learning/readiness/outcomes';

/** Exams of a school in which the evening class passes more often, and hours help; what the published regression reads says nothing. */
function exams(count: number, seed = 7): KnownOutcome[] {
  const rng = seededRng(seed);
  return Array.from({ length: count }, (_none, index) => {
    const hours = Math.round(rng() * 10);
    const evening = rng() < 0.5;
    return { exam: String(index), person: String(index % 60), passed: rng() < 1 / (1 + Math.exp(-(hours - 5) * 0.6 - (evening ? 1 : -1))), numbers: { hours: rng() < 0.1 ? null : hours, noise: rng() }, words: { course: evening ? 'evening' : 'day' } };
  });
}

const indifferent = (rows: readonly unknown[]): number[] => rows.map(() => 0.5);

describe('a regression on own exams', () => {
  it('finds which columns tell, whatever they are called', () => {
    const model = fitOutcomes(exams(400));
    const chance = (hours: number | null, course: string): number => outcomeChance(model, { numbers: { hours, noise: 0.5 }, words: { course } });
    expect(chance(9, 'day')).toBeGreaterThan(chance(2, 'day') + 0.4);
    expect(chance(5, 'evening')).toBeGreaterThan(chance(5, 'day') + 0.2);
    // What is unknown is taken as usual; a word that it never met says nothing; and beyond what it saw it goes no further.
    expect(chance(null, 'day')).toBe(chance(model.numbers[0]!.middle, 'day'));
    expect(chance(5, 'night')).toBeGreaterThan(chance(5, 'day'));
    expect(chance(1_000, 'day')).toBe(chance(10, 'day'));
  });

  it('needs 40 passed and 40 failed exams, counted by exams and not by moments', () => {
    const moments = exams(60).flatMap((row) => [row, row, row]);
    expect(ownRegression(moments, indifferent(moments))).toBeNull();
    const enough = exams(200);
    const own = ownRegression(enough, indifferent(enough));
    expect(own).toMatchObject({ exams: 200, rows: 200, better: true });
    expect(own!.own.auc).toBeGreaterThan(0.75);
    expect(own!.published).toEqual({ auc: 0.5, brier: 0.25 });
  });

  it('does not serve where the published one predicts better', () => {
    const rows = exams(200);
    expect(ownRegression(rows, rows.map(({ passed }) => (passed ? 0.95 : 0.05)))).toMatchObject({ better: false });
  });

  it('never judges somebody by their own exams: what tells only who somebody is helps nothing', () => {
    const rng = seededRng(3);
    // Each person passes always or never, and a column names the person.
    const rows = Array.from({ length: 300 }, (_none, index): KnownOutcome => ({ exam: String(index), person: String(index % 30), passed: (index % 30) % 2 === 0, numbers: { noise: rng() }, words: { who: String(index % 30) } }));
    expect(ownRegression(rows.slice(0, 300), indifferent(rows))!.own.auc).toBeLessThan(0.65);
  });

  it('always answers with a probability, for any columns', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ passed: fc.boolean(), value: fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), word: fc.constantFrom('a', 'b', '') }), { minLength: 2, maxLength: 60 }), (some) => {
        const rows = some.map(({ passed, value, word }, index): KnownOutcome => ({ exam: String(index), person: String(index % 7), passed, numbers: { value }, words: { word } }));
        for (const chance of [...crossValidateOutcomes(rows), ...rows.map((row) => outcomeChance(fitOutcomes(rows), row))]) expect(chance >= 0 && chance <= 1).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
