import { describe, expect, it } from 'vitest';
import { fitLogistic, logOddsOf, sparseRows } from '#domain/learning/regression';

describe('logistic regression', () => {
  it('finds what plain gradient ascent comes to rest at', () => {
    // 200,000 steps of gradient ascent in Python on x = 0…5, y = 0, 0, 1, 0, 1, 1 and a penalty of .5 on the slope: -2.284934, .913974.
    const rows = sparseRows(2, [0, 1, 2, 3, 4, 5].map((x) => [[0, 1], [1, x]] as const));
    const [intercept, slope] = fitLogistic(rows, Uint8Array.of(0, 0, 1, 0, 1, 1), { penalties: Float64Array.of(0, 0.5) });
    expect(intercept).toBeCloseTo(-2.28493, 4);
    expect(slope).toBeCloseTo(0.91397, 4);
  });

  it('finds the log odds of a table of two by two', () => {
    // 30 of 40 pass with, 10 of 40 without: log(30/10) - log(10/30) = 2 ln 3.
    const groups = [[1, 30, 1], [1, 10, 0], [0, 10, 1], [0, 30, 0]] as const;
    const rows = sparseRows(2, groups.flatMap(([x, times]) => Array.from({ length: times }, () => [[0, 1], [1, x]] as const)));
    const labels = Uint8Array.from(groups.flatMap(([, times, y]) => Array.from({ length: times }, () => y)));
    const [intercept, effect] = fitLogistic(rows, labels, { penalties: Float64Array.of(0, 0) });
    expect(intercept).toBeCloseTo(-Math.log(3), 6);
    expect(effect).toBeCloseTo(2 * Math.log(3), 6);
  });

  it('leaves a column that never varies alone, and a perfect separation finite', () => {
    const rows = sparseRows(3, [-1, -2, 1, 2].map((x) => [[0, 1], [1, x], [2, 0]] as const));
    const found = fitLogistic(rows, Uint8Array.of(0, 0, 1, 1), { penalties: Float64Array.of(0, 1, 1) });
    expect(found.every(Number.isFinite)).toBe(true);
    expect(found[2]).toBeCloseTo(0);
    expect(logOddsOf(rows, 3, found)).toBeGreaterThan(0);
  });
});
