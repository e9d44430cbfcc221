/** Prices of a million tokens, in any currency. */
export interface Prices {
  readonly input: number;
  readonly output: number;
  readonly cacheWrite: number;
  readonly cacheRead: number;
}

/** Tokens of one or of many calls. What was read from or written into the provider's cache is not part of the input. */
export interface TokenCounts {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheWriteTokens: number;
  readonly cacheReadTokens: number;
}

export const noTokens: TokenCounts = { inputTokens: 0, outputTokens: 0, cacheWriteTokens: 0, cacheReadTokens: 0 };

export function addTokens(a: TokenCounts, b: TokenCounts): TokenCounts {
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    cacheReadTokens: a.cacheReadTokens + b.cacheReadTokens,
  };
}

/**
 * Prices in US dollars a million tokens, by model. Source: the provider's published list, read on 27 November 2026; where two of its
 * pages differ (reads of the cache), the higher. They can be changed in the settings, and others must be given there.
 */
export const publishedPrices: Readonly<Record<string, Prices>> = {
  'claude-sonnet-5-5': { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.2 },
  'claude-sonnet-5': { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.2 },
  'claude-haiku-4-5': { input: 1, output: 5, cacheWrite: 1.25, cacheRead: 0.1 },
};

/** The newest Sonnet that the library knows. */
export const defaultModel = 'claude-sonnet-5-5';

/** What tokens cost, in millionths of the prices' currency. */
export function costMicros(tokens: TokenCounts, prices: Prices): number {
  return Math.round(
    tokens.inputTokens * prices.input + tokens.outputTokens * prices.output + tokens.cacheWriteTokens * prices.cacheWrite + tokens.cacheReadTokens * prices.cacheRead,
  );
}

/** Letters of English that one token stands for, at the least: for an estimate that is rather too high. */
const lettersOfToken = 3;

/** About how many tokens a text has, rather too many. */
export function estimatedTokens(letters: number): number {
  return Math.ceil(letters / lettersOfToken);
}

export type SpendingLevel = 'none' | 'fine' | 'near' | 'reached';

/** How near spending is to its limit; `none` where there is no limit or no price. */
export function spendingLevel(spentMicros: number | null, limit: number | null, warnAt: readonly number[]): SpendingLevel {
  if (spentMicros === null || limit === null) return 'none';
  const share = limit === 0 ? 1 : spentMicros / (limit * 1_000_000);
  if (share >= 1) return 'reached';
  return warnAt.some((at) => share >= at) ? 'near' : 'fine';
}

/** The warnings that a spending passes which it had not passed before. */
export function passedWarnings(before: number, after: number, limit: number | null, warnAt: readonly number[]): number[] {
  if (limit === null || limit === 0) return [];
  const share = (micros: number): number => micros / (limit * 1_000_000);
  return [...new Set([...warnAt, 1])].sort((a, b) => a - b).filter((at) => share(before) < at && share(after) >= at);
}
