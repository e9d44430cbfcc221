import { describe, expect, it } from 'vitest';
import { ask } from '#test/support/browser';
import { testHost } from '#test/support/hostServer';

describe('the page', () => {
  it('comes with a nonce of its own each time, a policy that allows nothing else, and the bridge before the app', async () => {
    const { browser } = await testHost();
    const own = await browser();
    const first = await own.get('/');
    const second = await own.get('/');
    const nonceOf = (text: string): string => /nonce="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(nonceOf(first.text)).toMatch(/^[\w-]{24}$/);
    expect(nonceOf(second.text)).not.toBe(nonceOf(first.text));
    expect(first.text).not.toContain('__NONCE__');
    const policy = first.headers['content-security-policy'] ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'self' 'nonce-${nonceOf(first.text)}'`,
      `style-src 'self' 'nonce-${nonceOf(first.text)}'`,
      "img-src 'self' data:",
      "font-src 'self'",
      "connect-src 'self'",
      "manifest-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "object-src 'none'",
    ]);
    expect(first.text.indexOf('/bridge.js')).toBeLessThan(first.text.indexOf('/assets/index-abc123.js'));
    expect(first.headers['cache-control']).toBe('no-cache');
  });

  it('is there for every place inside the app, while a file that is not there is not there', async () => {
    const { browser } = await testHost();
    const own = await browser();
    for (const path of ['/leads', '/leads/0192/edit', '/index.html']) expect((await own.get(path)).text, path).toContain('/bridge.js');
    expect((await own.get('/assets/gone.js')).status).toBe(404);
    expect((await own.get('/leads.exe')).status).toBe(404);
  });

  it('keeps hashed files for ever and asks again for the others', async () => {
    const { browser } = await testHost();
    const own = await browser();
    const asset = await own.get('/assets/index-abc123.js');
    expect(asset.headers).toMatchObject({ 'cache-control': 'public, max-age=31536000, immutable', 'content-type': 'text/javascript; charset=utf-8' });
    expect((await own.get('/bridge.js')).headers['cache-control']).toBe('no-cache');
  });

  it('leads nowhere outside its folder', async () => {
    const { browser } = await testHost();
    const own = await browser();
    for (const path of [
      '/../secret.js',
      '/assets/../../secret.js',
      '/%2e%2e/secret.js',
      '/..%2fsecret.js',
      '/assets/..%5c..%5csecret.js',
      '/assets/%2e%2e/%2e%2e/secret.js',
      '/%00secret.js',
      '/%E0%A4%A.js',
      '//etc/passwd',
      '/c:/windows/win.ini',
    ]) {
      const reply = await own.get(path);
      expect(reply.text, path).not.toMatch(/Nobody may read|root:/);
      expect([200, 400, 404], path).toContain(reply.status);
      if (reply.status === 200) expect(reply.text, path).toContain('/bridge.js');
    }
  });

  it('sends the same protection with every answer, a refusal and an event stream among them', async () => {
    const { browser, port } = await testHost();
    const own = await browser();
    const replies = [
      await own.get('/'),
      await own.get('/bridge.js'),
      await own.get('/assets/gone.js'),
      await own.get('/files/unknown'),
      await own.call('platform.workspaces.status'),
      await own.call('no.such.entry'),
      await own.send('/rpc/', { method: 'PUT', body: '' }),
      await ask(port, '/'),
      await ask(port, '/', { headers: { host: 'attacker.example' } }),
    ];
    for (const { headers } of replies) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(headers['content-security-policy']).toMatch(/^default-src 'none'/);
      expect(headers['permissions-policy']).toMatch(/camera=\(\), /);
      expect(headers['cache-control']).toBeDefined();
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }
  });
});
