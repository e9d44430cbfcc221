import { Cancelled, type Checkpoint } from '#domain/kernel/checkpoint';
import type { TaskJob, TaskMessage } from './pool';

/** What a task works with: a checkpoint that knows of a cancel, and a way to hand over pieces. */
export interface TaskContext<Batch> {
  readonly checkpoint: Checkpoint;
  /** Hands a piece over and waits until it is taken, so that no pile grows between the threads. */
  readonly give: (batch: Batch) => Promise<void>;
}

// eslint-disable-next-line @typescript-eslint/consistent-type-definitions -- a map from names to shapes, filled as engines come
export type Tasks = {
  readonly echo: { readonly payload: unknown; readonly batch: unknown; readonly result: unknown };
};
export type TaskName = keyof Tasks;
export type TaskPayload<Name extends TaskName> = Tasks[Name]['payload'];
export type TaskBatch<Name extends TaskName> = Tasks[Name]['batch'];
export type TaskResult<Name extends TaskName> = Tasks[Name]['result'];

const tasks: { readonly [Name in TaskName]: (payload: TaskPayload<Name>, context: TaskContext<TaskBatch<Name>>) => TaskResult<Name> | Promise<TaskResult<Name>> } = {
  echo: (payload) => payload,
};

/** Runs one task to its end, in whichever thread this is. */
export async function runTask({ name, payload, port, cancelled }: TaskJob): Promise<unknown> {
  const checkpoint: Checkpoint = () => {
    if (Atomics.load(cancelled, 0) === 1) throw new Cancelled();
  };
  const give = async (batch: unknown): Promise<void> => {
    checkpoint(0, 0);
    await new Promise<void>((taken) => {
      port.once('message', () => {
        taken();
      });
      port.postMessage({ kind: 'batch', batch } satisfies TaskMessage);
    });
    checkpoint(0, 0);
  };
  try {
    const task = tasks[name];
    return await task(payload, { checkpoint, give });
  } finally {
    port.close();
  }
}
