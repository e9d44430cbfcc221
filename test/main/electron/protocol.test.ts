import { describe, expect, it } from 'vitest';
import { desktop } from '#test/support/desktop';
import { stage } from '#test/support/electron';

async function get(url: string, init: RequestInit = {}): Promise<Response> {
  const handler = stage.protocols.get('ivy');
  if (handler === undefined) throw new Error('The scheme is not served.');
  // A Request of Node’s does not take a scheme of ours, and the handler looks at these two alone.
  return handler({ url, method: init.method ?? 'GET' } as Request);
}

describe('ivy://app', () => {
  it('is an origin of its own, like that of a secure site', async () => {
    const { window } = await desktop();
    expect(stage.privileged).toEqual([
      { scheme: 'ivy', privileges: { standard: true, secure: true, supportFetchAPI: true, stream: false, bypassCSP: false, corsEnabled: false } },
    ]);
    expect(window.webContents.getURL()).toBe('ivy://app/');
  });

  it('serves the page with the policy of every door, and without the bridge of the browser', async () => {
    await desktop();
    const reply = await get('ivy://app/');
    const text = await reply.text();
    const nonce = /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(nonce).toMatch(/^[\w-]{24}$/);
    expect(reply.headers.get('content-security-policy')).toContain(`script-src 'self' 'nonce-${nonce}'`);
    expect(reply.headers.get('x-content-type-options')).toBe('nosniff');
    expect(text).not.toContain('bridge.js');
    expect(await (await get('ivy://app/leads/0192')).text()).toContain('/assets/index-abc123.js');
  });

  it('serves the files of the window', async () => {
    await desktop();
    const reply = await get('ivy://app/assets/index-abc123.js');
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toMatch(/^text\/javascript/);
  });

  it('leads nowhere outside its folder', async () => {
    await desktop();
    for (const url of [
      'ivy://app/../secret.js',
      'ivy://app/%2e%2e/secret.js',
      'ivy://app/..%2fsecret.js',
      'ivy://app/..%5csecret.js',
      'ivy://app/assets/..%2f..%2fsecret.js',
      'ivy://app//etc/passwd',
      'ivy://app/%00',
    ]) {
      const reply = await get(url);
      expect(await reply.text(), url).not.toMatch(/Nobody may read|root:/);
      // A place inside the app is the page itself; everything else is nothing.
      if (reply.status === 200) expect(reply.headers.get('content-type'), url).toBe('text/html; charset=utf-8');
      else expect([400, 404], url).toContain(reply.status);
    }
  });

  it('answers for no other host and takes nothing', async () => {
    await desktop();
    expect((await get('ivy://other/')).status).toBe(404);
    expect((await get('ivy://app/', { method: 'POST' })).status).toBe(405);
  });
});
