import { Cancelled } from '#domain/kernel/checkpoint';
import type { Entry } from '#contract/define';
import { type CallError, Refusal } from '#contract/errors';
import { appendAudit } from '#main/store/platform/audit';
import { findJob, finishJob, insertJob, interruptJobs, markJobRunning } from '#main/store/platform/jobs';
import { storeRefusal, type Store } from '#main/store/open';
import type { JobState } from '#contract/platform/jobs';
import type { CallOptions, CallRequest, ContextParts, RunContext } from './dispatch';
import { resourceOf } from './dispatch';
import type { Lane } from './lane';
import type { Log } from './log';
import type { Actor, RowScope } from './scope';

/** Progress is told at most so often. */
const progressEveryMilliseconds = 100;

export interface Jobs {
  start(request: CallRequest, entry: Entry, input: unknown, actor: Actor, scope: RowScope, options: CallOptions): {
    readonly jobId: string;
    /** The result, or a thrown refusal. */
    readonly finished: Promise<unknown>;
  };
  /** How a job stands right now: a running one from memory. */
  state(store: Store, userKey: number, jobId: string): JobState | null;
  /** Whether a job waits or runs. */
  isRunning(jobId: string): boolean;
  /** Asks a job to stop. It stops at its next checkpoint. */
  cancel(jobId: string): boolean;
  /** Marks what was under way when the program last ended. */
  recover(store: Store): void;
  /** Cancels everything and waits until nothing runs. */
  close(): Promise<void>;
  readonly running: number;
}

export interface JobsParts {
  readonly run: (request: CallRequest, entry: Entry, input: unknown, context: RunContext) => Promise<unknown>;
  readonly createContext: (parts: Omit<ContextParts, 'workspace' | 'events' | 'cache' | 'now'>) => RunContext;
  readonly newId: () => string;
  readonly now: () => number;
  readonly store: () => Store;
  readonly emit: (userId: string, event: { jobId: string; entry: string; state: JobState['state']; progress: JobState['progress'] }) => void;
  readonly changed: (entry: Entry, named: ReadonlySet<string>) => void;
  readonly log: Log;
  /** Jobs that write go one after the other. */
  readonly lane: Lane;
}

interface Running {
  readonly abort: AbortController;
  readonly finished: Promise<unknown>;
  progress: JobState['progress'];
  state: 'waiting' | 'running';
}

/** Runs long entries: one that writes after the other, reads at once. */
export function createJobs(parts: JobsParts): Jobs {
  const running = new Map<string, Running>();

  const asError = (request: CallRequest, error: unknown): Refusal => {
    const known = storeRefusal(error);
    if (known instanceof Refusal) return known;
    if (known instanceof Cancelled) return new Refusal('cancelled', known.message);
    parts.log.error({ requestId: request.requestId, entry: request.entry, error: known }, 'A job failed.');
    return new Refusal('internal', `Something went wrong inside Ivy. If it happens again, send the log with the number ${request.requestId}.`, {
      requestId: request.requestId,
    });
  };

  const finish = (
    request: CallRequest,
    entry: Entry,
    actor: Actor,
    jobId: string,
    end: { state: 'succeeded' | 'failed' | 'cancelled'; result: unknown; error: CallError | null },
  ): void => {
    const progress = running.get(jobId)?.progress ?? { done: 0, total: 0, note: '' };
    running.delete(jobId);
    try {
      parts.store().transaction((writer) => {
        finishJob(writer, jobId, { ...end, progress }, parts.now());
        if (end.error !== null) {
          appendAudit(writer, {
            at: parts.now(),
            actorId: actor.userId,
            door: request.door,
            action: request.entry,
            resource: resourceOf(entry),
            targetIds: [jobId],
            outcome: 'failed',
            details: { code: end.error.code },
          });
        }
      });
    } catch (error) {
      // A full disk must not hide how the job ended: it is told all the same.
      parts.log.error({ jobId, error }, 'The end of a job could not be written down.');
    }
    parts.emit(actor.userId, { jobId, entry: request.entry, state: end.state, progress });
  };

  return {
    get running() {
      return running.size;
    },
    start(request, entry, input, actor, scope, options) {
      const jobId = parts.newId();
      parts.store().transaction((writer) => {
        insertJob(writer, { id: jobId, entry: request.entry, userKey: actor.userKey, input }, parts.now());
      });
      const abort = new AbortController();
      // A caller that waits takes its job with it; one that does not may leave.
      if (request.wait === true) {
        if (options.signal.aborted) abort.abort();
        options.signal.addEventListener('abort', () => { abort.abort(); }, { once: true });
      }
      let lastTold = 0;
      const tell = (force: boolean): void => {
        const job = running.get(jobId);
        const at = performance.now();
        if (job === undefined || (!force && at - lastTold < progressEveryMilliseconds)) return;
        lastTold = at;
        options.onProgress?.(job.progress);
        parts.emit(actor.userId, { jobId, entry: request.entry, state: job.state, progress: job.progress });
      };
      const context = parts.createContext({
        request,
        entry,
        actor,
        scope,
        signal: abort.signal,
        keepSession: () => undefined,
        checkpoint(done, total, note = '', point) {
          if (abort.signal.aborted) throw new Cancelled();
          const job = running.get(jobId);
          if (job === undefined) return;
          const noteChanged = job.progress.note !== note;
          job.progress = { done, total, note, ...(point === undefined ? {} : { point }) };
          tell(noteChanged);
        },
      });
      const work = async (): Promise<unknown> => {
        try {
          if (abort.signal.aborted) throw new Cancelled();
          const job = running.get(jobId);
          if (job !== undefined) job.state = 'running';
          parts.store().transaction((writer) => {
            markJobRunning(writer, jobId, parts.now());
          });
          tell(true);
          const result = await parts.run(request, entry, input, context);
          finish(request, entry, actor, jobId, { state: 'succeeded', result, error: null });
          parts.changed(entry, context.named);
          return result;
        } catch (error) {
          const refusal = asError(request, error);
          finish(request, entry, actor, jobId, {
            state: refusal.code === 'cancelled' ? 'cancelled' : 'failed',
            result: null,
            error: refusal.toCallError(),
          });
          parts.changed(entry, context.named);
          throw refusal;
        }
      };
      const finished = entry.changes.length === 0 ? Promise.resolve().then(work) : parts.lane(work);
      // Whoever does not wait reads the end from the job itself.
      finished.catch(() => undefined);
      running.set(jobId, { abort, finished, progress: { done: 0, total: 0, note: '' }, state: 'waiting' });
      tell(true);
      return { jobId, finished };
    },
    state(store, userKey, jobId) {
      const kept = findJob(store, userKey, jobId);
      const live = running.get(jobId);
      return kept === null || live === undefined ? kept : { ...kept, state: live.state, progress: live.progress };
    },
    isRunning: (jobId) => running.has(jobId),
    cancel(jobId) {
      const job = running.get(jobId);
      job?.abort.abort();
      return job !== undefined;
    },
    recover(store) {
      store.transaction((writer) => {
        interruptJobs(
          writer,
          { code: 'cancelled', message: 'Ivy ended while this was under way. What it had begun was put back; start it again.' },
          parts.now(),
        );
      });
    },
    async close() {
      for (const job of running.values()) job.abort.abort();
      await Promise.allSettled([...running.values()].map((job) => job.finished));
    },
  };
}
