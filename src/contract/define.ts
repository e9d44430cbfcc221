import type { Operation, Permission, ResourceType } from '#domain/platform/roles';
import type { z } from 'zod';
import type { Topic } from './topics';

/** How often an entry may be called. `none` is for the screens' own reads and writes; the others follow the limits in settings. */
export type RateClass = 'none' | 'auth' | 'ai' | 'export' | 'admin';

/** How long an answer may be kept: not at all, 5 minutes, 1 hour, 24 hours, or until a topic it reads changes. */
export type CacheLife = 'none' | 'short' | 'medium' | 'long' | 'permanent';

/** Who may call. `anyone` is before sign-in, `signedIn` is about one's own session only. */
export type Allow =
  | { readonly who: 'anyone'; readonly why: string }
  | { readonly who: 'signedIn'; readonly why: string }
  | {
      readonly who: 'role';
      readonly permission?: Permission;
      readonly access?: { readonly resource: ResourceType; readonly operation: Operation };
    };

export interface Entry<Input extends z.ZodType = z.ZodType, Output extends z.ZodType = z.ZodType> {
  /** A query reads, a command writes, a job is long: it has progress and can be cancelled. */
  readonly kind: 'query' | 'command' | 'job';
  /** One line for a person who reads `ivy entries`. */
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  readonly allow: Allow;
  readonly rate: RateClass;
  readonly cache: CacheLife;
  /** What a command or job changes. */
  readonly changes: readonly Topic[];
  /** What a query shows: when one of these changes, its answer is stale. */
  readonly reads: readonly Topic[];
  /**
   * Whether its success is audited: every command and job but the single answers of a sitting, and of the queries exports and bulk reads of
   * personal data. A refusal always is.
   */
  readonly audited: boolean;
}

interface Options<Input extends z.ZodType, Output extends z.ZodType> {
  readonly summary: string;
  readonly input: Input;
  readonly output: Output;
  readonly allow: Allow;
  readonly rate?: RateClass;
  readonly cache?: CacheLife;
  readonly changes?: readonly Topic[];
  readonly reads?: readonly Topic[];
  readonly audited?: boolean;
}

function define<Input extends z.ZodType, Output extends z.ZodType>(
  kind: Entry['kind'],
  options: Options<Input, Output>,
): Entry<Input, Output> {
  return {
    kind,
    summary: options.summary,
    input: options.input,
    output: options.output,
    allow: options.allow,
    rate: options.rate ?? 'none',
    cache: options.cache ?? 'none',
    changes: options.changes ?? [],
    reads: options.reads ?? [],
    audited: options.audited ?? kind !== 'query',
  };
}

/** An entry that reads; it names the topics that make its answer stale. */
export function query<I extends z.ZodType, O extends z.ZodType>(
  options: Omit<Options<I, O>, 'changes'> & { readonly reads: readonly Topic[] },
): Entry<I, O> {
  return define('query', options);
}

/** An entry that writes; it names the topics it changes. */
export function command<I extends z.ZodType, O extends z.ZodType>(
  options: Omit<Options<I, O>, 'cache' | 'reads'> & { readonly changes: readonly Topic[] },
): Entry<I, O> {
  return define('command', options);
}

/** A long entry: it answers at once with a job, reports progress and can be cancelled. */
export function job<I extends z.ZodType, O extends z.ZodType>(
  options: Omit<Options<I, O>, 'cache' | 'reads'> & { readonly changes: readonly Topic[] },
): Entry<I, O> {
  return define('job', options);
}

/** Allowed to a role that holds the permission and, where given, the access. */
export function role(permission?: Permission, resource?: ResourceType, operation: Operation = 'view'): Allow {
  return {
    who: 'role',
    ...(permission === undefined ? {} : { permission }),
    ...(resource === undefined ? {} : { access: { resource, operation } }),
  };
}

/** Allowed to whoever may touch that resource. */
export function access(resource: ResourceType, operation: Operation): Allow {
  return role(undefined, resource, operation);
}
