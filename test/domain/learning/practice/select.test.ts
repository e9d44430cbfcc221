import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { type Askable, interleave, quizOf, type QuizWish, type Seen } from '#domain/learning/practice/select';
import { standingByTopic } from '#domain/learning/practice/topics';

const pool: Askable[] = Array.from({ length: 200 }, (_none, index) => ({ questionKey: index, topicKey: index % 10, domainKey: index % 5, difficulty: (['easy', 'medium', 'hard', null] as const)[index % 4]! }));
const wish = (given: Partial<QuizWish>): QuizWish => ({ mode: 'mixed', count: 20, domainKeys: null, topicKeys: null, difficulties: null, ...given });
const none = new Map<number, never>();

describe('a quiz', () => {
  it('keeps to domain, topic and difficulty, and is short where no more fit', () => {
    const quiz = quizOf(pool, wish({ domainKeys: [2], difficulties: ['hard'], count: 50 }), none, none, new Set(), seededRng(1));
    expect(quiz.length).toBe(pool.filter(({ domainKey, difficulty }) => domainKey === 2 && difficulty === 'hard').length);
    for (const question of quiz) expect(question).toMatchObject({ domainKey: 2, difficulty: 'hard' });
    expect(quizOf(pool, wish({ topicKeys: [99] }), none, none, new Set(), seededRng(1))).toEqual([]);
  });

  it('takes what was missed, marked or never seen when that is asked for', () => {
    const seen = new Map<number, Seen>([[1, { answers: 1, lastRight: false, lastAt: 1 }], [2, { answers: 2, lastRight: true, lastAt: 1 }]]);
    const keys = (mode: QuizWish['mode']): number[] => quizOf(pool, wish({ mode, count: 500 }), seen, none, new Set([7, 8]), seededRng(1)).map(({ questionKey }) => questionKey).sort((a, b) => a - b);
    expect(keys('missed')).toEqual([1]);
    expect(keys('marked')).toEqual([7, 8]);
    expect(keys('unseen')).toHaveLength(198);
  });

  it('by weakness asks most where least is known', () => {
    const standing = standingByTopic(Array.from({ length: 10 }, (_none, topicKey) => ({ topicKey, domainKey: topicKey % 5, chance: topicKey === 3 ? 0.1 : 0.95, answers: 40, correct: 20, lastAt: 1, correlation: 0 })));
    expect(standing.get(3)).toMatchObject({ weak: true });
    expect(standing.get(4)).toMatchObject({ weak: false });
    const rng = seededRng(2);
    let weak = 0;
    for (let time = 0; time < 50; time += 1) weak += quizOf(pool, wish({ mode: 'weak', count: 10 }), none, standing, new Set(), rng).filter(({ topicKey }) => topicKey === 3).length;
    // By chance it would be 50 of 500.
    expect(weak).toBeGreaterThan(200);
  });
});

describe('the standing in a topic', () => {
  it('is not called weak on two answers, nor at 70 %, and is not there without an answer', () => {
    const of = (answers: number, chance: number) => standingByTopic([{ topicKey: 1, domainKey: 1, chance, answers, correct: 0, lastAt: null, correlation: 0 }]).get(1);
    expect(of(2, 0.2)).toMatchObject({ weak: false, share: 0.2 });
    expect(of(3, 0.69)).toMatchObject({ weak: true });
    expect(of(3, 0.7)).toMatchObject({ weak: false });
    expect(of(0, 0.5)).toBeUndefined();
  });
});

it('interleaving keeps every item and puts no two of a topic together where that can be', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 40 }), (topics) => {
      const ordered = interleave(topics.map((topic, index) => ({ topic, index })), ({ topic }) => topic);
      expect(ordered.map(({ index }) => index).sort((a, b) => a - b)).toEqual(topics.map((_topic, index) => index));
      const most = Math.max(0, ...[...new Set(topics)].map((topic) => topics.filter((one) => one === topic).length));
      if (most <= Math.ceil(topics.length / 2)) for (let index = 1; index < ordered.length; index += 1) expect(ordered[index]!.topic).not.toBe(ordered[index - 1]!.topic);
    }),
  );
});
