import { setTimeout as wait } from 'node:timers/promises';
import type Anthropic from '@anthropic-ai/sdk';
import { Cancelled } from '#domain/kernel/checkpoint';
import { addTokens, costMicros, estimatedTokens, noTokens, type TokenCounts } from '#domain/platform/language/money';
import { afterAnswer, type BreakerState, freshBreaker, mayAsk, pauseBefore, takeRequest } from '#domain/platform/language/patience';
import type { LanguagePurpose } from '#domain/platform/language/purposes';
import type { LanguageCall, LanguageSettings, Offline, OfflineReason } from '#contract/platform/language';
import { actorOf, type CallContext } from '#main/app/context';
import type { Dispatch } from '#main/app/dispatch';
import type { Events } from '#main/app/events';
import type { Log } from '#main/app/log';
import type { Workspace } from '#main/app/workspace';
import { hasAgreed, insertCall } from '#main/store/platform/language';
import { peopleDirectory } from '#main/store/platform/knownPeople';
import { hasNetworkTo, hostOf, isLoopback } from './addresses';
import { createBudget, type Budget } from './budget';
import { createHolds, type Holds } from './holds';
import { nameKnowledge } from './nameLists';
import { createOutgoing, type Outgoing } from './outgoing';
import { type ProviderAnswer, ProviderFailure, type RequestBody, sendRequest, type Timing, usualTiming } from './provider';
import type { LanguageAnswer, LanguageGateway, LanguageQuestion, ToolUse } from './question';
import { offlineBecause } from './reasons';
import { marked, plainRequest, requestBody } from './request';
import { keyFor, limitOf, settingsOf } from './settings';
import { formOf, readValue } from './structured';
import { offeredTools, type OfferedTool } from './tools';

export interface GatewayParts {
  readonly workspace: Workspace;
  readonly events: Events;
  readonly log: Log;
  readonly newId: () => string;
  readonly now: () => number;
  readonly callWithin: Dispatch['callWithin'];
  /** For tests: shorter patience. */
  readonly timing?: Partial<Timing>;
  readonly random?: () => number;
}

/** The gateway with what its own screens need of it. */
export interface Language extends LanguageGateway {
  readonly holds: Holds;
  readonly budget: Budget;
  /** What would be left of a text. */
  preview(text: string, context: CallContext): Promise<{ readonly text: string; readonly redactions: Outgoing['pseudonyms']['counts'] }>;
  /** Asks for one word, to see whether the settings work. */
  check(context: CallContext): Promise<{ readonly works: boolean; readonly model: string; readonly milliseconds: number; readonly offline: Offline | null }>;
  /** Whether anything could be asked by this person, and if not, why. */
  stateFor(context: CallContext): Offline | null;
  /** After the settings changed: what was remembered of the server is forgotten. */
  forget(): void;
}

/** Rounds of tools before a question is stopped, and tools in one round. */
const mostRounds = 8;
const mostTools = 8;
/** Letters of a tool’s result that are handed on, and of what is kept in the ledger. */
const longestResult = 24_000;
const longestKept = 200_000;
/** Letters of a whole request: some 200 pages. Longer ones are refused before anything is done with them. */
const longestQuestion = 600_000;
/** How long a server that could not be reached is taken for unreachable, without trying it. */
const offlineFor = 5_000;

/** A question on its way, and what has become of it. */
interface Journey {
  readonly context: CallContext;
  readonly purpose: LanguagePurpose | 'check';
  readonly settings: LanguageSettings;
  readonly key: string | null;
  readonly outgoing: Outgoing;
  readonly signal: AbortSignal;
  readonly started: number;
  readonly onText: ((piece: string) => void) | undefined;
  readonly preview: boolean;
  text: string;
  tokens: TokenCounts;
  requests: number;
  sent: RequestBody | null;
  answered: string;
  readonly tools: ToolUse[];
}

