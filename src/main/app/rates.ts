import { freshRateState, type RateLimit, type RateState, roleLimits, takeTurn, userLimit } from '#domain/platform/limits';
import type { RateClass } from '#contract/define';
import { Refusal } from '#contract/errors';
import type { Actor } from './scope';

/** The callers that are remembered; the longest silent is forgotten first. */
const maximumCallers = 10_000;

export interface Rates {
  /** Refuses a caller that comes too often. */
  check(rate: RateClass, caller: { readonly actor: Actor | null; readonly connection: string }, now: number): void;
  /** Counts a failed attempt of the `auth` class: those that succeed are not counted, so that scripts may sign in. */
  countFailure(connection: string, now: number): void;
}

/** Keeps the rate of every caller in memory. A restart forgets it; the lockout of a user does not. */
export function createRates(): Rates {
  const states = new Map<string, RateState>();
  const keep = (key: string, state: RateState): void => {
    states.delete(key);
    states.set(key, state);
    const oldest = states.size > maximumCallers ? states.keys().next().value : undefined;
    if (oldest !== undefined) states.delete(oldest);
  };
  const turn = (key: string, limit: RateLimit, now: number): number => {
    const { state, waitSeconds } = takeTurn(states.get(key) ?? freshRateState, limit, now);
    keep(key, state);
    return waitSeconds;
  };
  return {
    check(rate, { actor, connection }, now) {
      if (rate === 'none') return;
      const waitSeconds =
        rate === 'auth'
          ? Math.max(0, Math.ceil(((states.get(`auth ${connection}`)?.restsUntil ?? 0) - now) / 1_000))
          : turn(`${rate} ${actor?.userId ?? connection}`, actor === null ? userLimit : roleLimits[actor.role], now);
      if (waitSeconds > 0) {
        throw new Refusal('rate_limited', `Too many requests. Try again in ${String(waitSeconds)} seconds.`, { waitSeconds });
      }
    },
    countFailure(connection, now) {
      turn(`auth ${connection}`, userLimit, now);
    },
  };
}
