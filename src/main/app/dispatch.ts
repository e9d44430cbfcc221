import { z } from 'zod';
import { Cancelled, type Checkpoint, noCheckpoint } from '#domain/kernel/checkpoint';
import { accessScope, hasPermission, type Role } from '#domain/platform/roles';
import type { Entry } from '#contract/define';
import { type CallError, type ErrorCode, Refusal } from '#contract/errors';
import { findEntry } from '#contract/index';
import type { Topic } from '#contract/topics';
import { appendAudit, type AuditEntry } from '#main/store/platform/audit';
import { storeRefusal } from '#main/store/open';
import type { Store } from '#main/store/open';
import { findUser } from '#main/store/platform/users';
import { applyAliases } from './aliases';
import type { AnswerCache } from './cache';
import type { AuditNotes, CallContext, Door } from './context';
import type { Events } from './events';
import type { Jobs } from './jobs';
import type { Log } from './log';
import type { Metrics } from './metrics';
import type { Rates } from './rates';
import { type Actor, rowScope, type RowScope } from './scope';
import { type Sessions, signInRefusal } from './sessions';
import type { Workspace } from './workspace';

/** A call as a door hands it over. */
export interface CallRequest {
  readonly entry: string;
  readonly input: unknown;
  readonly token: string | null;
  readonly door: Door;
  readonly connection: string;
  readonly requestId: string;
  /** For a job: answer with its result instead of its id. */
  readonly wait?: boolean;
}

export type Answer =
  | { readonly ok: true; readonly result: unknown; readonly token?: string | null }
  | { readonly ok: false; readonly error: CallError; readonly token?: string | null };

export type AnyHandler = (input: unknown, context: CallContext) => unknown;

export interface DispatchParts {
  readonly handlers: Readonly<Record<string, AnyHandler>>;
  readonly workspace: Workspace;
  readonly sessions: Sessions;
  readonly rates: Rates;
  readonly cache: AnswerCache;
  readonly metrics: Metrics;
  readonly events: Events;
  readonly log: Log;
  readonly now: () => number;
  /** Whether outputs are checked against the contract: in development and tests. */
  readonly checkOutput: boolean;
  readonly jobs: () => Jobs;
}

export interface CallOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly note: string }) => void;
}

const refusedCodes: readonly ErrorCode[] = ['not_permitted', 'out_of_scope', 'rate_limited', 'wrong_credentials', 'locked_out'];
/** Not worth a row: nothing was attempted that could have had an effect. */
const unauditedCodes: readonly ErrorCode[] = ['invalid_input', 'unknown_entry', 'not_signed_in', 'session_locked', 'workspace_missing'];

const nobody: RowScope = { kind: 'own', userKey: -1 };

/** An input's own words come back in what is wrong with it, so they are cut short. */
const longestProblem = 300;
const shortened = (text: string): string => (text.length > longestProblem ? `${text.slice(0, longestProblem)}…` : text);

/** What is wrong with an input, in one sentence with the places. */
function inputProblem(name: string, error: z.ZodError): Refusal {
  const issues = error.issues.slice(0, 5).map((issue) => {
    const path = shortened(issue.path.map(String).join('.'));
    return { path, message: shortened(issue.message) };
  });
  const first = issues[0];
  const where = first === undefined || first.path === '' ? '' : `${first.path}: `;
  return new Refusal('invalid_input', `${name} cannot take this input. ${where}${first?.message ?? ''}`.trim(), { issues });
}

/** Whether a role may call an entry, and over which rows. */
export function permits(role: Role, entry: Entry): RowReach | null {
  const { allow } = entry;
  if (allow.who !== 'role') return 'own';
  if (allow.permission !== undefined && !hasPermission(role, allow.permission)) return null;
  if (allow.access === undefined) return 'own';
  return accessScope(role, allow.access.resource, allow.access.operation);
}
type RowReach = ReturnType<typeof accessScope>;

function authorise(name: string, entry: Entry, actor: Actor): RowScope {
  const reach = permits(actor.role, entry);
  if (reach === null) {
    throw new Refusal('not_permitted', 'Your role does not allow this. Ask an administrator of the workspace.', { entry: name, role: actor.role });
  }
  return rowScope(actor, reach);
}

/** The entry of a name that came from outside, where it may be anything. */
function knownEntry(name: unknown): Entry | undefined {
  return typeof name === 'string' ? findEntry(name) : undefined;
}

export interface Dispatch {
  readonly call: (request: CallRequest, options: CallOptions) => Promise<Answer>;
  /**
   * A call within a call, on behalf of whoever made that one: by the same corridor, with their role and scope as they are now. For queries
   * and commands; a job would outlive its cause.
   */
  readonly callWithin: (context: CallContext, entry: string, input: unknown, signal: AbortSignal) => Promise<Answer>;
}

