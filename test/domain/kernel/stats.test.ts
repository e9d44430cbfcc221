import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { daysBetween } from '#domain/kernel/clock';
import { seededRng } from '#domain/kernel/rng';
import { clamp, logistic, quantile, round, shrunkRate } from '#domain/kernel/stats';
import { fold } from '#domain/kernel/text';

const runs = { seed: 20261005, numRuns: 300 };
const finite = fc.double({ min: -1e6, max: 1e6, noNaN: true });

describe('the logistic function', () => {
  it.each([
    [0, 0.5],
    // ln 3 and its opposite: odds of 3 to 1.
    [Math.log(3), 0.75],
    [-Math.log(3), 0.25],
    [800, 1],
    [-800, 0],
  ])('of %d is %d, and neither tail overflows', (x, y) => {
    expect(logistic(x)).toBeCloseTo(y, 12);
  });

  it('rises and is symmetric about a half', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), fc.double({ min: 0, max: 5, noNaN: true }), (x, more) => {
        expect(logistic(x + more)).toBeGreaterThanOrEqual(logistic(x));
        expect(logistic(x) + logistic(-x)).toBeCloseTo(1, 12);
      }),
      runs,
    );
  });
});

describe('a shrunk rate', () => {
  it.each([
    [0, 0, 0.3, 20, 0.3],
    // (1 + 6)/(1 + 20): one lead that was won is far from 100 %.
    [1, 1, 0.3, 20, 1 / 3],
    [490, 534, 0.3853, 20, (490 + 7.706) / 554],
    [3, 4, 0.5, 0, 0.75],
    [0, 0, 0.4, 0, 0.4],
  ])('of %d in %d towards %d', (successes, trials, prior, strength, rate) => {
    expect(shrunkRate(successes, trials, prior, strength)).toBeCloseTo(rate, 12);
  });

  it('lies between what was seen and the prior', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(100), (won, lost, prior, strength) => {
        fc.pre(won + lost > 0);
        const seen = won / (won + lost);
        const rate = shrunkRate(won, won + lost, prior, strength);
        expect(rate).toBeGreaterThanOrEqual(Math.min(seen, prior) - 1e-12);
        expect(rate).toBeLessThanOrEqual(Math.max(seen, prior) + 1e-12);
      }),
      runs,
    );
  });
});

describe('rounding', () => {
  it.each([
    [1.005, 2, 1.01],
    [2.5, 0, 3],
    [-2.5, 0, -3],
    [69.96, 1, 70],
    [0.1 + 0.2, 2, 0.3],
    [-0.0001, 2, 0],
  ])('%d to %d decimals is %d', (value, decimals, rounded) => {
    expect(round(value, decimals)).toBe(rounded);
  });
});

describe('a quantile', () => {
  it.each([
    // NumPy: np.quantile([1, 2, 3, 4], [0, .25, .5, .95, 1]) gives 1, 1.75, 2.5, 3.85, 4.
    [[4, 1, 3, 2], 0, 1],
    [[4, 1, 3, 2], 0.25, 1.75],
    [[4, 1, 3, 2], 0.5, 2.5],
    [[4, 1, 3, 2], 0.95, 3.85],
    [[4, 1, 3, 2], 1, 4],
    [[7], 0.95, 7],
  ])('of %j at %d is %d', (values, p, expected) => {
    expect(quantile(values, p)).toBeCloseTo(expected, 12);
  });

  it('of nothing is none; of anything it lies among the values, and the values stay as they were', () => {
    expect(quantile([], 0.5)).toBeNull();
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 30 }), fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
        const before = [...values];
        const found = quantile(values, p)!;
        expect(values).toEqual(before);
        expect(clamp(found, Math.min(...values) - 1e-6, Math.max(...values) + 1e-6)).toBe(found);
      }),
      runs,
    );
  });
});

describe('days between two moments', () => {
  it('are never negative: a clock that was set back makes nothing fresher', () => {
    expect(daysBetween(0, 129_600_000)).toBe(1.5);
    expect(daysBetween(5, 0)).toBe(0);
  });
});

describe('seeded randomness', () => {
  it('repeats bit by bit, differs by seed, and fills [0, 1) evenly', () => {
    const draw = (seed: number, count: number): number[] => Array.from({ length: count }, seededRng(seed));
    expect(draw(7, 50)).toEqual(draw(7, 50));
    expect(draw(7, 50)).not.toEqual(draw(8, 50));
    const many = draw(1, 10_000);
    expect(many.every((value) => value >= 0 && value < 1)).toBe(true);
    const tenths = Array.from({ length: 10 }, (_tenth, index) => many.filter((value) => Math.floor(value * 10) === index).length);
    // A thousand each, give or take five standard deviations of √(10,000 · .1 · .9) = 30.
    for (const count of tenths) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

describe('two spellings of one text', () => {
  it.each([
    ['  Zoë  O’Brien ', "zoe o'brien"],
    ['ﬁne', 'fine'],
    ['Ａ１', 'a1'],
    ['well–known', 'well-known'],
    ['İstanbul', 'istanbul'],
  ])('%s folds to %s', (text, folded) => {
    expect(fold(text)).toBe(folded);
  });

  it('fold once and for all', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => { expect(fold(fold(text))).toBe(fold(text)); }), { ...runs, numRuns: 1_000 });
  });
});
