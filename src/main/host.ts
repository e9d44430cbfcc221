import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal } from '#contract/errors';
import { endSignal } from './app/interrupt';
import { defaultProfileFolder } from './app/profile';
import { serveHost } from './host/serveHost';

// The door of a browser: serves the app on this machine until it is told to end.

// What Ivy writes is for its person's eyes alone.
process.umask(0o077);

const usage = 'Usage: host [--profile FOLDER] [--port NUMBER] [--no-open]';

function fail(message: string, code: 1 | 2): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function readArguments(): { profileFolder: string; port: number; openBrowser: boolean } {
  try {
    const { values } = parseArgs({
      options: { profile: { type: 'string' }, port: { type: 'string', default: '0' }, 'no-open': { type: 'boolean', default: false } },
    });
    const port = Number(values.port);
    if (values.port === '' || !Number.isInteger(port) || port < 0 || port > 65_535) return fail('--port is a number from 0 to 65535.', 2);
    return {
      profileFolder: values.profile === undefined ? defaultProfileFolder() : resolve(values.profile),
      port,
      openBrowser: !values['no-open'],
    };
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`, 2);
  }
}

// Whoever reads the link and then closes the pipe has what they wanted.
process.stdout.on('error', () => undefined);

const options = readArguments();
try {
  await serveHost({ ...options, mainFolder: new URL('.', import.meta.url), until: endSignal() });
  process.exit(0);
} catch (error) {
  fail(error instanceof Refusal ? error.message : `Ivy has failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`, 1);
}
