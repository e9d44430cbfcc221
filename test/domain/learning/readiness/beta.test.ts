import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaBelow, betaBinomialTail, betaQuantile, binomialTail, logGamma } from '#domain/learning/readiness/beta';

describe('the beta distribution', () => {
  it('agrees with factorials, with exact sums of fractions and with SciPy', () => {
    expect(logGamma(5)).toBeCloseTo(Math.log(24), 10);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.sqrt(Math.PI)), 10);
    expect(logGamma(0.3)).toBeCloseTo(1.0957979948180756, 10);
    expect(logGamma(123.4)).toBeCloseTo(469.3360974421906, 8);
    // Beta(20, 5) below .7 is the chance of 20 or more of 24 at .7, added up in fractions.
    expect(betaBelow(0.7, 20, 5)).toBeCloseTo(0.11107522326092227, 10);
    expect(betaBelow(0.05, 0.7, 3.2)).toBeCloseTo(0.2823838996927066, 10);
    expect(betaQuantile(0.1, 20, 5)).toBeCloseTo(0.6941207907417022, 7);
  });

  it('gives the chance of passing 26 of 35', () => {
    expect(binomialTail(26, 35, 0.75)).toBeCloseTo(0.626323716386366, 10);
    expect(betaBinomialTail(26, 35, 20, 5)).toBeCloseTo(0.7696555618577843, 10);
    expect(betaBinomialTail(26, 35, 12.3, 4.4)).toBeCloseTo(0.5595738733968045, 9);
    // Where nothing is known every score is as likely: 10 of 36.
    expect(betaBinomialTail(26, 35, 1, 1)).toBeCloseTo(10 / 36, 10);
    expect(binomialTail(0, 35, 0)).toBe(1);
    expect(binomialTail(36, 35, 1)).toBe(0);
  });

  it('finds back what it was asked for, for any shape', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.8, max: 200, noNaN: true }), fc.double({ min: 0.8, max: 200, noNaN: true }), fc.double({ min: 0.01, max: 0.99, noNaN: true }), (a, b, share) => {
        expect(Math.abs(betaBelow(betaQuantile(share, a, b), a, b) - share)).toBeLessThan(1e-5);
      }),
      { numRuns: 100 },
    );
  });
});
