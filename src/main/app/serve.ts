import { randomUUID } from 'node:crypto';
import { Refusal } from '#contract/errors';
import type { App } from './createApp';
import type { FromCore, Link, ToCore } from './protocol';

/** Answers a door's messages with an app. */
export function serve(app: App, link: Link<FromCore, ToCore>): void {
  const calls = new Map<number, AbortController>();
  const connections = new Set<string>();

  const answer = (id: number, work: () => unknown): void => {
    try {
      link.send({ kind: 'answer', id, answer: { ok: true, result: work() } });
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('internal', 'Something went wrong inside Ivy.');
      link.send({ kind: 'answer', id, answer: { ok: false, error: refusal.toCallError() } });
    }
  };

  link.onMessage((message) => {
    switch (message.kind) {
      case 'call': {
        const abort = new AbortController();
        calls.set(message.id, abort);
        const { entry, input, token, door, connection, wait } = message;
        void app
          .call(
            { entry, input, token, door, connection, wait, requestId: randomUUID() },
            {
              signal: abort.signal,
              onProgress: (progress) => {
                link.send({ kind: 'progress', id: message.id, progress });
              },
            },
          )
          .then((result) => {
            calls.delete(message.id);
            link.send({ kind: 'answer', id: message.id, answer: result });
          });
        return;
      }
      case 'cancel':
        calls.get(message.id)?.abort();
        return;
      case 'subscribe':
        answer(message.id, () => {
          connections.add(message.connection);
          return app.subscribe(message.connection, message.token, (event) => {
            link.send({ kind: 'event', connection: message.connection, event });
          });
        });
        return;
      case 'unsubscribe':
        connections.delete(message.connection);
        app.unsubscribe(message.connection);
        return;
      case 'registerFile':
        answer(message.id, () => app.registerFile(message.token, message));
        return;
      case 'resolveDownload':
        answer(message.id, () => app.resolveDownload(message.token, message.downloadId));
        return;
      case 'resolveOpening':
        answer(message.id, () => app.resolveOpening(message.token, message.openingId));
        return;
      case 'close':
        void app.close(message.patienceMilliseconds).then(() => {
          link.send({ kind: 'answer', id: message.id, answer: { ok: true, result: null } });
        });
        return;
    }
  });
  link.onClose(() => {
    for (const connection of connections) app.unsubscribe(connection);
    for (const abort of calls.values()) abort.abort();
  });
}
