import { describe, expect, it } from 'vitest';
import { createCoreClient, type CoreClient } from '#main/app/coreClient';
import type { FromCore, Link, ToCore } from '#main/app/protocol';

/** A client of a core that takes every message and answers when told. */
function silentCore(): { client: CoreClient; sent: ToCore[]; linkClosed: () => boolean; answer(id: number): void } {
  const sent: ToCore[] = [];
  let hear: (message: FromCore) => void = () => undefined;
  let closed = false;
  const link: Link<ToCore, FromCore> = {
    send: (message) => sent.push(message),
    onMessage: (listener) => {
      hear = listener;
    },
    onClose: () => undefined,
    close: () => {
      closed = true;
    },
  };
  return {
    client: createCoreClient(link),
    sent,
    linkClosed: () => closed,
    answer: (id) => {
      hear({ kind: 'answer', id, answer: { ok: true, result: null } });
    },
  };
}

const call = { entry: 'platform.workspaces.status', input: {}, token: null, door: 'web', connection: 'test' } as const;

describe('a core that is closed', () => {
  it('is waited for while it ends', async () => {
    const { client, sent, linkClosed, answer } = silentCore();
    const closing = client.close();
    expect(sent).toEqual([{ kind: 'close', id: 1, patienceMilliseconds: 0 }]);
    await Promise.resolve();
    expect(linkClosed()).toBe(false);
    answer(1);
    await closing;
    expect(linkClosed()).toBe(true);
  });

  it('is waited for no longer than said', async () => {
    const { client, linkClosed } = silentCore();
    const since = performance.now();
    await client.close({ limitMilliseconds: 50 });
    expect(performance.now() - since).toBeGreaterThan(40);
    expect(linkClosed()).toBe(true);
  });

  it('leaves nobody waiting for an answer', async () => {
    const { client } = silentCore();
    const asked = client.call(call);
    await client.close({ limitMilliseconds: 10 });
    expect(await asked).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(await client.call(call)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });
});
