/** How a gateway deals with a server that is busy, broken or gone. All times are milliseconds. */

/** How often a request is tried again. */
export const mostRetries = 2;
const firstPause = 500;
/** Nobody waits longer than this for one try; a server that asks for more is told of instead. */
export const longestPause = 20_000;

/**
 * How long to wait before the next try: what the server asked for, or twice as long each time, anywhere between half and all of it, so
 * that many who were refused together do not come back together.
 *
 * @param attempt 0 before the first retry
 * @param asked what the server asked for, or null
 * @param random from 0 to 1
 * @returns null where it is not worth waiting
 */
export function pauseBefore(attempt: number, asked: number | null, random: number): number | null {
  if (attempt >= mostRetries) return null;
  if (asked !== null) return asked <= longestPause ? Math.max(0, asked) : null;
  return Math.round(firstPause * 2 ** attempt * (0.5 + random / 2));
}

/** What is remembered of a server: failures in a row, and until when it is left alone. */
export interface BreakerState {
  readonly failures: number;
  readonly restsUntil: number;
  /** How long it was left alone last. */
  readonly rest: number;
}

export const freshBreaker: BreakerState = { failures: 0, restsUntil: 0, rest: 0 };

const failuresToOpen = 5;
const firstRest = 30_000;
const longestRest = 300_000;

/** Whether a server may be asked; after a rest one question tries it. */
export function mayAsk(state: BreakerState, now: number): boolean {
  return now >= state.restsUntil;
}

/** After a question: a success closes the circuit, the fifth failure in a row opens it, and each one after a rest doubles the rest. */
export function afterAnswer(state: BreakerState, worked: boolean, now: number): BreakerState {
  if (worked) return freshBreaker;
  const failures = state.failures + 1;
  if (failures < failuresToOpen) return { ...state, failures };
  const rest = Math.min(longestRest, state.rest === 0 ? firstRest : state.rest * 2);
  return { failures, restsUntil: now + rest, rest };
}

/**
 * Whether somebody may ask now, by what they asked in the last minute.
 *
 * @param times when they asked, oldest first
 * @returns the times to keep, and the seconds to wait where they may not
 */
export function takeRequest(times: readonly number[], requestsPerMinute: number, now: number): { readonly times: readonly number[]; readonly waitSeconds: number } {
  const recent = times.filter((time) => time <= now && now - time < 60_000);
  if (recent.length < requestsPerMinute) return { times: [...recent, now], waitSeconds: 0 };
  const free = (recent[recent.length - requestsPerMinute] ?? now) + 60_000;
  return { times: recent, waitSeconds: Math.max(1, Math.ceil((free - now) / 1_000)) };
}
