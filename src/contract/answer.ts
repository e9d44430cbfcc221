import type { CallError } from './errors';
import type { Change } from './topics';

/** What a door answers a call with. */
export type Answer = { readonly ok: true; readonly result: unknown } | { readonly ok: false; readonly error: CallError };

/** How far a job is. */
export interface Progress {
  readonly done: number;
  /** 0 while nobody knows. */
  readonly total: number;
  readonly note: string;
  /** Of a curve that grows meanwhile: the share of all steps, [0, 1], and the loss on what is not learned from. */
  readonly point?: { readonly share: number; readonly loss: number } | undefined;
}

/** Something that a person should know now. The words are ready to be shown; `path` is the screen that says more. */
export interface Notice {
  readonly title: string;
  readonly body: string;
  readonly path: string;
}

/** What a window or tab hears without asking. */
export type ServerEvent =
  | { readonly kind: 'notice'; readonly notice: Notice }
  | { readonly kind: 'changed'; readonly changes: readonly Change[] }
  | { readonly kind: 'job'; readonly jobId: string; readonly entry: string; readonly state: string; readonly progress: Progress }
  | { readonly kind: 'sessionEnded'; readonly reason: 'signedOut' | 'locked' | 'deactivated' | 'expired' }
  /** A piece of an answer as it is being written; the stream is the one that the asker named. */
  | { readonly kind: 'text'; readonly streamId: string; readonly text: string }
  /** The door was out of touch for a while: everything may have changed. */
  | { readonly kind: 'reconnected' };
