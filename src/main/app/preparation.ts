import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import { takeFirstShown } from '#main/store/admissions/firstLeads';
import { hasReadLeads, prepareLeads } from '#main/store/admissions/leadColumns';
import type { Store } from '#main/store/open';
import type { Log } from './log';

/** Reads in advance what lists need, so that the first page of each kind is as quick as the next. */
export interface Preparation {
  /** Begins, or goes on with what has changed meanwhile. */
  start(store: Store): void;
  /** Notes that somebody asks for something now. */
  asked(): void;
  /** Must be called before a store is closed. */
  stop(): void;
}

/** Who asked so lately asks again soon: what every list needs is read on, all else gives way. */
const politeMilliseconds = 20;
/** How long a step gives way. */
const pauseMilliseconds = 8;

/** Before it begins: whoever has just opened the workspace asks for a first page. */
const restMilliseconds = 1;

/**
 * @param isBusy whether a job runs: what it writes would be read over and over. When it ends, somebody must start again.
 * @param onRead called once all is there, where somebody was shown the first leads alone meanwhile
 */
export function createPreparation(log: Log, isBusy: () => boolean, onRead: () => void): Preparation {
  let current: Store | null = null;
  let wanted = 0;
  let running = false;
  let askedAt = -politeMilliseconds;

  const run = async (): Promise<void> => {
    let begun = -1;
    let store: Store | null = null;
    let steps: Generator<void> | null = null;
    try {
      await wait(restMilliseconds, undefined, { ref: false });
      for (;;) {
        // Each step takes a few milliseconds; calls have their turns between them.
        await breathe();
        if (performance.now() - askedAt < politeMilliseconds && current !== null && hasReadLeads(current)) await wait(pauseMilliseconds, undefined, { ref: false });
        if (current === null || isBusy()) return;
        if (steps === null || store !== current) {
          if (begun === wanted && store === current) {
            if (takeFirstShown(current)) onRead();
            return;
          }
          begun = wanted;
          store = current;
          steps = prepareLeads(store);
        }
        if (steps.next().done === true) steps = null;
      }
    } catch (error) {
      log.error({ error }, 'Leads could not be read in advance.');
    } finally {
      running = false;
    }
  };

  return {
    start(store) {
      current = store;
      wanted += 1;
      if (running) return;
      running = true;
      void run();
    },
    asked() {
      askedAt = performance.now();
    },
    stop() {
      current = null;
    },
  };
}
