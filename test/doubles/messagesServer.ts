import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { problemWith, type WireBlock, type WireRequest } from './messagesRules';

export type { WireBlock, WireRequest } from './messagesRules';

/** A request as it arrived: what left the machine. */
export interface CapturedRequest {
  readonly raw: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: WireRequest;
}

interface ToolCall {
  readonly name: string;
  readonly input: unknown;
}

/** What the server does with one request. */
export type Reply =
  | { readonly kind: 'answer'; readonly text?: string; readonly tools?: readonly ToolCall[]; readonly stopReason?: string; readonly pieces?: readonly string[] }
  /** An error as the Messages API words it, before anything is streamed. */
  | { readonly kind: 'error'; readonly status: number; readonly type: string; readonly message?: string; readonly headers?: Readonly<Record<string, string>> }
  /** An error in the middle of a stream. */
  | { readonly kind: 'streamError'; readonly type: string; readonly after?: string }
  /** The connection is cut, by force or by an early end. */
  | { readonly kind: 'cut'; readonly after?: string; readonly politely?: boolean }
  /** Says something, or nothing, and then no more; the headers come or not. */
  | { readonly kind: 'silence'; readonly after?: string; readonly headers?: boolean }
  /** Somebody else who answers: a proxy, a sign-in page. */
  | { readonly kind: 'page'; readonly status: number; readonly headers?: Readonly<Record<string, string>> };

export type Answerer = (request: CapturedRequest, earlier: readonly CapturedRequest[]) => Reply;

export interface MessagesServer {
  readonly url: string;
  /** Everything that arrived at /v1/messages, oldest first. */
  readonly requests: CapturedRequest[];
  /** Replies to come, one a request; when they are used up, `otherwise` answers. */
  next(...replies: readonly Reply[]): void;
  /** Answers every request that no reply waits for. */
  otherwise(answer: Answerer): void;
  /** How answers are cut into pieces, and bytes into packets: by so many letters. */
  pieceLength: number;
  /** How many connections were ended by the other side before the answer was. */
  readonly hungUp: number;
  close(): Promise<void>;
}

export interface ServerOptions {
  /** Keys that are accepted; any other is refused with 401. Null accepts all, also none. */
  readonly keys?: readonly string[] | null;
  readonly models?: readonly string[];
  /** A server that is only compatible: it refuses parameters that newer ones know. */
  readonly plain?: boolean;
}

export const testKey = 'sk-test-0123456789abcdef';
export const answer = (text: string, more: Partial<Extract<Reply, { kind: 'answer' }>> = {}): Reply => ({ kind: 'answer', text, ...more });
export const useTools = (...tools: readonly ToolCall[]): Reply => ({ kind: 'answer', tools });

/** The texts of a request, all of them, in order. */
export function textsOf({ body }: CapturedRequest): string[] {
  const blockTexts = (content: string | readonly WireBlock[]): string[] =>
    typeof content === 'string' ? [content] : content.flatMap((block) => [block.text ?? '', ...(block.content === undefined ? [] : blockTexts(block.content)), ...(block.input === undefined ? [] : [JSON.stringify(block.input)])]);
  return [...blockTexts(body.system ?? []), ...body.messages.flatMap(({ content }) => blockTexts(content))];
}

/** The pseudonyms in what was said, without the rules of the program, which show one. */
export function pseudonymsOf(request: CapturedRequest): string[] {
  return [...new Set(JSON.stringify(request.body.messages).match(/\b(?:PERSON|EMAIL|PHONE|ADDRESS|STUDENT|NATIONAL_ID|POSTCODE|BIRTH|FINANCIAL|ACADEMIC)_[0-9A-F]{8,64}/g) ?? [])];
}

const tokensOf = (value: unknown): number => Math.ceil(JSON.stringify(value ?? '').length / 4);

/** Sends events as Server-Sent Events, in packets that respect neither lines nor letters. */
function eventWriter(response: ServerResponse, pieceLength: number): { send(type: string, data: object): void; end(): void } {
  const packet = (bytes: Buffer): void => {
    for (let from = 0; from < bytes.length; from += pieceLength * 3) response.write(bytes.subarray(from, from + pieceLength * 3));
  };
  return {
    send(type, data) {
      packet(Buffer.from(`event: ${type}\ndata: ${JSON.stringify({ type, ...data })}\n\n`));
    },
    end() {
      response.end();
    },
  };
}

