import { z } from 'zod';
import { indirectTypes, languagePurposes } from '#domain/platform/language/purposes';
import { modelConsentRules } from '#domain/platform/consent';
import { personalDataTypes } from '#domain/platform/redaction/types';
import { roles } from '#domain/platform/roles';
import { command, query, role } from '../define';
import { done, id, instant, none } from '../shapes';

/** Why a question was not answered by a model. Whoever asked answers from what is here, and says so. */
export const offlineReasons = [
  'switched_off',
  'no_key',
  'not_agreed',
  'preview_refused',
  'rate_limited',
  'budget_spent',
  'too_long',
  'offline',
  'resting',
  'wrong_key',
  'no_credit',
  'not_allowed',
  'model_gone',
  'proxy',
  'not_understood',
  'overloaded',
  'timed_out',
  'broken_off',
  'cut_off',
  'refused',
  'invalid_answer',
  'tool_loop',
  'lead_refused',
  'lead_not_asked',
] as const;
export type OfflineReason = (typeof offlineReasons)[number];

/** Why, and the same in words for a person: what happened and what to do. */
export const offline = z.object({ reason: z.enum(offlineReasons), message: z.string() });
export type Offline = z.output<typeof offline>;

export const purpose = z.enum(languagePurposes);
export const ledgerPurpose = z.enum([...languagePurposes, 'check']);

const money = z.number().min(0).max(1_000_000);
/** Prices of a million tokens in the currency of the budget, as the provider publishes them. */
export const prices = z.object({ input: money, output: money, cacheWrite: money, cacheRead: money });

const limit = z.object({
  /** Requests in any minute. */
  requestsPerMinute: z.number().int().min(1).max(10_000),
  /** Tokens that one answer may have. */
  outputTokens: z.number().int().min(64).max(128_000),
  /** Money in a month; null for no limit of its own. */
  monthlyMoney: money.nullable(),
});
export type LanguageLimit = z.output<typeof limit>;

export const languageSettings = z.object({
  model: z.string().trim().min(1).max(200),
  baseUrl: z.string().trim().min(1).max(500),
  /** Purposes for which something may leave. */
  purposes: z.array(purpose),
  /** Kinds of personal data that may leave as they are; everything else is replaced always. */
  mayLeave: z.array(z.enum(indirectTypes)),
  preview: z.enum(['always', 'onDemand']),
  /** Whose records may be sent at all: everybody’s but those who said no, or those alone who said yes. */
  leadConsent: z.enum(modelConsentRules),
  currency: z.string().regex(/^[A-Z]{3}$/, 'Give a currency as three capital letters, such as USD.'),
  /** Null where nobody knows them: then tokens are counted and money is not. */
  prices: prices.nullable(),
  /** Money that all may spend in a month; null for no limit. */
  monthlyMoney: money.nullable(),
  /** Shares of the monthly money at which administrators are told. */
  warnAt: z.array(z.number().gt(0).lte(1)).max(5),
  everybody: limit,
  byRole: z.partialRecord(z.enum(roles), limit.partial()),
  byUser: z.record(z.uuid(), limit.partial()),
  /** Days for which what was sent and answered is kept, with pseudonyms; 0 keeps neither. */
  keepTextsDays: z.number().int().min(0).max(3_650),
  /** Days for which the figures of a call are kept. */
  keepCallsDays: z.number().int().min(30).max(3_650),
});
export type LanguageSettings = z.output<typeof languageSettings>;

const key = z.object({ ending: z.string(), setAt: instant }).nullable();

const spending = z.object({
  currency: z.string(),
  /** Money of this month; null where calls have no price. */
  spent: z.number().nullable(),
  limit: z.number().nullable(),
  level: z.enum(['none', 'fine', 'near', 'reached']),
});

const tokens = { inputTokens: z.number().int(), outputTokens: z.number().int(), cacheWriteTokens: z.number().int(), cacheReadTokens: z.number().int() };

export const languageCall = z.object({
  id,
  at: instant,
  userId: id,
  userName: z.string(),
  purpose: ledgerPurpose,
  model: z.string(),
  host: z.string(),
  /** `succeeded`, `cancelled`, or why it was not answered. */
  outcome: z.enum(['succeeded', 'cancelled', ...offlineReasons]),
  requests: z.number().int(),
  ...tokens,
  cost: z.number().nullable(),
  milliseconds: z.number().int(),
  redactions: z.partialRecord(z.enum(personalDataTypes), z.number().int()),
  tools: z.array(z.string()),
  hasTexts: z.boolean(),
});
export type LanguageCall = z.output<typeof languageCall>;

const tally = { calls: z.number().int(), ...tokens, cost: z.number().nullable() };

/** What waits for a person: a look at what would leave, or a yes to a change that a model proposes. */
const hold = z.object({
  id,
  kind: z.enum(['preview', 'tool']),
  purpose,
  at: instant,
  /** Of a preview: the whole body of the request, as it would leave. */
  body: z.string().nullable(),
  /** Of a preview: how many finds were replaced, by type. */
  redactions: z.partialRecord(z.enum(personalDataTypes), z.number().int()),
  host: z.string(),
  /** Of a tool: the entry, what it does in a line, and its input with the real values. */
  entry: z.string().nullable(),
  summary: z.string().nullable(),
  input: z.string().nullable(),
});
export type LanguageHold = z.output<typeof hold>;

