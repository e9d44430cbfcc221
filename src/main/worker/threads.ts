import { availableParallelism } from 'node:os';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { ParallelFor, ParallelSection, ParallelWork } from '#domain/models/parallel';

// Shares the work of an engine among threads that see the same memory. The engine's own thread hands out pieces, takes pieces itself and
// sleeps until the last is done; nobody needs an event loop meanwhile.

/** Places in the shared control array. */
export const controlAt = { wake: 0, next: 1, end: 2, start: 3, done: 4, argument: 5, section: 6, quit: 7 } as const;
const controlLength = 8;

export interface HelperStart {
  readonly control: Int32Array<SharedArrayBuffer>;
  readonly port: MessagePort;
}

/** What crosses between an engine's thread and a helper. */
export type HelperMessage =
  | { readonly kind: 'open'; readonly section: number; readonly work: string; readonly data: unknown }
  | { readonly kind: 'close'; readonly section: number };
export type HelperAnswer = { readonly piece: number; readonly result: unknown } | { readonly piece: number; readonly error: string };

/** Claims the next piece that nobody has, or answers -1. A run's pieces cannot be claimed once it is over, as `next` never passes `end`. */
export function claimPiece(control: Int32Array): number {
  for (;;) {
    const next = Atomics.load(control, controlAt.next);
    if (next >= Atomics.load(control, controlAt.end)) return -1;
    if (Atomics.compareExchange(control, controlAt.next, next, next + 1) === next) return next - Atomics.load(control, controlAt.start);
  }
}

/** Says that a piece is done. */
export function finishPiece(control: Int32Array): void {
  Atomics.add(control, controlAt.done, 1);
  Atomics.notify(control, controlAt.done);
}

/** How many threads an engine may use, its own included. */
export function threadsForEngine(): number {
  return Math.max(1, Math.min(4, availableParallelism()));
}

/**
 * Runs an engine with helpers beside its own thread, which end with it.
 *
 * @param threadFile the built `engineThread.js`
 * @param threads how many in all; with one there are no helpers, and memory is plain
 */
export async function withThreads<Result>(threadFile: URL, threads: number, engine: (parallelFor: ParallelFor) => Result): Promise<Result> {
  const control = new Int32Array(new SharedArrayBuffer(4 * controlLength));
  const helpers = Array.from({ length: threads - 1 }, () => {
    const { port1, port2 } = new MessageChannel();
    const worker = new Worker(threadFile, { workerData: { control, port: port2 } satisfies HelperStart, transferList: [port2] });
    // One that fell would leave its piece undone for ever: its own thread catches what pieces throw, so this is the end of the machine's memory.
    worker.on('error', () => undefined);
    return { worker, port: port1 };
  });
  try {
    return engine(parallelOver(control, helpers.map(({ port }) => port), threads));
  } finally {
    Atomics.store(control, controlAt.quit, 1);
    Atomics.add(control, controlAt.wake, 1);
    Atomics.notify(control, controlAt.wake);
    for (const { port } of helpers) port.close();
    await Promise.all(helpers.map(({ worker }) => worker.terminate()));
  }
}

function parallelOver(control: Int32Array, ports: readonly MessagePort[], threads: number): ParallelFor {
  let sections = 0;
  const tell = (message: HelperMessage): void => {
    for (const port of ports) port.postMessage(message);
  };
  return {
    threads,
    allocate: (bytes) => new SharedArrayBuffer(bytes),
    open<Data, Result>(work: ParallelWork<Data, Result>, data: Data): ParallelSection<Result> {
      sections += 1;
      const section = sections;
      tell({ kind: 'open', section, work: work.name, data });
      const own = work.prepare(data);
      return {
        run(count, argument = 0) {
          const results = new Array<Result>(count);
          const start = Atomics.load(control, controlAt.next);
          Atomics.store(control, controlAt.start, start);
          Atomics.store(control, controlAt.section, section);
          Atomics.store(control, controlAt.argument, argument);
          Atomics.store(control, controlAt.done, 0);
          Atomics.store(control, controlAt.end, start + count);
          Atomics.add(control, controlAt.wake, 1);
          Atomics.notify(control, controlAt.wake);
          let failure: unknown = null;
          for (let piece = claimPiece(control); piece >= 0; piece = claimPiece(control)) {
            try {
              results[piece] = own(piece, argument);
            } catch (error) {
              failure = error;
            }
            finishPiece(control);
          }
          for (let done = Atomics.load(control, controlAt.done); done < count; done = Atomics.load(control, controlAt.done)) Atomics.wait(control, controlAt.done, done);
          for (const port of ports) {
            for (let received = receiveMessageOnPort(port); received !== undefined; received = receiveMessageOnPort(port)) {
              const answer = received.message as HelperAnswer;
              if ('error' in answer) failure = new Error(answer.error);
              else results[answer.piece] = answer.result as Result;
            }
          }
          if (failure !== null) throw failure as Error;
          return results;
        },
        close() {
          tell({ kind: 'close', section });
        },
      };
    },
  };
}
