import { availableParallelism } from 'node:os';
import { v7 } from 'uuid';
import type { Clock } from '#domain/kernel/clock';
import { Refusal } from '#contract/errors';
import { jobsHandlers } from '#main/platform/jobs';
import { auditHandlers } from '#main/platform/audit';
import { backupsHandlers } from '#main/platform/backups';
import { sessionsHandlers } from '#main/platform/sessions';
import { settingsHandlers } from '#main/platform/settings';
import { usersHandlers } from '#main/platform/users';
import { workspacesHandlers } from '#main/platform/workspaces';
import { passPhraseCost, type PassPhraseCost } from '#main/store/keys';
import type { Store } from '#main/store/open';
import { endSessionsExcept, forgetOldSessions } from '#main/store/platform/sessions';
import type { Pool } from '#main/worker/pool';
import { createSignInGuard } from './attempts';
import { createAnswerCache } from './cache';
import type { AppEvent } from './context';
import { type Answer, type AnyHandler, type CallOptions, type CallRequest, createContext, createDispatch } from './dispatch';
import { createEvents } from './events';
import { createFiles, nobody } from './files';
import { createJobs, type Jobs } from './jobs';
import { fileLog, type Log } from './log';
import { createMetrics, type Timing } from './metrics';
import type { HandlerParts } from './parts';
import { clearTemporary, lockProfile, profileAt, type Profile } from './profile';
import { createRates } from './rates';
import { createSessions, signInRefusal } from './sessions';
import { createWorkspace, type Workspace } from './workspace';

export interface AppOptions {
  readonly profileFolder: string;
  readonly pool: Pool;
  /** Checks every output against the contract. */
  readonly checkOutput: boolean;
  readonly now?: Clock;
  readonly newId?: () => string;
  readonly passPhraseCost?: PassPhraseCost;
  readonly log?: Log;
  readonly cacheMib?: number;
}

/** The whole program behind its doors. */
export interface App {
  call(request: CallRequest, options: CallOptions): Promise<Answer>;
  /** Listens as whoever holds the token; before sign-in only the state of the workspace can change for a listener. */
  subscribe(connection: string, token: string | null, listener: (event: AppEvent) => void): { readonly subscribed: boolean };
  unsubscribe(connection: string): void;
  registerFile(token: string | null, file: { readonly path: string; readonly name: string; readonly temporary: boolean }): { readonly fileId: string };
  resolveDownload(token: string | null, downloadId: string): { readonly path: string; readonly name: string };
  timings(): Readonly<Record<string, Timing>>;
  close(): Promise<void>;
  /** For tests alone: what is behind the corridor. */
  readonly inside: { readonly workspace: Workspace; readonly profile: Profile; readonly jobs: Jobs };
}

const keepEndedSessionsMilliseconds = 30 * 24 * 3_600_000;

/** Wires the program together. This is the one place that does. */
export function createApp(options: AppOptions): App {
  const profile = profileAt(options.profileFolder);
  const release = lockProfile(profile);
  try {
    return wire(options, profile, release);
  } catch (error) {
    release();
    throw error;
  }
}

function wire(options: AppOptions, profile: Profile, release: () => void): App {
  const now = options.now ?? Date.now;
  const newId = options.newId ?? (() => v7({ msecs: now() }));
  const log = options.log ?? fileLog(profile.logFile);
  clearTemporary(profile);

  const events = createEvents();
  const cache = createAnswerCache();
  const metrics = createMetrics();
  let jobs: Jobs | null = null;
  const theJobs = (): Jobs => {
    if (jobs === null) throw new Error('Jobs were asked for before they were made.');
    return jobs;
  };

  const onOpen = (store: Store): void => {
    theJobs().recover(store);
    const remembered = workspace.keyring()?.wraps.flatMap((wrap) => (wrap.kind === 'session' ? [wrap.sessionId] : [])) ?? [];
    store.transaction((writer) => {
      endSessionsExcept(writer, remembered, now());
      forgetOldSessions(writer, now() - keepEndedSessionsMilliseconds);
    });
  };

  const workspace = createWorkspace({
    profile,
    now,
    ...(options.cacheMib === undefined ? {} : { cacheMib: options.cacheMib }),
    onSlow: (sql, milliseconds) => {
      log.warn({ sql: sql.replace(/\s+/g, ' ').slice(0, 500), milliseconds: Math.round(milliseconds) }, 'A slow statement.');
    },
    onOpen,
    onClose: () => {
      cache.clear();
    },
  });
  const sessions = createSessions(workspace, now);
  const parts: HandlerParts = {
    profile,
    workspace,
    sessions,
    guard: createSignInGuard(profile),
    events,
    files: createFiles(profile, newId),
    pool: options.pool,
    log,
    passPhraseCost: options.passPhraseCost ?? passPhraseCost,
    jobs: theJobs,
    newId,
    now,
  };
  const handlers = {
    ...workspacesHandlers(parts),
    ...sessionsHandlers(parts),
    ...usersHandlers(parts),
    ...auditHandlers(parts),
    ...settingsHandlers(parts),
    ...jobsHandlers(parts),
    ...backupsHandlers(parts),
  } as unknown as Readonly<Record<string, AnyHandler>>;

  const shared = { workspace, events, cache, now };
  const dispatch = createDispatch({
    ...shared,
    handlers,
    sessions,
    rates: createRates(),
    metrics,
    log,
    checkOutput: options.checkOutput,
    jobs: theJobs,
  });
  jobs = createJobs({
    run: (request, _entry, input, context) => {
      const handler = handlers[request.entry];
      if (handler === undefined) throw new Refusal('unavailable', `${request.entry} is not available in this version.`);
      return Promise.resolve(handler(input, context));
    },
    createContext: (given) => createContext({ ...shared, ...given }),
    newId,
    now,
    store: () => workspace.store(),
    emit: (userId, event) => {
      events.toUser(userId, { kind: 'job', ...event });
    },
    changed: (entry, named) => {
      cache.invalidate(entry.changes);
      for (const topic of entry.changes) if (!named.has(topic)) events.changed(topic);
      events.changed('jobs');
    },
    log,
  });

  const holder = (token: string | null): { readonly userId: string; readonly sessionId: string } => {
    const authenticated = sessions.authenticate(token);
    const refusal = signInRefusal(authenticated);
    if (refusal !== null || authenticated === null) throw refusal ?? new Refusal('not_signed_in', 'Sign in first.');
    return authenticated.actor;
  };

  return {
    call: dispatch.call,
    subscribe(connection, token, listener) {
      const authenticated = sessions.authenticate(token);
      if (authenticated === null || authenticated.locked) return { subscribed: false };
      const { userId, sessionId } = authenticated.actor;
      events.subscribe({ connection, userId, sessionId, send: listener });
      return { subscribed: true };
    },
    unsubscribe: (connection) => {
      events.unsubscribe(connection);
    },
    registerFile(token, file) {
      const fileId = newId();
      parts.files.register(fileId, { ...file, userId: workspace.state() === 'missing' ? nobody : holder(token).userId });
      return { fileId };
    },
    resolveDownload: (token, downloadId) => parts.files.download(downloadId, holder(token).userId),
    timings: () => metrics.timings(),
    async close() {
      await theJobs().close();
      events.flush();
      workspace.close();
      await options.pool.close();
      release();
    },
    inside: { workspace, profile, jobs },
  };
}

/** How many engine threads a machine is given: one core stays for the core and the doors. */
export function engineThreads(): number {
  return Math.max(1, Math.min(4, availableParallelism() - 1));
}
