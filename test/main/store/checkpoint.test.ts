import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CheckpointPayload, checkpointStates, checkpointTask } from '#main/store/checkpoint';
import { openStore, type Store } from '#main/store/open';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ivy-checkpoint-'));
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  rmSync(folder, { recursive: true, force: true });
});

const dataKey = randomBytes(32);
const fileOf = (): string => join(folder, 'workspace.ivy');

function open(runCheckpoint?: (payload: CheckpointPayload) => Promise<void>): Store {
  return openStore({ file: fileOf(), dataKey, now: Date.now, ...(runCheckpoint === undefined ? {} : { runCheckpoint }) });
}

/** Writes a megabyte or so as bulk work does. */
function writeMuch(store: Store): void {
  const bulk = store.bulk();
  for (let piece = 0; piece < 10; piece += 1) {
    bulk.write(100, (writer) => {
      for (let row = 0; row < 100; row += 1) writer.run('insert into cities (name, folded) values (?, ?)', `${String(piece)} ${String(row)} ${'x'.repeat(1_000)}`, `${String(piece)} ${String(row)}`);
    });
  }
  bulk.end();
}

describe('the checkpoint after bulk work', () => {
  it('is made elsewhere once the store has rested, and leaves nothing for the store to do', async () => {
    const payloads: CheckpointPayload[] = [];
    const store = open((payload) => {
      payloads.push(payload);
      checkpointTask(payload);
      return Promise.resolve();
    });
    const before = statSync(fileOf()).size;
    writeMuch(store);
    expect(payloads).toHaveLength(0);
    // Bulk work that follows at once puts it off: one checkpoint does for both.
    await vi.advanceTimersByTimeAsync(900);
    const more = store.bulk();
    await vi.advanceTimersByTimeAsync(900);
    expect(payloads).toHaveLength(0);
    more.end();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(payloads).toHaveLength(1);
    expect(payloads[0]?.state[0]).toBe(checkpointStates.ended);
    expect(payloads[0]?.dataKey.every((byte) => byte === 0), 'the key is wiped').toBe(true);
    expect(statSync(fileOf()).size).toBeGreaterThan(before + 1_000_000);
    expect(store.value('select count(*) from cities')).toBe(1_000);
    store.close();
  });

  it('is made by the store itself where the other thread fails', async () => {
    const store = open(() => Promise.reject(new Error('no thread')));
    const before = statSync(fileOf()).size;
    writeMuch(store);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(statSync(fileOf()).size).toBeGreaterThan(before + 1_000_000);
    store.close();
  });

  it('is given up when the file is closed before it began: a late one touches nothing', async () => {
    const payloads: CheckpointPayload[] = [];
    const store = open((payload) => {
      payloads.push(payload);
      return new Promise(() => undefined);
    });
    writeMuch(store);
    await vi.advanceTimersByTimeAsync(1_000);
    store.close();
    rmSync(fileOf());
    const [payload] = payloads;
    if (payload === undefined) throw new Error('No checkpoint was asked for.');
    checkpointTask(payload);
    expect(payload.state[0]).toBe(checkpointStates.givenUp);
    expect(() => statSync(fileOf())).toThrow('ENOENT');
  });

  it('is waited for when the file is closed while it runs', async () => {
    let state: Int32Array<SharedArrayBuffer> | undefined;
    const store = open((payload) => {
      ({ state } = payload);
      Atomics.store(state, 0, checkpointStates.running);
      return new Promise(() => undefined);
    });
    writeMuch(store);
    await vi.advanceTimersByTimeAsync(1_000);
    if (state === undefined) throw new Error('No checkpoint was asked for.');
    const thread = new Worker(
      `const { workerData } = require('node:worker_threads');
       Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
       Atomics.store(workerData, 0, ${String(checkpointStates.ended)});
       Atomics.notify(workerData, 0);`,
      { eval: true, workerData: state },
    );
    store.close();
    expect(state[0]).toBe(checkpointStates.ended);
    await thread.terminate();
  });
});
