import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Piscina } from 'piscina';
import { Cancelled } from '#domain/kernel/checkpoint';
import { Refusal } from '#contract/errors';
import { runTask, type TaskBatch, type TaskName, type TaskOutcome, type TaskPayload, type TaskResult } from './tasks';

export interface TaskOptions<Name extends TaskName> {
  readonly signal: AbortSignal;
  /** Takes a piece of the result while the task goes on; the task waits until the piece is taken. */
  readonly onBatch?: (batch: TaskBatch<Name>) => void | Promise<void>;
}

/** Runs engines and readers away from the core, so that no computation holds up a read. */
export interface Pool {
  run<Name extends TaskName>(name: Name, payload: TaskPayload<Name>, options: TaskOptions<Name>): Promise<TaskResult<Name>>;
  close(): Promise<void>;
}

/** What crosses between the core and a task. */
export type TaskMessage = { readonly kind: 'batch'; readonly batch: unknown } | { readonly kind: 'taken' };

export interface TaskJob {
  readonly name: TaskName;
  readonly payload: unknown;
  readonly port: MessagePort;
  /** Set to 1 when nobody wants the result any more. */
  readonly cancelled: Int32Array<SharedArrayBuffer>;
}

type Start = (job: TaskJob) => Promise<TaskOutcome>;

async function runJob<Name extends TaskName>(
  start: Start,
  name: Name,
  payload: TaskPayload<Name>,
  { signal, onBatch }: TaskOptions<Name>,
): Promise<TaskResult<Name>> {
  if (signal.aborted) throw new Cancelled();
  const { port1, port2 } = new MessageChannel();
  const cancelled = new Int32Array(new SharedArrayBuffer(4));
  const problems: unknown[] = [];
  const cancel = (): void => {
    Atomics.store(cancelled, 0, 1);
  };
  signal.addEventListener('abort', cancel, { once: true });
  // Pieces are taken one after the other, in their order.
  let taking = Promise.resolve();
  port1.on('message', (message: TaskMessage) => {
    if (message.kind !== 'batch') return;
    taking = taking.then(async () => {
      try {
        if (problems.length === 0) await onBatch?.(message.batch as TaskBatch<Name>);
      } catch (error) {
        problems.push(error);
        cancel();
      }
      port1.postMessage({ kind: 'taken' } satisfies TaskMessage);
    });
  });
  try {
    const outcome = await start({ name, payload, port: port2, cancelled });
    // What went wrong with a piece came first; that the task was then cancelled is only its echo.
    if (problems.length > 0) throw problems[0];
    return resultOf(outcome) as TaskResult<Name>;
  } finally {
    signal.removeEventListener('abort', cancel);
    port1.close();
  }
}

function resultOf(outcome: TaskOutcome): unknown {
  switch (outcome.kind) {
    case 'done':
      return outcome.result;
    case 'refused':
      throw new Refusal(outcome.error.code, outcome.error.message, outcome.error.details);
    case 'cancelled':
      throw new Cancelled(outcome.message);
  }
}

/** A pool of worker threads that run the built `worker.js`. */
export function createPool(workerFile: string, threads: number): Pool {
  const piscina = new Piscina({
    filename: workerFile,
    minThreads: 0,
    maxThreads: threads,
    idleTimeout: 30_000,
    concurrentTasksPerWorker: 1,
    // A small young generation: readers make much garbage, and a large one is filled before it is collected.
    resourceLimits: { maxOldGenerationSizeMb: 2_048, maxYoungGenerationSizeMb: 8 },
  });
  return {
    run: (name, payload, options) =>
      runJob((job) => piscina.run(job, { transferList: [job.port] }) as Promise<TaskOutcome>, name, payload, options),
    close: () => piscina.destroy(),
  };
}

/** Runs tasks in the calling thread: for tests, where sources are not built. */
export function createInlinePool(): Pool {
  return {
    run: (name, payload, options) => runJob(runTask, name, payload, options),
    close: () => Promise.resolve(),
  };
}
