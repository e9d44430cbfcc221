import { describe, expect, it } from 'vitest';
import { ask } from '#test/support/browser';
import { testHost } from '#test/support/hostServer';

describe('the way in', () => {
  it('lets one browser in by a link, and gives it a cookie that no script and no other site can use', async () => {
    const { server, port, outside } = await testHost();
    const browser = outside();
    const { pathname, search } = new URL(server.freshLink());
    const reply = await browser.get(pathname + search);
    expect(reply).toMatchObject({ status: 303, headers: { location: '/' } });
    const [cookie] = reply.setCookies;
    expect(cookie).toMatch(new RegExp(`^ivy_door_${String(port)}=[\\w-]{43};`));
    expect(cookie).toMatch(/; HttpOnly/);
    expect(cookie).toMatch(/; SameSite=Strict/);
    expect(cookie).toMatch(/; Path=\//);
    expect(cookie).not.toMatch(/domain|max-age|expires/i);
    expect((await browser.get('/')).status).toBe(200);
  });

  it('opens a link once: another browser is told what to do, the first one is let through', async () => {
    const { server, outside } = await testHost();
    const first = outside();
    const { pathname, search } = new URL(server.freshLink());
    await first.get(pathname + search);
    const second = await outside().get(pathname + search, { accept: 'text/html' });
    expect(second.status).toBe(403);
    expect(second.headers['content-type']).toMatch(/text\/html/);
    expect(second.text).toMatch(/press Enter/);
    expect(second.setCookies).toEqual([]);
    expect((await first.get(pathname + search)).status).toBe(303);
  });

  it('does not use a link up for somebody who only asks what it would give', async () => {
    const { server, port, outside } = await testHost();
    const { pathname, search } = new URL(server.freshLink());
    expect((await ask(port, pathname + search, { method: 'HEAD' })).status).toBe(403);
    expect((await outside().get(pathname + search)).status).toBe(303);
  });

  it('shows nothing to a browser without its cookie: no page, no script, no answer, no event, no file', async () => {
    const { outside } = await testHost();
    const stranger = outside();
    for (const path of ['/', '/leads', '/bridge.js', '/assets/index-abc123.js', '/events?tab=12345678', '/files/1', '/?t=guessed']) {
      expect((await stranger.get(path)).status, path).toBe(403);
    }
    const called = await stranger.call('platform.workspaces.status');
    expect(called.status).toBe(403);
    expect(called.json()).toMatchObject({ ok: false, error: { code: 'not_permitted' } });
    expect((await stranger.send('/uploads?name=a.csv', { body: 'a' })).status).toBe(403);
  });

  it('takes no key that it did not give', async () => {
    const { port } = await testHost();
    const reply = await ask(port, '/', { headers: { cookie: `ivy_door_${String(port)}=${'a'.repeat(43)}` } });
    expect(reply.status).toBe(403);
  });
});

describe('the guard', () => {
  const refused = async (path: string, options: Parameters<typeof ask>[2], browserCookie: string, port: number): Promise<number> => {
    const reply = await ask(port, path, { ...options, headers: { cookie: browserCookie, ...options?.headers } });
    return reply.status;
  };
  const letIn = async (): Promise<{ port: number; cookie: string }> => {
    const { browser, port } = await testHost();
    const { cookies } = await browser();
    return { port, cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  };

  it('answers at 127.0.0.1 and localhost on its own port, and under no other name', async () => {
    const { port, cookie } = await letIn();
    for (const host of [`127.0.0.1:${String(port)}`, `localhost:${String(port)}`]) {
      expect(await refused('/', { headers: { host } }, cookie, port), host).toBe(200);
    }
    for (const host of ['ivy.attacker.example', `attacker.example:${String(port)}`, '127.0.0.1', 'localhost:1', `127.0.0.1.nip.example:${String(port)}`, `[::1]:${String(port)}`]) {
      expect(await refused('/', { headers: { host } }, cookie, port), host).toBe(403);
    }
  });

  it('takes nothing from a page of another origin', async () => {
    const { port, cookie } = await letIn();
    const post = { method: 'POST', body: '{}' };
    const headers = { 'x-ivy': '1', 'content-type': 'application/json' };
    const own = { ...headers, origin: `http://127.0.0.1:${String(port)}` };
    expect(await refused('/rpc/platform.workspaces.status', { ...post, headers: own }, cookie, port)).toBe(200);
    for (const origin of ['http://attacker.example', `https://127.0.0.1:${String(port)}`, 'http://127.0.0.1:1', `http://localhost:${String(port)}`, 'null']) {
      expect(await refused('/rpc/platform.workspaces.status', { ...post, headers: { ...headers, origin } }, cookie, port), origin).toBe(403);
    }
  });

  it('takes nothing without the header that a form cannot set, nor anything but JSON as an input', async () => {
    const { port, cookie } = await letIn();
    const call = (headers: Record<string, string>): Promise<number> =>
      refused('/rpc/platform.workspaces.status', { method: 'POST', body: '{}', headers }, cookie, port);
    expect(await call({ 'content-type': 'application/json' })).toBe(403);
    expect(await call({ 'content-type': 'text/plain', 'x-ivy': '1' })).toBe(400);
    expect(await call({ 'x-ivy': '1' })).toBe(400);
    expect(await call({ 'content-type': 'application/json; charset=utf-8', 'x-ivy': '1' })).toBe(200);
    expect(await refused('/uploads?name=a', { method: 'POST', body: 'a' }, cookie, port)).toBe(403);
  });

  it('believes a browser that says a request comes from elsewhere, unless a person went to the page', async () => {
    const { port, cookie } = await letIn();
    const events = '/events?tab=12345678';
    for (const site of ['cross-site', 'same-site']) {
      expect(await refused('/files/1', { headers: { 'sec-fetch-site': site, 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' } }, cookie, port)).toBe(403);
      expect(await refused(events, { headers: { 'sec-fetch-site': site, 'sec-fetch-mode': 'cors', 'sec-fetch-dest': 'empty' } }, cookie, port)).toBe(403);
      expect(await refused('/', { headers: { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' } }, cookie, port)).toBe(403);
      expect(await refused('/', { headers: { 'sec-fetch-site': site, 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' } }, cookie, port)).toBe(200);
    }
    expect(await refused('/', { headers: { 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate' } }, cookie, port)).toBe(200);
  });
});
