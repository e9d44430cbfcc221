import { describe, expect, it } from 'vitest';
import { type AnswerOption, chanceOf, type Chosen, isRight, type QuestionKind, ratingOf, typedNumber } from '#domain/learning/practice/grade';

const options = (...texts: readonly string[]): AnswerOption[] => texts.map((text) => ({ text: text.replace('*', ''), correct: text.startsWith('*'), tolerance: null }));

describe('an answer', () => {
  it.each<[string, QuestionKind, AnswerOption[], Chosen, boolean]>([
    ['the right one of four', 'single', options('a', '*b', 'c', 'd'), [1], true],
    ['a wrong one', 'single', options('a', '*b'), [0], false],
    ['two where one is asked', 'single', options('a', '*b'), [0, 1], false],
    ['nothing', 'single', options('a', '*b'), [], false],
    ['a place that is not there', 'single', options('a', '*b'), [7], false],
    ['all right ones, in any order', 'multiple', options('*a', 'b', '*c'), [2, 0], true],
    ['one of two right ones', 'multiple', options('*a', 'b', '*c'), [0], false],
    ['all right ones and a wrong one', 'multiple', options('*a', 'b', '*c'), [0, 1, 2], false],
    ['true', 'truefalse', options('*true', 'false'), [0], true],
    ['the number itself', 'numeric', options('*3.14'), '3,14', true],
    ['a number within the tolerance', 'numeric', [{ text: '100', correct: true, tolerance: 5 }], '95', true],
    ['a number just outside', 'numeric', [{ text: '100', correct: true, tolerance: 5 }], '94.99', false],
    ['a sum that binary fractions miss', 'numeric', options('*0.3'), String(0.1 + 0.2), true],
    ['a word for a number', 'numeric', options('*3'), 'three', false],
    ['a text in other case and accents', 'short', options('*Zoë O’Brien'), " zoe  o'brien ", true],
    ['another text', 'short', options('*ohm'), 'volt', false],
    ['a text for a choice', 'single', options('*a', 'b'), 'a', false],
  ])('%s', (_name, kind, of, chosen, right) => {
    expect(isRight(kind, of, chosen)).toBe(right);
  });

  it('is read as people type numbers', () => {
    expect(['1 200', "1'200", '1,200', '1200.0', '1.2e3'].map(typedNumber)).toEqual([1_200, 1_200, 1_200, 1_200, 1_200]);
    expect(['3,5', '-.5', '', '1.2.3', 'Infinity', '0x10'].map(typedNumber)).toEqual([3.5, -0.5, null, null, null, null]);
  });

  it('by chance is right in one of the ways there are', () => {
    expect(chanceOf('single', 4)).toBe(0.25);
    expect(chanceOf('multiple', 3)).toBeCloseTo(1 / 7);
    expect(chanceOf('numeric', 1)).toBe(0);
  });

  it('says of memory what its confidence allows', () => {
    expect([ratingOf(false, 4), ratingOf(true, 1), ratingOf(true, null), ratingOf(true, 3), ratingOf(true, 4)]).toEqual([1, 2, 3, 3, 4]);
  });
});
