import { type Change, maximumChangeIds, type Topic } from '#contract/topics';
import type { AppEvent } from './context';

/** Somebody who listens: a window, a tab, a command line. */
interface Listener {
  readonly connection: string;
  readonly userId: string;
  readonly sessionId: string;
  readonly send: (event: AppEvent) => void;
}

export interface Events {
  subscribe(listener: Listener): void;
  unsubscribe(connection: string): void;
  /** To everybody. Changes of one tick go out together. */
  changed(topic: Topic, ids?: readonly string[]): void;
  toUser(userId: string, event: AppEvent): void;
  /** Whether a user would hear anything now. */
  listening(userId: string): boolean;
  /** Tells the listeners of a session that it is over, and listens to them no more. */
  endSession(sessionId: string, reason: Extract<AppEvent, { kind: 'sessionEnded' }>['reason']): void;
  /** Sends what is waiting now. */
  flush(): void;
}

/** Changes are gathered for so long before they are sent, so that a burst of writes is one message. */
const gatherMilliseconds = 20;

export function createEvents(): Events {
  const listeners = new Map<string, Listener>();
  const waiting = new Map<Topic, Set<string> | null>();
  let timer: NodeJS.Timeout | null = null;

  const flush = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    if (waiting.size === 0) return;
    const changes = [...waiting].map(([topic, ids]): Change => (ids === null ? { topic } : { topic, ids: [...ids] }));
    waiting.clear();
    for (const listener of listeners.values()) listener.send({ kind: 'changed', changes });
  };

  return {
    subscribe(listener) {
      listeners.set(listener.connection, listener);
    },
    unsubscribe(connection) {
      listeners.delete(connection);
    },
    changed(topic, ids) {
      const known = waiting.get(topic);
      if (ids === undefined || known === null) waiting.set(topic, null);
      else {
        const all = new Set([...(known ?? []), ...ids]);
        waiting.set(topic, all.size > maximumChangeIds ? null : all);
      }
      timer ??= setTimeout(flush, gatherMilliseconds);
    },
    toUser(userId, event) {
      for (const listener of listeners.values()) if (listener.userId === userId) listener.send(event);
    },
    listening: (userId) => [...listeners.values()].some((listener) => listener.userId === userId),
    endSession(sessionId, reason) {
      for (const listener of listeners.values()) {
        if (listener.sessionId !== sessionId) continue;
        listener.send({ kind: 'sessionEnded', reason });
        if (reason !== 'locked') listeners.delete(listener.connection);
      }
    },
    flush,
  };
}
