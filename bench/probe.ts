import { readFileSync } from 'node:fs';
import { BroadcastChannel, isMainThread, threadId } from 'node:worker_threads';

// Loaded into a host before it begins, into its main thread and into all others: tells what cannot be seen from outside.

/** What the main thread saw since it was last told to begin anew. */
export interface Watched {
  /** The longest that the main thread was away by itself, in milliseconds: at work, or waiting for anything but a processor. */
  readonly longestBlock: number;
  /** The longest that it was away by the clock, with the time in which other threads and programs had the processors. */
  readonly longestAway: number;
  /** The most memory that the process had, in bytes. */
  readonly peakResident: number;
  readonly resident: number;
  /** Processor time of all threads, in milliseconds. */
  readonly processorMilliseconds: number;
  /** The heap of each other thread, in bytes, where it was asked to collect its garbage. */
  readonly heaps: readonly { readonly threadId: number; readonly heapUsed: number; readonly external: number }[];
}

export type Question = { readonly ask: 'begin' } | { readonly ask: 'read' } | { readonly ask: 'collect' };

const tickMilliseconds = 5;
const collectMilliseconds = 1_500;

interface Heap {
  readonly threadId: number;
  readonly heapUsed: number;
  readonly external: number;
}

const channel = new BroadcastChannel('ivy bench');

function collect(): void {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
}

function answerThread(): void {
  channel.onmessage = (message: unknown) => {
    if ((message as { data: unknown }).data !== 'collect') return;
    collect();
    const { heapUsed, external } = process.memoryUsage();
    channel.postMessage({ threadId, heapUsed, external } satisfies Heap);
  };
  channel.unref();
}

/** For how long this thread could have run and had no processor, in milliseconds since it began. Linux tells; elsewhere it counts as 0. */
function waitedForProcessor(): number {
  try {
    const [, nanoseconds = '0'] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ');
    return Number(nanoseconds) / 1e6;
  } catch {
    return 0;
  }
}

function watchMain(): void {
  let longestBlock = 0;
  let longestAway = 0;
  let peakResident = 0;
  let waitedBefore = waitedForProcessor();
  let processorFrom = process.cpuUsage();
  let last = performance.now();
  let heaps: Heap[] = [];
  setInterval(() => {
    const at = performance.now();
    const waited = waitedForProcessor();
    const away = Math.max(0, at - last - tickMilliseconds);
    longestAway = Math.max(longestAway, away);
    longestBlock = Math.max(longestBlock, away - (waited - waitedBefore));
    last = at;
    waitedBefore = waited;
    peakResident = Math.max(peakResident, process.memoryUsage.rss());
  }, tickMilliseconds).unref();
  channel.onmessage = (message: unknown) => {
    heaps.push((message as { data: Heap }).data);
  };
  channel.unref();
  const tell = (): void => {
    const { user, system } = process.cpuUsage(processorFrom);
    process.send?.({ longestBlock, longestAway, peakResident, resident: process.memoryUsage.rss(), processorMilliseconds: (user + system) / 1_000, heaps } satisfies Watched);
  };
  process.on('message', ({ ask }: Question) => {
    switch (ask) {
      case 'begin':
        longestBlock = 0;
        longestAway = 0;
        peakResident = 0;
        processorFrom = process.cpuUsage();
        process.send?.({});
        return;
      case 'read':
        tell();
        return;
      case 'collect':
        heaps = [];
        collect();
        channel.postMessage('collect');
        setTimeout(tell, collectMilliseconds);
    }
  });
}

if (isMainThread) watchMain();
else answerThread();
