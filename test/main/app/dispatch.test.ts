import { v7 } from 'uuid';
import { describe, expect, it, vi } from 'vitest';
import { applyAliases } from '#main/app/aliases';
import { findEntry } from '#contract/index';
import { emptyApp, passPhrase, workspaceApp } from '#test/support/app';

const deep = (levels: number): unknown => {
  let value: unknown = { field: 'stage', is: 'enquiry' };
  for (let level = 0; level < levels; level += 1) value = { not: value };
  return value;
};

describe('an entry that is not there', () => {
  it.each(['no.such.entry', '', '__proto__', 'constructor', 'toString'])('named “%s”', async (name) => {
    const { owner } = await workspaceApp();
    expect(await owner.refused(name)).toMatchObject({ code: 'unknown_entry', message: expect.stringMatching(/"ivy entries" lists them all/) });
  });

  it('whose name is long is not repeated at length, nor remembered', async () => {
    const { app, owner } = await workspaceApp();
    const error = await owner.refused('x'.repeat(100_000));
    expect(error.code).toBe('unknown_entry');
    expect(error.message.length).toBeLessThan(200);
    expect(Object.keys(app.timings()).every((name) => findEntry(name) !== undefined)).toBe(true);
  });

  it('whose name is no text at all', async () => {
    const { app } = await workspaceApp();
    for (const entry of [null, undefined, 7, {}, { toString: 1 }, ['platform.workspaces.status']]) {
      const request = { entry: entry as unknown as string, input: {}, token: null, door: 'cli', connection: 'test', requestId: v7() } as const;
      expect(await app.call(request, { signal: new AbortController().signal })).toMatchObject({ ok: false, error: { code: expect.stringMatching(/^(unknown_entry|internal)$/) } });
    }
  });
});

describe('an input of the wrong shape', () => {
  it('is refused with the place and the reason', async () => {
    const { owner } = await workspaceApp();
    const error = await owner.refused('admissions.leads.list', { limit: 'many', sort: [{ field: 'name', direction: 'sideways' }] });
    expect(error.code).toBe('invalid_input');
    expect(error.message).toMatch(/^admissions\.leads\.list cannot take this input\. limit: /);
    expect((error.details?.issues as { path: string }[]).map(({ path }) => path)).toEqual(['limit', 'sort.0.direction']);
  });

  it.each([
    ['a key that it does not know', { colour: 'red' }],
    ['a list', []],
    ['a text', 'limit'],
    ['a number', 7],
    ['keys that mean more to the language', JSON.parse('{"__proto__":{"limit":1}}')],
    ['a filter that nests without end', { filter: deep(50_000) }],
    ['a filter of too many conditions', { filter: { any: Array.from({ length: 1_001 }, () => ({ field: 'stage', is: 'enquiry' })) } }],
    ['a filter with two operators', { filter: { field: 'stage', is: 'enquiry', isNot: 'lost' } }],
  ])('%s', async (_name, input) => {
    const { owner } = await workspaceApp();
    const error = await owner.refused('admissions.leads.list', input);
    expect(error.code).toBe('invalid_input');
  });

  it('with a hundred thousand keys is refused in a few words', async () => {
    const { owner } = await workspaceApp();
    const input = Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`key ${String(index)}`, index]));
    const error = await owner.refused('admissions.leads.list', input);
    expect(error.code).toBe('invalid_input');
    expect(JSON.stringify(error).length).toBeLessThan(5_000);
  });

  it('is refused before anybody asks who is there', async () => {
    const { stranger } = await workspaceApp();
    expect((await stranger().refused('admissions.leads.list', { limit: 0 })).code).toBe('invalid_input');
    expect((await stranger().refused('admissions.leads.list')).code).toBe('not_signed_in');
    expect((await emptyApp().stranger().refused('admissions.leads.list')).code).toBe('workspace_missing');
  });
});

