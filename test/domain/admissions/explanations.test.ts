import { describe, expect, it } from 'vitest';
import { predictionExplanation } from '#domain/admissions/summaries/explain';
import { say } from '#main/app/phrases';

describe('a prediction in words', () => {
  it('says the strongest columns by their effect, one point and many, and counts the rest', () => {
    const column = (field: string, effect: number) => ({ field, column: field.toUpperCase(), value: '3', effect });
    const facts = predictionExplanation({
      probability: 0.71,
      base: 0.38,
      contributions: [column('a', 0.21), column('b', -0.06), column('c', 0.01), column('d', 0.05), column('e', 0.04), column('f', 0.03), column('g', 0.02), column('h', 0.001)],
    });
    expect(facts.map(({ text }) => say(text))).toEqual([
      'The model says 71 %. It begins at 38 %, the usual chance.',
      'A (3) raises it by 21 points.',
      'B (3) lowers it by 6 points.',
      'C (3) raises it by 1 point.',
      'D (3) raises it by 5 points.',
      'E (3) raises it by 4 points.',
      'F (3) raises it by 3 points.',
      '2 other columns move it little.',
    ]);
    expect(facts[1]).toMatchObject({ part: 'reason', value: 0.21 });
  });
});
