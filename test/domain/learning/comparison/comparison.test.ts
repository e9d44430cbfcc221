import { describe, expect, it } from 'vitest';
import { benchmarkOf, type ComparedStudent, compareWith, messageFor, percentileOf } from '#domain/learning/comparison/comparison';

const student = (userKey: number, accuracy: number | null, domains: readonly [number, number][] = []): ComparedStudent => ({ userKey, metrics: { accuracy, answers: 100, studyHours: null, streak: 1, readiness: null }, domains: new Map(domains) });

describe('a comparison', () => {
  it('stands at the middle of those level with it', () => {
    expect(percentileOf(3, [1, 2, 3, 4, 5])).toBe(50);
    expect(percentileOf(9, [1, 2, 3, 4, 5])).toBe(100);
    expect(percentileOf(0, [1, 2, 3, 4, 5])).toBe(0);
    expect(percentileOf(1, [1, 1, 1, 1, 1])).toBe(50);
  });

  it('tells nothing of fewer than five, for each figure on its own', () => {
    expect(percentileOf(3, [1, 2, 3, 4])).toBeNull();
    expect(benchmarkOf([1, 2, 3, 4])).toBeNull();
    expect(benchmarkOf([1, 2, 3, 4, 5])).toEqual({ count: 5, mean: 3, lower: 2, middle: 3, upper: 4 });
    const others = [0.5, 0.6, 0.7, 0.8, 0.9].map((accuracy, key) => student(key + 2, accuracy, key < 4 ? [[1, 0.5]] : [[1, 0.5], [2, 0.5]]));
    const compared = compareWith(student(1, 0.75, [[1, 0.9], [2, 0.1]]), others, [1, 2]);
    expect(compared.metrics.find(({ metric }) => metric === 'accuracy')).toMatchObject({ own: 0.75, percentile: 60, benchmark: { count: 5, mean: expect.closeTo(0.7) } });
    expect(compared.metrics.find(({ metric }) => metric === 'studyHours')).toEqual({ metric: 'studyHours', own: null, percentile: null, benchmark: null });
    expect(compared.domains).toEqual([{ domainKey: 1, own: 0.9, benchmark: expect.objectContaining({ count: 5 }) }, { domainKey: 2, own: 0.1, benchmark: null }]);
    expect(compared).toMatchObject({ strongest: 1, weakest: null, message: 'above' });
    expect(compareWith(student(1, 0.75), others.slice(1), [1])).toMatchObject({ message: 'unknown', others: 4 });
  });

  it('has a sentence for each quarter', () => {
    expect([90, 75, 60, 30, 10, null].map(messageFor)).toEqual(['ahead', 'ahead', 'above', 'middle', 'behind', 'unknown']);
  });
});
