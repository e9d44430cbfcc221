import type { Clock } from '#domain/kernel/clock';

/** Counts that fit between two milliseconds. */
const ticksPerMillisecond = 1_000;

/**
 * A hybrid logical clock: physical milliseconds times 1,000 plus a counter, never going back even when the machine's clock does.
 * Source: Kulkarni et al., Logical Physical Clocks (2014). As one integer it stays exact in a double until the year 2255.
 *
 * @param last the newest value ever given out, from the store
 */
export function hybridClock(now: Clock, last: number): () => number {
  let newest = last;
  return () => {
    newest = Math.max(newest + 1, now() * ticksPerMillisecond);
    return newest;
  };
}
