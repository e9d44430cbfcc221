import { describe, expect, it } from 'vitest';
import { noCheckpoint } from '#domain/kernel/checkpoint';
import { seededRng } from '#domain/kernel/rng';
import { defaultWeights, factors } from '#domain/admissions/triage/configuration';
import { type RefitRows, refitWeights } from '#domain/models/leads/weightRefit';

/** Leads whose outcome follows from some factors by so much, and a constant in the second where nobody knows it. */
function rowsOf(count: number, slopes: readonly number[], seed: number, recencyKnown = true): RefitRows {
  const random = seededRng(seed);
  const values = new Float64Array(count * factors.length);
  const labels = new Uint8Array(count);
  for (let row = 0; row < count; row += 1) {
    let score = -slopes.reduce((sum, slope) => sum + slope, 0) / 2;
    slopes.forEach((slope, column) => {
      const value = column === 1 && !recencyKnown ? 0.3 : random();
      values[row * factors.length + column] = value;
      score += slope * value;
    });
    labels[row] = Number(random() < 1 / (1 + Math.exp(-score)));
  }
  return { values, labels };
}

const refit = (rows: RefitRows) => refitWeights(rows, defaultWeights, 1, noCheckpoint);

describe('weights fitted to outcomes', () => {
  it('are proposed where they foretell better: the slopes of the leads, with the sum of today’s', () => {
    // Engagement tells three times as much as source, the others nothing.
    const { verdict, weights, logLossToday, logLossRefit, gain, standardError, rows } = refit(rowsOf(2_000, [6, 0, 2, 0, 0], 3));
    expect(verdict).toBe('proposal');
    expect(rows).toBe(2_000);
    expect(factors.reduce((sum, factor) => sum + weights![factor], 0)).toBeCloseTo(125, 0);
    expect(weights!.engagement / weights!.source).toBeCloseTo(3, 0);
    expect(weights!.recency + weights!.contactability + weights!.courseFit).toBeLessThan(10);
    expect(logLossRefit).toBeLessThan(logLossToday!);
    expect(logLossToday! - logLossRefit!).toBeCloseTo(gain!, 9);
    expect(gain).toBeGreaterThan(2 * standardError!);
  });

  it('are not where today’s are the right ones, where nothing tells anything, nor from a handful', () => {
    expect(refit(rowsOf(1_500, [4, 3, 2, 2, 1.5], 5)).verdict).toBe('not_better');
    expect(refit(rowsOf(600, [0, 0, 0, 0, 0], 6)).verdict).toBe('not_better');
    expect(refit(rowsOf(60, [6, 0, 2, 0, 0], 7))).toMatchObject({ verdict: 'too_few', weights: null, gain: null });
  });

  it('keep their weight where outcomes say nothing of a factor, and never fall below 0', () => {
    const { weights, verdict } = refit(rowsOf(1_500, [6, 0, -3, 0, 0], 8, false));
    expect(verdict).toBe('proposal');
    expect(weights!.source).toBe(0);
    expect(weights!.recency).toBe(30);
  });

  it('end where the outcomes can be told by one factor, and where a column has one value', () => {
    const rows = rowsOf(200, [0, 0, 0, 0, 0], 9);
    const told = { values: rows.values.map((value, at) => (at % factors.length === 3 ? 0.5 : value)), labels: Uint8Array.from({ length: 200 }, (_, row) => Number(rows.values[row * factors.length]! > 0.5)) };
    const { weights, logLossRefit } = refit(told);
    expect(weights!.engagement).toBeGreaterThan(60);
    expect(Number.isFinite(logLossRefit)).toBe(true);
  });
});