/**
 * The one corridor. Order: find the entry, parse the input, authenticate, rate limit, permission and access, data scope, cache, run,
 * parse the output, record the timing, map errors.
 */
export function createDispatch(parts: DispatchParts): Dispatch {
  const { workspace, sessions, rates, cache, metrics, events, log, now } = parts;

  const audit = (request: CallRequest, actor: Actor | null, entry: Entry, outcome: AuditEntry['outcome'], details: Record<string, unknown>, targetIds: readonly string[] = []): void => {
    if (workspace.state() !== 'open') return;
    workspace.store().transaction((writer) => {
      appendAudit(writer, {
        at: now(),
        actorId: actor?.userId ?? null,
        door: request.door,
        action: request.entry,
        resource: resourceOf(entry),
        targetIds,
        outcome,
        details,
      });
    });
    events.changed('audit');
  };

  const mapError = (request: CallRequest, error: unknown): Refusal => {
    const known = storeRefusal(error);
    if (known instanceof Refusal) return known;
    if (known instanceof Cancelled) return new Refusal('cancelled', known.message);
    log.error({ requestId: request.requestId, entry: request.entry, error: known }, 'A call failed.');
    return new Refusal('internal', `Something went wrong inside Ivy. Nothing was changed. If it happens again, send the log with the number ${request.requestId}.`, {
      requestId: request.requestId,
    });
  };

  const auditFailure = (request: CallRequest, entry: Entry | undefined, actor: Actor | null, refusal: Refusal): void => {
    if (entry === undefined || unauditedCodes.includes(refusal.code)) return;
    const refused = refusedCodes.includes(refusal.code);
    if (!refused && entry.kind === 'query') return;
    try {
      // What was asked for is named, so that who tried to reach which lead can be told.
      const target = refusal.details?.id;
      audit(request, actor, entry, refused ? 'refused' : 'failed', { code: refusal.code }, typeof target === 'string' ? [target] : []);
    } catch (error) {
      log.error({ requestId: request.requestId, error }, 'A refusal could not be written into the audit.');
    }
  };

  const run = async (request: CallRequest, entry: Entry, input: unknown, context: RunContext): Promise<unknown> => {
    const handler = parts.handlers[request.entry];
    if (handler === undefined) throw new Refusal('unavailable', `${request.entry} is not available in this version.`);
    const result = await handler(input, context);
    if (entry.audited && !context.audited) audit(request, context.actor, entry, 'succeeded', {});
    if (!parts.checkOutput) return result;
    const parsed = entry.output.safeParse(result);
    if (!parsed.success) throw new Error(`${request.entry} answered out of shape: ${z.prettifyError(parsed.error)}`);
    return parsed.data;
  };

  const answerNow = async (
    request: CallRequest,
    entry: Entry,
    input: unknown,
    actor: Actor | null,
    scope: RowScope,
    options: CallOptions,
    keep: { token?: string | null },
  ): Promise<unknown> => {
    const key = cache.keyOf(request.entry, entry, scope, actor, input);
    const cached = key === null ? undefined : cache.get(key);
    if (cached !== undefined) return cached.value;
    const context = createContext({
      ...parts,
      request,
      entry,
      actor,
      scope,
      signal: options.signal,
      checkpoint: checkpointFor(options),
      keepSession(token) {
        keep.token = token;
      },
    });
    const result = await run(request, entry, input, context);
    if (key !== null) cache.set(key, entry, result);
    for (const topic of entry.changes) if (!context.named.has(topic)) events.changed(topic);
    return result;
  };

  /** The corridor for anybody who is known by `authenticate`, which refuses whoever is not. */
  const travel = async (request: CallRequest, options: CallOptions, authenticate: (entry: Entry) => Actor | null): Promise<Answer> => {
    const started = performance.now();
    const keep: { token?: string | null } = {};
    const entry = knownEntry(request.entry);
    let actor: Actor | null = null;
    try {
      if (entry === undefined) {
        throw new Refusal('unknown_entry', `There is no entry ${request.entry.slice(0, 100)}. "ivy entries" lists them all.`);
      }
      const parsed = await entry.input.safeParseAsync(applyAliases(entry.input, request.input ?? {}));
      if (!parsed.success) throw inputProblem(request.entry, parsed.error);
      actor = authenticate(entry);
      rates.check(entry.rate, { actor, connection: request.connection }, now());
      const scope = actor === null || entry.allow.who === 'anyone' ? nobody : authorise(request.entry, entry, actor);
      if (entry.kind === 'job' && actor !== null) {
        const started = parts.jobs().start(request, entry, parsed.data, actor, scope, options);
        return { ok: true, result: request.wait === true ? await started.finished : { jobId: started.jobId } };
      }
      const result = await answerNow(request, entry, parsed.data, actor, scope, options, keep);
      return { ok: true, result, ...keep };
    } catch (error) {
      const refusal = mapError(request, error);
      if (refusal.code === 'wrong_credentials') rates.countFailure(request.connection, now());
      if (entry?.kind !== 'job') auditFailure(request, entry, actor, refusal);
      else if (refusedCodes.includes(refusal.code)) auditFailure(request, entry, actor, refusal);
      return { ok: false, error: refusal.toCallError(), ...keep };
    } finally {
      if (entry !== undefined) metrics.record(request.entry, performance.now() - started);
    }
  };

  const call: Dispatch['call'] = (request, options) =>
    travel(request, options, (entry) => {
      const authenticated = sessions.authenticate(request.token);
      if (entry.allow.who !== 'anyone') {
        if (workspace.state() === 'missing') workspace.store();
        const refusal = signInRefusal(authenticated);
        if (refusal !== null) throw refusal;
      }
      return authenticated?.actor ?? null;
    });

  const callWithin: Dispatch['callWithin'] = ({ actor, door, connection, requestId }, name, input, signal) =>
    travel({ entry: name, input, token: null, door, connection, requestId }, { signal }, (entry) => {
      if (entry.kind === 'job') throw new Refusal('unavailable', `${name} takes too long to be called from within another call.`);
      const user = actor === null ? null : findUser(workspace.store(), actor.userId);
      if (actor === null || user?.active !== true) throw new Refusal('not_signed_in', 'Sign in first.');
      return { userKey: user.key, userId: user.id, name: user.name, role: user.role, teamKey: user.teamKey, departmentKey: user.departmentKey, sessionId: actor.sessionId };
    });

  return { call, callWithin };
}

