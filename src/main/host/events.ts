import { randomUUID } from 'node:crypto';
import type { ServerEvent } from '#contract/answer';
import type { CoreClient } from '#main/app/coreClient';
import { createListening, type Listening } from '#main/app/listening';

/** The open event streams of every tab. */
export interface EventStreams {
  /** A stream for one tab of a browser, once it hears; the tab's earlier one ends. */
  open(browser: string, tab: string, token: string | null): Promise<ReadableStream<Uint8Array>>;
  /** A call of a browser was answered. Where that changed who is signed in, all of its tabs hear as that person from now on. */
  answered(browser: string, callingTab: string | undefined, outcome: { readonly ok: boolean; readonly token?: string | null }): Promise<void>;
  /** Ends them all. */
  close(): void;
  readonly count: number;
}

interface Stream {
  readonly browser: string;
  readonly tab: string;
  readonly listening: Listening;
  send(event: ServerEvent): void;
  stop(): void;
  end(): void;
}

const heartbeat = 20_000;
const encoder = new TextEncoder();

export function createEventStreams(client: CoreClient, heartbeatMilliseconds = heartbeat): EventStreams {
  const streams = new Set<Stream>();

  const createStream = (browser: string, tab: string, controller: ReadableStreamDefaultController<Uint8Array>): Stream => {
    const write = (text: string): void => {
      controller.enqueue(encoder.encode(text));
    };
    const send = (event: ServerEvent): void => {
      write(`data: ${JSON.stringify(event)}\n\n`);
    };
    // A stream's connection is its own, so that the end of an old stream does not silence the one that took its place.
    const listening = createListening(client, `web ${browser} ${tab} ${randomUUID()}`, send);
    // So that neither end takes a silent connection for a dead one, and a dead one is noticed.
    const beat = setInterval(() => {
      write(': still here\n\n');
    }, heartbeatMilliseconds);
    const stream: Stream = {
      browser,
      tab,
      listening,
      send,
      stop() {
        clearInterval(beat);
        listening.stop();
      },
      end() {
        streams.delete(stream);
        stream.stop();
        controller.close();
      },
    };
    write('retry: 1000\n\n');
    return stream;
  };

  return {
    get count() {
      return streams.size;
    },
    async open(browser, tab, token) {
      for (const stream of streams) if (stream.browser === browser && stream.tab === tab) stream.end();
      // Assigned as the stream starts, which is at once.
      let stream!: Stream;
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          stream = createStream(browser, tab, controller);
          streams.add(stream);
        },
        cancel() {
          streams.delete(stream);
          stream.stop();
        },
      });
      await stream.listening.use(token);
      return body;
    },
    async answered(browser, callingTab, { ok, token }) {
      const own = [...streams].filter((stream) => stream.browser === browser);
      if (token === undefined) {
        if (ok) await Promise.all(own.map((stream) => stream.listening.retry()));
        return;
      }
      await Promise.all(own.map((stream) => stream.listening.use(token)));
      // The other tabs share the cookie: to them everything may be different now.
      for (const stream of own) if (stream.tab !== callingTab && streams.has(stream)) stream.send({ kind: 'reconnected' });
    },
    close() {
      for (const stream of streams) stream.end();
    },
  };
}
