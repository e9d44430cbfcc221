import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { root } from './built';

/** A program that a test has started. It does not outlive the test. */
export interface Running {
  readonly child: ChildProcess;
  readonly stdout: () => string;
  readonly stderr: () => string;
  /** Waits until it has said something that matches, and answers it. */
  said(what: RegExp, stream?: 'stdout' | 'stderr'): Promise<RegExpExecArray>;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
}

export interface RunOptions {
  readonly environment?: NodeJS.ProcessEnv;
  readonly input?: 'ignore' | 'pipe';
}

export function run(program: string, args: readonly string[], { environment = {}, input = 'ignore' }: RunOptions = {}): Running {
  const { DISPLAY: _display, WAYLAND_DISPLAY: _wayland, npm_lifecycle_event: _npm, ...env } = process.env;
  const child = spawn(program, args, { cwd: root, env: { ...env, IVY_NO_BROWSER: '1', ...environment }, stdio: [input, 'pipe', 'pipe'] });
  const texts = { stdout: '', stderr: '' };
  const changed = new Set<() => void>();
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream]?.setEncoding('utf8').on('data', (text: string) => {
      texts[stream] += text;
      for (const listener of changed) listener();
    });
  }
  const ended = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((done) => {
    child.on('close', (code, signal) => {
      done({ code, signal });
    });
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  return {
    child,
    stdout: () => texts.stdout,
    stderr: () => texts.stderr,
    ended,
    said(what, stream = 'stdout') {
      return new Promise((found, failed) => {
        const look = (): void => {
          const match = what.exec(texts[stream]);
          if (match === null) return;
          changed.delete(look);
          found(match);
        };
        changed.add(look);
        look();
        void ended.then(({ code }) => {
          failed(new Error(`It ended with ${String(code)} and said only: ${texts.stdout}${texts.stderr}`));
        });
      });
    },
  };
}

/** A built entry, on this very Node. */
export function runBuilt(entry: 'host' | 'cli', args: readonly string[], options?: RunOptions): Running {
  return run(process.execPath, [join(root, 'out', 'main', `${entry}.js`), ...args], options);
}

/** The Node that a person has installed, or this one where there is no other. */
export function systemNode(): string {
  const own = join(root, 'node_modules');
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '' && !folder.startsWith(own) && !folder.includes('node_modules'));
  return folders.map((folder) => join(folder, 'node')).find((path) => existsSync(path)) ?? process.execPath;
}

/** Whether a process of that id is there. */
export function isAlive(id: number): boolean {
  try {
    process.kill(id, 0);
    return true;
  } catch {
    return false;
  }
}
