import { availableParallelism } from 'node:os';
import { noCheckpoint } from '#domain/kernel/checkpoint';
import type { Clock } from '#domain/kernel/clock';
import { Refusal } from '#contract/errors';
import { type EntryName, findEntry } from '#contract/index';
import { alertsHandlers } from '#main/admissions/alerts';
import { attachmentsHandlers } from '#main/admissions/attachments';
import { bulkChangesHandlers } from '#main/admissions/bulkChanges';
import { putBackInterrupted } from '#main/admissions/bulkRuns';
import { calendarHandlers } from '#main/admissions/calendar';
import { attributesHandlers, coursesHandlers, sourcesHandlers } from '#main/admissions/catalogue';
import { consentsHandlers } from '#main/admissions/consents';
import { duplicatesHandlers } from '#main/admissions/duplicates';
import { forecastHandlers } from '#main/admissions/forecast';
import { engagementHandlers } from '#main/admissions/engagement';
import { clearStagedFiles } from '#main/admissions/engagementFiles';
import { importsHandlers } from '#main/admissions/imports';
import { leadExportHandlers } from '#main/admissions/leadExport';
import { leadsHandlers } from '#main/admissions/leads';
import { notesHandlers } from '#main/admissions/notes';
import { outreachHandlers } from '#main/admissions/outreach';
import { chatsHandlers } from '#main/admissions/chats';
import { queriesHandlers } from '#main/admissions/queries';
import { summariesHandlers } from '#main/admissions/summaries';
import { tagsHandlers } from '#main/admissions/tags';
import { tasksHandlers } from '#main/admissions/tasks';
import { touchpointsHandlers } from '#main/admissions/touchpoints';
import { triageHandlers } from '#main/admissions/triage';
import { weightProposalsHandlers } from '#main/admissions/weightProposals';
import { viewsHandlers } from '#main/admissions/views';
import { clearHiddenImports, finishVisibleImports } from '#main/admissions/importRuns';
import { rescoreAll } from '#main/admissions/scoring';
import { createLanguage, type Language } from '#main/language/gateway';
import type { Timing as LanguageTiming } from '#main/language/provider';
import { createScheduler } from '#main/jobs/scheduler';
import { jobsHandlers } from '#main/platform/jobs';
import { languageHandlers } from '#main/platform/language';
import { auditHandlers } from '#main/platform/audit';
import { backupsHandlers } from '#main/platform/backups';
import { redactionHandlers } from '#main/platform/redaction';
import { sessionsHandlers } from '#main/platform/sessions';
import { settingsHandlers } from '#main/platform/settings';
import { usersHandlers } from '#main/platform/users';
import { workspacesHandlers } from '#main/platform/workspaces';
import { passPhraseCost, type PassPhraseCost } from '#main/store/keys';
import type { Store } from '#main/store/open';
import { endSessionsExcept, forgetOldSessions } from '#main/store/platform/sessions';
import type { Pool } from '#main/worker/pool';
import { createSignInGuard } from './attempts';
import { createBackground } from './background';
import { createAnswerCache } from './cache';
import type { AppEvent, CallContext } from './context';
import { type Answer, type AnyHandler, type CallOptions, type CallRequest, createContext, createDispatch, permits } from './dispatch';
import { createEvents } from './events';
import { createFiles, nobody } from './files';
import { createIds } from './ids';
import { handlersLater } from './handlersLater';
import { createJobs, type Jobs } from './jobs';
import { createLane } from './lane';
import { fileLog, type Log } from './log';
import { createMetrics, type Timing } from './metrics';
import { createPreparation } from './preparation';
import type { HandlerParts } from './parts';
import { clearTemporary, profileAt, type Profile } from './profile';
import { lockProfile } from './profileLock';
import { createRates } from './rates';
import { rowScope, systemScope } from './scope';
import { scheduledWorks } from './scheduledWorks';
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
  /** How long a model is waited for; the usual where it is left out. */
  readonly languageTiming?: Partial<LanguageTiming>;
}

