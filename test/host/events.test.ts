import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it, vi } from 'vitest';
import type { ServerEvent } from '#contract/answer';
import { passPhrase } from '#test/support/app';
import { testHost } from '#test/support/hostServer';

const changes = (topic: string) => (event: ServerEvent): boolean => event.kind === 'changed' && event.changes.some((change) => change.topic === topic);

describe('the event stream', () => {
  it('tells a tab what another tab has changed', async () => {
    const { browser } = await testHost();
    const own = await browser({ signedIn: true });
    const stream = await own.listen();
    expect(stream.status).toBe(200);
    await own.result('platform.users.create', { name: 'Grace', email: 'grace@school.example', role: 'staff', passPhrase });
    await stream.until(changes('users'));
  });

  it('tells nothing to somebody who is not signed in', async () => {
    const { browser, test } = await testHost();
    const stream = await (await browser()).listen();
    await test.newUser('staff');
    await wait(100);
    expect(stream.events).toEqual([]);
  });

  it('hears as the person who signs in, and tells the browser’s other tabs that everything may be different', async () => {
    const { browser, test } = await testHost();
    const own = await browser();
    const caller = await own.listen('the-calling-tab');
    const other = await own.listen('the-other-tab');
    await own.call('platform.sessions.signIn', { passPhrase }, { 'x-ivy-tab': 'the-calling-tab' });
    await test.newUser('staff');
    await caller.until(changes('users'));
    await other.until(changes('users'));
    expect(other.events[0]).toEqual({ kind: 'reconnected' });
    expect(caller.events).not.toContainEqual({ kind: 'reconnected' });
  });

  it('says that the session is over, and from then on says nothing more', async () => {
    const { browser, test } = await testHost();
    const own = await browser({ signedIn: true });
    const stream = await own.listen();
    await own.result('platform.sessions.signOut');
    await stream.until((event) => event.kind === 'sessionEnded' && event.reason === 'signedOut');
    await wait(50);
    const before = stream.events.length;
    await test.newUser('staff');
    await wait(100);
    expect(stream.events).toHaveLength(before);
  });

  it('tells one person nothing of what was meant for the one before', async () => {
    const { browser, test } = await testHost();
    await test.newUser('staff', { email: 'next@school.example' });
    const own = await browser({ signedIn: true });
    const stream = await own.listen();
    await own.result('platform.sessions.signIn', { email: 'next@school.example', passPhrase });
    const before = stream.events.length;
    const other = await browser({ signedIn: true });
    await other.result('platform.audit.export', {});
    await wait(200);
    expect(stream.events.slice(before).filter(({ kind }) => kind === 'job')).toEqual([]);
  });

  it('that began while the session was locked hears again once it is unlocked', async () => {
    const { browser, test } = await testHost();
    const own = await browser({ signedIn: true });
    await own.result('platform.sessions.lock');
    const stream = await own.listen();
    await test.newUser('staff');
    await wait(100);
    expect(stream.events).toEqual([]);
    await own.result('platform.sessions.unlock', { passPhrase });
    await test.newUser('staff');
    await stream.until(changes('users'));
  });

  it('gives a sign of life now and then', async () => {
    const { browser } = await testHost({ heartbeatMilliseconds: 20 });
    const stream = await (await browser()).listen();
    await vi.waitFor(() => {
      expect(stream.raw()).toMatch(/^retry: 1000\n\n(: still here\n\n){2}/);
    });
  });

  it('gives way to a newer one of the same tab, and is forgotten when the tab closes', async () => {
    const { browser, server, test } = await testHost();
    const own = await browser({ signedIn: true });
    const first = await own.listen('same-tab');
    const second = await own.listen('same-tab');
    await vi.waitFor(() => {
      expect(first.ended()).toBe(true);
    });
    await test.newUser('staff');
    await second.until(changes('users'));
    second.close();
    await vi.waitFor(() => {
      expect(server.streams.count).toBe(0);
    });
  });

  it('takes no tab without a name', async () => {
    const { browser } = await testHost();
    const own = await browser();
    expect((await own.get('/events')).status).toBe(400);
    expect((await own.get('/events?tab=a%0Ab')).status).toBe(400);
    expect((await own.send('/events?tab=12345678', { method: 'HEAD' })).status).toBe(405);
  });

  it('ends with the host', async () => {
    const { browser, server } = await testHost();
    const stream = await (await browser()).listen();
    const since = performance.now();
    await server.close();
    expect(performance.now() - since).toBeLessThan(1_000);
    await vi.waitFor(() => {
      expect(stream.ended()).toBe(true);
    });
  });
});
