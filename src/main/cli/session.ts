import { setTimeout as wait } from 'node:timers/promises';
import { type CallError, Refusal } from '#contract/errors';
import { findEntry } from '#contract/index';
import type { CoreClient } from '#main/app/coreClient';
import { openCore, type OpenCore } from '#main/app/openCore';
import { rememberedToken } from './rememberedSessions';
import type { Terminal } from './terminal';

export interface CliOptions {
  readonly profileFolder: string;
  readonly user: string | undefined;
  readonly mainFolder: URL;
}

/** A command line's place at the core: it signs in when an entry first needs it, and out at the end. */
export interface CliSession {
  readonly client: CoreClient;
  /** Calls an entry and waits for a job's end. Throws a refusal. */
  call(entry: string, input: unknown, options?: { readonly detach?: boolean; readonly anonymous?: boolean }): Promise<unknown>;
  token(): string | null;
  /** The session outlives this command. */
  keep(): void;
  close(): Promise<void>;
}

const connection = 'cli';
/** What fell due while nobody was here, such as the ageing of scores, is given so long to come to its end. */
const patienceMilliseconds = 20_000;
const lookAtJobMilliseconds = 200;

function refusalOf(error: CallError): Refusal {
  return new Refusal(error.code, error.message, error.details);
}

export async function openSession(options: CliOptions, terminal: Terminal, interrupt: AbortSignal): Promise<CliSession> {
  const core: OpenCore = await openCore({ profileFolder: options.profileFolder, mainFolder: options.mainFolder, mayJoin: true });
  const { client } = core;
  let token: string | null = null;
  let own = false;
  let signInRefused: Refusal | null = null;
  const detached: string[] = [];

  const raw = async (entry: string, input: unknown, waitForJob: boolean): Promise<unknown> => {
    const answer = await client.call({
      entry,
      input,
      token,
      door: 'cli',
      connection,
      wait: waitForJob,
      signal: interrupt,
      onProgress: (progress) => {
        terminal.progress(progress);
      },
    });
    terminal.endProgress();
    if (answer.token !== undefined) {
      token = answer.token;
      own = answer.token !== null;
    }
    if (!answer.ok) throw refusalOf(answer.error);
    return answer.result;
  };

  const signIn = async (): Promise<void> => {
    const passPhrase = process.env.IVY_PASSWORD;
    const email = options.user === undefined ? {} : { email: options.user };
    if (passPhrase === undefined && options.user === undefined) {
      token = rememberedToken(options.profileFolder, Date.now());
      if (token !== null && (await stillHolds())) return;
      token = null;
    }
    if (passPhrase !== undefined) {
      await raw('platform.sessions.signIn', { ...email, passPhrase }, false);
      return;
    }
    const state = (await raw('platform.workspaces.status', {}, false)) as { state: string; opensWithoutPassPhrase: boolean };
    if (state.state === 'missing') {
      throw new Refusal('workspace_missing', 'There is no workspace here yet. Make one with "ivy init", or name another folder with --profile.');
    }
    if (state.opensWithoutPassPhrase) {
      await raw('platform.sessions.signIn', email, false);
      return;
    }
    const asked = await terminal.askSecret('Pass phrase: ');
    if (asked === null) throw new Refusal('not_signed_in', 'Sign in first: set IVY_PASSWORD, or run "ivy login".');
    await raw('platform.sessions.signIn', { ...email, passPhrase: asked }, false);
  };

  const stillHolds = async (): Promise<boolean> => {
    try {
      await raw('platform.sessions.current', {}, false);
      return true;
    } catch (error) {
      if (error instanceof Refusal && error.code === 'not_signed_in') return false;
      throw error;
    }
  };

  /** Signs in once: a wrong pass phrase must not be tried again for every line, until it is locked out. */
  const signInOnce = async (): Promise<void> => {
    if (signInRefused !== null) throw signInRefused;
    try {
      await signIn();
    } catch (error) {
      if (error instanceof Refusal) signInRefused = error;
      throw error;
    }
  };

  const jobEnded = async (jobId: string): Promise<void> => {
    while (!interrupt.aborted) {
      const { finishedAt } = (await raw('platform.jobs.get', { jobId }, false)) as { finishedAt: number | null };
      if (finishedAt !== null) return;
      await wait(lookAtJobMilliseconds);
    }
  };

  return {
    client,
    token: () => token,
    keep() {
      own = false;
    },
    async call(entry, input, { detach = false, anonymous = false } = {}) {
      const found = findEntry(entry);
      if (found !== undefined && found.allow.who !== 'anyone' && token === null && !anonymous) await signInOnce();
      const result = await raw(entry, input, !detach);
      if (detach && found?.kind === 'job') detached.push((result as { jobId: string }).jobId);
      return result;
    },
    async close() {
      // With our own core a detached job would end: whoever started it has its id, and this process stays until it is done.
      if (core.owner) for (const jobId of detached) await jobEnded(jobId).catch(() => undefined);
      // A session that was begun for this command ends with it; a remembered one goes on.
      if (own && !core.owner) await raw('platform.sessions.signOut', {}, false).catch(() => undefined);
      await core.close({ patienceMilliseconds });
    },
  };
}
