import { connect, createServer, type Socket } from 'node:net';
import { platform } from 'node:os';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { CoreClient } from '#main/app/coreClient';
import { connectToOwner, listenForCommandLines } from '#main/app/ownerSocket';
import { ensureProfile, profileAt, type Profile, socketPath } from '#main/app/profile';
import { temporaryFolder } from '#test/support/app';

const call = { entry: 'platform.workspaces.status', input: {}, token: null, door: 'cli', connection: 'test' } as const;

function newProfile(): Profile {
  const profile = profileAt(temporaryFolder());
  ensureProfile(profile);
  return profile;
}

/** A core that answers each call at once. */
const answering: CoreClient = {
  call: () => Promise.resolve({ ok: true, result: 'answered' }),
  subscribe: () => Promise.resolve({ subscribed: false }),
  unsubscribe: () => undefined,
  registerFile: () => Promise.resolve({ fileId: '' }),
  resolveDownload: () => Promise.resolve({ path: '', name: '' }),
  resolveOpening: () => Promise.reject(new Error('none')),
  close: () => Promise.resolve(),
  onGone: () => undefined,
};

// Whoever closes a socket with something unread in it resets the other end, as a killed process does.
describe.skipIf(platform() === 'win32')('the socket between a command line and the owner of its profile', () => {
  it('answers a command line whose owner is cut off', async () => {
    const profile = newProfile();
    const owner = createServer({ pauseOnConnect: true }, (socket) => setTimeout(() => socket.destroy(), 100));
    owner.listen(socketPath(profile));
    onTestFinished(() => void owner.close());
    await new Promise((listening) => owner.once('listening', listening));
    const client = await connectToOwner(profile);
    expect(await client?.call(call)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });

  it('goes on for others when one command line is cut off', async () => {
    const profile = newProfile();
    const stop = await listenForCommandLines(profile, answering);
    onTestFinished(stop);
    const cutOff: Socket = connect(socketPath(profile));
    await new Promise((connected) => cutOff.once('connect', connected));
    cutOff.pause();
    cutOff.write(`${JSON.stringify({ kind: 'call', id: 1, ...call })}\n`);
    // The answer is there, unread, when the end comes.
    await new Promise((wait) => setTimeout(wait, 100));
    cutOff.destroy();
    await new Promise((wait) => setTimeout(wait, 100));
    const other = await connectToOwner(profile);
    expect(await other?.call(call)).toEqual({ ok: true, result: 'answered' });
    await other?.close();
  });
});
