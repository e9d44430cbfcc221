import type { z } from 'zod';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import { Refusal } from '#contract/errors';
import type { Entry } from '#contract/define';
import type { ServerEvent } from '#contract/answer';
import type { Topic } from '#contract/topics';
import type { Store } from '#main/store/open';
import type { Writer } from '#main/store/tx';
import type { Actor, RowScope } from './scope';

/** The transports. The command line alone may name a path; the others hand over what a person chose. */
export type Door = 'electron' | 'web' | 'cli' | 'system';

/** Notes for the audit row of a command, written in the command's own transaction. Identifiers only. */
export interface AuditNotes {
  target(...ids: readonly string[]): void;
  /** Who did it, where the call itself makes known who calls: a sign-in. */
  by(userId: string): void;
  detail(name: string, value: string | number | boolean | null): void;
}

/** All that a handler knows about the call it answers. */
export interface CallContext {
  readonly requestId: string;
  readonly entry: string;
  readonly door: Door;
  readonly connection: string;
  /** Set once the call is authenticated; null before sign-in. */
  readonly actor: Actor | null;
  /** The rows of the entry's resource that the actor may touch. */
  readonly scope: RowScope;
  readonly signal: AbortSignal;
  /** Reports progress and throws when cancelled. */
  readonly checkpoint: Checkpoint;
  /** The open workspace. */
  readonly store: Store;
  now(): number;
  /** One transaction for the change, its change-log rows and its audit row. */
  transact<Result>(work: (writer: Writer, notes: AuditNotes) => Result): Result;
  /** Tells every window and tab what changed, beyond or finer than what the entry declares. */
  changed(topic: Topic, ids?: readonly string[]): void;
  /** Gives the door a session token to keep, or null to forget the one it has. */
  keepSession(token: string | null): void;
}

/** The actor of a call, where there must be one. */
export function actorOf(context: CallContext): Actor {
  if (context.actor === null) throw new Refusal('not_signed_in', 'Sign in first.');
  return context.actor;
}

/** A value that its taker does not change: what a handler gives may be read-only throughout. */
export type Given<T> = T extends readonly (infer Item)[]
  ? readonly Given<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Given<T[Key]> }
    : T;

/** One handler for each entry of a part of the contract. */
export type HandlersOf<Entries extends Readonly<Record<string, Entry>>> = {
  readonly [Name in keyof Entries]: (
    input: z.output<Entries[Name]['input']>,
    context: CallContext,
  ) => Given<z.output<Entries[Name]['output']>> | Promise<Given<z.output<Entries[Name]['output']>>>;
};

/** What the program sends to those who listen. */
export type AppEvent = Exclude<ServerEvent, { kind: 'reconnected' }>;
