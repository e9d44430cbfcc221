import { LRUCache } from 'lru-cache';
import type { CacheLife, Entry } from '#contract/define';
import type { Topic } from '#contract/topics';
import type { Actor, RowScope } from './scope';

/** Milliseconds that an answer may be kept. Source: the product's cache strategies, section 5.3. */
const lives: Readonly<Record<Exclude<CacheLife, 'none'>, number>> = {
  short: 5 * 60_000,
  medium: 60 * 60_000,
  long: 24 * 60 * 60_000,
  permanent: 0,
};

const maximumBytes = 100 * 1_024 * 1_024;

interface Kept {
  readonly value: unknown;
  readonly reads: readonly Topic[];
}

/** Answers of queries by entry, scope and input; least recently used go first, and a change of a topic drops what reads it. */
export interface AnswerCache {
  /** Null where the entry is not cached. */
  keyOf(name: string, entry: Entry, scope: RowScope, actor: Actor | null, input: unknown): string | null;
  get(key: string): { readonly value: unknown } | undefined;
  set(key: string, entry: Entry, value: unknown): void;
  invalidate(topics: readonly Topic[]): void;
  clear(): void;
}

export function createAnswerCache(): AnswerCache {
  const kept = new LRUCache<string, Kept>({
    maxSize: maximumBytes,
    // Text is most of an answer; two bytes a character is what it takes in memory.
    sizeCalculation: ({ value }) => Math.max(1, JSON.stringify(value).length * 2),
  });
  return {
    keyOf(name, entry, scope, actor, input) {
      return entry.kind !== 'query' || entry.cache === 'none' ? null : JSON.stringify([name, scope, actor?.role ?? null, input]);
    },
    get: (key) => kept.get(key),
    set(key, entry, value) {
      if (entry.cache === 'none') return;
      kept.set(key, { value, reads: entry.reads }, { ttl: lives[entry.cache] });
    },
    invalidate(topics) {
      if (topics.length === 0) return;
      for (const [key, { reads }] of kept.entries()) if (reads.some((topic) => topics.includes(topic))) kept.delete(key);
    },
    clear() {
      kept.clear();
    },
  };
}
