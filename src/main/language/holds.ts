import { Refusal } from '#contract/errors';
import type { LanguageHold } from '#contract/platform/language';

/** What waits for a person’s yes or no. It lives in memory: a program that ends has sent nothing and changed nothing. */
export interface Holds {
  /** Waits for the person; false where they say no, nobody answers in time, or the question is cancelled. */
  ask(userId: string, hold: Omit<LanguageHold, 'id' | 'at'>, signal: AbortSignal): Promise<boolean>;
  of(userId: string): LanguageHold[];
  /** Only whoever was asked may answer. */
  decide(userId: string, id: string, agreed: boolean): void;
}

/** Whoever does not answer for so long has gone away. */
const patienceMilliseconds = 5 * 60_000;

interface Waiting {
  readonly userId: string;
  readonly hold: LanguageHold;
  readonly settle: (agreed: boolean) => void;
}

export function createHolds(newId: () => string, now: () => number, changed: () => void): Holds {
  const waiting = new Map<string, Waiting>();
  return {
    ask(userId, given, signal) {
      if (signal.aborted) return Promise.resolve(false);
      const hold: LanguageHold = { ...given, id: newId(), at: now() };
      return new Promise((resolve) => {
        const settle = (agreed: boolean): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', no);
          if (waiting.delete(hold.id)) changed();
          resolve(agreed);
        };
        const no = (): void => {
          settle(false);
        };
        const timer = setTimeout(no, patienceMilliseconds);
        timer.unref();
        signal.addEventListener('abort', no, { once: true });
        waiting.set(hold.id, { userId, hold, settle });
        changed();
      });
    },
    of: (userId) => [...waiting.values()].filter((each) => each.userId === userId).map(({ hold }) => hold),
    decide(userId, id, agreed) {
      const found = waiting.get(id);
      if (found?.userId !== userId) throw new Refusal('not_found', 'That does not wait any more. Ask again.', { id });
      found.settle(agreed);
    },
  };
}
