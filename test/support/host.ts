import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import type { Answer, ServerEvent } from '#contract/answer';
import type { EntryName, InputOf, OutputOf } from '#contract/index';
import type { IvyBridge } from '#preload/bridge';
import { root } from './built';

/** A built host on a profile of its own, as a person would have started it. */
export interface RunningHost {
  readonly profile: string;
  readonly origin: string;
  /** Lets one browser in, once. */
  readonly link: string;
  /** Lets another browser in, once: what a person gets who presses Enter at the terminal. */
  freshLink(): Promise<string>;
  readonly child: ChildProcess;
  /** What it wrote for a person's eyes. */
  readonly stderr: () => string;
  stop(): Promise<void>;
}

/** Makes the host take its standard input for a terminal, where it hands out further links. */
const asTerminal = ['--import', 'data:text/javascript,process.stdin.isTTY=true'];

export interface StartHostOptions {
  readonly profile?: string;
  readonly port?: number;
}

/** Starts the built host and answers once it has printed its link. */
export async function startHost({ profile = mkdtempSync(join(tmpdir(), 'ivy-e2e-')), port = 0 }: StartHostOptions = {}): Promise<RunningHost> {
  const args = [...asTerminal, join(root, 'out', 'main', 'host.js'), '--profile', profile, '--no-open', '--port', String(port)];
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<void>((done) => {
    child.on('close', () => {
      done();
    });
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  /** The link that was printed as the so-manieth. */
  const printed = (place: number): Promise<string> =>
    new Promise<string>((found, failed) => {
      const look = (): void => {
        const link = [...stdout.matchAll(/^Open (\S+)\n/gm)][place]?.[1];
        if (link === undefined) return;
        child.stdout.off('data', look);
        found(link);
      };
      child.stdout.on('data', look);
      look();
      void ended.then(() => {
        failed(new Error(`The host ended before it served. ${stderr}`));
      });
    });
  const link = await printed(0);
  let links = 1;
  return {
    profile,
    link,
    origin: new URL(link).origin,
    freshLink() {
      child.stdin.write('\n');
      links += 1;
      return printed(links - 1);
    },
    child,
    stderr: () => stderr,
    async stop() {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

/** A call from inside the page, over the bridge that the page itself uses. */
export async function callFrom<Name extends EntryName>(page: Page, entry: Name, input?: InputOf<Name>): Promise<OutputOf<Name>> {
  const answer = await page.evaluate<Answer, { entry: string; input: unknown }>(
    ({ entry: name, input: given }) => (window as unknown as { ivy: IvyBridge }).ivy.call(Math.floor(Math.random() * 1e9), name, given),
    { entry, input: input ?? {} },
  );
  if (!answer.ok) throw new Error(`${entry}: ${answer.error.code}: ${answer.error.message}`);
  return answer.result as OutputOf<Name>;
}

/** Gathers what a page hears from now on. */
export async function listenIn(page: Page): Promise<() => Promise<readonly ServerEvent[]>> {
  await page.evaluate(() => {
    const heard: ServerEvent[] = [];
    const { ivy } = window as unknown as { ivy: IvyBridge };
    Object.assign(window, { heard, stopListening: ivy.subscribe((event) => heard.push(event)) });
  });
  return () => page.evaluate(() => (window as unknown as { heard: ServerEvent[] }).heard);
}

/** What a page must never show: refused loads, and errors that nobody caught. */
export interface Complaints {
  readonly violations: string[];
  readonly errors: string[];
}

/** Takes note of every violation of the page's policy and every error, from its first script on. */
export async function watch(page: Page): Promise<Complaints> {
  const complaints: Complaints = { violations: [], errors: [] };
  await page.exposeFunction('tellViolation', (text: string) => complaints.violations.push(text));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      (window as unknown as { tellViolation: (text: string) => void }).tellViolation(`${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  page.on('pageerror', (error) => complaints.errors.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.errors.push(message.text());
  });
  return complaints;
}

export interface HostFixtures {
  /** A host of the test's own. */
  readonly host: RunningHost;
  /** A page that was let in by the host's link. */
  readonly app: Page;
}

/** Playwright's test with a host of its own for each test. */
export const test = base.extend<HostFixtures>({
  // Playwright reads from the braces what a fixture needs.
  host: async ({}, use) => {
    const host = await startHost();
    await use(host);
    await host.stop();
    rmSync(host.profile, { recursive: true, force: true });
  },
  app: async ({ host, page }, use) => {
    await page.goto(host.link);
    await use(page);
  },
});

export { expect } from '@playwright/test';
