import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createBackground } from '#main/app/background';
import { createLane } from '#main/app/lane';
import { silentLog } from '#main/app/log';
import { createScheduler, isDue } from '#main/jobs/scheduler';
import { newDataKey } from '#main/store/keys';
import { openStore } from '#main/store/open';
import { lastScheduledRun } from '#main/store/platform/jobs';
import { emptyApp, fixedClock, monday, passPhrase, temporaryFolder, workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

const afterMidnight = '0 1 0 * * *';
const hour = 3_600_000;
const london = 'Europe/London';

describe('what is due', () => {
  it('is what never ran, and what has passed its hour since', () => {
    expect(isDue(afterMidnight, london, 0, monday)).toBe(true);
    expect(isDue(afterMidnight, london, monday, monday + 12 * hour)).toBe(false);
    expect(isDue(afterMidnight, london, monday, monday + 24 * hour)).toBe(true);
    expect(isDue(afterMidnight, london, monday, monday + 90 * 24 * hour)).toBe(true);
  });

  it('goes by the clock on the workspace’s wall', () => {
    // 00:01 in London in October is 23:01 UTC the day before, in Auckland 11:01 UTC.
    const until = (zone: string, at: number): boolean => isDue(afterMidnight, zone, monday, at);
    expect(until(london, Date.UTC(2026, 9, 5, 23, 0, 59))).toBe(false);
    expect(until(london, Date.UTC(2026, 9, 5, 23, 1))).toBe(true);
    expect(until('Pacific/Auckland', Date.UTC(2026, 9, 5, 11, 0, 59))).toBe(false);
    expect(until('Pacific/Auckland', Date.UTC(2026, 9, 5, 11, 1))).toBe(true);
  });

  it('comes once in the night in which the clocks go back, and is not brought on by a clock that was set back', () => {
    const before = Date.UTC(2026, 9, 24, 22, 0);
    const ran = Date.UTC(2026, 9, 24, 23, 1);
    expect(isDue(afterMidnight, london, before, ran)).toBe(true);
    expect(isDue(afterMidnight, london, ran, ran + 24 * hour)).toBe(false);
    expect(isDue(afterMidnight, london, ran, ran + 25 * hour)).toBe(true);
    expect(isDue(afterMidnight, london, monday, monday - 24 * hour)).toBe(false);
  });
});

describe('the scheduler', () => {
  const scheduled = (run: () => Promise<void>) => {
    const clock = fixedClock();
    const store = openStore({ file: join(temporaryFolder(), 'workspace.ivy'), dataKey: newDataKey(), now: clock });
    const background = createBackground(silentLog, createLane());
    const scheduler = createScheduler({
      now: clock,
      log: silentLog,
      timeZone: () => london,
      works: [{ name: 'test.work', pattern: afterMidnight, run }],
      background,
    });
    onTestFinished(async () => {
      scheduler.stop();
      await background.close(0);
      store.close();
    });
    const begin = async (): Promise<void> => {
      scheduler.stop();
      scheduler.start(store);
      await background.settled();
    };
    return { clock, begin, lastRun: () => lastScheduledRun(store, 'test.work') };
  };

  it('catches up once for all that fell due while the program was closed', async () => {
    let runs = 0;
    const { clock, begin, lastRun } = scheduled(() => {
      runs += 1;
      return Promise.resolve();
    });
    await begin();
    expect([runs, lastRun()]).toEqual([1, monday]);
    await begin();
    clock.advance(10 * hour);
    await begin();
    expect(runs).toBe(1);
    clock.advance(30 * 24 * hour);
    await begin();
    await begin();
    expect([runs, lastRun()]).toEqual([2, monday + 10 * hour + 30 * 24 * hour]);
  });

  it('tries again at the next start what has failed, and goes on', async () => {
    let runs = 0;
    const { begin, lastRun } = scheduled(() => {
      runs += 1;
      return runs === 1 ? Promise.reject(new Error('no')) : Promise.resolve();
    });
    await begin();
    expect([runs, lastRun()]).toEqual([1, 0]);
    await begin();
    expect([runs, lastRun()]).toEqual([2, monday]);
  });
});

describe('scores that age', () => {
  it('are brought up to date at the first opening of a later day, and not twice in one', async () => {
    const first = await workspaceApp();
    await first.owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const [fresh] = (await first.owner.call('admissions.leads.list', { search: 'Zara' })).items;
    await first.app.close();

    const openAt = async (at: number) => {
      const { app, stranger } = emptyApp({ folder: first.folder, clock: fixedClock(at) });
      const owner = stranger();
      await owner.call('platform.sessions.signIn', { passPhrase });
      await app.inside.settled();
      const [lead] = (await owner.call('admissions.leads.list', { search: 'Zara' })).items;
      await app.close();
      return lead!;
    };
    const later = await openAt(monday + 60 * 24 * hour);
    expect(later.score).toBeLessThan(fresh!.score!);
    expect(later.scoredAt).toBe(monday + 60 * 24 * hour);
    const sameDay = await openAt(monday + 60 * 24 * hour + hour);
    expect(sameDay.scoredAt).toBe(later.scoredAt);
  });
});
