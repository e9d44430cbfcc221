import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { apportion, type DrawRules, type Drawable, drawExam, optionOrder } from '#domain/learning/exams/draw';

/** The shape of a licence pool: 10 domains, 35 topics, 11 questions each. */
const pool: Drawable[] = Array.from({ length: 385 }, (_none, index) => ({ questionKey: index, topicKey: index % 35, domainKey: (index % 35) % 10, drawnBefore: 0 }));
const domains = Array.from({ length: 10 }, (_none, domainKey) => ({ domainKey, weight: null }));

describe('an exam drawn one question a topic', () => {
  it('has each topic once, in an order that differs from draw to draw', () => {
    const blueprint: DrawRules = { questions: 35, draw: 'one_per_topic', domains };
    const rng = seededRng(1);
    const first = drawExam(blueprint, pool, rng);
    const second = drawExam(blueprint, pool, rng);
    expect(first.missing).toBe(0);
    expect(new Set(first.questions.map((key) => key % 35)).size).toBe(35);
    expect(first.questions.map((key) => key % 35)).not.toEqual(second.questions.map((key) => key % 35));
  });

  it('uses up a pool before it repeats', () => {
    const blueprint: DrawRules = { questions: 35, draw: 'one_per_topic', domains };
    const rng = seededRng(2);
    const drawn = new Map<number, number>();
    for (let time = 0; time < 11; time += 1) {
      const exam = drawExam(blueprint, pool.map((question) => ({ ...question, drawnBefore: drawn.get(question.questionKey) ?? 0 })), rng);
      for (const questionKey of exam.questions) drawn.set(questionKey, (drawn.get(questionKey) ?? 0) + 1);
    }
    expect(drawn.size).toBe(385);
  });
});

describe('an exam drawn by weights', () => {
  const weights = [22, 23, 15, 23, 17];
  const blueprint: DrawRules = { questions: 60, draw: 'weights', domains: [{ domainKey: 99, weight: null }, ...weights.map((weight, domainKey) => ({ domainKey, weight }))] };

  it('shares its questions by largest remainder', () => {
    // 60 · 22 % = 13.2, 23 % = 13.8, 15 % = 9, 23 % = 13.8, 17 % = 10.2: whole parts make 58, the two of .8 are rounded up.
    expect(apportion(60, weights)).toEqual([13, 14, 9, 14, 10]);
    const many = Array.from({ length: 300 }, (_none, index): Drawable => ({ questionKey: index, topicKey: index, domainKey: index % 5, drawnBefore: 0 }));
    const exam = drawExam(blueprint, [...many, { questionKey: 999, topicKey: 999, domainKey: 99, drawnBefore: 0 }], seededRng(3));
    expect([0, 1, 2, 3, 4].map((domain) => exam.questions.filter((questionKey) => questionKey % 5 === domain && questionKey !== 999).length)).toEqual([13, 14, 9, 14, 10]);
    expect(exam.questions.includes(999)).toBe(false);
  });

  it('fills from other domains what one lacks, and says what is missing in all', () => {
    const few = Array.from({ length: 50 }, (_none, index): Drawable => ({ questionKey: index, topicKey: index, domainKey: index < 3 ? 0 : 1 + (index % 4), drawnBefore: 0 }));
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
        const some = shape.map(([domain, topic], index): Drawable => ({ questionKey: index, domainKey: domain % weights.length, topicKey: (domain % weights.length) * 10 + topic, drawnBefore: index % 3 }));
        const exam = drawExam({ questions, draw, domains: weights.map((weight, domainKey) => ({ domainKey, weight })) }, some, seededRng(seed));
        expect(new Set(exam.questions).size).toBe(exam.questions.length);
        expect(exam.questions.length).toBe(Math.min(questions, some.length));
        expect(exam.missing).toBe(questions - exam.questions.length);
      },
    ),
  );
});

describe('the order of options', () => {
  it('is shuffled, so that nobody learns a letter', () => {
    const rng = seededRng(5);
    const orders = Array.from({ length: 60 }, () => optionOrder('single', ['Ohm', 'Volt', 'Ampere', 'Watt'], rng));
    expect(new Set(orders.map(String)).size).toBeGreaterThan(15);
    for (const order of orders) expect([...order].sort()).toEqual([0, 1, 2, 3]);
  });

  it.each([['All these choices are correct'], ['None of the above'], ['A and B'], ['Both of them'], ['True']])('stays where an option says “%s”', (last) => {
    expect(optionOrder('single', ['One', 'Two', 'Three', last], seededRng(6))).toEqual([0, 1, 2, 3]);
  });

  it('of true and false stays', () => {
    expect(optionOrder('truefalse', ['Wahr', 'Falsch'], seededRng(6))).toEqual([0, 1]);
  });
});
