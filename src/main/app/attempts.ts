import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Refusal } from '#contract/errors';
import { type Profile, writeWhole } from './profile';

const attempts = z.object({
  logins: z.record(z.string(), z.object({ failures: z.number().int(), lastAt: z.number() })),
  /** Refusals that no store was open to record; they go into the audit at the next sign-in. */
  unrecorded: z.array(z.object({ at: z.number(), door: z.string(), code: z.string() })),
});
type Attempts = z.output<typeof attempts>;

/** Wrong pass phrases in a row before a login has to wait. */
const freeFailures = 5;
const firstWaitSeconds = 60;
const longestWaitSeconds = 3_600;
/** After so long without a failure a login starts afresh. */
const forgetAfterMilliseconds = 24 * 3_600_000;
const maximumUnrecorded = 1_000;

/** How long a login must wait after so many failures: a minute after the fifth, twice as long after each more, at most an hour. */
export function lockoutSeconds(failures: number): number {
  if (failures < freeFailures) return 0;
  return Math.min(longestWaitSeconds, firstWaitSeconds * 2 ** (failures - freeFailures));
}

export interface SignInGuard {
  /** Refuses a login that failed too often. */
  check(login: string, now: number): void;
  failed(login: string, refusal: { readonly at: number; readonly door: string; readonly code: string }, recorded: boolean): void;
  succeeded(login: string): void;
  /** Refusals to be written into the audit now that there is one; they are forgotten here. */
  takeUnrecorded(): Attempts['unrecorded'];
}

/** Counts failed sign-ins in a small file, so that neither a restart nor a closed workspace forgets them. */
export function createSignInGuard(profile: Profile): SignInGuard {
  const read = (): Attempts => {
    if (!existsSync(profile.attemptsFile)) return { logins: {}, unrecorded: [] };
    try {
      const parsed = attempts.safeParse(JSON.parse(readFileSync(profile.attemptsFile, 'utf8')));
      return parsed.success ? parsed.data : { logins: {}, unrecorded: [] };
    } catch {
      // Only half of this file was written: better to count anew than to lock everybody out.
      return { logins: {}, unrecorded: [] };
    }
  };
  const write = (state: Attempts): void => {
    writeWhole(profile.attemptsFile, JSON.stringify(state));
  };
  return {
    check(login, now) {
      const found = read().logins[login];
      if (found === undefined) return;
      // A clock that was set back must not lengthen the wait.
      const since = Math.max(0, now - Math.min(found.lastAt, now));
      const wait = lockoutSeconds(found.failures) - since / 1_000;
      if (wait > 0) {
        const waitSeconds = Math.ceil(wait);
        throw new Refusal('locked_out', `Too many wrong pass phrases. Try again in ${String(waitSeconds)} seconds.`, { waitSeconds });
      }
    },
    failed(login, refusal, recorded) {
      const state = read();
      const before = state.logins[login];
      const fresh = before === undefined || refusal.at - before.lastAt > forgetAfterMilliseconds;
      write({
        logins: { ...state.logins, [login]: { failures: (fresh ? 0 : before.failures) + 1, lastAt: refusal.at } },
        unrecorded: recorded ? state.unrecorded : [...state.unrecorded, refusal].slice(-maximumUnrecorded),
      });
    },
    succeeded(login) {
      const state = read();
      if (state.logins[login] === undefined) return;
      const { [login]: _removed, ...logins } = state.logins;
      write({ ...state, logins });
    },
    takeUnrecorded() {
      const state = read();
      if (state.unrecorded.length > 0) write({ ...state, unrecorded: [] });
      return state.unrecorded;
    },
  };
}
