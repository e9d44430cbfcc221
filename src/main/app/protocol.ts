import type { AppEvent, Door } from './context';
import type { Answer } from './dispatch';

/** What a door sends to the core. Ids are the door's own. */
export type ToCore =
  | {
      readonly kind: 'call';
      readonly id: number;
      readonly entry: string;
      readonly input: unknown;
      readonly token: string | null;
      readonly door: Door;
      readonly connection: string;
      readonly wait: boolean;
    }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'subscribe'; readonly id: number; readonly connection: string; readonly token: string | null }
  | { readonly kind: 'unsubscribe'; readonly connection: string }
  | { readonly kind: 'registerFile'; readonly id: number; readonly token: string | null; readonly path: string; readonly name: string; readonly temporary: boolean }
  | { readonly kind: 'resolveDownload'; readonly id: number; readonly token: string | null; readonly downloadId: string }
  | { readonly kind: 'resolveOpening'; readonly id: number; readonly token: string | null; readonly openingId: string }
  | { readonly kind: 'close'; readonly id: number; readonly patienceMilliseconds: number };

/** What the core sends to a door. */
export type FromCore =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: { readonly code: string; readonly message: string } }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'progress'; readonly id: number; readonly progress: { readonly done: number; readonly total: number; readonly note: string } }
  | { readonly kind: 'event'; readonly connection: string; readonly event: AppEvent };

/** A way for messages: a worker's port, a socket, or a pair in memory. */
export interface Link<Out, In> {
  send(message: Out): void;
  onMessage(listener: (message: In) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}
