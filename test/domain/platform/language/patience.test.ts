import { describe, expect, it } from 'vitest';
import { costMicros, estimatedTokens, noTokens, passedWarnings, spendingLevel } from '#domain/platform/language/money';
import { afterAnswer, freshBreaker, mayAsk, pauseBefore, takeRequest } from '#domain/platform/language/patience';
import { findKnownPeople, joinFinds, type PeopleDirectory } from '#domain/platform/language/knownPeople';

describe('patience with a server', () => {
  it('waits as long as it is asked to, else twice as long each time and never at the same moment as others, and not for ever', () => {
    expect(pauseBefore(0, 1_200, 0.3)).toBe(1_200);
    expect(pauseBefore(0, 60_000, 0.3)).toBeNull();
    expect([pauseBefore(0, null, 0), pauseBefore(0, null, 1), pauseBefore(1, null, 0), pauseBefore(1, null, 1)]).toEqual([250, 500, 500, 1_000]);
    expect(pauseBefore(2, null, 0.5)).toBeNull();
  });

  it('leaves a server alone after five failures in a row, longer each time, and trusts it again after one answer', () => {
    let state = freshBreaker;
    for (let failure = 0; failure < 4; failure += 1) state = afterAnswer(state, false, 1_000);
    expect(mayAsk(state, 1_000)).toBe(true);
    state = afterAnswer(state, false, 1_000);
    expect([mayAsk(state, 30_999), mayAsk(state, 31_000)]).toEqual([false, true]);
    state = afterAnswer(state, false, 31_000);
    expect([mayAsk(state, 90_999), mayAsk(state, 91_000)]).toEqual([false, true]);
    for (let again = 0; again < 10; again += 1) state = afterAnswer(state, false, 100_000);
    expect(state.rest).toBe(300_000);
    expect(afterAnswer(state, true, 400_000)).toEqual(freshBreaker);
  });

  it('counts requests in any minute', () => {
    let times: readonly number[] = [];
    for (const at of [0, 10_000, 20_000]) ({ times } = takeRequest(times, 3, at));
    expect(takeRequest(times, 3, 30_000)).toEqual({ times, waitSeconds: 30 });
    expect(takeRequest(times, 3, 60_000)).toEqual({ times: [10_000, 20_000, 60_000], waitSeconds: 0 });
    // A clock that went back forgets what lies in its future.
    expect(takeRequest([500_000], 1, 100)).toEqual({ times: [100], waitSeconds: 0 });
  });
});

describe('money', () => {
  it('is tokens by their prices', () => {
    // 1,000 × 2 + 500 × 10 + 2,000 × 2.5 + 4,000 × 0.2 dollars a million = 12,800 millionths
    expect(costMicros({ inputTokens: 1_000, outputTokens: 500, cacheWriteTokens: 2_000, cacheReadTokens: 4_000 }, { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.2 })).toBe(12_800);
    expect(costMicros(noTokens, { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.2 })).toBe(0);
    expect(estimatedTokens(10)).toBe(4);
  });

  it('warns once at each share that is passed', () => {
    expect(passedWarnings(4_900_000, 8_100_000, 10, [0.5, 0.8])).toEqual([0.5, 0.8]);
    expect(passedWarnings(8_100_000, 8_200_000, 10, [0.5, 0.8])).toEqual([]);
    expect(passedWarnings(9_900_000, 10_000_000, 10, [0.5, 0.8])).toEqual([1]);
    expect([spendingLevel(null, 10, []), spendingLevel(5, null, []), spendingLevel(1_000_000, 10, [0.5]), spendingLevel(5_000_000, 10, [0.5]), spendingLevel(10_000_000, 10, [0.5])]).toEqual(['none', 'none', 'fine', 'near', 'reached']);
  });
});

describe('people who are known here', () => {
  const names = new Set(['okafor-whitby ngozi', 'st. john mary', 'field rose', 'vell', 'van der berg jan']);
  const directory: PeopleDirectory = {
    beginsFamilyName: (word) => [...names].some((name) => name === word || name.startsWith(`${word} `) || name.startsWith(`${word}.`)),
    isPerson: (family, given) => names.has(given === null ? family : `${family} ${given}`),
    hasPhone: (digits) => digits.replace(/\D/g, '') === '07700900123',
    hasExternalId: (id) => id === '660737',
    isOrdinary: (word) => word === 'vell',
  };
  const found = (text: string): string[] => joinFinds(findKnownPeople(text, directory), []).map(({ start, end }) => text.slice(start, end));

  it('are found whichever way they are written', () => {
    expect(found('Ngozi Okafor-Whitby and NGOZI OKAFOR-WHITBY, okafor-whitby, ngozi; Mary St. John. Jan van der Berg’s file')).toEqual([
      'Ngozi Okafor-Whitby',
      'NGOZI OKAFOR-WHITBY',
      'okafor-whitby, ngozi',
      'Mary St. John',
      'Jan van der Berg',
    ]);
    expect(found('the rose field is in flower')).toEqual(['rose field']);
    expect(found('Number 660737 has called from 07700 900 123.')).toEqual(['660737', '07700 900 123']);
    expect(found('Course 660738 has 20 places; the field of roses. Vell done')).toEqual([]);
    expect(found('I met Vell')).toEqual(['Vell']);
  });

  it('keep their place where another find overlaps, and what sticks out is kept too', () => {
    const certain = { type: 'name', start: 5, end: 10, confidence: 1, pattern: 'a' } as const;
    expect(joinFinds([certain], [{ ...certain, start: 0, end: 8, pattern: 'b' }, { ...certain, start: 12, end: 14, pattern: 'c' }]).map(({ start, end }) => [start, end])).toEqual([[0, 5], [5, 10], [12, 14]]);
  });
});
