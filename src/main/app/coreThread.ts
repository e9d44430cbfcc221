import { Worker } from 'node:worker_threads';
import { Refusal, type ErrorCode } from '#contract/errors';
import { type CoreClient, createCoreClient } from './coreClient';
import type { FromCore, Link, ToCore } from './protocol';

/** What the core thread is started with. */
export interface CoreOptions {
  readonly profileFolder: string;
  readonly workerFile: string;
  readonly checkOutput: boolean;
}

function workerLink(worker: Worker): Link<ToCore, FromCore> {
  return {
    send: (message) => {
      worker.postMessage(message);
    },
    onMessage: (listener) => worker.on('message', listener),
    onClose: (listener) => worker.on('exit', listener),
    close: () => void worker.terminate(),
  };
}

/**
 * Starts the core in a thread of its own, so that no SQL, however slow, stalls a window or a socket.
 *
 * @param coreFile the built `core.js`
 * @throws Refusal where the profile cannot be taken
 */
export async function startCoreThread(coreFile: URL, options: CoreOptions): Promise<CoreClient> {
  const worker = new Worker(coreFile, { workerData: options, resourceLimits: { maxOldGenerationSizeMb: 4_096, maxYoungGenerationSizeMb: 24 } });
  await new Promise<void>((ready, failed) => {
    worker.once('error', failed);
    worker.once('message', (message: FromCore) => {
      if (message.kind === 'failed') failed(new Refusal(message.error.code as ErrorCode, message.error.message));
      else ready();
    });
  });
  // What goes wrong in the core from here on ends the thread; calls under way are answered by the client.
  worker.on('error', (error) => {
    process.stderr.write(`Ivy's core has failed: ${error instanceof Error ? error.message : String(error)}\n`);
  });
  return createCoreClient(workerLink(worker));
}
