import { Refusal } from '#contract/errors';
import type { AppEvent, Door } from './context';
import type { Answer } from './dispatch';
import type { FromCore, Link, ToCore } from './protocol';

export interface DoorCall {
  readonly entry: string;
  readonly input: unknown;
  readonly token: string | null;
  readonly door: Door;
  readonly connection: string;
  readonly wait?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number; readonly note: string }) => void;
}

export interface CloseOptions {
  /** What the core does by itself, such as the ageing of scores, is given so long to come to its end. */
  readonly patienceMilliseconds?: number;
  /** A core that is not done by then is ended all the same; what it had not saved is put back at the next start. */
  readonly limitMilliseconds?: number;
}

/** The core as a door sees it, whichever thread or process it runs in. */
export interface CoreClient {
  call(call: DoorCall): Promise<Answer>;
  /** Listens for events as whoever holds the token. Where nobody does, or the session is locked, nothing comes. */
  subscribe(connection: string, token: string | null, listener: (event: AppEvent) => void): Promise<{ readonly subscribed: boolean }>;
  unsubscribe(connection: string): void;
  registerFile(token: string | null, file: { readonly path: string; readonly name: string; readonly temporary: boolean }): Promise<{ readonly fileId: string }>;
  resolveDownload(token: string | null, downloadId: string): Promise<{ readonly path: string; readonly name: string }>;
  resolveOpening(token: string | null, openingId: string): Promise<{ readonly path: string }>;
  /** Ends the core: jobs are cancelled, the workspace is closed. */
  close(options?: CloseOptions): Promise<void>;
  /** Called when the core went away by itself. */
  onGone(listener: () => void): void;
}

interface Pending {
  readonly settle: (answer: Answer) => void;
  readonly onProgress: DoorCall['onProgress'];
}

const gone: Answer = {
  ok: false,
  error: { code: 'unavailable', message: 'Ivy has ended. Start it again; what was saved is safe.' },
};

/** Waits for something, but not for longer than so many milliseconds. */
async function within(work: Promise<unknown>, milliseconds: number | undefined): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const tired = new Promise<void>((done) => {
    if (milliseconds !== undefined) timer = setTimeout(done, milliseconds);
  });
  await Promise.race([work, tired]);
  clearTimeout(timer);
}

/** Speaks the protocol over a link. */
export function createCoreClient(link: Link<ToCore, FromCore>): CoreClient {
  const pending = new Map<number, Pending>();
  const listeners = new Map<string, (event: AppEvent) => void>();
  const goneListeners: (() => void)[] = [];
  let next = 1;
  let closed = false;

  /** Nobody waits for an answer that will not come. */
  const settleAll = (): void => {
    for (const { settle } of pending.values()) settle(gone);
    pending.clear();
  };

  link.onMessage((message) => {
    switch (message.kind) {
      case 'answer':
        pending.get(message.id)?.settle(message.answer);
        pending.delete(message.id);
        return;
      case 'progress':
        pending.get(message.id)?.onProgress?.(message.progress);
        return;
      case 'event':
        listeners.get(message.connection)?.(message.event);
        return;
      case 'ready':
      case 'failed':
        return;
    }
  });
  link.onClose(() => {
    if (closed) return;
    closed = true;
    settleAll();
    for (const listener of goneListeners) listener();
  });

  const request = (make: (id: number) => ToCore, onProgress?: DoorCall['onProgress']): Promise<Answer> => {
    if (closed) return Promise.resolve(gone);
    const id = next;
    next += 1;
    return new Promise((settle) => {
      pending.set(id, { settle, onProgress });
      link.send(make(id));
    });
  };

  const resultOf = (answer: Answer): unknown => {
    if (answer.ok) return answer.result;
    throw new Refusal(answer.error.code, answer.error.message, answer.error.details);
  };

  return {
    call({ signal, onProgress, wait = false, ...rest }) {
      let id = 0;
      const cancel = (): void => {
        if (!closed) link.send({ kind: 'cancel', id });
      };
      const answered = request((given) => {
        id = given;
        return { kind: 'call', id, ...rest, wait };
      }, onProgress);
      if (signal?.aborted === true) cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      return answered.finally(() => signal?.removeEventListener('abort', cancel));
    },
    async subscribe(connection, token, listener) {
      listeners.set(connection, listener);
      return resultOf(await request((id) => ({ kind: 'subscribe', id, connection, token }))) as { subscribed: boolean };
    },
    unsubscribe(connection) {
      listeners.delete(connection);
      if (!closed) link.send({ kind: 'unsubscribe', connection });
    },
    async registerFile(token, file) {
      return resultOf(await request((id) => ({ kind: 'registerFile', id, token, ...file }))) as { fileId: string };
    },
    async resolveDownload(token, downloadId) {
      return resultOf(await request((id) => ({ kind: 'resolveDownload', id, token, downloadId }))) as { path: string; name: string };
    },
    async resolveOpening(token, openingId) {
      return resultOf(await request((id) => ({ kind: 'resolveOpening', id, token, openingId }))) as { path: string };
    },
    async close({ patienceMilliseconds = 0, limitMilliseconds } = {}) {
      if (!closed) {
        const ended = request((id) => ({ kind: 'close', id, patienceMilliseconds }));
        await within(ended, limitMilliseconds);
      }
      closed = true;
      settleAll();
      link.close();
    },
    onGone(listener) {
      goneListeners.push(listener);
    },
  };
}
