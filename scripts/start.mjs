// Starts Ivy: installs and builds it where that has not been done, then shows its window; where there is no Electron or no screen, it
// serves the same app to the browser. Runs on Node 20, and needs nothing but it.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { downloadElectron, electronBinary, hasDisplay, hasFailedBefore } from './electron.mjs';
import { endAs, environment, node, prepare, root, runToEnd, say } from './prepare.mjs';

const usage = `Usage: npm start -- [--host] [--profile FOLDER] [--port NUMBER] [--no-open] [--retry-electron]
  --host            serve the app to the browser instead of showing a window
  --profile FOLDER  the folder of the workspace
  --port NUMBER     the port for the browser; any free one where it is left out
  --no-open         do not open the browser
  --retry-electron  try again to download Electron`;

const electronFolder = join(root, 'node_modules', 'electron');
const stamp = join(root, 'node_modules', '.ivy-electron');
const downloadMilliseconds = 60_000;
/** A window that is gone sooner than this, and not by a person's wish, was never there. */
const stillbornMilliseconds = 10_000;

function readArguments() {
  try {
    const { values } = parseArgs({
      options: {
        host: { type: 'boolean', default: false },
        profile: { type: 'string' },
        port: { type: 'string' },
        'no-open': { type: 'boolean', default: false },
        'retry-electron': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (values.help) {
      say(usage);
      process.exit(0);
    }
    return values;
  } catch (error) {
    say(`${error.message}\n${usage}`);
    return process.exit(2);
  }
}

/**
 * Ends the child when npm is gone: npm hands a signal to its shell, and that shell dies of it without a word to us.
 */
function endWithNpm(child) {
  if (process.env.npm_lifecycle_event === undefined || process.platform === 'win32') return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 250);
  child.once('exit', () => clearInterval(watch));
}

/** Runs a part of Ivy to its end. The channel lets it notice when this process is gone, however it went. */
function runPart(program, args) {
  const { ELECTRON_RUN_AS_NODE: _never, ...env } = environment;
  return runToEnd(program, args, { cwd: process.cwd(), env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'], onStart: endWithNpm });
}

/** The binary to show a window with, or null where the browser has to do. Says why. */
async function findElectron(retry) {
  if (!hasDisplay()) {
    say('There is no screen here, so Ivy opens in the browser instead.');
    return null;
  }
  const binary = electronBinary(electronFolder);
  if (binary !== null) return binary;
  if (retry) rmSync(stamp, { force: true });
  if (hasFailedBefore(electronFolder, stamp)) {
    say('Electron could not be downloaded before, so Ivy opens in the browser instead. To try again: npm start -- --retry-electron');
    return null;
  }
  say('Downloading Electron. This is done once and takes up to a minute.');
  const downloaded = await downloadElectron({ folder: electronFolder, stamp, node, milliseconds: downloadMilliseconds });
  if (downloaded === null) say('Electron could not be downloaded, so Ivy opens in the browser instead.');
  return downloaded;
}

/** Shows the window. Answers only where it could not be shown. */
async function showWindow(binary, options) {
  const args = [root];
  if (options.profile !== undefined) args.push('--profile', options.profile);
  if (process.platform === 'linux' && process.getuid() === 0) {
    say('You are root, so Electron runs without its sandbox.');
    args.push('--no-sandbox');
  }
  const since = performance.now();
  const outcome = await runPart(binary, args);
  const crashed = outcome.error !== null || ['SIGTRAP', 'SIGABRT', 'SIGSEGV', 'SIGILL'].includes(outcome.signal) || [126, 127, 133, 134, 139].includes(outcome.code);
  if (!crashed || performance.now() - since > stillbornMilliseconds) endAs(outcome);
  say('Electron cannot run on this machine, so Ivy opens in the browser instead.');
}

async function serve(options) {
  const args = [join(root, 'out', 'main', 'host.js')];
  if (options.profile !== undefined) args.push('--profile', options.profile);
  if (options.port !== undefined) args.push('--port', options.port);
  if (options['no-open']) args.push('--no-open');
  endAs(await runPart(node, args));
}

const options = readArguments();
await prepare({ build: true });
if (!options.host) {
  const binary = await findElectron(options['retry-electron']);
  if (binary !== null) await showWindow(binary, options);
}
await serve(options);
