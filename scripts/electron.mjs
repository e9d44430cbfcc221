// Finds Electron's binary, or gets it. The package of that name brings only the means to download it. Runs on Node 20.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
}

/** The version of the installed package. */
export function electronVersion(folder) {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version;
}

/** The binary that belongs to the installed package, or null where it was not downloaded, not wholly, or for another version. */
export function electronBinary(folder, environment = process.env) {
  const name = textOf(join(folder, 'path.txt'));
  const elsewhere = environment.ELECTRON_OVERRIDE_DIST_PATH;
  if (elsewhere !== undefined && elsewhere !== '') {
    const path = join(elsewhere, name === '' ? 'electron' : name);
    return existsSync(path) ? path : null;
  }
  const dist = join(folder, 'dist');
  if (name === '' || textOf(join(dist, 'version')).replace(/^v/, '') !== electronVersion(folder)) return null;
  const path = join(dist, name);
  return existsSync(path) ? path : null;
}

/** Whether there is a screen to show a window on. */
export function hasDisplay(platform = process.platform, environment = process.env) {
  return platform !== 'linux' || Boolean(environment.DISPLAY) || Boolean(environment.WAYLAND_DISPLAY);
}

/** Whether downloading this version has failed before, so that nobody waits for it again. */
export function hasFailedBefore(folder, stamp) {
  return textOf(stamp) === electronVersion(folder);
}

/**
 * Downloads the binary with the package's own installer, quietly and for a limited time. A failure is remembered in the stamp.
 * Answers the binary, or null.
 */
export async function downloadElectron({ folder, stamp, node, milliseconds }) {
  const child = spawn(node, [join(folder, 'install.js')], { cwd: folder, stdio: 'ignore', env: { ...process.env, ELECTRON_RUN_AS_NODE: undefined } });
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds);
  const giveUp = () => {
    child.kill('SIGKILL');
    process.exit(130);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, giveUp);
  await new Promise((done) => {
    child.on('error', done);
    child.on('exit', done);
  });
  clearTimeout(timer);
  for (const signal of signals) process.off(signal, giveUp);
  const binary = electronBinary(folder);
  if (binary === null) writeFileSync(stamp, electronVersion(folder));
  else rmSync(stamp, { force: true });
  return binary;
}
