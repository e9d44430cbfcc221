import { fileURLToPath } from 'node:url';
import { Refusal } from '#contract/errors';
import { openCore } from '#main/app/openCore';
import { profileAt } from '#main/app/profile';
import { openInBrowser } from './browser';
import { startHostServer } from './server';

export interface HostOptions {
  readonly profileFolder: string;
  readonly mainFolder: URL;
  readonly port: number;
  readonly openBrowser: boolean;
  readonly until: AbortSignal;
}

/** A command line's one call is over sooner than this. */
const patienceMilliseconds = 1_500;
/** Whoever ends the host waits at most three seconds for it; this is the core's share. */
const closingMilliseconds = 2_200;

/** Prints a fresh link whenever somebody presses Enter at the terminal. */
function printLinksOnEnter(print: () => void): () => void {
  if (!process.stdin.isTTY) return () => undefined;
  process.stderr.write('Press Enter for a link for another browser, Ctrl+C to end.\n');
  process.stdin.on('data', print);
  return () => {
    process.stdin.off('data', print);
    process.stdin.pause();
    process.stdin.unref();
  };
}

/**
 * Serves the app to browsers of this machine until it is told to end.
 *
 * @throws Refusal where the profile or the port cannot be had, and where the core goes away by itself
 */
export async function serveHost(options: HostOptions): Promise<void> {
  const { profileFolder, mainFolder, until } = options;
  const core = await openCore({ profileFolder, mainFolder, mayJoin: false, patienceMilliseconds });
  try {
    if (until.aborted) return;
    const gone = new Promise<'gone'>((resolve) => {
      core.client.onGone(() => {
        resolve('gone');
      });
    });
    const told = new Promise<'told'>((resolve) => {
      until.addEventListener('abort', () => { resolve('told'); }, { once: true });
    });
    const server = await startHostServer({
      client: core.client,
      port: options.port,
      rendererFolder: fileURLToPath(new URL('../renderer/', mainFolder)),
      uploads: { folder: profileAt(profileFolder).uploadsFolder },
    });
    const print = (): string => {
      const link = server.freshLink();
      process.stdout.write(`Open ${link}\n`);
      return link;
    };
    const link = print();
    const stopPrinting = printLinksOnEnter(print);
    if (options.openBrowser) openInBrowser(link);
    const end = await Promise.race([told, gone]);
    stopPrinting();
    await server.close();
    if (end === 'gone') throw new Refusal('unavailable', 'Ivy’s core has ended by itself. Start Ivy again; what was saved is safe.');
  } finally {
    await core.close({ limitMilliseconds: closingMilliseconds });
  }
}
