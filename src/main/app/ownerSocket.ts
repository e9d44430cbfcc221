import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import { connect, createServer, type Socket } from 'node:net';
import { platform } from 'node:os';
import { dirname } from 'node:path';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { type CoreClient, createCoreClient } from './coreClient';
import type { Profile } from './profile';
import { socketPath } from './profile';
import type { FromCore, Link, ToCore } from './protocol';

/** Messages as lines of JSON over a socket. */
function socketLink<Out, In>(socket: Socket): Link<Out, In> {
  const lines = createInterface({ input: socket, crlfDelay: Infinity });
  socket.on('error', () => socket.destroy());
  // Lines hand their input's errors on: without a listener, an end that was cut off would end this process too.
  lines.on('error', () => undefined);
  return {
    send: (message) => {
      if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
    },
    onMessage: (listener) =>
      lines.on('line', (line) => {
        try {
          listener(JSON.parse(line) as In);
        } catch {
          socket.destroy();
        }
      }),
    onClose: (listener) => socket.on('close', listener),
    close: () => {
      socket.end();
    },
  };
}

/** Passes a command line's messages on to the owner's core. Whatever it claims, it is a command line. */
function serveSocket(core: CoreClient, link: Link<FromCore, ToCore>): void {
  const here = randomUUID();
  const calls = new Map<number, AbortController>();
  const connections = new Set<string>();
  const connectionOf = (theirs: string): string => `${here} ${theirs}`;
  const answer = (id: number, work: Promise<unknown>): void => {
    work.then(
      (result) => {
        link.send({ kind: 'answer', id, answer: { ok: true, result } });
      },
      (error: unknown) => {
        const { code = 'internal', message = 'Something went wrong inside Ivy.' } = error as { code?: 'internal'; message?: string };
        link.send({ kind: 'answer', id, answer: { ok: false, error: { code, message } } });
      },
    );
  };
  link.onMessage((message) => {
    switch (message.kind) {
      case 'call': {
        const abort = new AbortController();
        calls.set(message.id, abort);
        const { id, entry, input, token, wait } = message;
        void core
          .call({
            entry,
            input,
            token,
            wait,
            door: 'cli',
            connection: connectionOf(message.connection),
            signal: abort.signal,
            onProgress: (progress) => {
              link.send({ kind: 'progress', id, progress });
            },
          })
          .then((result) => {
            calls.delete(id);
            link.send({ kind: 'answer', id, answer: result });
          });
        return;
      }
      case 'cancel':
        calls.get(message.id)?.abort();
        return;
      case 'subscribe': {
        const connection = connectionOf(message.connection);
        connections.add(connection);
        answer(
          message.id,
          core.subscribe(connection, message.token, (event) => {
            link.send({ kind: 'event', connection: message.connection, event });
          }),
        );
        return;
      }
      case 'unsubscribe':
        core.unsubscribe(connectionOf(message.connection));
        return;
      case 'registerFile':
        answer(message.id, core.registerFile(message.token, message));
        return;
      case 'resolveDownload':
        answer(message.id, core.resolveDownload(message.token, message.downloadId));
        return;
      case 'resolveOpening':
        answer(message.id, core.resolveOpening(message.token, message.openingId));
        return;
      case 'close':
        link.send({ kind: 'answer', id: message.id, answer: { ok: true, result: null } });
        return;
    }
  });
  link.onClose(() => {
    for (const connection of connections) core.unsubscribe(connection);
    for (const abort of calls.values()) abort.abort();
  });
}

/**
 * Lets command lines of the same user speak to this core while it owns the profile.
 *
 * @returns what stops it
 */
export async function listenForCommandLines(profile: Profile, core: CoreClient): Promise<() => Promise<void>> {
  const path = socketPath(profile);
  if (platform() !== 'win32') {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    // We hold the profile's lock, so a socket that lies there belongs to a process that died.
    if (existsSync(path)) rmSync(path);
  }
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    serveSocket(core, socketLink<FromCore, ToCore>(socket));
  });
  await new Promise<void>((listening, failed) => {
    server.once('error', failed);
    const mask = process.umask(0o177);
    server.listen(path, () => {
      if (platform() !== 'win32') chmodSync(path, 0o600);
      listening();
    });
    process.umask(mask);
  });
  return () =>
    new Promise((closed) => {
      server.close(() => {
        closed();
      });
      for (const socket of sockets) socket.destroy();
    });
}

/** A client of whoever owns the profile, or null where nobody listens. */
export async function connectToOwner(profile: Profile): Promise<CoreClient | null> {
  const socket = connect(socketPath(profile));
  return new Promise((done) => {
    socket.once('connect', () => {
      done(createCoreClient(socketLink<ToCore, FromCore>(socket)));
    });
    socket.once('error', () => {
      done(null);
    });
  });
}
