import type Anthropic from '@anthropic-ai/sdk';
import { Cancelled } from '#domain/kernel/checkpoint';
import { costMicros, noTokens } from '#domain/platform/language/money';
import type { LedgerPurpose } from '#domain/platform/language/purposes';
import type { LanguageCall, LanguageSettings, Offline } from '#contract/platform/language';
import { actorOf, type CallContext } from '#main/app/context';
import type { Dispatch } from '#main/app/dispatch';
import type { Events } from '#main/app/events';
import type { Log } from '#main/app/log';
import type { Workspace } from '#main/app/workspace';
import type { Store } from '#main/store/open';
import { forgetOldCalls, hasAgreed, insertCall } from '#main/store/platform/language';
import { keptFromModel } from '#main/store/platform/people';
import { peopleDirectory } from '#main/store/platform/knownPeople';
import { hostOf, isLoopback } from './addresses';
import { createBudget, type Budget } from './budget';
import { createConversation } from './conversation';
import { createHolds, type Holds } from './holds';
import { end, Ended, type Journey } from './journey';
import { nameKnowledge } from './nameLists';
import { createOutgoing, type Outgoing } from './outgoing';
import type { ProviderAnswer, Timing } from './provider';
import type { LanguageAnswer, LanguageGateway, LanguageQuestion } from './question';
import { offlineBecause } from './reasons';
import { requestBody } from './request';
import { createSender } from './sending';
import { keyFor, limitOf, settingsOf } from './settings';
import { formOf, readValue } from './structured';
import { offeredTools } from './tools';

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
  /** Takes out what the settings no longer keep: texts first, calls later. Answers how many rows changed. */
  forgetOld(store: Store): number;
  /** After the settings changed: what was remembered of the server is forgotten. */
  readonly forget: () => void;
}

/** Letters that are kept in the ledger of what was sent, and of what was answered. */
const longestKept = 200_000;
/** Letters of a whole request: some 200 pages. Longer ones are refused before anything is done with them. */
const longestQuestion = 600_000;
/** What a question begins with, besides what it says. */
interface Opening {
  readonly signal?: AbortSignal | undefined;
  readonly onText?: ((piece: string) => void) | undefined;
  readonly preview?: boolean | undefined;
}

export function createLanguage({ workspace, events, log, newId, now, callWithin, timing, random = Math.random }: GatewayParts): Language {
  const holds = createHolds(newId, now, () => { events.changed('languageHolds'); });
  const budget = createBudget({ workspace, events, now });
  const sender = createSender({ events, holds, budget, log, now, timing: timing ?? {}, random });
  const converse = createConversation({ send: sender.send, callWithin, events, holds });

  /** Tells which of some leads must not be sent. */
  const withheldOf = (settings: LanguageSettings, { store }: CallContext) => (ids: readonly string[]): ReadonlySet<string> => keptFromModel(store, ids, settings.leadConsent, now());

  /** Why nothing can be asked, known without a network; null where something can. */
  const gate = (settings: LanguageSettings, purpose: LedgerPurpose | null, context: CallContext, leads: readonly string[] = []): Offline | null => {
    const { store } = context;
    const { baseUrl } = settings;
    if (purpose !== 'check' && (purpose === null ? settings.purposes.length === 0 : !settings.purposes.includes(purpose))) return offlineBecause('switched_off');
    // A server on this machine may need no key.
    if (keyFor(store, workspace.dataKey(), baseUrl) === null && !isLoopback(new URL(baseUrl).hostname)) return offlineBecause('no_key');
    if (purpose !== 'check' && !hasAgreed(store, actorOf(context).userKey)) return offlineBecause('not_agreed');
    if (withheldOf(settings, context)(leads).size > 0) return offlineBecause(withheldOf({ ...settings, leadConsent: 'unlessRefused' }, context)(leads).size > 0 ? 'lead_refused' : 'lead_not_asked');
    const silence = sender.silence(settings);
    return silence === null ? null : offlineBecause(silence);
  };

  const outgoingFor = (settings: LanguageSettings, context: CallContext): Outgoing => {
    const knowledge = nameKnowledge((given, family) => directory.isPerson(family, given));
    const directory = peopleDirectory(context.store, workspace.settings().defaultCountry, (word) => knowledge.isOrdinary(word));
    return createOutgoing({ dataKey: workspace.dataKey(), knowledge, directory, mayLeave: settings.mayLeave, withheldOf: withheldOf(settings, context) });
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

  const journeyOf = (purpose: LedgerPurpose, settings: LanguageSettings, context: CallContext, more: Opening): Journey => ({
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
    const closed = gate(settings, question.purpose, context, question.leads);
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
    unavailable: (purpose, context, leads) => gate(settingsOf(context.store), purpose, context, leads),
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
        await sender.send(journey, { model: settings.model, max_tokens: 16, messages: [{ role: 'user', content: 'Answer with the one word: ready' }] });
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
    forgetOld(store) {
      const { keepTextsDays, keepCallsDays } = settingsOf(store);
      const before = (days: number): number => now() - days * 24 * 3_600_000;
      const changed = store.transaction((writer) => forgetOldCalls(writer, before(keepTextsDays), before(keepCallsDays)));
      if (changed > 0) events.changed('language');
      return changed;
    },
    forget: sender.forget,
  };
}