/** The whole program behind its doors. */
export interface App {
  call(request: CallRequest, options: CallOptions): Promise<Answer>;
  /** Listens as whoever holds the token; before sign-in only the state of the workspace can change for a listener. */
  subscribe(connection: string, token: string | null, listener: (event: AppEvent) => void): { readonly subscribed: boolean };
  unsubscribe(connection: string): void;
  registerFile(token: string | null, file: { readonly path: string; readonly name: string; readonly temporary: boolean }): { readonly fileId: string };
  resolveDownload(token: string | null, downloadId: string): { readonly path: string; readonly name: string };
  /** What a window may open now, by the id that an entry gave it. */
  resolveOpening(token: string | null, openingId: string): { readonly path: string };
  timings(): Readonly<Record<string, Timing>>;
  /** Ends the program. Work that it does by itself is given so long to come to its end. */
  close(patienceMilliseconds?: number): Promise<void>;
  /** For tests alone: what is behind the corridor. */
  readonly inside: {
    readonly workspace: Workspace;
    readonly profile: Profile;
    readonly jobs: Jobs;
    readonly language: Language;
    settled(): Promise<void>;
    /** What a handler of an entry would get from a call of whoever holds the token. */
    contextOf(token: string | null, entry: EntryName, signal: AbortSignal): CallContext;
  };
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
  const newId = options.newId ?? createIds(now);
  const log = options.log ?? fileLog(profile.logFile);
  clearTemporary(profile);

  const events = createEvents();
  const lane = createLane();
  const background = createBackground(log, lane);
  const cache = createAnswerCache();
  const metrics = createMetrics();
  let jobs: Jobs | null = null;
  let language: Language | null = null;
  const theJobs = (): Jobs => {
    if (jobs === null) throw new Error('Jobs were asked for before they were made.');
    return jobs;
  };
  const preparation = createPreparation(log, () => theJobs().running > 0, () => { cache.invalidate(['leads']); events.changed('leads'); });

  const onOpen = (store: Store): void => {
    theJobs().recover(store);
    const remembered = workspace.keyring()?.wraps.flatMap((wrap) => (wrap.kind === 'session' ? [wrap.sessionId] : [])) ?? [];
    store.transaction((writer) => {
      endSessionsExcept(writer, remembered, now());
      forgetOldSessions(writer, now() - keepEndedSessionsMilliseconds);
    });
    finishVisibleImports(store, newId, now());
    background.run('Clearing interrupted imports', async () => {
      const cleared = await clearStagedFiles(parts, store, background.signal);
      if (!(await clearHiddenImports(store, now())) && !cleared) return;
      await rescoreAll({ store, pool: options.pool, settings: workspace.settings(), now: now(), signal: background.signal, checkpoint: background.checkpoint });
      events.changed('leads');
      events.changed('alerts');
    });
    background.run('Putting interrupted changes back', async () => {
      if (!(await putBackInterrupted(store, workspace.settings(), now()))) return;
      events.changed('leads');
      events.changed('alerts');
    });
    scheduler.start(store);
    preparation.start(store);
  };

