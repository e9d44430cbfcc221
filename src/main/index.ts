import { app } from 'electron';
import { endSignal } from './app/interrupt';
import { openCore } from './app/openCore';
import { defaultProfileFolder } from './app/profile';
import { runCommandLine } from './commandLine';
import { startDesktop } from './electron/desktop';
import { readLaunchRequest } from './electron/request';
import { version } from './version';

// The door of Electron. What must run before Electron is ready runs before the first await.

// What Ivy writes is for its person's eyes alone.
process.umask(0o077);

const mainFolder = new URL('.', import.meta.url);
const request = readLaunchRequest(process.argv);

/** Waits until a stream has passed on what was written to it: an exit would cut it off. */
function drained(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((done) => {
    stream.write('', () => {
      done();
    });
  });
}

if (request.kind === 'commandLine') {
  const code = await runCommandLine(request.args, mainFolder);
  await Promise.all([drained(process.stdout), drained(process.stderr)]);
  app.exit(code);
} else {
  // Not awaited: Electron is ready only once this module has run.
  void startDesktop({
    profileFolder: request.profileFolder ?? defaultProfileFolder(),
    mainFolder,
    version,
    development: !app.isPackaged,
    platform: process.platform,
    openCore,
    until: endSignal(),
  });
}
