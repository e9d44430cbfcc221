import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { workspaceApp, type TestApp } from '#test/support/app';
import { askAs, connectLanguage, messagesServer, says } from '#test/support/language';
import { answer, type MessagesServer, type Reply, startMessagesServer, useTools } from '#test/doubles/messagesServer';

const again = { 'retry-after-ms': '1' };
const overloaded: Reply = { kind: 'error', status: 529, type: 'overloaded_error', headers: again };

async function connected(timing = {}): Promise<{ test: TestApp; server: MessagesServer; reasonOf: (...replies: readonly Reply[]) => Promise<string> }> {
  const test = await workspaceApp({ languageTiming: timing });
  const server = await messagesServer();
  await connectLanguage(test.owner, server);
  const reasonOf = async (...replies: readonly Reply[]): Promise<string> => {
    server.next(...replies);
    // Each on its own: what the server did before is no matter.
    test.app.inside.language.forget();
    const got = await askAs(test, test.owner, { messages: says('How many leads are there?') });
    return got.answered ? `answered ${got.text}` : got.offline.reason;
  };
  return { test, server, reasonOf };
}

describe('what goes wrong with a model', () => {
  it('is told for what it is, and what may pass by itself is tried again', async () => {
    const { test, server, reasonOf } = await connected();
    const error = (status: number, type: string, message?: string, headers = {}): Reply => ({ kind: 'error', status, type, headers, ...(message === undefined ? {} : { message }) });
    const permanent: readonly (readonly [string, Reply])[] = [
      ['wrong_key', error(401, 'authentication_error', 'invalid x-api-key')],
      ['no_credit', error(400, 'invalid_request_error', 'Your credit balance is too low to access the API.')],
      ['no_credit', error(402, 'billing_error')],
      ['not_allowed', error(403, 'permission_error')],
      ['model_gone', error(404, 'not_found_error', 'model: claude-sonnet-4-5')],
      ['too_long', error(413, 'invalid_request_error')],
      ['too_long', error(400, 'invalid_request_error', 'prompt is too long: 1200000 tokens > 1000000 maximum')],
      ['not_understood', error(400, 'invalid_request_error', 'messages: bad')],
      ['proxy', { kind: 'page', status: 200 }],
      ['proxy', { kind: 'page', status: 403 }],
      ['proxy', { kind: 'page', status: 407 }],
      ['proxy', { kind: 'page', status: 302, headers: { location: `${server.url}/login` } }],
      ['refused', answer('', { stopReason: 'refusal', text: 'No.' })],
      ['rate_limited', error(429, 'rate_limit_error', 'slow down', { 'retry-after': '3600' })],
    ];
    for (const [reason, reply] of permanent) {
      const before = server.requests.length;
      expect(await reasonOf(reply), JSON.stringify(reply)).toBe(reason);
      expect(server.requests.length - before).toBe(1);
    }
    expect(await reasonOf(overloaded, error(500, 'api_error', 'oops', again), answer('4.'))).toBe('answered 4.');
    expect(await reasonOf(error(429, 'rate_limit_error', 'slow down', again), answer('4.'))).toBe('answered 4.');
    expect(await reasonOf(overloaded, overloaded, overloaded)).toBe('overloaded');
    const { items } = await test.owner.call('platform.language.calls', { limit: 200 });
    expect(items.slice(0, 3).map(({ outcome, requests }) => [outcome, requests])).toEqual([['overloaded', 3], ['succeeded', 2], ['succeeded', 3]]);
    // And the next question is asked as if nothing had been.
    const got = await askAs(test, test.owner, { messages: says('Hello?') });
    expect(got.answered).toBe(true);
  });

  it('in the middle of an answer loses nothing of what had come', async () => {
    const { test, server } = await connected({ first: 150, between: 60 });
    for (const [reply, reason] of [
      [{ kind: 'cut', after: 'There are four' }, 'broken_off'],
      [{ kind: 'cut', after: 'There are four', politely: true }, 'broken_off'],
      [{ kind: 'streamError', type: 'overloaded_error', after: 'There are four' }, 'overloaded'],
      [{ kind: 'silence', after: 'There are four', headers: true }, 'timed_out'],
    ] as const) {
      server.next(reply);
      test.app.inside.language.forget();
      const pieces: string[] = [];
      expect(await askAs(test, test.owner, { messages: says('How many?'), onText: (piece) => pieces.push(piece) }), reason).toMatchObject({ answered: false, offline: { reason }, text: 'There are four' });
      expect(pieces.join('')).toBe('There are four');
    }
    server.next({ kind: 'silence' }, { kind: 'silence' }, { kind: 'silence' });
    test.app.inside.language.forget();
    expect(await askAs(test, test.owner, { messages: says('How many?') })).toMatchObject({ answered: false, offline: { reason: 'timed_out' } });
  });

  it('is an answer that was cut off at the limit: text is kept and marked, a form is refused', async () => {
    const { test, server } = await connected();
    await test.owner.call('platform.language.update', { everybody: { requestsPerMinute: 100, outputTokens: 64, monthlyMoney: null } });
    server.otherwise(() => answer('{"words": "'.padEnd(400, 'x')));
    expect(await askAs(test, test.owner, { messages: says('Go on.') })).toMatchObject({ answered: true, cutOff: true });
    expect(server.requests.at(-1)!.body.max_tokens).toBe(64);
    expect(await askAs(test, test.owner, { messages: says('Go on.'), schema: z.object({ words: z.string() }) })).toMatchObject({ answered: false, offline: { reason: 'cut_off' } });
  });

  it('is a loop of tools, which is stopped', async () => {
    const { test, server } = await connected();
    server.otherwise(() => useTools({ name: 'admissions__leads__list', input: {} }));
    const got = await askAs(test, test.owner, { messages: says('Who?'), tools: ['admissions.leads.list'] });
    expect(got).toMatchObject({ answered: false, offline: { reason: 'tool_loop' } });
    expect(server.requests).toHaveLength(8);
  });

  it('is the asker who stops: the line is cut, nothing is answered, and the call is written down', async () => {
    const { test, server } = await connected();
    const stop = new AbortController();
    server.next({ kind: 'silence', after: 'Well, ', headers: true });
    await expect(askAs(test, test.owner, { messages: says('How many?'), onText: () => { stop.abort(); } }, stop.signal)).rejects.toThrow('Stopped.');
    expect((await test.owner.call('platform.language.calls')).items).toMatchObject([{ outcome: 'cancelled', requests: 1 }]);
  });

  it('leaves a server alone that fails again and again, and comes back to it', async () => {
    const { test, server } = await connected();
    server.otherwise(() => overloaded);
    const reason = async (): Promise<string> => {
      const got = await askAs(test, test.owner, { messages: says('Hello?') });
      return got.answered ? 'answered' : got.offline.reason;
    };
    expect([await reason(), await reason(), await reason()]).toEqual(['overloaded', 'overloaded', 'resting']);
    const asked = server.requests.length;
    expect((await test.owner.call('platform.language.status')).offline?.reason).toBe('resting');
    expect(server.requests.length).toBe(asked);
    test.clock.advance(31_000);
    server.otherwise(() => answer('Here.'));
    expect(await reason()).toBe('answered');
  });

  it('is no network: known at once, and asked about again later', async () => {
    const test = await workspaceApp();
    const listener = createServer();
    await new Promise<void>((done) => listener.listen(0, '127.0.0.1', done));
    const { port } = listener.address() as AddressInfo;
    await new Promise((done) => listener.close(done));
    const server = await messagesServer();
    await connectLanguage(test.owner, server);
    await test.owner.call('platform.language.update', { baseUrl: `http://127.0.0.1:${String(port)}` });
    const began = performance.now();
    for (let time = 0; time < 3; time += 1) expect(await askAs(test, test.owner, { messages: says('Hello?') })).toMatchObject({ answered: false, offline: { reason: 'offline' } });
    expect(performance.now() - began).toBeLessThan(5_000);
    expect((await test.owner.call('platform.language.calls')).items.filter(({ outcome }) => outcome === 'offline')).toHaveLength(1);
    test.clock.advance(6_000);
    expect((await test.owner.call('platform.language.status')).offline).toBeNull();
  });

  it('is a server that is only compatible: what it does not know is left out from then on', async () => {
    const test = await workspaceApp();
    const server = await startMessagesServer({ keys: null, plain: true });
    try {
      await test.owner.call('platform.language.update', { baseUrl: server.url, model: 'local-model', purposes: ['chat'] });
      await test.owner.call('platform.language.agree', { agreed: true });
      for (let time = 0; time < 2; time += 1) expect(await askAs(test, test.owner, { messages: says('Hello?') })).toMatchObject({ answered: true, text: 'Yes.' });
      expect(server.requests).toHaveLength(3);
      expect(server.requests[0]!.raw).toContain('cache_control');
      expect(server.requests[2]!.raw).not.toContain('cache_control');
    } finally {
      await server.close();
    }
  });
});
