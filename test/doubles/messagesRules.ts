/** A block of content on the wire, as far as the double looks at it. */
export interface WireBlock {
  readonly type: string;
  readonly text?: string;
  readonly id?: string;
  readonly name?: string;
  readonly input?: unknown;
  readonly tool_use_id?: string;
  readonly is_error?: boolean;
  readonly content?: string | readonly WireBlock[];
  readonly cache_control?: unknown;
}

/** The body of a request on the wire. */
export interface WireRequest {
  readonly model: string;
  readonly max_tokens: number;
  readonly stream?: boolean;
  readonly system?: string | readonly WireBlock[];
  readonly messages: readonly { readonly role: string; readonly content: string | readonly WireBlock[] }[];
  readonly tools?: readonly { readonly name: string; readonly description?: string; readonly input_schema: { readonly type: string } }[];
  readonly tool_choice?: { readonly type: string };
  readonly thinking?: { readonly type: string };
  readonly output_config?: { readonly effort?: string; readonly format?: { readonly type: string; readonly schema: Readonly<Record<string, unknown>> } };
}

const known = ['model', 'max_tokens', 'stream', 'system', 'messages', 'tools', 'tool_choice', 'thinking', 'output_config', 'metadata', 'stop_sequences', 'service_tier', 'cache_control'];
const newer = ['thinking', 'output_config', 'cache_control'];

const blocksOf = (content: string | readonly WireBlock[]): readonly WireBlock[] => (typeof content === 'string' ? [{ type: 'text', text: content }] : content);

/** What the schemas of structured outputs may not have. */
function problemWithSchema(schema: unknown, path = 'output_config.format.schema'): string | null {
  if (typeof schema !== 'object' || schema === null) return null;
  const { type, additionalProperties, ...rest } = schema as Readonly<Record<string, unknown>> & { readonly type?: string };
  if (type === 'object' && additionalProperties !== false) return `${path}: For 'object' type, 'additionalProperties' must be explicitly set to false`;
  for (const name of ['minLength', 'maxLength', 'minimum', 'maximum', 'multipleOf', 'pattern']) if (name in rest && type !== undefined) return `${path}: For '${type}' type, property '${name}' is not supported`;
  for (const [name, each] of Object.entries(rest)) {
    const problem = problemWithSchema(each, `${path}.${name}`);
    if (problem !== null) return problem;
  }
  return null;
}

/** What the Messages API would refuse about a body, in its own kind of words; null where it would not. */
export function problemWith(body: WireRequest, plain: boolean): string | null {
  const extra = Object.keys(body).find((name) => !known.includes(name) || (plain && newer.includes(name)));
  if (extra !== undefined) return `${extra}: Extra inputs are not permitted`;
  if (!Number.isInteger(body.max_tokens) || body.max_tokens < 1) return 'max_tokens: Input should be greater than or equal to 1';
  if ((body.messages as unknown) === undefined || body.messages.length === 0) return 'messages: at least one message is required';
  const all = [...blocksOf(body.system ?? []), ...body.messages.flatMap(({ content }) => blocksOf(content))];
  if (plain && all.some((block) => block.cache_control !== undefined)) return 'messages.0.content.0.cache_control: Extra inputs are not permitted';
  if (all.filter((block) => block.cache_control !== undefined).length > 4) return 'A maximum of 4 blocks with cache_control may be provided.';
  if (all.some(({ type, text }) => type === 'text' && (text ?? '').trim() === '')) return 'messages: text content blocks must be non-empty';
  for (const tool of body.tools ?? []) {
    if (!/^[a-zA-Z0-9_-]{1,128}$/.test(tool.name)) return `tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'`;
    if (tool.input_schema.type !== 'object') return 'tools.0.custom.input_schema.type: Field required';
  }
  if (new Set((body.tools ?? []).map(({ name }) => name)).size !== (body.tools ?? []).length) return 'tools: Tool names must be unique.';
  if (body.model.startsWith('claude-sonnet-5-5')) {
    if (body.tool_choice !== undefined && ['any', 'tool'].includes(body.tool_choice.type)) return 'tool_choice: forced tool use is not supported on this model';
    if (body.thinking !== undefined && !['adaptive', 'between_tools'].includes(body.thinking.type)) return `thinking: "${body.thinking.type}" is not supported on this model`;
  }
  const format = body.output_config?.format;
  if (format !== undefined) {
    if (format.type !== 'json_schema') return 'output_config.format.type: Input should be json_schema';
    if (JSON.stringify(format.schema).includes('"$ref":"#"')) return 'output_config.format.schema: Recursive schemas are not supported';
    const problem = problemWithSchema(format.schema);
    if (problem !== null) return problem;
  }
  return problemWithTurns(body);
}

function problemWithTurns({ messages }: WireRequest): string | null {
  if (messages[0]?.role !== 'user') return 'messages: first message must use the "user" role';
  if (messages.at(-1)?.role !== 'user') return 'This model does not support assistant message prefill. The conversation must end with a user message.';
  let open: readonly string[] = [];
  for (const [index, { role, content }] of messages.entries()) {
    if (role !== 'user' && role !== 'assistant') return `messages.${String(index)}.role: Input should be 'user' or 'assistant'`;
    const blocks = blocksOf(content);
    if (blocks.length === 0) return `messages.${String(index)}: all messages must have non-empty content`;
    const results = blocks.filter(({ type }) => type === 'tool_result').map(({ tool_use_id }) => tool_use_id ?? '');
    const missing = open.find((id) => !results.includes(id));
    if (missing !== undefined) return `messages.${String(index)}: \`tool_use\` ids were found without \`tool_result\` blocks immediately after: ${missing}.`;
    const strange = results.find((id) => !open.includes(id));
    if (strange !== undefined) return `messages.${String(index)}.content: unexpected \`tool_use_id\` found in \`tool_result\` blocks: ${strange}.`;
    open = role === 'assistant' ? blocks.filter(({ type }) => type === 'tool_use').map(({ id }) => id ?? '') : [];
  }
  return null;
}
