import { setTimeout as wait } from 'node:timers/promises';
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

/** Each step takes a millisecond or two; the time between them belongs to calls. */
const restMilliseconds = 1;

/** @param isBusy whether a job runs: what it writes would be read over and over. When it ends, somebody must start again. */
export function createPreparation(log: Log, isBusy: () => boolean): Preparation {
  let current: Store | null = null;
  let wanted = 0;
  let running = false;

  const run = async (): Promise<void> => {
    let begun = -1;
    let store: Store | null = null;
    let steps: Generator<void> | null = null;
    try {
      for (;;) {
        await wait(restMilliseconds, undefined, { ref: false });
        if (current === null || isBusy()) return;
        if (steps === null || store !== current) {
          if (begun === wanted && store === current) return;
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