/** What a question begins with, besides what it says. */
interface Opening {
  readonly signal?: AbortSignal | undefined;
  readonly onText?: ((piece: string) => void) | undefined;
  readonly preview?: boolean | undefined;
}

/** Why a question ends without an answer, from anywhere within it. */
class Ended extends Error {
  override readonly name = 'Ended';

  constructor(readonly offline: Offline) {
    super(offline.reason);
  }
}
const end = (reason: OfflineReason, more?: string): Ended => new Ended(offlineBecause(reason, more));

export function createLanguage({ workspace, events, log, newId, now, callWithin, timing, random = Math.random }: GatewayParts): Language {
  const holds = createHolds(newId, now, () => { events.changed('languageHolds'); });
  const budget = createBudget({ workspace, events, now });
  const breakers = new Map<string, BreakerState>();
  const unreachable = new Map<string, number>();
  const plainServers = new Set<string>();
  const requests = new Map<string, readonly number[]>();
  const times: Timing = { ...usualTiming, ...timing };

  const serverOf = ({ baseUrl, model }: LanguageSettings): string => `${baseUrl} ${model}`;

  /** Why nothing can be asked, known without a network; null where something can. */
  const gate = (settings: LanguageSettings, purpose: LanguagePurpose | 'check' | null, context: CallContext): Offline | null => {
    const { store } = context;
    const { baseUrl } = settings;
    if (purpose !== 'check' && (purpose === null ? settings.purposes.length === 0 : !settings.purposes.includes(purpose))) return offlineBecause('switched_off');
    // A server on this machine may need no key.
    if (keyFor(store, workspace.dataKey(), baseUrl) === null && !isLoopback(new URL(baseUrl).hostname)) return offlineBecause('no_key');
    if (purpose !== 'check' && !hasAgreed(store, actorOf(context).userKey)) return offlineBecause('not_agreed');
    if (!hasNetworkTo(baseUrl)) return offlineBecause('offline');
    const failedAt = unreachable.get(baseUrl);
    if (failedAt !== undefined && now() >= failedAt && now() - failedAt < offlineFor) return offlineBecause('offline');
    if (!mayAsk(breakers.get(serverOf(settings)) ?? freshBreaker, now())) return offlineBecause('resting');
    return null;
  };

  const outgoingFor = (settings: LanguageSettings, context: CallContext): Outgoing => {
    const knowledge = nameKnowledge((given, family) => directory.isPerson(family, given));
    const directory = peopleDirectory(context.store, workspace.settings().defaultCountry, (word) => knowledge.isOrdinary(word));
    return createOutgoing({ dataKey: workspace.dataKey(), knowledge, directory, mayLeave: settings.mayLeave });
  };

  /** Sends one request: previewed, counted, within its budget, tried again where that may help. */
  const send = async (journey: Journey, body: RequestBody): Promise<ProviderAnswer> => {
    const { settings, context, signal } = journey;
    const actor = actorOf(context);
    const limit = limitOf(settings, actor);
    const server = serverOf(settings);
    let current = plainServers.has(server) ? plainRequest(body) : body;
    const written = JSON.stringify(current);
    if (journey.preview && journey.purpose !== 'check') {
      if (!events.listening(actor.userId)) throw end('preview_refused', 'Nobody could look at it here: ask in a window.');
      const agreed = await holds.ask(
        actor.userId,
        { kind: 'preview', purpose: journey.purpose, body: JSON.stringify(current, null, 2), redactions: { ...journey.outgoing.pseudonyms.counts }, host: hostOf(settings.baseUrl), entry: null, summary: null, input: null },
        signal,
      );
      if (signal.aborted) throw new Cancelled();
      if (!agreed) throw end('preview_refused');
    }
    for (let attempt = 0; ; attempt += 1) {
      const turn = takeRequest(requests.get(actor.userId) ?? [], limit.requestsPerMinute, now());
      requests.set(actor.userId, turn.times);
      if (turn.waitSeconds > 0) throw end('rate_limited', `Your limit is ${String(limit.requestsPerMinute)} requests a minute.`);
      const reserved = settings.prices === null ? 0 : costMicros({ ...noTokens, inputTokens: estimatedTokens(written.length), outputTokens: current.max_tokens }, settings.prices);
      const release = budget.reserve(settings, limit, actor, reserved);
      if (release === null) throw end('budget_spent');
      journey.requests += 1;
      journey.sent = current;
      const restorer = journey.outgoing.pseudonyms.restorer();
      const before = journey.text.length;
      const say = (piece: string): void => {
        if (piece === '') return;
        journey.text += piece;
        journey.onText?.(piece);
      };
      try {
        const answer = await sendRequest({ baseUrl: settings.baseUrl, key: journey.key, body: current, signal, timing: times, onText: (text) => { say(restorer.push(text)); } });
        say(restorer.end());
        journey.tokens = addTokens(journey.tokens, answer.tokens);
        journey.answered += JSON.stringify(answer.content);
        breakers.set(server, afterAnswer(breakers.get(server) ?? freshBreaker, true, now()));
        unreachable.delete(settings.baseUrl);
        return answer;
      } catch (error) {
        say(restorer.end());
        if (!(error instanceof ProviderFailure)) throw error;
        const { reason, details } = error;
        journey.tokens = addTokens(journey.tokens, details.tokens ?? noTokens);
        log.warn({ reason, status: details.status, code: details.code, attempt }, 'A question to the model failed.');
        if (reason === 'offline') unreachable.set(settings.baseUrl, now());
        if (details.again) breakers.set(server, afterAnswer(breakers.get(server) ?? freshBreaker, false, now()));
        if (details.unknownParameter === true && !plainServers.has(server)) {
          plainServers.add(server);
          current = plainRequest(current);
          continue;
        }
        // What was already shown would come a second time.
        const pause = details.again && journey.text.length === before ? pauseBefore(attempt, details.pause ?? null, random()) : null;
        if (pause === null || !mayAsk(breakers.get(server) ?? freshBreaker, now())) throw end(reason);
        await wait(pause, undefined, { signal });
      } finally {
        release();
      }
    }
  };

  /** Runs what the model asked for, as the asker. */
  const runTool = async (journey: Journey, use: Anthropic.ToolUseBlock, offered: ReadonlyMap<string, OfferedTool>): Promise<Anthropic.ToolResultBlockParam> => {
    const { context, outgoing, signal } = journey;
    const failed = (content: string): Anthropic.ToolResultBlockParam => ({ type: 'tool_result', tool_use_id: use.id, is_error: true, content });
    const tool = offered.get(use.name);
    if (tool === undefined) return failed('There is no such tool.');
    const input = outgoing.pseudonyms.restoreWithin(use.input);
    if (tool.needsYes) {
      const actor = actorOf(context);
      const agreed =
        events.listening(actor.userId) &&
        (await holds.ask(
          actor.userId,
          { kind: 'tool', purpose: journey.purpose as LanguagePurpose, body: null, redactions: {}, host: hostOf(journey.settings.baseUrl), entry: tool.entry, summary: tool.summary, input: JSON.stringify(input, null, 2) },
          signal,
        ));
      if (signal.aborted) throw new Cancelled();
      if (!agreed) {
        journey.tools.push({ entry: tool.entry, input, outcome: 'declined' });
        return failed('The person did not agree. Nothing was changed.');
      }
    }
    const answer = await callWithin(context, tool.entry, input, signal);
    if (signal.aborted) throw new Cancelled();
    journey.tools.push({ entry: tool.entry, input, outcome: answer.ok ? 'succeeded' : 'refused', ...(answer.ok ? { result: answer.result } : {}) });
    if (!answer.ok) return failed(await outgoing.clean(`${answer.error.code}: ${answer.error.message}`));
    const text = JSON.stringify(await outgoing.cleanValue(answer.result));
    const cut = text.length > longestResult ? `${text.slice(0, longestResult)}… (cut off: ask for less at once)` : text;
    return { type: 'tool_result', tool_use_id: use.id, content: marked(cut, tool.entry) };
  };

  /** Asks, runs tools and asks again until there is an answer. */
  const converse = async (journey: Journey, first: RequestBody, offered: ReadonlyMap<string, OfferedTool>): Promise<{ answer: ProviderAnswer; body: RequestBody }> => {
    let body = first;
    for (let round = 0; ; round += 1) {
      const answer = await send(journey, body);
      if (answer.stopReason === 'refusal') throw end('refused');
      if (answer.stopReason === 'model_context_window_exceeded') throw end('too_long');
      const uses = answer.content.filter((block) => block.type === 'tool_use');
      if (answer.stopReason !== 'tool_use' || uses.length === 0) return { answer, body };
      if (round + 1 >= mostRounds) throw end('tool_loop');
      const results: Anthropic.ToolResultBlockParam[] = [];
      for (const [index, use] of uses.entries()) {
        results.push(index < mostTools ? await runTool(journey, use, offered) : { type: 'tool_result', tool_use_id: use.id, is_error: true, content: 'Too many tools at once.' });
      }
      if (journey.text !== '' && !journey.text.endsWith('\n')) {
        journey.text += '\n\n';
        journey.onText?.('\n\n');
      }
      body = { ...body, messages: [...body.messages, { role: 'assistant', content: answer.content as Anthropic.ContentBlockParam[] }, { role: 'user', content: results }] };
    }
  };

  const ownText = ({ content }: ProviderAnswer): string => content.map((block) => (block.type === 'text' ? block.text : '')).join('');

  /** Writes a question down, whatever became of it. */
  const record = (journey: Journey, outcome: LanguageCall['outcome']): string => {
    const { settings, context, tokens } = journey;
    const id = newId();
    const keeps = settings.keepTextsDays > 0 && journey.purpose !== 'check';
    const cost = settings.prices === null ? null : costMicros(tokens, settings.prices);
    try {
      const before = budget.spent();
      context.store.transaction((writer) => {
        insertCall(writer, {
          id,
          at: now(),
          userKey: actorOf(context).userKey,
          purpose: journey.purpose,
          model: settings.model,
          host: hostOf(settings.baseUrl),
          outcome,
          requests: journey.requests,
          ...tokens,
          costMicros: cost,
          milliseconds: performance.now() - journey.started,
          redactions: journey.outgoing.pseudonyms.counts,
          tools: journey.tools.map(({ entry }) => entry),
          sent: keeps && journey.sent !== null ? JSON.stringify(journey.sent).slice(0, longestKept) : null,
          answered: keeps && journey.answered !== '' ? journey.answered.slice(0, longestKept) : null,
        });
      });
      budget.warn(settings, before);
      events.changed('language');
    } catch (error) {
      log.error({ error }, 'A call to the model could not be written down.');
    }
    return id;
  };

  const journeyOf = (purpose: LanguagePurpose | 'check', settings: LanguageSettings, context: CallContext, more: Opening): Journey => ({
    context,
    purpose,
    settings,
    key: keyFor(context.store, workspace.dataKey(), settings.baseUrl),
    outgoing: outgoingFor(settings, context),
    signal: more.signal === undefined ? context.signal : AbortSignal.any([context.signal, more.signal]),
    started: performance.now(),
    onText: more.onText,
    preview: settings.preview === 'always' || more.preview === true,
    text: '',
    tokens: noTokens,
    requests: 0,
    sent: null,
    answered: '',
    tools: [],
  });

  const ask = async <Value>(question: LanguageQuestion<Value>, context: CallContext): Promise<LanguageAnswer<Value>> => {
    const settings = settingsOf(context.store);
    const closed = gate(settings, question.purpose, context);
    if (closed !== null) return { answered: false, offline: closed, text: '', tools: [], callId: null };
    const form = question.schema === undefined ? null : await formOf(question.schema);
    // With a form, what comes is no text for a person.
    const journey = journeyOf(question.purpose, settings, context, form === null ? question : { ...question, onText: undefined });
    try {
      if (journey.signal.aborted) throw new Cancelled();
      if (JSON.stringify(question.messages).length > longestQuestion) throw end('too_long');
      const offered = offeredTools(question.tools ?? [], actorOf(context).role);
      const first = await requestBody(
        {
          model: settings.model,
          system: question.system,
          messages: question.messages,
          tools: [...offered.values()].map(({ definition }) => definition),
          form,
          maximumTokens: Math.min(question.maximumTokens ?? Infinity, limitOf(settings, actorOf(context)).outputTokens),
        },
        journey.outgoing,
      );
      let { answer, body } = await converse(journey, first, offered);
      const putBack = (json: unknown): unknown => journey.outgoing.pseudonyms.restoreWithin(json);
      let value = undefined as Value;
      if (question.schema !== undefined) {
        let read = readValue(ownText(answer), question.schema, putBack);
        if (!read.ok) {
          if (answer.stopReason === 'max_tokens') throw end('cut_off');
          const again = `That cannot be used: ${await journey.outgoing.clean(read.problem)}\nAnswer once more, with the JSON alone.`;
          body = { ...body, messages: [...body.messages, { role: 'assistant', content: answer.content as Anthropic.ContentBlockParam[] }, { role: 'user', content: again }] };
          ({ answer } = await converse(journey, body, offered));
          read = readValue(ownText(answer), question.schema, putBack);
          if (!read.ok) throw end(answer.stopReason === 'max_tokens' ? 'cut_off' : 'invalid_answer');
        }
        value = read.value;
      }
      const callId = record(journey, 'succeeded');
      return { answered: true, text: journey.text, value, cutOff: answer.stopReason === 'max_tokens', usage: journey.tokens, model: settings.model, tools: journey.tools, callId };
    } catch (error) {
      if (journey.signal.aborted) {
        if (journey.requests > 0) record(journey, 'cancelled');
        throw new Cancelled('Stopped.');
      }
      if (!(error instanceof Ended)) throw error;
      return { answered: false, offline: error.offline, text: journey.text, tools: journey.tools, callId: record(journey, error.offline.reason) };
    }
  };

  return {
    ask,
    unavailable: (purpose, context) => gate(settingsOf(context.store), purpose, context),
    streamTo(streamId, context) {
      if (streamId === undefined) return undefined;
      const { userId } = actorOf(context);
      return (text) => {
        events.toUser(userId, { kind: 'text', streamId, text });
      };
    },
    holds,
    budget,
    async preview(text, context) {
      const outgoing = outgoingFor(settingsOf(context.store), context);
      return { text: await outgoing.clean(text), redactions: outgoing.pseudonyms.counts };
    },
    async check(context) {
      const settings = settingsOf(context.store);
      const closed = gate(settings, 'check', context);
      const began = performance.now();
      const answer = (offline: Offline | null): Awaited<ReturnType<Language['check']>> => ({ works: offline === null, model: settings.model, milliseconds: Math.round(performance.now() - began), offline });
      // Whoever tries the settings wants to know now, not when a rest is over.
      if (closed !== null && closed.reason !== 'resting' && closed.reason !== 'offline') return answer(closed);
      const journey = journeyOf('check', settings, context, {});
      try {
        await send(journey, { model: settings.model, max_tokens: 16, messages: [{ role: 'user', content: 'Answer with the one word: ready' }] });
        record(journey, 'succeeded');
        return answer(null);
      } catch (error) {
        if (journey.signal.aborted) throw new Cancelled('Stopped.');
        if (!(error instanceof Ended)) throw error;
        record(journey, error.offline.reason);
        return answer(error.offline);
      }
    },
    stateFor: (context) => gate(settingsOf(context.store), null, context),
    forget() {
      breakers.clear();
      unreachable.clear();
      plainServers.clear();
    },
  };
}
