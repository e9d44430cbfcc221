import type Anthropic from '@anthropic-ai/sdk';
import type { APIError } from '@anthropic-ai/sdk';
import { noTokens, type TokenCounts } from '#domain/platform/language/money';
import type { OfflineReason } from '#contract/platform/language';
import { isLoopback } from './addresses';
import { proxyProblem, proxyRefusal, proxyRefusalWords } from './proxies';

export type RequestBody = Anthropic.MessageCreateParamsNonStreaming;
export type ContentBlock = Anthropic.ContentBlock;

/** How long anything may take, in milliseconds. */
export interface Timing {
  /** Until the server begins to answer. */
  readonly first: number;
  /** Between two pieces of an answer. */
  readonly between: number;
  /** For one request as a whole. */
  readonly whole: number;
}
export const usualTiming: Timing = { first: 30_000, between: 45_000, whole: 240_000 };

export interface ProviderRequest {
  readonly baseUrl: string;
  readonly key: string | null;
  readonly body: RequestBody;
  readonly signal: AbortSignal;
  readonly timing: Timing;
  readonly onText: (text: string) => void;
}

/** What came back: blocks as they came, with pseudonyms. */
export interface ProviderAnswer {
  readonly content: readonly ContentBlock[];
  readonly stopReason: Anthropic.StopReason | null;
  readonly tokens: TokenCounts;
}

/** Why there was no answer. */
export class ProviderFailure extends Error {
  override readonly name = 'ProviderFailure';

  constructor(
    readonly reason: OfflineReason,
    readonly details: {
      /** Whether the same request may work a moment later. */
      readonly again: boolean;
      /** How long the server asked to wait, in milliseconds. */
      readonly pause?: number | null;
      /** What is known beyond the reason, for the person. */
      readonly words?: string;
      /** What the server said, for the log; no text of anybody. */
      readonly status?: number | undefined;
      readonly code?: string | undefined;
      /** The server does not know a parameter of ours. */
      readonly unknownParameter?: boolean;
      readonly tokens?: TokenCounts;
    },
    options?: ErrorOptions,
  ) {
    super(reason, options);
  }
}

/** Takes 25 MB and a quarter of a second, so it is loaded by the first question, not by a start. */
let library: Promise<typeof Anthropic> | null = null;
function load(): Promise<typeof Anthropic> {
  library ??= import('@anthropic-ai/sdk').then(({ Anthropic: client }) => client);
  return library;
}

const unreachable = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'ECONNREFUSED', 'ENETUNREACH', 'ENETDOWN', 'EHOSTUNREACH', 'EHOSTDOWN', 'EADDRNOTAVAIL', 'UND_ERR_CONNECT_TIMEOUT']);
const certificate = /^(?:CERT_|ERR_TLS|ERR_SSL|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH)/;

/** The first system error code of an error or of what caused it. */
function codeOf(error: unknown, depth = 0): string | undefined {
  if (depth > 4 || typeof error !== 'object' || error === null) return undefined;
  const { code, cause, errors } = error as { code?: unknown; cause?: unknown; errors?: unknown };
  if (typeof code === 'string') return code;
  return codeOf(cause, depth + 1) ?? (Array.isArray(errors) ? codeOf(errors[0], depth + 1) : undefined);
}

/** Whether a proxy asks who one is: Node’s fetch then gives no answer out, only an error without a word. */
function isProxyRefusal(error: unknown, depth = 0): boolean {
  if (depth > 4 || !(error instanceof Error)) return false;
  return (error.message === '' && codeOf(error) === undefined) || isProxyRefusal(error.cause, depth + 1);
}

/** How long a server asks to wait, in milliseconds. */
function pauseOf(headers: Headers | undefined, now: number): number | null {
  const milliseconds = Number.parseFloat(headers?.get('retry-after-ms') ?? '');
  if (Number.isFinite(milliseconds)) return milliseconds;
  const asked = headers?.get('retry-after') ?? '';
  const seconds = Number.parseFloat(asked);
  if (Number.isFinite(seconds)) return seconds * 1_000;
  const date = Date.parse(asked);
  return Number.isFinite(date) ? Math.max(0, date - now) : null;
}