const settingsView = z.object({ settings: languageSettings, key, models: z.array(z.string()), knownPrices: z.record(z.string(), prices) });

export const language = {
  'platform.language.status': query({
    reads: ['language'],
    summary: 'Whether a model can be asked right now by whoever calls, for what, and why not.',
    input: none,
    output: z.object({
      /** Ready in general: a key (or an address that needs none) and at least one purpose. */
      ready: z.boolean(),
      offline: offline.nullable(),
      purposes: z.array(purpose),
      model: z.string(),
      host: z.string(),
      agreed: z.boolean(),
      preview: z.enum(['always', 'onDemand']),
      spending,
    }),
    allow: { who: 'signedIn', why: 'Every screen that can ask says whether it may, to whoever sits there.' },
  }),
  'platform.language.agree': command({
    summary: 'Agree that what you ask may leave this machine with pseudonyms in place of personal data, or take that back.',
    input: z.strictObject({ agreed: z.boolean() }),
    output: z.object({ agreed: z.boolean() }),
    allow: { who: 'signedIn', why: 'It is about one’s own questions only.' },
    changes: ['language'],
  }),
  'platform.language.settings': query({
    reads: ['language'],
    summary: 'The settings of the model that helps with words; the key shows its last letters only.',
    input: none,
    output: settingsView,
    allow: role('system_config', 'system_config', 'view'),
  }),
  'platform.language.update': command({
    summary: 'Change the model, its address, its key, the budget, or what may leave.',
    input: z.strictObject({
      ...languageSettings.partial().shape,
      /** A new key, or null to forget the one that is there. It belongs to the address it is given for. */
      key: z.string().trim().min(8).max(500).nullable().optional(),
    }),
    output: settingsView,
    allow: role('system_config', 'system_config', 'update'),
    rate: 'admin',
    changes: ['language'],
  }),
  'platform.language.check': command({
    summary: 'Ask the model for one word to see whether key, model and address work. Nothing of anybody leaves.',
    input: none,
    output: z.object({ works: z.boolean(), model: z.string(), milliseconds: z.number().int(), offline: offline.nullable() }),
    allow: role('system_config', 'system_config', 'update'),
    rate: 'ai',
    changes: ['language'],
  }),
  'platform.language.preview': query({
    reads: [],
    summary: 'What would be left of a text if it were sent to a model: the same replacements, and nothing leaves.',
    input: z.strictObject({ text: z.string().max(50_000) }),
    output: z.object({ text: z.string(), redactions: z.partialRecord(z.enum(personalDataTypes), z.number().int()) }),
    allow: role('ai_chat'),
  }),
  'platform.language.holds': query({
    reads: ['languageHolds'],
    summary: 'What waits for your yes or no: previews of what would leave, and changes that a model proposes.',
    input: none,
    output: z.object({ items: z.array(hold) }),
    allow: { who: 'signedIn', why: 'It is about one’s own questions only.' },
  }),
  'platform.language.decide': command({
    summary: 'Say yes or no to something that waits: send it or not, make the change or not.',
    input: z.strictObject({ id, agreed: z.boolean() }),
    output: done,
    allow: { who: 'signedIn', why: 'It is about one’s own questions only.' },
    changes: ['languageHolds'],
  }),
  'platform.language.calls': query({
    reads: ['language'],
    summary: 'Every call to a model, newest first: your own, or those of all for administrators.',
    input: z.strictObject({
      whose: z.enum(['mine', 'all']).default('mine'),
      purpose: ledgerPurpose.optional(),
      limit: z.number().int().min(1).max(200).default(50),
      offset: z.number().int().min(0).default(0),
    }),
    output: z.object({ items: z.array(languageCall), total: z.number().int() }),
    allow: { who: 'signedIn', why: 'One’s own calls; those of others are shown to administrators alone.' },
  }),
  'platform.language.call': query({
    reads: ['language'],
    summary: 'One call with what was sent and answered, as it left and came: with pseudonyms.',
    input: z.strictObject({ id }),
    output: z.object({ call: languageCall, sent: z.string().nullable(), answered: z.string().nullable() }),
    allow: { who: 'signedIn', why: 'One’s own calls; those of others are shown to administrators alone.' },
  }),
  'platform.language.usage': query({
    reads: ['language'],
    summary: 'What a month has cost, by purpose, person and day.',
    input: z.strictObject({ month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Give a month such as 2026-11.').optional() }),
    output: z.object({
      month: z.string(),
      spending,
      total: z.object(tally),
      byPurpose: z.array(z.object({ purpose: ledgerPurpose, ...tally })),
      byUser: z.array(z.object({ userId: id, userName: z.string(), ...tally })),
      byDay: z.array(z.object({ day: z.iso.date(), ...tally })),
    }),
    allow: role('system_config', 'system_config', 'view'),
  }),
};
