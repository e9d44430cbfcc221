import Database from 'better-sqlite3';
import { unlock } from './cipher';

/** Where a checkpoint that another thread makes stands, in `state[0]`. */
export const checkpointStates = { waiting: 0, running: 1, ended: 2, givenUp: 3 } as const;

/** What another thread needs to move what a bulk job wrote from the log of writes into the file. */
export interface CheckpointPayload {
  readonly file: string;
  readonly dataKey: Uint8Array;
  /** One of `checkpointStates`. Whoever closes the file gives up a checkpoint that has not begun and waits for one that has. */
  readonly state: Int32Array<SharedArrayBuffer>;
}

/**
 * Makes a checkpoint over a connection of its own, so that the core answers meanwhile: every page is read, decrypted and encrypted again,
 * a second or more after a large import. Readers and writers go on; what they still need is left for the next checkpoint.
 */
export function checkpointTask({ file, dataKey, state }: CheckpointPayload): void {
  if (Atomics.compareExchange(state, 0, checkpointStates.waiting, checkpointStates.running) !== checkpointStates.waiting) return;
  let database: Database.Database | undefined;
  try {
    database = new Database(file, { fileMustExist: true, timeout: 0 });
    unlock(database, Buffer.from(dataKey));
    database.pragma('wal_checkpoint(passive)');
  } finally {
    database?.close();
    dataKey.fill(0);
    Atomics.store(state, 0, checkpointStates.ended);
    Atomics.notify(state, 0);
  }
}

/** A checkpoint that was handed to another thread. */
export interface CheckpointElsewhere {
  /** Returns when no other thread has the file open any more: it may then be closed, deleted or replaced. */
  end(): void;
}

/** Hands a checkpoint to another thread. Calls back when it is over, also where it failed: the core then makes one itself, which finds little to do. */
export function checkpointElsewhere(run: (payload: CheckpointPayload) => Promise<void>, file: string, dataKey: Buffer, ended: () => void): CheckpointElsewhere {
  const state = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  run({ file, dataKey: Uint8Array.from(dataKey), state }).then(ended, ended);
  return {
    end() {
      if (Atomics.compareExchange(state, 0, checkpointStates.waiting, checkpointStates.givenUp) === checkpointStates.running) Atomics.wait(state, 0, checkpointStates.running);
    },
  };
}
