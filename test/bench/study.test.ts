import { describe, expect, it } from 'vitest';
import { simulateYear, type YearShape } from '#bench/study/year';

const shape: YearShape = { scheduler: 'fsrs', retention: 0.9, students: 1, items: 60, days: 220, cap: 12, newADay: 5, seed: 7 };

describe('a year of study by somebody whose memory is not FSRS', () => {
  it.each(['fsrs', 'fixed'] as const)('under %s keeps every day under its cap, also after two weeks away', (scheduler) => {
    const year = simulateYear({ ...shape, scheduler });
    expect(year.fullestDay).toBeLessThanOrEqual(12);
    expect(year.meanDay).toBeGreaterThan(1);
    expect(year.recalled).toBeGreaterThan(0.3);
  });

  it('comes out the same each time', () => {
    expect(simulateYear({ ...shape, days: 60 })).toEqual(simulateYear({ ...shape, days: 60 }));
  });
});
