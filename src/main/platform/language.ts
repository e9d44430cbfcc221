import { publishedPrices } from '#domain/platform/language/money';
import { hasPermission } from '#domain/platform/roles';
import { Refusal } from '#contract/errors';
import type { language, LanguageSettings } from '#contract/platform/language';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { hostOf, serverAddress } from '#main/language/addresses';
import { monthBounds } from '#main/language/budget';
import { sealKey, settingsOf } from '#main/language/settings';
import {
  type CallFigures,
  figuresBetween,
  findCall,
  forgetKey,
  hasAgreed,
  listCalls,
  readSealedKey,
  writeAgreement,
  writeLanguageSettings,
  writeSealedKey,
} from '#main/store/platform/language';
import { DateTime } from 'luxon';

interface Tally {
  calls: number;
  inputTokens: number;
  outputTokens: number;
  cacheWriteTokens: number;
  cacheReadTokens: number;
  cost: number | null;
}

function tallyOf(rows: readonly CallFigures[]): Tally {
  const tally: Tally = { calls: 0, inputTokens: 0, outputTokens: 0, cacheWriteTokens: 0, cacheReadTokens: 0, cost: null };
  let micros: number | null = null;
  for (const row of rows) {
    tally.calls += 1;
    tally.inputTokens += row.inputTokens;
    tally.outputTokens += row.outputTokens;
    tally.cacheWriteTokens += row.cacheWriteTokens;
    tally.cacheReadTokens += row.cacheReadTokens;
    if (row.costMicros !== null) micros = (micros ?? 0) + row.costMicros;
  }
  tally.cost = micros === null ? null : micros / 1_000_000;
  return tally;
}

const groups = (rows: readonly CallFigures[], by: (row: CallFigures) => string): [string, CallFigures[]][] => [...Map.groupBy(rows, by)];

export function languageHandlers({ workspace, language: gateway, now }: HandlerParts): HandlersOf<typeof language> {
  const settingsView = ({ store }: CallContext) => {
    const settings = settingsOf(store);
    const key = readSealedKey(store);
    return {
      settings,
      key: key?.baseUrl === settings.baseUrl ? { ending: key.ending, setAt: key.setAt } : null,
      models: Object.keys(publishedPrices),
      knownPrices: publishedPrices,
    };
  };
  const seesAll = (context: CallContext): boolean => hasPermission(actorOf(context).role, 'system_config');

  return {
    'platform.language.status': (_input, context) => {
      const settings = settingsOf(context.store);
      const offline = gateway().stateFor(context);
      return {
        ready: offline === null,
        offline,
        purposes: settings.purposes,
        model: settings.model,
        host: hostOf(settings.baseUrl),
        agreed: hasAgreed(context.store, actorOf(context).userKey),
        preview: settings.preview,
        spending: gateway().budget.spending(settings),
      };
    },

    'platform.language.agree': ({ agreed }, context) => {
      context.transact((writer, notes) => {
        writeAgreement(writer, actorOf(context).userKey, agreed, now());
        notes.detail('agreed', agreed);
      });
      return { agreed };
    },

    'platform.language.settings': (_input, context) => settingsView(context),

    'platform.language.update': ({ key, ...changes }, context) => {
      const before = settingsOf(context.store);
      // A key may be there without a value; that is no change.
      const given = Object.fromEntries(Object.entries<unknown>(changes).filter(([, value]) => value !== undefined)) as Partial<LanguageSettings>;
      const after: LanguageSettings = { ...before, ...given };
      after.baseUrl = serverAddress(after.baseUrl);
      // Whoever names another model and no prices gets those that are published, or none: a wrong price is worse than no price.
      if (given.model !== undefined && given.model !== before.model && given.prices === undefined) after.prices = publishedPrices[after.model] ?? null;
      if (after.prices === null && typeof given.monthlyMoney === 'number') {
        throw new Refusal('invalid_input', 'A budget in money needs the prices of the model. Give them too, or leave the budget open.', { field: 'prices' });
      }
      context.transact((writer, notes) => {
        writeLanguageSettings(writer, after, now());
        const sealed = readSealedKey(writer);
        if (key === null || (key === undefined && sealed !== null && sealed.baseUrl !== after.baseUrl)) forgetKey(writer);
        if (typeof key === 'string') writeSealedKey(writer, sealKey(workspace.dataKey(), key, after.baseUrl, now()), actorOf(context).userKey);
        for (const name of Object.keys(given)) notes.detail(name, true);
        if (key !== undefined) notes.detail('key', key !== null);
      });
      gateway().forget();
      return settingsView(context);
    },

    'platform.language.check': (_input, context) => gateway().check(context),

    'platform.language.preview': ({ text }, context) => gateway().preview(text, context),

    'platform.language.holds': (_input, context) => ({ items: gateway().holds.of(actorOf(context).userId) }),

    'platform.language.decide': ({ id, agreed }, context) => {
      gateway().holds.decide(actorOf(context).userId, id, agreed);
      context.transact((_writer, notes) => {
        notes.target(id);
        notes.detail('agreed', agreed);
      });
      return { done: true };
    },

    'platform.language.calls': ({ whose, purpose, limit, offset }, context) => {
      if (whose === 'all' && !seesAll(context)) throw new Refusal('not_permitted', 'Calls of others are shown to administrators alone. Ask for your own.');
      return listCalls(context.store, { userKey: whose === 'all' ? null : actorOf(context).userKey, purpose: purpose ?? null, limit, offset });
    },

    'platform.language.call': ({ id }, context) => {
      const found = findCall(context.store, id);
      if (found === null || (found.call.userId !== actorOf(context).userId && !seesAll(context))) throw new Refusal('not_found', 'There is no such call, or it is not yours.', { id });
      return found;
    },

    'platform.language.usage': ({ month }, context) => {
      const { timeZone } = workspace.settings();
      const bounds = monthBounds(month ?? null, timeZone, now());
      const rows = figuresBetween(context.store, bounds.from, bounds.to);
      return {
        month: bounds.month,
        spending: gateway().budget.spending(settingsOf(context.store)),
        total: tallyOf(rows),
        byPurpose: groups(rows, ({ purpose }) => purpose).map(([, of]) => ({ purpose: of[0]?.purpose ?? 'ask', ...tallyOf(of) })),
        byUser: groups(rows, ({ userId }) => userId).map(([userId, of]) => ({ userId, userName: of[0]?.userName ?? '', ...tallyOf(of) })),
        byDay: groups(rows, ({ at }) => DateTime.fromMillis(at, { zone: timeZone }).toISODate() ?? '').map(([day, of]) => ({ day, ...tallyOf(of) })),
      };
    },
  };
}
