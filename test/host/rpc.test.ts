import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { errorCodes } from '#contract/errors';
import type { CoreClient, DoorCall } from '#main/app/coreClient';
import { maximumInputBytes } from '#main/app/limits';
import { startHostServer } from '#main/host/server';
import { statuses } from '#main/host/statuses';
import { passPhrase, temporaryFolder } from '#test/support/app';
import { ask, testBrowser } from '#test/support/browser';
import { rendererFolder, testHost } from '#test/support/hostServer';

describe('calls', () => {
  it('answers an entry', async () => {
    const { browser } = await testHost();
    const reply = await (await browser()).call('platform.workspaces.status');
    expect(reply.status).toBe(200);
    expect(reply.json()).toMatchObject({ ok: true, result: { state: 'open', users: 1 } });
    expect(reply.headers).toMatchObject({ 'content-type': 'application/json', 'cache-control': 'no-store' });
  });

  it('keeps the session in a cookie that no script can read, never in an answer, and drops it at sign-out', async () => {
    const { browser, port } = await testHost();
    const own = await browser();
    const signedIn = await own.call('platform.sessions.signIn', { passPhrase });
    const [cookie] = signedIn.setCookies;
    expect(cookie).toMatch(new RegExp(`^ivy_session_${String(port)}=[\\w-]{43};`));
    for (const flag of [/; HttpOnly/, /; SameSite=Strict/, /; Path=\//]) expect(cookie).toMatch(flag);
    const token = own.cookies.get(`ivy_session_${String(port)}`) ?? 'none';
    expect(signedIn.text).not.toContain(token);
    expect(signedIn.json()).not.toHaveProperty('token');
    expect(await own.result('platform.sessions.current')).toMatchObject({ user: { email: 'ada@school.example' } });

    const signedOut = await own.call('platform.sessions.signOut');
    expect(signedOut.setCookies[0]).toMatch(new RegExp(`^ivy_session_${String(port)}=;.*Max-Age=0`));
    expect(own.cookies.has(`ivy_session_${String(port)}`)).toBe(false);
    expect((await own.call('platform.sessions.current')).status).toBe(401);
  });

  it('does not let one browser use the session of another', async () => {
    const { browser } = await testHost();
    await browser({ signedIn: true });
    expect((await (await browser()).call('platform.users.list')).status).toBe(401);
  });

  it('refuses with a status that fits and with words', async () => {
    const { browser, test } = await testHost();
    const own = await browser();
    expect(await own.call('no.such.entry')).toMatchObject({ status: 404 });
    expect(await own.call('platform.users.list')).toMatchObject({ status: 401 });
    expect((await own.call('platform.sessions.signIn', { passPhrase: 'not it at all' })).status).toBe(401);
    expect((await own.call('platform.workspaces.create', { name: 'Eve', email: 'eve@school.example', workspace: 'both' })).status).toBe(409);
    expect((await own.call('platform.sessions.signIn', { unknown: 1 })).status).toBe(400);
    await test.newUser('student', { email: 'stu@school.example' });
    const student = await browser({ signedIn: 'stu@school.example' });
    const refused = await student.call('platform.users.create', { name: 'Eve', email: 'eve@school.example', role: 'student', passPhrase });
    expect(refused.status).toBe(403);
    expect(refused.json()).toMatchObject({ ok: false, error: { code: 'not_permitted', message: expect.stringMatching(/\w/) as string } });
  });

  it('says when to come again', async () => {
    const { browser } = await testHost();
    const own = await browser();
    const wrong = { email: 'ada@school.example', passPhrase: 'not it at all' };
    for (let tries = 0; tries < 5; tries += 1) await own.call('platform.sessions.signIn', wrong);
    const reply = await own.call('platform.sessions.signIn', wrong);
    expect(reply.status).toBe(429);
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('has a status for every code, and none that means success', () => {
    for (const code of errorCodes) expect(statuses[code], code).toBeGreaterThanOrEqual(400);
    expect(statuses).toMatchObject({ internal: 500, unavailable: 503, storage_full: 507, too_large: 413, rate_limited: 429 });
  });

  it('takes no input that is not JSON', async () => {
    const { browser } = await testHost();
    const own = await browser();
    const send = (body: string | Uint8Array) =>
      own.send('/rpc/platform.workspaces.status', { headers: { 'content-type': 'application/json' }, body });
    for (const body of ['{', '{"a":1}}', 'undefined', new Uint8Array([0x22, 0xff, 0x22])]) {
      const reply = await send(body);
      expect(reply.status).toBe(400);
      expect(reply.json()).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
    }
    expect((await send('')).status).toBe(200);
    expect((await send('[1]')).status).toBe(400);
  });

  it('takes no input that is too large, whether it says so beforehand or not', async () => {
    const { browser, port } = await testHost();
    const own = await browser();
    const headers = { 'content-type': 'application/json', 'x-ivy': '1', cookie: [...own.cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const declared = await ask(port, '/rpc/platform.workspaces.status', {
      method: 'POST',
      headers: { ...headers, 'content-length': String(maximumInputBytes + 1) },
      body: '{',
      unfinished: true,
    });
    expect(declared.status).toBe(413);
    const streamed = await ask(port, '/rpc/platform.workspaces.status', {
      method: 'POST',
      headers: { ...headers, 'transfer-encoding': 'chunked' },
      body: `"${'a'.repeat(maximumInputBytes)}"`,
    });
    expect(streamed.status).toBe(413);
    expect(streamed.json()).toMatchObject({ ok: false, error: { code: 'too_large' } });
  });
});

describe('a call under way', () => {
  /** A host whose core answers as told. */
  const hostWith = async (call: CoreClient['call']) => {
    const client: CoreClient = {
      call,
      subscribe: () => Promise.resolve({ subscribed: false }),
      unsubscribe: () => undefined,
      registerFile: () => Promise.resolve({ fileId: 'f' }),
      resolveDownload: () => Promise.reject(new Error('none')),
      resolveOpening: async () => ({ path: '' }),
      close: () => Promise.resolve(),
      onGone: () => undefined,
    };
    const server = await startHostServer({ client, port: 0, rendererFolder: rendererFolder(), uploads: { folder: temporaryFolder() } });
    onTestFinished(() => server.close());
    const browser = testBrowser(server.port);
    await browser.get(new URL(server.freshLink()).search.replace(/^/, '/'));
    return { server, browser };
  };

  it('is cancelled when the browser hangs up', async () => {
    const calls: DoorCall[] = [];
    const { server, browser } = await hostWith((call) => {
      calls.push(call);
      return new Promise(() => undefined);
    });
    const abort = new AbortController();
    const cookie = [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const asked = fetch(`http://127.0.0.1:${String(server.port)}/rpc/slow.entry.run`, {
      method: 'POST',
      headers: { 'x-ivy': '1', 'content-type': 'application/json', cookie },
      body: '{}',
      signal: abort.signal,
    }).catch(() => null);
    await vi.waitFor(() => {
      expect(calls).toHaveLength(1);
    });
    expect(calls[0]).toMatchObject({ entry: 'slow.entry.run', door: 'web' });
    abort.abort();
    await asked;
    await vi.waitFor(() => {
      expect(calls[0]?.signal?.aborted).toBe(true);
    });
  });

  it('tells nothing of a failure inside', async () => {
    const wrote = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    onTestFinished(() => {
      wrote.mockRestore();
    });
    const { browser } = await hostWith(() => Promise.reject(new Error('secret detail')));
    const reply = await browser.call('platform.workspaces.status');
    expect(reply.status).toBe(500);
    expect(reply.text).not.toContain('secret detail');
    expect(wrote).toHaveBeenCalledWith(expect.stringContaining('secret detail'));
  });

  it('hands the core a session only in the shape that the core makes', async () => {
    const tokens: (string | null)[] = [];
    const { server, browser } = await hostWith((call) => {
      tokens.push(call.token);
      return Promise.resolve({ ok: true, result: null });
    });
    const name = `ivy_session_${String(server.port)}`;
    for (const value of ['short', '../../etc', 'a'.repeat(500)]) {
      const cookie = [...[...browser.cookies].map(([key, own]) => `${key}=${own}`), `${name}=${value}`].join('; ');
      await browser.call('platform.workspaces.status', {}, { cookie });
    }
    expect(tokens).toEqual([null, null, null]);
  });
});
