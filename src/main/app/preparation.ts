import { setImmediate as breathe, setTimeout as wait } from 'node:timers/promises';
import { takeFirstShown } from '#main/store/admissions/firstLeads';
import { prepareLeads } from '#main/store/admissions/leadColumns';
import type { Store } from '#main/store/open';
import type { Log } from './log';

/** Reads in advance what lists need, so that the first page of each kind is as quick as the next. */
export interface Preparation {
  /** Begins, or goes on with what has changed meanwhile. */
  start(store: Store): void;
  /** Must be called before a store is closed. */
  stop(): void;
}

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

  const run = async (): Promise<void> => {
    let begun = -1;
    let store: Store | null = null;
    let steps: Generator<void> | null = null;
    try {
      await wait(restMilliseconds, undefined, { ref: false });
      for (;;) {
        // Each step takes a few milliseconds; calls have their turns between them.
        await breathe();
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
    stop() {
      current = null;
    },
  };
}
