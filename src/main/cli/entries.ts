import { z } from 'zod';
import { contract, entryNames } from '#contract/index';
import type { Entry } from '#contract/define';

/** One entry as a program reads it. */
export interface EntryDescription {
  readonly name: string;
  readonly kind: Entry['kind'];
  readonly summary: string;
  readonly who: Entry['allow']['who'];
  readonly permission: string | null;
  readonly access: { readonly resource: string; readonly operation: string } | null;
  readonly rate: string;
  readonly cache: string;
  readonly changes: readonly string[];
  readonly reads: readonly string[];
  readonly input: unknown;
  readonly output: unknown;
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): unknown {
  return z.toJSONSchema(schema, { io, unrepresentable: 'any', reused: 'inline', cycles: 'ref' });
}

/** The whole contract as data. */
export function describeEntries(): EntryDescription[] {
  return entryNames.map((name) => {
    const entry: Entry = contract[name];
    const { allow } = entry;
    return {
      name,
      kind: entry.kind,
      summary: entry.summary,
      who: allow.who,
      permission: allow.who === 'role' ? (allow.permission ?? null) : null,
      access: allow.who === 'role' ? (allow.access ?? null) : null,
      rate: entry.rate,
      cache: entry.cache,
      changes: entry.changes,
      reads: entry.reads,
      input: jsonSchema(entry.input, 'input'),
      output: jsonSchema(entry.output, 'output'),
    };
  });
}
