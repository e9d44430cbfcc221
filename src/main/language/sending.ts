import { setTimeout as wait } from 'node:timers/promises';
import { Cancelled } from '#domain/kernel/checkpoint';
import { addTokens, costMicros, estimatedTokens, noTokens } from '#domain/platform/language/money';
import { afterAnswer, type BreakerState, freshBreaker, mayAsk, pauseBefore, takeRequest } from '#domain/platform/language/patience';
import type { LanguageSettings, OfflineReason } from '#contract/platform/language';
import { actorOf } from '#main/app/context';
import type { Events } from '#main/app/events';
import type { Log } from '#main/app/log';
import { hasNetworkTo, hostOf } from './addresses';
import type { Budget } from './budget';
import type { Holds } from './holds';
import { end, type Journey } from './journey';
import { type ProviderAnswer, ProviderFailure, type RequestBody, sendRequest, type Timing, usualTiming } from './provider';
import { plainRequest } from './request';
import { limitOf } from './settings';

/** How long a server that could not be reached is taken for unreachable, without trying it. */
const offlineFor = 5_000;

/** Sends requests, and knows how the server has been. */
export interface Sender {
  /** @throws Ended, Cancelled */
  readonly send: (journey: Journey, body: RequestBody) => Promise<ProviderAnswer>;
  /** Why a server is not worth asking right now: no network, or it has just failed. */
  readonly silence: (settings: LanguageSettings) => OfflineReason | null;
  /** After the settings changed: what was remembered of the server is forgotten. */
  readonly forget: () => void;
}

export interface SenderParts {
  readonly events: Events;
  readonly holds: Holds;
  readonly budget: Budget;
  readonly log: Log;
  readonly now: () => number;
  readonly timing: Partial<Timing>;
  readonly random: () => number;
}

const serverOf = ({ baseUrl, model }: LanguageSettings): string => `${baseUrl} ${model}`;

export function createSender({ events, holds, budget, log, now, timing, random }: SenderParts): Sender {
  const breakers = new Map<string, BreakerState>();
  const unreachable = new Map<string, number>();
  const plainServers = new Set<string>();
  const requests = new Map<string, readonly number[]>();
  const times: Timing = { ...usualTiming, ...timing };

  /** Sends one request: previewed, counted, within its budget, tried again where that may help. */
  const send: Sender['send'] = async (journey, body) => {
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
        if (pause === null || !mayAsk(breakers.get(server) ?? freshBreaker, now())) throw end(reason, details.words);
        await wait(pause, undefined, { signal });
      } finally {
        release();
      }
    }
  };

  return {
    send,
    silence(settings) {
      const { baseUrl } = settings;
      if (!hasNetworkTo(baseUrl)) return 'offline';
      const failedAt = unreachable.get(baseUrl);
      if (failedAt !== undefined && now() >= failedAt && now() - failedAt < offlineFor) return 'offline';
      return mayAsk(breakers.get(serverOf(settings)) ?? freshBreaker, now()) ? null : 'resting';
    },
    forget() {
      breakers.clear();
      unreachable.clear();
      plainServers.clear();
    },
  };
}
