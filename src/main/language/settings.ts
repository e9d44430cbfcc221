import { languageSettings, type LanguageLimit, type LanguageSettings } from '#contract/platform/language';
import { defaultModel, publishedPrices } from '#domain/platform/language/money';
import type { Actor } from '#main/app/scope';
import { deriveKey, seal, unseal } from '#main/store/keys';
import { readLanguageSettings, readSealedKey, type SealedKey } from '#main/store/platform/language';
import type { Reader } from '#main/store/tx';

export const defaultBaseUrl = 'https://api.anthropic.com';

/** What holds until somebody sets it otherwise: nothing leaves. Limits are those of the specification. */
const defaultSettings: LanguageSettings = {
  model: defaultModel,
  baseUrl: defaultBaseUrl,
  purposes: [],
  mayLeave: [],
  preview: 'onDemand',
  leadConsent: 'unlessRefused',
  currency: 'USD',
  prices: publishedPrices[defaultModel] ?? null,
  monthlyMoney: 20,
  warnAt: [0.5, 0.8],
  everybody: { requestsPerMinute: 100, outputTokens: 4_000, monthlyMoney: null },
  byRole: {},
  byUser: {},
  keepTextsDays: 30,
  keepCallsDays: 2_555,
};

export function settingsOf(reader: Reader): LanguageSettings {
  // What an older version wrote and this one does not know is left out, and what it did not know has its default.
  const parsed = languageSettings.partial().safeParse(readLanguageSettings(reader));
  return { ...defaultSettings, ...(parsed.success ? (parsed.data as Partial<LanguageSettings>) : {}) };
}

/** The limits of one person: their own, else those of their role, else those of everybody. */
export function limitOf({ everybody, byRole, byUser }: LanguageSettings, { role, userId }: Pick<Actor, 'role' | 'userId'>): LanguageLimit {
  const given = (limit: object | undefined): object => Object.fromEntries(Object.entries(limit ?? {}).filter(([, value]) => value !== undefined));
  return { ...everybody, ...given(byRole[role]), ...given(byUser[userId]) };
}

const keyPurpose = 'language key';

export function sealKey(dataKey: Buffer, key: string, baseUrl: string, now: number): SealedKey {
  return { baseUrl, ...seal(deriveKey(dataKey, keyPurpose), Buffer.from(key)), ending: key.slice(-4), setAt: now };
}

/** The key for an address, or null where there is none: a key that was given for one address is never sent to another. */
export function keyFor(reader: Reader, dataKey: Buffer, baseUrl: string): string | null {
  const sealed = readSealedKey(reader);
  if (sealed?.baseUrl !== baseUrl) return null;
  return unseal(deriveKey(dataKey, keyPurpose), sealed)?.toString('utf8') ?? null;
}
