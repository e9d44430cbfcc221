import { setTimeout as wait } from 'node:timers/promises';
import { Cancelled, type Checkpoint } from '#domain/kernel/checkpoint';
import type { Lane } from './lane';
import type { Log } from './log';

/** Work that the program does by itself, unseen: it is waited for at the end, and what goes wrong is logged. */
export interface Background {
  readonly signal: AbortSignal;
  readonly checkpoint: Checkpoint;
  /** Runs a work when the bulk writers before it are done. */
  run(name: string, work: () => Promise<void>): void;
  /** Waits until nothing runs. */
  settled(): Promise<void>;
  /** Waits for what runs, so long, and stops what then still does. */
  close(patienceMilliseconds: number): Promise<void>;
}

export function createBackground(log: Log, lane: Lane): Background {
  const abort = new AbortController();
  let last: Promise<void> = Promise.resolve();
  return {
    signal: abort.signal,
    checkpoint() {
      if (abort.signal.aborted) throw new Cancelled();
    },
    run(name, work) {
      last = lane(async () => {
        if (abort.signal.aborted) return;
        try {
          await work();
        } catch (error) {
          if (!(error instanceof Cancelled)) log.error({ error, work: name }, 'Work in the background failed.');
        }
      });
    },
    settled: () => last,
    async close(patienceMilliseconds) {
      if (patienceMilliseconds > 0) await Promise.race([last, wait(patienceMilliseconds, undefined, { ref: false })]);
      abort.abort();
      await last;
    },
  };
}
