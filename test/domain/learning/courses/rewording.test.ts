import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PackQuestion } from '#domain/learning/courses/pack';
import { isSmallRewording } from '#domain/learning/courses/rewording';

const asked = (stem: string, options: readonly string[] = ['The Federal agency', 'Nobody at all'], kind: PackQuestion['kind'] = 'single'): PackQuestion => ({
  id: 'T1A01', topic: 'T1A', kind, stem, difficulty: null, explanation: null, reference: null, objective: null, flagged: null,
  options: options.map((text, index) => ({ text, correct: index === 0, tolerance: null, feedback: null })),
});

describe('a question that was reworded', () => {
  it.each([
    ['Which agancy regulates it?', 'Which agency regulates it?'],
    ['Which agency regualtes it?', 'Which agency regulates it'],
    ['Which  agency *regulates* it?', 'which agency “regulates” it?'.replace('which', 'Which')],
    ['Which Agency regulates it?', 'Which agency regulates it?'],
  ])('asks the same of memory where its spelling was put right: %s', (before, after) => {
    expect(isSmallRewording(asked(before), asked(after))).toBe(true);
  });

  it.each([
    ['Is it legal to transmit?', 'Is it illegal to transmit?'],
    ['What may you do?', 'What may you not do?'],
    ['You can transmit here', "You can't transmit here"],
    ['Transmit on 7 MHz', 'Transmit on 10 MHz'],
    ['Transmit on 7 MHz', 'Transmit on 7 mHz'],
    ['A moral question', 'A amoral question'],
    ['Is a < b here?', 'Is a > b here?'],
    ['Wihch agancy regualtes thsi here?', 'Which agency regulates this here?'],
  ])('asks something else where a figure, a sign, a short word or too much changed: %s', (before, after) => {
    expect(isSmallRewording(asked(before), asked(after))).toBe(false);
  });

  it('asks something else where the answers or the right one changed, and of typed answers where a letter did', () => {
    const before = asked('Which?');
    expect(isSmallRewording(before, asked('Which?', ['Nobody at all', 'The Federal agency']))).toBe(false);
    expect(isSmallRewording(before, { ...before, options: before.options.map((option) => ({ ...option, correct: !option.correct })) })).toBe(false);
    expect(isSmallRewording(before, asked('Which?', ['The Federal agensy', 'Nobody at all']))).toBe(true);
    expect(isSmallRewording(asked('Which?', ['agency'], 'short'), asked('Which?', ['agensy'], 'short'))).toBe(false);
  });

  it('is judged the same both ways, and is small against itself', () => {
    const text = fc.array(fc.constantFrom('agency', 'agancy', 'can', 'not', '7', 'MHz', 'regulates', 'regualtes', '"it"'), { maxLength: 6 }).map((words) => words.join(' '));
    fc.assert(
      fc.property(text, text, (one, other) => {
        expect(isSmallRewording(asked(one), asked(other))).toBe(isSmallRewording(asked(other), asked(one)));
        expect(isSmallRewording(asked(one), asked(one))).toBe(true);
      }),
    );
  });
});
