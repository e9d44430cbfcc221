import type { SqlValue } from './tx';

/** A piece of SQL with its parameters. */
export interface Fragment {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}

export const everything: Fragment = { sql: '1', params: [] };

/** Joins conditions by `and`. */
export function allOf(parts: readonly Fragment[]): Fragment {
  if (parts.length === 0) return everything;
  return { sql: parts.map(({ sql }) => `(${sql})`).join(' and '), params: parts.flatMap(({ params }) => params) };
}

/** Joins conditions by `or`. */
export function anyOf(parts: readonly Fragment[]): Fragment {
  if (parts.length === 0) return { sql: '0', params: [] };
  return { sql: `(${parts.map(({ sql }) => `(${sql})`).join(' or ')})`, params: parts.flatMap(({ params }) => params) };
}
