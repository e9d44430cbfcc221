// Installs and builds Ivy where that has not been done yet. Runs on Node 20, before anything is installed, and needs nothing but it.
// All it says goes to standard error, so that the command line's standard output stays clean.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const windows = process.platform === 'win32';

/** The Node that Ivy is built for, once it is installed. */
export const node = windows ? join(root, 'node_modules', 'node', 'bin', 'node.exe') : join(bin, 'node');

const installStamp = join(root, 'node_modules', '.ivy-install');
const buildStamp = join(root, 'out', '.ivy-build');

/**
 * Linux's allocator keeps for each thread what that thread once had. Ivy's threads hand their work on to each other, so they share, and
 * what is free goes back: a large import has 80 MB less. The allocator reads this when a process begins, so Ivy cannot set it for itself:
 * a packaged app, which these scripts do not start, has it only where its environment does.
 */
const memory = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '65536', MALLOC_MMAP_THRESHOLD_: '65536' };

/** Code that Node has compiled once is kept: the command line and each thread of Ivy begin a fifth sooner. */
const compiled = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node-compile') };

/** Environment in which scripts find the Node and the tools of this project first. */
export const environment = { ...memory, ...compiled, ...process.env, PATH: `${bin}${windows ? ';' : ':'}${process.env.PATH ?? ''}` };

export function say(text) {
  process.stderr.write(`${text}\n`);
}

/** Runs a command whose own output goes to standard error; ends this process where it fails. */
export function run(command, args, { quiet = false, env = environment } = {}) {
  const done = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
    shell: windows,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  if (done.status !== 0) {
    if (quiet) process.stderr.write(`${done.stdout ?? ''}${done.stderr ?? ''}`);
    say(`${command} ${args.join(' ')} failed${done.error ? `: ${done.error.message}` : '.'}`);
    process.exit(1);
  }
}

function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** Installs the dependencies where the lock file has changed since they were installed. */
export function install() {
  const lock = createHash('sha256').update(textOf(join(root, 'package-lock.json'))).digest('hex');
  if (textOf(installStamp) === lock && existsSync(node)) return;
  say('Installing what Ivy needs. This is done once and takes a minute or two.');
  run(windows ? 'npm.cmd' : 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: process.env });
  writeFileSync(installStamp, lock);
}

const sources = ['src', 'migrations', 'resources', 'package.json', 'electron.vite.config.ts', 'tsconfig.base.json'];

/** Size and time of every source, as one line of text that changes when one of them does. */
function sourceState() {
  const hash = createHash('sha256');
  const visit = (path) => {
    const about = statSync(path, { throwIfNoEntry: false });
    if (about === undefined) return;
    if (about.isDirectory()) {
      for (const name of readdirSync(path).sort()) visit(join(path, name));
      return;
    }
    hash.update(`${path.slice(root.length)} ${about.size} ${about.mtimeMs}\n`);
  };
  for (const source of sources) visit(join(root, source));
  return hash.digest('hex');
}

/** Builds the program where a source has changed since it was built. */
export function build() {
  const state = sourceState();
  if (textOf(buildStamp) === state) return;
  say('Building Ivy.');
  rmSync(buildStamp, { force: true });
  run(join(bin, windows ? 'electron-vite.cmd' : 'electron-vite'), ['build', '--logLevel', 'error'], { quiet: true });
  mkdirSync(dirname(buildStamp), { recursive: true });
  writeFileSync(buildStamp, state);
}

export async function prepare({ build: wantsBuild }) {
  install();
  if (wantsBuild) build();
}

/** Runs a child to its end: hands on the signals that end a program, and answers how the child ended. */
export function runToEnd(program, args, options) {
  let child = null;
  const handOn = (signal) => {
    // A terminal sends Ctrl-C to the child as well; other senders reach only this process.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child?.kill(signal);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  // Before the child is there: a signal in between would end this process and leave the child behind.
  for (const signal of signals) process.on(signal, handOn);
  child = spawn(program, args, options);
  return new Promise((done) => {
    const end = (outcome) => {
      for (const signal of signals) process.off(signal, handOn);
      done(outcome);
    };
    child.on('error', (error) => end({ code: null, signal: null, error }));
    child.on('exit', (code, signal) => end({ code, signal, error: null }));
    options.onStart?.(child);
  });
}

/** Ends this process as a child has ended. */
export function endAs({ code, signal, error }) {
  if (error !== null) say(`Ivy could not be started: ${error.message}`);
  process.exit(signal === 'SIGINT' || signal === 'SIGTERM' ? 130 : (code ?? 1));
}
