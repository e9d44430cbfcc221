import type { Role } from './roles';

/** How often somebody may do something. Source: the product's rate-limit specification, section 5.3. */
export interface RateLimit {
  readonly requestsPerMinute: number;
  readonly requestsPerHour: number;
  /** Requests in any 10 seconds. */
  readonly burst: number;
  /** Seconds of rest once a limit was exceeded. */
  readonly cooldownSeconds: number;
}

export const userLimit: RateLimit = { requestsPerMinute: 60, requestsPerHour: 1_000, burst: 10, cooldownSeconds: 300 };

export const roleLimits: Readonly<Record<Role, RateLimit>> = {
  student: { requestsPerMinute: 30, requestsPerHour: 500, burst: 5, cooldownSeconds: 300 },
  staff: { requestsPerMinute: 100, requestsPerHour: 2_000, burst: 15, cooldownSeconds: 300 },
  manager: { requestsPerMinute: 200, requestsPerHour: 5_000, burst: 25, cooldownSeconds: 300 },
  admin: { requestsPerMinute: 500, requestsPerHour: 10_000, burst: 50, cooldownSeconds: 300 },
  super_admin: { requestsPerMinute: 1_000, requestsPerHour: 20_000, burst: 100, cooldownSeconds: 300 },
};

const windows = [
  { milliseconds: 10_000, most: (limit: RateLimit) => limit.burst },
  { milliseconds: 60_000, most: (limit: RateLimit) => limit.requestsPerMinute },
  { milliseconds: 3_600_000, most: (limit: RateLimit) => limit.requestsPerHour },
] as const;

/** What is remembered of one caller: when they called, oldest first, and until when they must rest. */
export interface RateState {
  readonly times: readonly number[];
  readonly restsUntil: number;
}

export const freshRateState: RateState = { times: [], restsUntil: 0 };

/**
 * Sliding windows of 10 seconds, a minute and an hour with a cooldown. A clock that went back forgets what lies in its future.
 *
 * @param now UTC milliseconds
 * @returns the state to keep, and the seconds to wait where the call is refused
 */
export function takeTurn(state: RateState, limit: RateLimit, now: number): { readonly state: RateState; readonly waitSeconds: number } {
  const longest = windows[2].milliseconds;
  const times = state.times.filter((time) => time <= now && now - time < longest);
  const restsUntil = Math.min(state.restsUntil, now + limit.cooldownSeconds * 1_000);
  if (restsUntil > now) return { state: { times, restsUntil }, waitSeconds: Math.ceil((restsUntil - now) / 1_000) };
  for (const { milliseconds, most } of windows) {
    if (times.filter((time) => now - time < milliseconds).length >= most(limit)) {
      const rest = now + limit.cooldownSeconds * 1_000;
      return { state: { times, restsUntil: rest }, waitSeconds: limit.cooldownSeconds };
    }
  }
  return { state: { times: [...times, now], restsUntil: 0 }, waitSeconds: 0 };
}
