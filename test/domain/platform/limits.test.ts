import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freshRateState, type RateLimit, type RateState, roleLimits, takeTurn } from '#domain/platform/limits';
import { roles } from '#domain/platform/roles';

const limit: RateLimit = { requestsPerMinute: 6, requestsPerHour: 20, burst: 3, cooldownSeconds: 300 };

/** Asks at each moment and answers the seconds to wait, one for each. */
function waits(moments: readonly number[], state: RateState = freshRateState): number[] {
  let now = state;
  return moments.map((moment) => {
    const { state: next, waitSeconds } = takeTurn(now, limit, moment);
    now = next;
    return waitSeconds;
  });
}

describe('how often somebody may ask', () => {
  it('grows with the role', () => {
    const grows = roles.map((role) => roleLimits[role].requestsPerMinute);
    expect(grows).toEqual([...grows].sort((a, b) => a - b));
    expect(roleLimits.student).toMatchObject({ requestsPerMinute: 30, burst: 5, cooldownSeconds: 300 });
  });

  it('is limited in ten seconds, in a minute, and in an hour; then one rests', () => {
    expect(waits([0, 1, 2, 3])).toEqual([0, 0, 0, 300]);
    expect(waits([0, 5_000, 10_000, 15_000, 20_000, 25_000, 30_000])).toEqual([0, 0, 0, 0, 0, 0, 300]);
    expect(waits(Array.from({ length: 21 }, (_, index) => index * 60_000)).at(-1)).toBe(300);
  });

  it('rests to the end, however often one asks meanwhile, and then begins anew', () => {
    expect(waits([0, 0, 0, 0, 1_000, 299_999, 300_000])).toEqual([0, 0, 0, 300, 299, 1, 0]);
  });

  it('does not rest for longer where the clock is set back', () => {
    expect(waits([1_000_000, 1_000_000, 1_000_000, 1_000_000, 0, 300_000])).toEqual([0, 0, 0, 300, 300, 0]);
  });

  it('never lets more through than the limit says, whenever one asks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { minLength: 1, maxLength: 80 }), (gaps) => {
        let at = 0;
        const moments = gaps.map((gap) => (at += gap));
        const answers = waits(moments);
        const passed = moments.filter((_moment, index) => answers[index] === 0);
        for (const moment of passed) {
          const within = (milliseconds: number): number => passed.filter((other) => other <= moment && moment - other < milliseconds).length;
          expect(within(10_000)).toBeLessThanOrEqual(limit.burst);
          expect(within(60_000)).toBeLessThanOrEqual(limit.requestsPerMinute);
          expect(within(3_600_000)).toBeLessThanOrEqual(limit.requestsPerHour);
        }
      }),
    );
  });
});
