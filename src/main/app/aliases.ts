import { z } from 'zod';

/** `has_email` becomes `hasEmail`. */
function camelCase(key: string): string {
  return key.replace(/_+([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function inner(schema: z.ZodType): z.ZodType | null {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable || schema instanceof z.ZodDefault || schema instanceof z.ZodReadonly) {
    return schema.unwrap() as z.ZodType;
  }
  if (schema instanceof z.ZodPipe) return schema.out as z.ZodType;
  return null;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads snake_case keys as the camelCase keys of a schema, wherever the schema has such a key and the input does not. Keys that a
 * person made up (of records) are left alone.
 */
export function applyAliases(schema: z.ZodType, input: unknown, depth = 0): unknown {
  if (depth > 20) return input;
  const within = inner(schema);
  if (within !== null) return applyAliases(within, input, depth + 1);
  if (schema instanceof z.ZodArray && Array.isArray(input)) {
    return input.map((item) => applyAliases(schema.element as z.ZodType, item, depth + 1));
  }
  if (schema instanceof z.ZodUnion) {
    return (schema.options as readonly z.ZodType[]).reduce((value, option) => applyAliases(option, value, depth + 1), input);
  }
  if (!(schema instanceof z.ZodObject) || !isRecord(input)) return input;
  const shape = schema.shape as Record<string, z.ZodType>;
  const output: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(input)) {
    const alias = camelCase(key);
    const name = !Object.hasOwn(shape, key) && Object.hasOwn(shape, alias) && !Object.hasOwn(input, alias) ? alias : key;
    const field = shape[name];
    // Defined, not assigned: a key named __proto__ stays an own key that the schema refuses.
    Object.defineProperty(output, name, {
      value: field === undefined ? value : applyAliases(field, value, depth + 1),
      enumerable: true,
      configurable: true,
      writable: true,
    });
  }
  return output;
}
