import { setTimeout as wait } from 'node:timers/promises';
import { Refusal } from '#contract/errors';
import type { CloseOptions, CoreClient } from './coreClient';
import { startCoreThread } from './coreThread';
import { connectToOwner, listenForCommandLines } from './ownerSocket';
import { profileAt } from './profile';

/** The core of a profile: our own, or another process's over its socket. */
export interface OpenCore {
  readonly client: CoreClient;
  readonly owner: boolean;
  /** See {@link CoreClient.close}. */
  close(options?: CloseOptions): Promise<void>;
}

export interface OpenCoreOptions {
  readonly profileFolder: string;
  /** The folder of the built entries, `core.js` and `worker.js` among them. */
  readonly mainFolder: URL;
  readonly checkOutput?: boolean;
  /** How long to wait for a profile that is taken: by an owner that is coming or going, or by a command line's one call. */
  readonly patienceMilliseconds?: number;
  /** A door that shows windows must own its profile; a command line may join the owner. */
  readonly mayJoin: boolean;
}

/** Starts the core of a profile in a thread of this process and listens for command lines. */
async function ownCore(options: OpenCoreOptions): Promise<OpenCore> {
  const client = await startCoreThread(new URL('core.js', options.mainFolder), {
    profileFolder: options.profileFolder,
    workerFile: new URL('worker.js', options.mainFolder).href,
    checkOutput: options.checkOutput ?? false,
  });
  try {
    const stopListening = await listenForCommandLines(profileAt(options.profileFolder), client);
    return {
      client,
      owner: true,
      async close(closing) {
        await stopListening();
        await client.close(closing);
      },
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}

/**
 * Opens the core of a profile. A command line joins the process that owns it; where that process is just coming or going, it waits.
 *
 * @throws Refusal `profile_in_use` where the profile stays taken
 */
export async function openCore(options: OpenCoreOptions): Promise<OpenCore> {
  const profile = profileAt(options.profileFolder);
  const until = Date.now() + (options.patienceMilliseconds ?? (options.mayJoin ? 15_000 : 0));
  for (;;) {
    if (options.mayJoin) {
      const client = await connectToOwner(profile);
      if (client !== null) return { client, owner: false, close: (closing) => client.close(closing) };
    }
    try {
      return await ownCore(options);
    } catch (error) {
      const busy = error instanceof Refusal && error.code === 'profile_in_use';
      if (!busy || Date.now() >= until) throw error;
      await wait(100);
    }
  }
}
