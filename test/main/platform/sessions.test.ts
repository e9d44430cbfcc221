import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import type { App } from '#main/app/createApp';
import { lockoutSeconds } from '#main/app/attempts';
import { emptyApp, monday, passPhrase, type Person, workspaceApp } from '#test/support/app';

const minute = 60_000;
const hour = 60 * minute;
const ada = 'ada@school.example';
const wrong = { email: ada, passPhrase: 'not it at all' };

/** What the holder of a token is told about their session. */
async function currentBy(app: App, token: string | null): Promise<string> {
  const request = { entry: 'platform.sessions.current', input: {}, token, door: 'cli', connection: 'by token', requestId: v7() } as const;
  const answer = await app.call(request, { signal: new AbortController().signal });
  return answer.ok ? 'signed in' : answer.error.code;
}

async function fail(person: Person, times: number, given: object = wrong): Promise<string[]> {
  const codes: string[] = [];
  for (let time = 0; time < times; time += 1) codes.push((await person.refused('platform.sessions.signIn', given)).code);
  return codes;
}

describe('signing in', () => {
  it('takes the e-mail however it is written, and needs none where there is one user', async () => {
    const { stranger, newUser } = await workspaceApp();
    await stranger().call('platform.sessions.signIn', { email: '  ADA@School.Example ', passPhrase });
    await stranger().call('platform.sessions.signIn', { passPhrase });
    await newUser('staff');
    const error = await stranger().refused('platform.sessions.signIn', { passPhrase });
    expect(error).toMatchObject({ code: 'invalid_input', message: expect.stringMatching(/give the e-mail/) });
  });

  it('does not tell whether it was the e-mail or the pass phrase', async () => {
    const { stranger } = await workspaceApp();
    const phrase = await stranger().refused('platform.sessions.signIn', wrong);
    const email = await stranger().refused('platform.sessions.signIn', { email: 'nobody@school.example', passPhrase });
    expect(phrase.code).toBe('wrong_credentials');
    expect(email).toEqual(phrase);
  });

  it('ends after the hours of the settings, and at the sign-out', async () => {
    const { owner, signIn, clock, app } = await workspaceApp();
    const token = owner.token();
    await owner.call('platform.sessions.signOut');
    expect(await currentBy(app, token)).toBe('not_signed_in');
    const again = await signIn(ada);
    clock.advance(12 * hour - 1);
    await again.call('platform.sessions.current');
    clock.advance(1);
    expect((await again.refused('platform.sessions.current')).code).toBe('not_signed_in');
  });
});

describe('wrong pass phrases in a row', () => {
  it('make a login wait: a minute after five, twice as long after each more, an hour at most', () => {
    expect([0, 4, 5, 6, 7, 11, 50].map(lockoutSeconds)).toEqual([0, 0, 60, 120, 240, 3_600, 3_600]);
  });

  it('make even the right one wait, which then is told for how long', async () => {
    const { stranger, clock, newUser } = await workspaceApp();
    await newUser('staff', { email: 'stan@school.example' });
    expect(await fail(stranger(), 5)).toEqual(Array(5).fill('wrong_credentials'));
    const right = { email: ada, passPhrase };
    const error = await stranger().refused('platform.sessions.signIn', right);
    expect(error).toMatchObject({ code: 'locked_out', message: expect.stringMatching(/Try again in 60 seconds/), details: { waitSeconds: 60 } });
    await stranger().call('platform.sessions.signIn', { email: 'stan@school.example', passPhrase });
    clock.advance(minute - 1);
    expect((await stranger().refused('platform.sessions.signIn', right)).details).toEqual({ waitSeconds: 1 });
    clock.advance(1);
    expect(await fail(stranger(), 1)).toEqual(['wrong_credentials']);
    expect((await stranger().refused('platform.sessions.signIn', right)).details).toEqual({ waitSeconds: 120 });
    clock.advance(2 * minute);
    await stranger().call('platform.sessions.signIn', right);
    expect(await fail(stranger(), 4)).toEqual(Array(4).fill('wrong_credentials'));
    await stranger().call('platform.sessions.signIn', right);
  });

  it('are not forgotten by a restart, and a clock that is set back makes the wait no longer', async () => {
    const first = await workspaceApp();
    await fail(first.stranger(), 5);
    await first.app.close();
    const { stranger, clock } = emptyApp({ folder: first.folder });
    expect((await stranger().refused('platform.sessions.signIn', { passPhrase })).code).toBe('locked_out');
    clock.set(monday - 24 * hour);
    expect((await stranger().refused('platform.sessions.signIn', { passPhrase })).details).toEqual({ waitSeconds: 60 });
  });

  it('are counted for an e-mail that nobody has as well, so that nobody learns who is here', async () => {
    const { stranger } = await workspaceApp();
    expect(await fail(stranger(), 6, { email: 'nobody@school.example', passPhrase })).toEqual([...Array<string>(5).fill('wrong_credentials'), 'locked_out']);
  });
});

