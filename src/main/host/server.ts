import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Refusal } from '#contract/errors';
import type { CoreClient } from '#main/app/coreClient';
import { createPages } from '#main/app/pages';
import { createEventStreams, type EventStreams } from './events';
import { createHostApp } from './http';
import { createDoorkeeper } from './session';
import type { UploadOptions } from './uploads';

/** A host that listens. */
export interface HostServer {
  readonly port: number;
  readonly streams: EventStreams;
  /** A link that lets one browser in, once. */
  freshLink(): string;
  /** Takes no more requests and ends those under way. */
  close(): Promise<void>;
}

export interface HostServerOptions {
  readonly client: CoreClient;
  /** 0 for any free port. */
  readonly port: number;
  readonly rendererFolder: string;
  readonly uploads: UploadOptions;
  readonly heartbeatMilliseconds?: number;
}

/** This machine alone, whatever network it is on. */
const address = '127.0.0.1';

function listenProblem(error: NodeJS.ErrnoException, port: number): Error {
  const advice = 'Choose another with --port, or leave --port away for any that is free.';
  if (error.code === 'EADDRINUSE') return new Refusal('unavailable', `Port ${String(port)} is taken by another program. ${advice}`);
  if (error.code === 'EACCES') return new Refusal('unavailable', `Port ${String(port)} needs rights that Ivy does not have. ${advice}`);
  return error;
}

/**
 * Serves the window and the core to browsers of this machine.
 *
 * @throws Refusal `unavailable` where the port cannot be had
 */
export async function startHostServer(options: HostServerOptions): Promise<HostServer> {
  const { client } = options;
  let port = 0;
  const doorkeeper = createDoorkeeper();
  const streams = createEventStreams(client, options.heartbeatMilliseconds);
  const app = createHostApp({
    client,
    doorkeeper,
    streams,
    uploads: options.uploads,
    pages: createPages({ folder: options.rendererFolder, bridge: true }),
    port: () => port,
  });
  // A file of 4 GiB takes its time; everything else has a limit of its own.
  const server = createAdaptorServer({ fetch: app.fetch, overrideGlobalObjects: false, serverOptions: { requestTimeout: 0 } }) as Server;
  await new Promise<void>((listening, failed) => {
    server.once('error', (error) => {
      failed(listenProblem(error, options.port));
    });
    server.listen(options.port, address, listening);
  });
  ({ port } = server.address() as AddressInfo);
  return {
    port,
    streams,
    freshLink: () => `http://${address}:${String(port)}/?t=${doorkeeper.freshWord()}`,
    close() {
      return new Promise((closed) => {
        server.close(() => {
          closed();
        });
        streams.close();
        // A browser keeps its connections open for the next request, which is not to come.
        server.closeIdleConnections();
        setTimeout(() => {
          server.closeAllConnections();
        }, 200);
      });
    },
  };
}
