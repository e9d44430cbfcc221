/** Reads the present instant. Passed in wherever time matters, so that engines and tests own their clock. Unit: UTC milliseconds. */
export type Clock = () => number;

export const millisecondsPerDay = 86_400_000;

/**
 * Days from one instant to another, never negative: a clock that was set back must not make a lead fresher than "just now".
 *
 * @param from UTC milliseconds
 * @param to UTC milliseconds
 * @returns whole and fractional days, at least 0
 */
export function daysBetween(from: number, to: number): number {
  return Math.max(0, (to - from) / millisecondsPerDay);
}