  const workspace = createWorkspace({
    profile,
    now,
    ...(options.cacheMib === undefined ? {} : { cacheMib: options.cacheMib }),
    runCheckpoint: (payload) => options.pool.run('store.checkpoint', payload, { signal: new AbortController().signal }),
    onSlow: (sql, milliseconds) => {
      log.warn({ sql: sql.replace(/\s+/g, ' ').slice(0, 500), milliseconds: Math.round(milliseconds) }, 'A slow statement.');
    },
    onOpen,
    onClose: () => {
      scheduler.stop();
      preparation.stop();
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
    language: () => {
      language ??= createLanguage({
        workspace,
        events,
        log,
        newId,
        now,
        callWithin: dispatch.callWithin,
        ...(options.languageTiming === undefined ? {} : { timing: options.languageTiming }),
      });
      return language;
    },
    callWithin: (context, name, input, signal) => dispatch.callWithin(context, name, input, signal),
    startJob(name, input, context) {
      const entry = findEntry(name);
      if (entry === undefined || context.actor === null) throw new Error(`${name} cannot be started.`);
      const { door, connection, requestId, actor } = context;
      const request: CallRequest = { entry: name, input, token: null, door, connection, requestId };
      return theJobs().start(request, entry, input, actor, systemScope, { signal: new AbortController().signal }).jobId;
    },
    newId,
    now,
  };
  const scheduler = createScheduler({
    now,
    log,
    timeZone: () => workspace.settings().timeZone,
    works: scheduledWorks({ workspace, pool: options.pool, events, background, preparation, language: parts.language, now, newId }),
    background,
  });
  const handlers = {
    ...workspacesHandlers(parts),
    ...sessionsHandlers(parts),
    ...usersHandlers(parts),
    ...auditHandlers(parts),
    ...settingsHandlers(parts),
    ...jobsHandlers(parts),
    ...backupsHandlers(parts),
    ...redactionHandlers(parts),
    ...languageHandlers(parts),
    ...engagementHandlers(parts),
    ...importsHandlers(parts),
    ...leadsHandlers(parts),
    ...leadExportHandlers(parts),
    ...duplicatesHandlers(parts),
    ...viewsHandlers(parts),
    ...queriesHandlers(parts),
    ...chatsHandlers(parts),
    ...tagsHandlers(parts),
    ...bulkChangesHandlers(parts),
    ...touchpointsHandlers(parts),
    ...tasksHandlers(parts),
    ...notesHandlers(parts),
    ...outreachHandlers(parts),
    ...summariesHandlers(parts),
    ...attachmentsHandlers(parts),
    ...consentsHandlers(parts),
    ...triageHandlers(parts),
    ...weightProposalsHandlers(parts),
    ...alertsHandlers(parts),
    ...forecastHandlers(parts),
    ...sourcesHandlers(parts),
    ...coursesHandlers(parts),
    ...attributesHandlers(parts),
    ...calendarHandlers(parts),
    // Read when they are first asked for: an officer's morning, and each command of a line, begins without them.
    ...handlersLater((name) => name.startsWith('learning.'), async () => (await import('#main/learning/handlers')).learningHandlers(parts)),
    ...handlersLater((name) => name.startsWith('models.') || name === 'admissions.forecast.model', async () => (await import('#main/models/handlers')).modelsHandlers(parts)),
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
      if (workspace.state() === 'open') preparation.start(workspace.store());
    },
    log,
    lane,
  });

  const holder = (token: string | null): { readonly userId: string; readonly sessionId: string } => {
    const authenticated = sessions.authenticate(token);
    const refusal = signInRefusal(authenticated);
    if (refusal !== null || authenticated === null) throw refusal ?? new Refusal('not_signed_in', 'Sign in first.');
    return authenticated.actor;
  };

  return {
    call(request, callOptions) {
      preparation.asked();
      return dispatch.call(request, callOptions);
    },
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
    resolveOpening: (token, openingId) => parts.files.opening(openingId, holder(token).userId),
    timings: () => metrics.timings(),
    async close(patienceMilliseconds = 0) {
      scheduler.stop();
      await theJobs().close();
      await background.close(patienceMilliseconds);
      events.flush();
      workspace.close();
      await options.pool.close();
      release();
    },
    inside: {
      workspace,
      profile,
      jobs,
      get language() {
        return parts.language();
      },
      settled: () => background.settled(),
      contextOf(token, name, signal) {
        const authenticated = sessions.authenticate(token);
        const entry = findEntry(name);
        if (authenticated === null || entry === undefined) throw new Error(`${name} cannot be called like this.`);
        const request: CallRequest = { entry: name, input: {}, token, door: 'cli', connection: 'inside', requestId: newId() };
        const { actor } = authenticated;
        return createContext({ ...shared, request, entry, actor, scope: rowScope(actor, permits(actor.role, entry) ?? 'own'), signal, checkpoint: noCheckpoint, keepSession: () => undefined });
      },
    },
  };
}

/** How many engine threads a machine is given: one core stays for the core and the doors. */
export function engineThreads(): number {
  return Math.max(1, Math.min(4, availableParallelism() - 1));
}
