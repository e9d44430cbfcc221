import type { CoreClient } from './coreClient';
import type { AppEvent } from './context';

/** A window or tab that hears what changes, as whoever is signed in there at the time. */
export interface Listening {
  /** Somebody else is signed in from now on, or nobody. */
  use(token: string | null): Promise<void>;
  /** A call was answered: where nothing could be heard before (a locked session), something can perhaps now. */
  retry(): Promise<void>;
  stop(): void;
}

/** Listens for one connection. Failures to subscribe are the core's going away, of which its calls tell. */
export function createListening(client: CoreClient, connection: string, listener: (event: AppEvent) => void): Listening {
  let token: string | null = null;
  let subscribed = false;
  let stopped = false;

  const subscribe = async (): Promise<void> => {
    const wanted = token;
    const answer = await client.subscribe(connection, wanted, listener).catch(() => ({ subscribed: false }));
    if (wanted === token) ({ subscribed } = answer);
  };

  return {
    async use(next) {
      if (stopped) return;
      token = next;
      subscribed = false;
      // What the one before might hear must not reach the next.
      client.unsubscribe(connection);
      if (next !== null) await subscribe();
    },
    async retry() {
      if (!stopped && !subscribed && token !== null) await subscribe();
    },
    stop() {
      stopped = true;
      client.unsubscribe(connection);
    },
  };
}
