import { createServer, type Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import { passThroughProxy } from '#main/language/proxies';
import { workspaceApp } from '#test/support/app';
import { askAs, connectLanguage, messagesServer, says } from '#test/support/language';
import { testKey } from '#test/doubles/messagesServer';

interface Asked {
  readonly target: string;
  readonly as: string | undefined;
}

/** A proxy of a network: passes everything on to one port of this machine, or refuses it. */
async function proxyTo(port: number, refuses: number | null = null): Promise<{ readonly address: string; readonly asked: Asked[] }> {
  const asked: Asked[] = [];
  const open = new Set<Duplex>();
  const proxy: Server = createServer((_, response) => {
    response.statusCode = 400;
    response.end();
  });
  proxy.on('connect', ({ url, headers }: { url?: string; headers: Record<string, string | undefined> }, socket: Duplex, head: Buffer) => {
    asked.push({ target: url ?? '', as: headers['proxy-authorization'] });
    open.add(socket);
    if (refuses !== null) {
      socket.end(`HTTP/1.1 ${String(refuses)} No\r\ncontent-length: 0\r\n\r\n`);
      return;
    }
    const onward = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      onward.write(head);
      socket.pipe(onward).pipe(socket);
    });
    for (const end of [socket, onward]) end.on('error', () => { onward.destroy(); });
  });
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done));
  onTestFinished(() => {
    for (const socket of open) socket.destroy();
    proxy.close();
  });
  return { address: `127.0.0.1:${String((proxy.address() as AddressInfo).port)}`, asked };
}

describe('a proxy that the machine names', () => {
  it('gets what leaves, with who asks; a server on this machine is reached without it', async () => {
    const test = await workspaceApp();
    const server = await messagesServer();
    await connectLanguage(test.owner, server);
    const { address, asked } = await proxyTo(Number(new URL(server.url).port));
    onTestFinished(passThroughProxy({ HTTP_PROXY: `http://officer:secret@${address}`, HTTPS_PROXY: '', NO_PROXY: 'elsewhere.example' }));
    expect(await askAs(test, test.owner, { messages: says('Hello?') })).toMatchObject({ answered: true });
    expect(asked).toEqual([]);
    await test.owner.call('platform.language.update', { baseUrl: 'http://modelserver', key: testKey });
    expect(await askAs(test, test.owner, { messages: says('Hello?') })).toMatchObject({ answered: true });
    expect(asked).toEqual([{ target: 'modelserver:80', as: `Basic ${Buffer.from('officer:secret').toString('base64')}` }]);
    expect(server.requests).toHaveLength(2);
  });

  it('that refuses is told of with what to do, and nothing goes round it', async () => {
    const test = await workspaceApp();
    const server = await messagesServer();
    await connectLanguage(test.owner, server);
    await test.owner.call('platform.language.update', { baseUrl: 'http://modelserver', key: testKey });
    const told = async (environment: Readonly<Record<string, string>>): Promise<string> => {
      test.app.inside.language.forget();
      const back = passThroughProxy(environment);
      const got = await askAs(test, test.owner, { messages: says('Hello?') }).finally(back);
      return got.answered ? 'answered' : `${got.offline.reason}: ${got.offline.message}`;
    };
    const stranger = await proxyTo(0, 407);
    expect(await told({ http_proxy: `http://${stranger.address}` })).toMatch(/^proxy: .*wants to know who asks \(407\)/);
    expect(stranger.asked).toHaveLength(1);
    expect(await told({ HTTP_PROXY: `http://officer:secret@${(await proxyTo(0, 403)).address}` })).toMatch(/^proxy: .*does not pass this on \(403\)(?!.*secret)/);
    expect(await told({ HTTPS_PROXY: 'no address: secret' })).toMatch(/^proxy: .*holds no address of a proxy(?!.*secret)/);
    expect(server.requests).toHaveLength(0);
  });
});