function checkpointFor(options: CallOptions): Checkpoint {
  if (options.onProgress === undefined) return noCheckpoint;
  return (done, total, note = '') => {
    if (options.signal.aborted) throw new Cancelled();
    options.onProgress?.({ done, total, note });
  };
}

export function resourceOf(entry: Entry): string | null {
  return entry.allow.who === 'role' ? (entry.allow.access?.resource ?? null) : null;
}

export interface RunContext extends CallContext {
  /** Whether an audit row was written in one of the call's transactions. */
  readonly audited: boolean;
  /** Topics that were named with ids, so that they are not announced again as a whole. */
  readonly named: ReadonlySet<Topic>;
}

export interface ContextParts {
  readonly workspace: Workspace;
  readonly events: Events;
  readonly cache: AnswerCache;
  readonly now: () => number;
  readonly request: CallRequest;
  readonly entry: Entry;
  readonly actor: Actor | null;
  readonly scope: RowScope;
  readonly signal: AbortSignal;
  readonly checkpoint: Checkpoint;
  readonly keepSession: (token: string | null) => void;
}

/** What a handler gets. Its transaction carries the audit row; its changes reach the cache and every listener. */
export function createContext(parts: ContextParts): RunContext {
  const { workspace, events, cache, now, request, entry, actor } = parts;
  const named = new Set<Topic>();
  let audited = false;
  return {
    requestId: request.requestId,
    entry: request.entry,
    door: request.door,
    connection: request.connection,
    actor,
    scope: parts.scope,
    signal: parts.signal,
    checkpoint: parts.checkpoint,
    keepSession: parts.keepSession,
    now,
    named,
    get audited() {
      return audited;
    },
    get store(): Store {
      return workspace.store();
    },
    transact(work) {
      const result = workspace.store().transaction((writer) => {
        const targets: string[] = [];
        const details: Record<string, unknown> = {};
        let actorId = actor?.userId ?? null;
        const notes: AuditNotes = {
          target: (...ids) => {
            targets.push(...ids);
          },
          by: (userId) => {
            actorId = userId;
          },
          detail: (name, value) => {
            details[name] = value;
          },
        };
        const value = work(writer, notes);
        if (entry.audited) {
          appendAudit(writer, {
            at: now(),
            actorId,
            door: request.door,
            action: request.entry,
            resource: resourceOf(entry),
            targetIds: targets,
            outcome: 'succeeded',
            details,
          });
        }
        return value;
      });
      if (entry.audited) {
        audited = true;
        events.changed('audit');
      }
      cache.invalidate(entry.changes);
      return result;
    },
    changed(topic, ids) {
      named.add(topic);
      cache.invalidate([topic]);
      events.changed(topic, ids);
    },
  };
}