describe('a session at a window that nobody is at', () => {
  it('locks after the minutes of the settings and opens with the pass phrase', async () => {
    const { signIn, clock } = await workspaceApp();
    const atWindow = await signIn(ada, 'electron');
    clock.advance(15 * minute);
    await atWindow.call('platform.sessions.current');
    clock.advance(1);
    const locked = await atWindow.refused('platform.sessions.current');
    expect(locked).toMatchObject({ code: 'session_locked', message: expect.stringMatching(/pass phrase/) });
    clock.set(monday + 15 * minute);
    expect((await atWindow.refused('admissions.leads.list')).code).toBe('session_locked');
    expect((await atWindow.refused('platform.sessions.unlock', { passPhrase: 'not it at all' })).code).toBe('wrong_credentials');
    expect((await atWindow.refused('platform.sessions.current')).code).toBe('session_locked');
    await atWindow.call('platform.sessions.unlock', { passPhrase });
    await atWindow.call('platform.sessions.current');
  });

  it('does not lock while somebody says that they are there, however often', async () => {
    const { signIn, clock } = await workspaceApp();
    const inBrowser = await signIn(ada, 'web');
    for (let time = 0; time < 6; time += 1) {
      clock.advance(10 * minute);
      await inBrowser.call('platform.sessions.touch');
      await inBrowser.call('platform.sessions.touch');
    }
    await inBrowser.call('platform.sessions.current');
  });

  it('does not lock on the command line, nor for a person who has no pass phrase', async () => {
    const { owner, clock } = await workspaceApp();
    const open = await workspaceApp({ passPhrase: null, door: 'web' });
    clock.advance(10 * hour);
    open.clock.advance(10 * hour);
    await owner.call('platform.sessions.current');
    await open.owner.call('platform.sessions.current');
    expect((await open.owner.refused('platform.sessions.lock')).code).toBe('conflict');
  });

  it('locks when it is told to, and tells its windows', async () => {
    const { signIn, owner } = await workspaceApp();
    const atWindow = await signIn(ada, 'electron');
    atWindow.listen();
    await atWindow.call('platform.sessions.lock');
    expect(atWindow.events).toContainEqual({ kind: 'sessionEnded', reason: 'locked' });
    expect((await atWindow.refused('admissions.leads.list')).code).toBe('session_locked');
    expect((await owner.call('platform.sessions.list')).items.map(({ locked, current }) => [locked, current]).sort()).toEqual([[false, true], [true, false]]);
    await atWindow.call('platform.sessions.unlock', { passPhrase });
    await atWindow.call('admissions.leads.list');
  });
});

describe('after a restart', () => {
  it('only a remembered session goes on, and opens the workspace by itself until it ends', async () => {
    const first = await workspaceApp();
    const remembered = first.stranger();
    await remembered.call('platform.sessions.signIn', { passPhrase, remember: true });
    await first.app.close();

    const second = emptyApp({ folder: first.folder });
    expect(await currentBy(second.app, first.owner.token())).toBe('not_signed_in');
    expect(await second.stranger().call('platform.workspaces.status')).toMatchObject({ state: 'locked', name: null });
    expect(await currentBy(second.app, remembered.token())).toBe('signed in');
    expect(await second.stranger().call('platform.workspaces.status')).toMatchObject({ state: 'open' });
    expect(await currentBy(second.app, first.owner.token())).toBe('not_signed_in');
    await second.app.close();

    const third = emptyApp({ folder: first.folder });
    third.clock.advance(12 * hour);
    expect(await currentBy(third.app, remembered.token())).toBe('not_signed_in');
    expect((await third.stranger().call('platform.workspaces.status')).state).toBe('locked');
  });

  it('a remembered session that was ended opens nothing any more', async () => {
    const { app, folder, owner, stranger } = await workspaceApp();
    const remembered = stranger();
    const { sessionId } = await remembered.call('platform.sessions.signIn', { passPhrase, remember: true });
    await owner.call('platform.sessions.end', { sessionId });
    expect((await owner.refused('platform.sessions.end', { sessionId })).code).toBe('not_found');
    await app.close();
    const again = emptyApp({ folder });
    expect(await currentBy(again.app, remembered.token())).toBe('not_signed_in');
    expect((await again.stranger().call('platform.workspaces.status')).state).toBe('locked');
  });
});
