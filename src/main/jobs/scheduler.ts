import { Cron } from 'croner';
import type { Background } from '#main/app/background';
import type { Log } from '#main/app/log';
import { lastScheduledRun, recordScheduledRun } from '#main/store/platform/jobs';
import type { Store } from '#main/store/open';

/** Something that is due by the clock. */
export interface ScheduledWork {
  readonly name: string;
  /** A cron pattern in the workspace's time zone. */
  readonly pattern: string;
  run(store: Store): Promise<void>;
}

export interface Scheduler {
  /** Catches up what fell due while the program was closed, then waits for what is next. */
  start(store: Store): void;
  stop(): void;
}

export interface SchedulerParts {
  readonly now: () => number;
  readonly log: Log;
  readonly timeZone: () => string;
  readonly works: readonly ScheduledWork[];
  readonly background: Background;
}

/** Whether a work fell due between its last run and now. A clock that was set back makes nothing due. */
export function isDue(pattern: string, timeZone: string, lastRun: number, now: number): boolean {
  if (lastRun === 0) return true;
  if (lastRun > now) return false;
  const next = new Cron(pattern, { timezone: timeZone, paused: true }).nextRun(new Date(lastRun));
  return next !== null && next.getTime() <= now;
}

export function createScheduler({ now, log, timeZone, works, background }: SchedulerParts): Scheduler {
  let timers: Cron[] = [];
  const start = (store: Store, work: ScheduledWork): void => {
    background.run(work.name, async () => {
      await work.run(store);
      store.transaction((writer) => {
        recordScheduledRun(writer, work.name, now());
      });
      log.info({ work: work.name }, 'Scheduled work was done.');
    });
  };
  return {
    start(store) {
      for (const work of works) {
        if (isDue(work.pattern, timeZone(), lastScheduledRun(store, work.name), now())) start(store, work);
        timers.push(
          new Cron(work.pattern, { timezone: timeZone(), unref: true }, () => {
            start(store, work);
          }),
        );
      }
    },
    stop() {
      for (const timer of timers) timer.stop();
      timers = [];
    },
  };
}
