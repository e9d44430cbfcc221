import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { apportion, type Blueprint, type Drawable, drawExam, passCount } from '#domain/learning/exams/draw';

/** The shape of a licence pool: 10 domains, 35 topics, 11 questions each. */
const pool: Drawable[] = Array.from({ length: 385 }, (_none, index) => ({ questionKey: index, topicKey: index % 35, domainKey: (index % 35) % 10, options: 4, drawnBefore: 0 }));
const domains = Array.from({ length: 10 }, (_none, domainKey) => ({ domainKey, weight: null }));

describe('an exam drawn one question a topic', () => {
  it('has each topic once, in an order and with options that differ from draw to draw', () => {
    const blueprint: Blueprint = { questions: 35, draw: 'one_per_topic', domains };
    const rng = seededRng(1);
    const first = drawExam(blueprint, pool, rng);
    const second = drawExam(blueprint, pool, rng);
    expect(first.missing).toBe(0);
    expect(new Set(first.questions.map(({ questionKey }) => questionKey % 35)).size).toBe(35);
    expect(first.questions.map(({ questionKey }) => questionKey % 35)).not.toEqual(second.questions.map(({ questionKey }) => questionKey % 35));
    for (const { order } of first.questions) expect([...order].sort()).toEqual([0, 1, 2, 3]);
  });

  it('uses up a pool before it repeats', () => {
    const blueprint: Blueprint = { questions: 35, draw: 'one_per_topic', domains };
    const rng = seededRng(2);
    const drawn = new Map<number, number>();
    for (let time = 0; time < 11; time += 1) {
      const exam = drawExam(blueprint, pool.map((question) => ({ ...question, drawnBefore: drawn.get(question.questionKey) ?? 0 })), rng);
      for (const { questionKey } of exam.questions) drawn.set(questionKey, (drawn.get(questionKey) ?? 0) + 1);
    }
    expect(drawn.size).toBe(385);
  });
});

describe('an exam drawn by weights', () => {
  const weights = [22, 23, 15, 23, 17];
  const blueprint: Blueprint = { questions: 60, draw: 'weights', domains: [{ domainKey: 99, weight: null }, ...weights.map((weight, domainKey) => ({ domainKey, weight }))] };

  it('shares its questions by largest remainder', () => {
    // 60 · 22 % = 13.2, 23 % = 13.8, 15 % = 9, 23 % = 13.8, 17 % = 10.2: whole parts make 58, the two of .8 are rounded up.
    expect(apportion(60, weights)).toEqual([13, 14, 9, 14, 10]);
    const many = Array.from({ length: 300 }, (_none, index): Drawable => ({ questionKey: index, topicKey: index, domainKey: index % 5, options: 4, drawnBefore: 0 }));
    const exam = drawExam(blueprint, [...many, { questionKey: 999, topicKey: 999, domainKey: 99, options: 4, drawnBefore: 0 }], seededRng(3));
    expect([0, 1, 2, 3, 4].map((domain) => exam.questions.filter(({ questionKey }) => questionKey % 5 === domain && questionKey !== 999).length)).toEqual([13, 14, 9, 14, 10]);
    expect(exam.questions.some(({ questionKey }) => questionKey === 999)).toBe(false);
  });

  it('fills from other domains what one lacks, and says what is missing in all', () => {
    const few = Array.from({ length: 50 }, (_none, index): Drawable => ({ questionKey: index, topicKey: index, domainKey: index < 3 ? 0 : 1 + (index % 4), options: 2, drawnBefore: 0 }));
    const exam = drawExam(blueprint, few, seededRng(4));
    expect(exam.questions).toHaveLength(50);
    expect(exam.missing).toBe(10);
  });
});

it('whatever the blueprint and the pool, nothing is drawn twice and the number is right', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom('weights' as const, 'one_per_topic' as const),
      fc.array(fc.option(fc.integer({ min: 0, max: 40 })), { minLength: 1, maxLength: 6 }),
      fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 3 })), { maxLength: 80 }),
      fc.integer(),
      (questions, draw, weights, shape, seed) => {
        const some = shape.map(([domain, topic], index): Drawable => ({ questionKey: index, domainKey: domain % weights.length, topicKey: (domain % weights.length) * 10 + topic, options: 3, drawnBefore: index % 3 }));
        const exam = drawExam({ questions, draw, domains: weights.map((weight, domainKey) => ({ domainKey, weight })) }, some, seededRng(seed));
        expect(new Set(exam.questions.map(({ questionKey }) => questionKey)).size).toBe(exam.questions.length);
        expect(exam.questions.length).toBe(Math.min(questions, some.length));
        expect(exam.missing).toBe(questions - exam.questions.length);
      },
    ),
  );
});

it('an exam is passed by the count of its blueprint, or by the same share of a shorter one', () => {
  expect(passCount(26, 'questions', 35, 35)).toBe(26);
  expect(passCount(26, 'questions', 35, 30)).toBe(23);
  expect(passCount(0.7, 'share', 60, 60)).toBe(42);
  expect(passCount(null, 'share', 60, 10)).toBe(7);
});
