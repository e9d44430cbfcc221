import fc from 'fast-check';
import { expect, it } from 'vitest';
import { questionsToPass } from '#domain/learning/passMark';

it('an exam is passed by its count or its share, rounded up, and a shorter one by the same share', () => {
  expect(questionsToPass(26, 'questions', 35)).toBe(26);
  expect(questionsToPass(26, 'questions', 35, 30)).toBe(23);
  expect(questionsToPass(30, 'questions', 20)).toBe(20);
  expect(questionsToPass(0.74, 'share', 35)).toBe(26);
  expect(questionsToPass(0.74, 'share', 50)).toBe(37);
  expect(questionsToPass(0.7, 'share', 60, 10)).toBe(7);
});

it('a count is never lost in rounding, and no more is asked for than is asked', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 500 }), (questions, mark, asked) => {
      expect(questionsToPass(Math.min(mark, questions), 'questions', questions)).toBe(Math.min(mark, questions));
      expect(questionsToPass(mark, 'questions', questions, asked)).toBeLessThanOrEqual(asked);
    }),
  );
});
