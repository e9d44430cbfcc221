import fc from 'fast-check';
import { fsrs } from 'ts-fsrs';
import { describe, expect, it } from 'vitest';
import { Cancelled, noCheckpoint } from '#domain/kernel/checkpoint';
import { seededRng } from '#domain/kernel/rng';
import { newCard, type Rating, ratings } from '#domain/learning/cards/card';
import { enoughReviews, fitParameters, type History, type LoggedReview, logLoss, type Memory, remember } from '#domain/learning/cards/fit';
import { defaultParameters, retrievability, review } from '#domain/learning/cards/schedule';
import { monday } from '#test/support/app';
import { london, schedule } from '#test/support/learning';

/** The log of a student whose memory follows FSRS with parameters of their own, and who is scheduled by the defaults. */
function logOf(truth: readonly number[], cards: number, reviews: number, seed: number): History[] {
  const rng = seededRng(seed);
  return Array.from({ length: cards }, (_none, index) => {
    let card = newCard(monday);
    let real = newCard(monday);
    let at = monday + (index % 60) * 86_400_000;
    const history: LoggedReview[] = [];
    for (let time = 0; time < reviews; time += 1) {
      const chance = retrievability(real, london.dayOf(at), { calendar: london, parameters: truth }) ?? 0.8;
      const rating: Rating = rng() < chance ? 3 : 1;
      const done = review(card, rating, at, schedule());
      real = review(real, rating, at, schedule({ parameters: truth })).card;
      card = done.card;
      history.push({ rating, elapsedDays: done.elapsedDays, at });
      at = Math.max(card.dueAt, at + 60_000);
    }
    return history;
  });
}

describe('the memory that is fitted', () => {
  it('is the library’s, whatever happens', () => {
    const engine = fsrs({ enable_short_term: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.constantFrom(...ratings)), { minLength: 1, maxLength: 20 }), (steps) => {
        let ours: Memory | null = null;
        let theirs: Memory | null = null;
        for (const [days, rating] of steps) {
          ours = remember(defaultParameters, ours, days, rating);
          theirs = engine.next_state(theirs, days, rating);
          expect(Math.abs(ours.stability / theirs.stability - 1)).toBeLessThan(1e-3);
          expect(ours.difficulty).toBeCloseTo(theirs.difficulty, 5);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the log loss of a schedule', () => {
  it('is that of hand arithmetic', () => {
    // Good on the first day: stability 2.3065. Two days later the chance is (1 + 0.980346 · 2 / 2.3065)^-0.1542 = 0.9094.
    const right: History = [{ rating: 3, elapsedDays: 0, at: 1 }, { rating: 3, elapsedDays: 2, at: 2 }];
    const wrong: History = [{ rating: 3, elapsedDays: 0, at: 1 }, { rating: 1, elapsedDays: 2, at: 2 }];
    const p = (1 + (0.9 ** (-1 / 0.1542) - 1) * (2 / 2.3065)) ** -0.1542;
    expect(logLoss([right], defaultParameters).sum).toBeCloseTo(-Math.log(p), 4);
    expect(logLoss([wrong, right], defaultParameters)).toEqual({ sum: expect.closeTo(-Math.log(1 - p) - Math.log(p), 3), count: 2 });
  });

  it('leaves reviews of one day out', () => {
    expect(logLoss([[{ rating: 1, elapsedDays: 0, at: 1 }, { rating: 3, elapsedDays: 0, at: 2 }]], defaultParameters)).toEqual({ sum: 0, count: 0 });
  });
});

describe('a student’s own parameters', () => {
  it('are not looked for in a short log', () => {
    expect(fitParameters(logOf(defaultParameters, 20, 6, 1), noCheckpoint)).toBeNull();
  });

  it('predict the newest reviews of somebody who forgets fast better than the defaults do', () => {
    const quick = [...defaultParameters];
    for (const index of [0, 1, 2, 3]) quick[index] = (quick[index] ?? 0) * 0.25;
    quick[8] = (quick[8] ?? 0) * 0.7;
    const fit = fitParameters(logOf(quick, 200, 7, 2), noCheckpoint)!;
    expect(fit.reviews).toBeGreaterThan(enoughReviews);
    expect(fit.better).toBe(true);
    expect(fit.fittedLoss).toBeLessThan(fit.defaultLoss - 0.01);
    expect(fit.parameters[2]).toBeLessThan(defaultParameters[2]! * 0.8);
  });

  it('stay near the defaults for somebody whom these describe', () => {
    const fit = fitParameters(logOf(defaultParameters, 150, 7, 3), noCheckpoint)!;
    expect(Math.abs(fit.fittedLoss - fit.defaultLoss)).toBeLessThan(0.02);
  });

  it('can be left half-way', () => {
    expect(() => fitParameters(logOf(defaultParameters, 150, 7, 4), () => { throw new Cancelled(); })).toThrow(Cancelled);
  });
});