/** An error that a server told of: by status, and where it is the Messages API that speaks, by its type. */
function fromServer(error: APIError, tokens: TokenCounts): ProviderFailure {
  const { status, type, apiMessage, headers } = error;
  const said = apiMessage ?? '';
  const failure = (reason: OfflineReason, again = false, more: { unknownParameter?: boolean } = {}): ProviderFailure =>
    new ProviderFailure(reason, { again, pause: again ? pauseOf(headers, Date.now()) : null, status, code: type ?? undefined, tokens, ...more }, { cause: error });
  if (type === 'billing_error' || status === 402 || /credit balance|spend limit|billing/i.test(said)) return failure('no_credit');
  if (type === 'overloaded_error' || status === 529) return failure('overloaded', true);
  if (type === 'rate_limit_error' || status === 429) return failure('rate_limited', true);
  if (type === 'timeout_error' || status === 408 || status === 504) return failure('timed_out', true);
  if (type === 'api_error' || (status !== undefined && status >= 500)) return failure('overloaded', true);
  if (type === 'authentication_error') return failure('wrong_key');
  if (type === 'permission_error') return failure('not_allowed');
  if (type === 'not_found_error') return failure('model_gone');
  if (type === 'invalid_request_error' || status === 413) {
    if (status === 413 || /too long|too large|context (?:window|length)/i.test(said)) return failure('too_long');
    return failure('not_understood', false, { unknownParameter: /thinking|output_config|effort|cache_control|format|schema|extra inputs|unknown|not (?:supported|permitted)/i.test(said) });
  }
  // Whoever answers without a word of the Messages API is not the one that was asked.
  if (status === 401 && said !== '') return failure('wrong_key');
  return failure('proxy');
}

function asFailure(error: unknown, library: typeof Anthropic, tokens: TokenCounts): ProviderFailure {
  if (error instanceof ProviderFailure) return error;
  const failure = (reason: OfflineReason, again: boolean, code?: string): ProviderFailure => new ProviderFailure(reason, { again, code, tokens }, { cause: error });
  if (error instanceof library.APIConnectionTimeoutError) return failure('timed_out', true);
  const code = codeOf(error);
  if (code !== undefined && unreachable.has(code)) return failure('offline', false, code);
  if (code !== undefined && certificate.test(code)) return failure('proxy', false, code);
  if (isProxyRefusal(error)) return failure('proxy', false);
  const refused = proxyRefusal(error);
  if (refused !== null) return new ProviderFailure('proxy', { again: false, status: refused, words: proxyRefusalWords(refused), tokens }, { cause: error });
  if (error instanceof library.APIConnectionError) return failure('broken_off', true, code);
  if (error instanceof library.APIError) return fromServer(error as APIError, tokens);
  return failure('broken_off', true, code);
}

const tokensOf = (usage: Partial<Anthropic.Usage> | undefined): TokenCounts =>
  usage === undefined
    ? noTokens
    : {
        inputTokens: usage.input_tokens ?? 0,
        outputTokens: usage.output_tokens ?? 0,
        cacheWriteTokens: usage.cache_creation_input_tokens ?? 0,
        cacheReadTokens: usage.cache_read_input_tokens ?? 0,
      };

/**
 * Sends one request and reads its answer as it comes. Nothing is tried again here.
 *
 * @throws a {@link ProviderFailure}; where the caller’s signal was aborted, the signal’s reason
 */
export async function sendRequest({ baseUrl, key, body, signal, timing, onText }: ProviderRequest): Promise<ProviderAnswer> {
  const problem = proxyProblem();
  if (problem !== null && !isLoopback(new URL(baseUrl).hostname)) throw new ProviderFailure('proxy', { again: false, words: problem });
  const library = await load();
  const client = new library({
    baseURL: baseUrl,
    // A server that needs no key gets a word, because the library sends none without.
    apiKey: key ?? 'none',
    authToken: null,
    maxRetries: 0,
    timeout: timing.first,
    // A redirect would lead what was said to somebody else.
    fetchOptions: { redirect: 'manual' },
    openTelemetry: false,
    logLevel: 'off',
  });
  const ended = new AbortController();
  const late: { which: 'between' | 'whole' | null } = { which: null };
  const give = (which: 'between' | 'whole') => (): void => {
    late.which = which;
    ended.abort();
  };
  let between: NodeJS.Timeout | undefined;
  const whole = setTimeout(give('whole'), timing.whole);
  const stream = client.messages.stream(body, { signal: AbortSignal.any([signal, ended.signal]), timeout: timing.first });
  try {
    const { response } = await stream.withResponse();
    if (!/^text\/event-stream\b/i.test(response.headers.get('content-type') ?? '')) throw new ProviderFailure('proxy', { again: false, status: response.status });
    between = setTimeout(give('between'), timing.between);
    let stopped = false;
    for await (const event of stream) {
      between.refresh();
      if (event.type === 'content_block_delta' && event.delta.type === 'text_delta') onText(event.delta.text);
      if (event.type === 'message_stop') stopped = true;
    }
    const message = await stream.finalMessage();
    if (!stopped) throw new ProviderFailure('broken_off', { again: true, tokens: tokensOf(message.usage) });
    return { content: message.content, stopReason: message.stop_reason, tokens: tokensOf(message.usage) };
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const tokens = tokensOf(stream.currentMessage?.usage);
    if (late.which !== null) throw new ProviderFailure('timed_out', { again: late.which === 'between', tokens }, { cause: error });
    throw asFailure(error, library, tokens);
  } finally {
    clearTimeout(between);
    clearTimeout(whole);
    stream.controller.abort();
  }
}
