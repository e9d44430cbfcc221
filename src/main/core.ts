import { parentPort, workerData } from 'node:worker_threads';
import { Refusal } from '#contract/errors';
import type { CoreOptions } from './app/coreThread';
import { createApp, engineThreads } from './app/createApp';
import type { FromCore, Link, ToCore } from './app/protocol';
import { serve } from './app/serve';
import { passThroughProxy } from './language/proxies';
import { createPool } from './worker/pool';

// The entry of the core thread: one app, served to the door that started it.

const port = parentPort;
if (port === null) throw new Error('The core runs in a thread of its own.');

const link: Link<FromCore, ToCore> = {
  send: (message) => {
    port.postMessage(message);
  },
  onMessage: (listener) => port.on('message', listener),
  onClose: (listener) => port.on('close', listener),
  close: () => {
    port.close();
  },
};

passThroughProxy(process.env);
try {
  const options = workerData as CoreOptions;
  const app = createApp({
    profileFolder: options.profileFolder,
    pool: createPool(options.workerFile, engineThreads()),
    checkOutput: options.checkOutput,
  });
  serve(app, link);
  link.send({ kind: 'ready' });
} catch (error) {
  const refusal = error instanceof Refusal ? error : new Refusal('internal', error instanceof Error ? error.message : String(error));
  link.send({ kind: 'failed', error: refusal.toCallError() });
}