/**
 * A server on this machine that speaks the Messages API: it checks a request as strictly as the real one, streams in pieces of any length,
 * uses tools, counts tokens, keeps prefixes in a cache, and fails in all the ways a network and a provider do.
 */
export async function startMessagesServer({ keys = [testKey], models = ['claude-sonnet-5-5', 'claude-haiku-4-5', 'local-model'], plain = false }: ServerOptions = {}): Promise<MessagesServer> {
  const waiting: Reply[] = [];
  const prefixes = new Set<string>();
  let otherwise: Answerer = () => answer('Yes.');
  let count = 0;
  const held: ServerResponse[] = [];
  const state = { requests: [] as CapturedRequest[], pieceLength: 7, hungUp: 0 };

  const fail = (response: ServerResponse, status: number, type: string, message: string, headers: Readonly<Record<string, string>> = {}): void => {
    count += 1;
    const id = `req_${String(count)}`;
    response.writeHead(status, { 'content-type': 'application/json', 'request-id': id, ...headers });
    response.end(JSON.stringify({ type: 'error', error: { type, message, details: null }, request_id: id }));
  };

  const usageOf = (body: WireRequest): Record<string, unknown> => {
    const marked = Array.isArray(body.system) && body.system.some((block) => block.cache_control !== undefined);
    const prefix = JSON.stringify([body.model, body.tools, body.system]);
    const inCache = marked && prefixes.has(prefix);
    if (marked) prefixes.add(prefix);
    const size = marked ? tokensOf([body.tools, body.system]) : 0;
    return {
      input_tokens: tokensOf(body.messages) + (marked ? 0 : tokensOf([body.tools, body.system])),
      cache_creation_input_tokens: marked && !inCache ? size : 0,
      cache_read_input_tokens: inCache ? size : 0,
      cache_creation: null,
      server_tool_use: null,
      service_tier: 'standard',
    };
  };

  const stream = (response: ServerResponse, request: CapturedRequest, reply: Exclude<Reply, { kind: 'error' | 'page' }>): void => {
    const { body } = request;
    count += 1;
    const usage = usageOf(body);
    if (reply.kind === 'silence' && reply.headers !== true) {
      held.push(response);
      return;
    }
    const text = (reply.kind === 'answer' ? (reply.pieces?.join('') ?? reply.text) : reply.after) ?? '';
    const tools = reply.kind === 'answer' ? (reply.tools ?? []) : [];
    const most = body.max_tokens * 4;
    const cutOff = text.length > most;
    const said = cutOff ? text.slice(0, most) : text;
    const stop_reason = reply.kind === 'answer' && reply.stopReason !== undefined ? reply.stopReason : cutOff ? 'max_tokens' : tools.length > 0 ? 'tool_use' : 'end_turn';
    const message = { id: `msg_${String(count)}`, type: 'message', role: 'assistant', model: body.model, content: [], stop_reason: null, stop_sequence: null };
    const toolBlocks = tools.map(({ name, input }, index) => ({ type: 'tool_use', id: `toolu_${String(count)}_${String(index)}`, name, input }));
    const output_tokens = tokensOf(said) + tokensOf(toolBlocks);
    if (body.stream !== true) {
      response.writeHead(200, { 'content-type': 'application/json' });
      const content = [...(said === '' ? [] : [{ type: 'text', text: said, citations: null }]), ...toolBlocks];
      response.end(JSON.stringify({ ...message, content, stop_reason, usage: { ...usage, output_tokens } }));
      return;
    }
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', 'request-id': `req_${String(count)}` });
    const events = eventWriter(response, state.pieceLength);
    events.send('message_start', { message: { ...message, usage: { ...usage, output_tokens: 1 } } });
    events.send('ping', {});
    let index = 0;
    if (said !== '') {
      const letters = Array.from(said);
      const pieces = reply.kind === 'answer' && reply.pieces !== undefined && !cutOff ? reply.pieces : Array.from({ length: Math.ceil(letters.length / state.pieceLength) }, (_, at) => letters.slice(at * state.pieceLength, (at + 1) * state.pieceLength).join(''));
      events.send('content_block_start', { index, content_block: { type: 'text', text: '', citations: null } });
      for (const piece of pieces) events.send('content_block_delta', { index, delta: { type: 'text_delta', text: piece } });
      if (reply.kind === 'answer') events.send('content_block_stop', { index });
      index += 1;
    }
    if (reply.kind === 'silence') {
      held.push(response);
      return;
    }
    if (reply.kind === 'streamError') {
      events.send('error', { error: { type: reply.type, message: 'Something went wrong on the way.' } });
      events.end();
      return;
    }
    if (reply.kind === 'cut') {
      if (reply.politely === true) events.end();
      // What was written arrives; the end that was promised does not.
      else response.socket?.destroySoon();
      return;
    }
    for (const { input, ...block } of toolBlocks) {
      events.send('content_block_start', { index, content_block: { ...block, input: {} } });
      const json = JSON.stringify(input);
      for (let from = 0; from < json.length; from += state.pieceLength) events.send('content_block_delta', { index, delta: { type: 'input_json_delta', partial_json: json.slice(from, from + state.pieceLength) } });
      events.send('content_block_stop', { index });
      index += 1;
    }
    events.send('message_delta', { delta: { stop_reason, stop_sequence: null }, usage: { output_tokens } });
    events.send('message_stop', {});
    events.end();
  };

  const respond = (request: IncomingMessage, response: ServerResponse, raw: string): void => {
    if (request.url !== '/v1/messages') {
      fail(response, 404, 'not_found_error', `Not found: ${request.url ?? ''}`);
      return;
    }
    if (request.method !== 'POST') {
      fail(response, 405, 'invalid_request_error', 'Method not allowed');
      return;
    }
    const key = request.headers['x-api-key'] ?? /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    let body: WireRequest;
    try {
      body = JSON.parse(raw) as WireRequest;
    } catch {
      fail(response, 400, 'invalid_request_error', 'The body is not valid JSON.');
      return;
    }
    const captured: CapturedRequest = { raw, headers: request.headers, body };
    const earlier = [...state.requests];
    state.requests.push(captured);
    const scripted = waiting.shift();
    if (scripted?.kind === 'page') {
      response.writeHead(scripted.status, { 'content-type': 'text/html', ...scripted.headers });
      response.end('<html><title>Sign in to the network</title></html>');
      return;
    }
    if (keys !== null && (typeof key !== 'string' || !keys.includes(key))) {
      fail(response, 401, 'authentication_error', 'invalid x-api-key');
      return;
    }
    if (typeof request.headers['anthropic-version'] !== 'string') {
      fail(response, 400, 'invalid_request_error', 'anthropic-version: header is required');
      return;
    }
    if (!models.includes(body.model)) {
      fail(response, 404, 'not_found_error', `model: ${body.model}`);
      return;
    }
    const problem = problemWith(body, plain);
    if (problem !== null) {
      fail(response, 400, 'invalid_request_error', problem);
      return;
    }
    const reply = scripted ?? otherwise(captured, earlier);
    if (reply.kind === 'error') fail(response, reply.status, reply.type, reply.message ?? reply.type, reply.headers);
    else if (reply.kind === 'page') throw new Error('A page answers before the request is looked at: script it.');
    else stream(response, captured, reply);
  };

  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    response.on('close', () => {
      if (!response.writableFinished && !response.destroyed) state.hungUp += 1;
      else if (!response.writableEnded) state.hungUp += 1;
    });
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      respond(request, response, Buffer.concat(pieces).toString('utf8'));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;

  return {
    url: `http://127.0.0.1:${String(port)}`,
    get requests() {
      return state.requests;
    },
    next: (...replies) => {
      waiting.push(...replies);
    },
    otherwise: (next) => {
      otherwise = next;
    },
    get pieceLength() {
      return state.pieceLength;
    },
    set pieceLength(length) {
      state.pieceLength = length;
    },
    get hungUp() {
      return state.hungUp;
    },
    async close() {
      for (const response of held) response.destroy();
      await new Promise<void>((done) => {
        server.close(() => { done(); });
        server.closeAllConnections();
      });
    },
  };
}