describe('keys in snake_case', () => {
  it('mean their camelCase ones, on every level', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.leads.create', { givenName: 'Zara', emailConsent: true });
    const updated = { idle_lock_minutes: 20, session_hours: 3 };
    expect(await owner.call('platform.settings.update', updated as object)).toMatchObject({ idleLockMinutes: 20, sessionHours: 3 });
    expect((await owner.refused('platform.settings.update', { idle_lock_minutes: 0 })).code).toBe('invalid_input');
  });

  it('stay what they are where both are given, or where they are somebody’s own names', () => {
    const settings = findEntry('platform.settings.update')!.input;
    expect(applyAliases(settings, { idle_lock_minutes: 1, idleLockMinutes: 2 })).toEqual({ idle_lock_minutes: 1, idleLockMinutes: 2 });
    const list = findEntry('admissions.leads.list')!.input;
    expect(applyAliases(list, { filter: { field: 'attribute.do_not_call', is: 'do_not' } })).toEqual({ filter: { field: 'attribute.do_not_call', is: 'do_not' } });
  });
});

describe('somebody who asks too often', () => {
  it('is refused with the time to wait, and the refusal is audited', async () => {
    const { newUser, owner, clock } = await workspaceApp();
    const manager = await newUser('manager');
    const student = { name: 'Stu', email: 'ada@school.example', role: 'student', passPhrase } as const;
    const rename = { id: manager.userId, name: 'Grace Hopper' };
    for (let time = 0; time < 25; time += 1) await manager.call('platform.users.update', rename);
    const error = await manager.refused('platform.users.update', rename);
    expect(error).toMatchObject({ code: 'rate_limited', message: expect.stringMatching(/Try again in 300 seconds/), details: { waitSeconds: 300 } });
    await manager.call('admissions.leads.list');
    expect((await owner.refused('platform.users.create', student)).code).toBe('conflict');
    clock.advance(300_000);
    await manager.call('platform.users.update', rename);
    const refused = (await owner.call('platform.audit.list', { actorId: manager.userId, outcome: 'refused' })).items;
    expect(refused.map(({ action, details }) => [action, details])).toEqual([['platform.users.update', { code: 'rate_limited' }]]);
  });

  it('at a sign-in is held back by where they sit, whichever names they try; those who succeed are not counted', async () => {
    const { stranger, clock } = await workspaceApp();
    const script = stranger();
    for (let time = 0; time < 30; time += 1) await script.call('platform.sessions.signIn', { passPhrase });
    const guesser = stranger('web');
    for (let time = 0; time < 11; time += 1) await guesser.refused('platform.sessions.signIn', { email: `name${String(time)}@school.example`, passPhrase });
    expect(await guesser.refused('platform.sessions.signIn', { passPhrase })).toMatchObject({ code: 'rate_limited', details: { waitSeconds: 300 } });
    await stranger('web').call('platform.sessions.signIn', { passPhrase });
    clock.advance(300_000);
    await guesser.call('platform.sessions.signIn', { passPhrase });
  });
});

describe('an answer', () => {
  it('tells of a failure inside by a number only, and the program goes on', async () => {
    const { app, owner } = await workspaceApp();
    app.inside.workspace.store().transaction((writer) => writer.run('alter table import_origins rename to crews'));
    const error = await owner.refused('admissions.imports.list');
    expect(error).toMatchObject({ code: 'internal', message: expect.stringMatching(/send the log with the number [\w-]{36}/) });
    expect(JSON.stringify(error)).not.toMatch(/origins|crews|select|\bat /i);
    await owner.call('platform.settings.get');
  });

  it('of a job that is waited for is cancelled with its caller', async () => {
    const { app, owner } = await workspaceApp();
    const abort = new AbortController();
    abort.abort();
    const request = { entry: 'admissions.triage.rescore', input: {}, token: owner.token(), door: 'cli', connection: 'test', requestId: v7(), wait: true } as const;
    expect(await app.call(request, { signal: abort.signal })).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  });
});

describe('whoever listens', () => {
  it('hears which topics a command changed, and nothing of what was refused', async () => {
    const { owner, newUser, stranger } = await workspaceApp();
    const student = await newUser('student');
    const outside = stranger();
    owner.listen();
    outside.listen();
    const topics = (): string[] => owner.events.flatMap((event) => (event.kind === 'changed' ? event.changes.map(({ topic }) => topic) : []));
    await owner.call('platform.settings.update', { contactPauseDays: 5 });
    await vi.waitFor(() => {
      expect(topics()).toEqual(expect.arrayContaining(['settings', 'workspaces', 'audit']));
    });
    expect(topics()).not.toContain('imports');
    owner.events.length = 0;
    await student.refused('platform.settings.update', { contactPauseDays: 6 });
    await vi.waitFor(() => {
      expect(topics()).toEqual(['audit']);
    });
    expect(outside.events).toEqual([]);
  });
});
