import { type ChildProcess, spawn } from 'node:child_process';
import { openAsBlob } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Answer } from '#contract/answer';
import type { EntryName, InputOf, OutputOf } from '#contract/index';
import type { JobState } from '#contract/platform/jobs';
import type { Question, Watched } from '#bench/probe';
import { environment, root } from '#scripts/prepare';

const passPhrase = 'four ordinary words';
/** How often a job is asked after: its own times are exact, and each question takes time of the core. */
const pollMilliseconds = 200;

/** A browser tab in so far as the host can tell. */
export interface Tab {
  call<Name extends EntryName>(entry: Name, input: InputOf<Name>): Promise<OutputOf<Name>>;
  /** Starts a job and waits for its end. */
  runJob(entry: EntryName, input: unknown): Promise<FinishedJob>;
  waitFor(jobId: string): Promise<FinishedJob>;
  upload(file: string): Promise<string>;
  createWorkspace(): Promise<void>;
  signIn(): Promise<void>;
  page(): Promise<string>;
}

export interface FinishedJob {
  readonly result: unknown;
  /** From when it began to when it had ended. */
  readonly milliseconds: number;
}

/** A host under the eyes of the probe. */
export interface WatchedHost extends Tab {
  ask(question: Question): Promise<Watched>;
  stop(): Promise<void>;
}

/** Waits for the link that a host prints. */
export async function linkOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((found, failed) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text;
      const match = /^Open (\S+)$/m.exec(said);
      if (match?.[1] !== undefined) found(match[1]);
    });
    child.once('exit', (code) => {
      failed(new Error(`The host ended with ${String(code)} before it served.`));
    });
  });
}

export async function endOf(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  await ended;
}

/** Opens a link once and keeps the cookies that it gives. */
export async function openTab(link: string): Promise<Tab> {
  const { origin } = new URL(link);
  const cookies = new Map<string, string>();
  const request = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const headers = { ...(init.headers as Record<string, string> | undefined), 'x-ivy': '1', cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const response = await fetch(new URL(path, origin), { ...init, headers, redirect: 'manual' });
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name !== undefined && value !== undefined) cookies.set(name, value);
    }
    return response;
  };
  const resultOf = async (response: Response): Promise<unknown> => {
    const answer = (await response.json()) as Answer;
    if (answer.ok) return answer.result;
    throw new Error(`${answer.error.code}: ${answer.error.message}`);
  };
  const send = async (entry: string, input: unknown): Promise<unknown> =>
    resultOf(await request(`/rpc/${entry}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(input) }));
  const tab: Tab = {
    call: (async (entry: string, input: unknown) => send(entry, input)) as Tab['call'],
    async runJob(entry, input) {
      const { jobId } = (await send(entry, input)) as { jobId: string };
      return tab.waitFor(jobId);
    },
    async waitFor(jobId) {
      for (;;) {
        const job: JobState = await tab.call('platform.jobs.get', { jobId });
        if (job.state === 'succeeded') return { result: job.result, milliseconds: (job.finishedAt ?? 0) - (job.startedAt ?? 0) };
        if (job.state !== 'waiting' && job.state !== 'running') throw new Error(`${job.entry} ${job.state}: ${job.error?.message ?? ''}`);
        await wait(pollMilliseconds);
      }
    },
    async upload(file) {
      const response = await request(`/uploads?name=${encodeURIComponent(basename(file))}`, { method: 'POST', body: await openAsBlob(file) });
      return ((await resultOf(response)) as { fileId: string }).fileId;
    },
    async createWorkspace() {
      await tab.call('platform.workspaces.create', { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase, workspace: 'admissions', timeZone: 'Europe/London' });
    },
    async signIn() {
      await tab.call('platform.sessions.signIn', { email: 'ada@school.example', passPhrase });
    },
    page: async () => (await request('/', { headers: { accept: 'text/html' } })).text(),
  };
  await request(link);
  return tab;
}

/** Starts the built host on a profile as the start script does, with the probe in it. */
export async function startWatchedHost(profile: string): Promise<WatchedHost> {
  const probe = new URL('./probe.ts', import.meta.url).href;
  const args = ['--expose-gc', '--import', probe, join(root, 'out', 'main', 'host.js'), '--profile', profile, '--no-open'];
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] });
  const tab = await openTab(await linkOf(child));
  return {
    ...tab,
    ask: (question) =>
      new Promise((answered) => {
        child.once('message', (message) => {
          answered(message as Watched);
        });
        child.send(question);
      }),
    stop: () => endOf(child),
  };
}
