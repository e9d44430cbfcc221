import { z } from 'zod';

/** Whether a JSON schema refers to itself, which the provider's own checking of forms does not take. */
function isRecursive(schema: unknown): boolean {
  const text = JSON.stringify(schema);
  return text.includes('"$ref":"#"') || text.includes('"$ref":"#/$defs/');
}

/** How a form is asked for: by the provider’s own means where it can, and always in words. */
export interface AskedForm {
  /** For `output_config.format`; null where the provider cannot hold the model to it. */
  readonly native: { readonly type: 'json_schema'; readonly schema: Record<string, unknown> } | null;
  readonly words: string;
}

export async function formOf(schema: z.ZodType): Promise<AskedForm> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const words = `Answer with one JSON value of this schema and nothing around it, no fence and no remark:\n${JSON.stringify(json)}`;
  if (isRecursive(json) || json.type !== 'object') return { native: null, words };
  try {
    const { zodOutputFormat } = await import('@anthropic-ai/sdk/helpers/zod');
    const { type, schema: strict } = zodOutputFormat(schema);
    return { native: { type, schema: strict }, words };
  } catch {
    return { native: null, words };
  }
}

/** The JSON in a text: all of it, what a fence holds, or what stands between the first and the last brace. */
function jsonIn(text: string): unknown {
  const fenced = /```(?:json)?\s*\n([\s\S]*?)\n?```/u.exec(text)?.[1];
  const [open, close] = [text.search(/[[{]/), Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))];
  for (const candidate of [text, fenced, open >= 0 && close > open ? text.slice(open, close + 1) : undefined]) {
    if (candidate === undefined) continue;
    try {
      return JSON.parse(candidate) as unknown;
    } catch {
      // The next way of reading it.
    }
  }
  throw new SyntaxError('There is no JSON in the answer.');
}

export type Read<Value> = { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problem: string };

/** Reads an answer as a value of a schema, after putting back what was replaced. */
export function readValue<Value>(text: string, schema: z.ZodType<Value>, restore: (value: unknown) => unknown): Read<Value> {
  let json: unknown;
  try {
    json = jsonIn(text);
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : 'It is not JSON.' };
  }
  const parsed = schema.safeParse(restore(json));
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problem: z.prettifyError(parsed.error) };
}
