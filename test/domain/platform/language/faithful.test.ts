import { describe, expect, it } from 'vitest';
import { checkPhrasing } from '#domain/platform/language/faithful';

const facts = [
  '1,250 new leads, down 12 % from 1,420 in the time before.',
  'UCAS brought 410 of the new leads.',
  'Zoë O’Brien-Smith has been here since 3 March 2026.',
  'The mean score is 61.5, over 900 scored leads.',
];
const ordinary = new Set(['there', 'the', 'of', 'these', 'since', 'most', 'with', 'overall', 'interest', 'leads', 'three']);
const added = (text: string): readonly string[] => checkPhrasing(text, facts, (word) => ordinary.has(word)).added;

describe('what a model wrote beside what it was told', () => {
  it('passes where each sentence says what its facts say, in other words', () => {
    expect(checkPhrasing('Interest fell by 12%, from 1,420 to 1250 leads [1]. Of these, 410 came through UCAS [1, 2].\n\nZoë O’Brien-Smith’s file goes back to 3 March 2026. [3]', facts, (word) => ordinary.has(word))).toEqual({
      sentences: [
        { text: 'Interest fell by 12%, from 1,420 to 1250 leads.', facts: [0] },
        { text: 'Of these, 410 came through UCAS.', facts: [0, 1] },
        { text: 'Zoë O’Brien-Smith’s file goes back to 3 March 2026.', facts: [2] },
      ],
      added: [],
    });
  });

  it.each([
    ['a figure of nobody', 'There were 1,250 leads, 170 fewer [1].', '170'],
    ['a figure of another fact', 'Of the leads 410 scored 61.5 [2].', '61.5'],
    ['a share where there was a count', 'UCAS brought 410% [2].', '410%'],
    ['a number in a word', 'Since then three leads came [2].', 'three'],
    ['an amount that nobody counted', 'The leads nearly halved, by half [1].', 'half'],
    ['a name', 'The leads of Clearing fell [1].', 'Clearing'],
    ['a name at the beginning', 'Cambridge brought 410 leads [2].', 'Cambridge'],
    ['a month', 'The leads fell in April [1].', 'April'],
    ['the other direction', 'The leads rose to 1,250 [1].', 'rose'],
    ['an address', 'See https://elsewhere.example for the leads [1].', 'https://elsewhere.example'],
    ['a fact that there is not', 'The leads fell [7].', '[7]'],
    ['a sentence that rests on nothing', 'The leads fell [1]. Call everybody today.', 'Call everybody today.'],
    ['nothing at all', '', ''],
  ])('does not pass with %s', (_what, text, found) => {
    expect(added(text)).toContain(found);
  });
});
