import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { expectationFrom } from '#domain/learning/knowledge/expected';
import { type AnswerEvent, fitKnowledge, knowledgeRows, observationsOf, topicRates } from '#domain/learning/knowledge/fit';
import { featuresOf, knowledgeFeatures, recordHistory } from '#domain/learning/knowledge/history';
import { fitSlopes } from '#domain/learning/knowledge/slopes';
import { chanceOfNext, defaultKnowledgeConfiguration, featureAt } from '#domain/learning/knowledge/model';
import { knowledgeByTopic } from '#domain/learning/knowledge/topics';
import { answers, attempt, twoDomains } from '#test/support/standing';

const plain = expectationFrom([]);
const known = (attempts: Parameters<typeof knowledgeByTopic>[0], expectation = plain) => new Map(knowledgeByTopic(attempts, twoDomains, expectation, defaultKnowledgeConfiguration).map((topic) => [topic.topicKey, topic]));

describe('the features of the next answer', () => {
  it('are worked out by hand for right, right, wrong on one topic and one answer elsewhere', () => {
    const recorder = recordHistory();
    for (const correct of [true, true, false]) recorder.record(11, correct, 0.5);
    recorder.record(12, true, 0.5);
    const features = recorder.features(11, 0.5);
    const at = (name: (typeof knowledgeFeatures)[number]) => featureAt(features, name);
    expect(at('topicSuccesses')).toBeCloseTo(Math.log(3));
    expect(at('topicFailures')).toBeCloseTo(Math.log(2));
    // (2 + 1) / (3 + 2) = .6
    expect(at('topicRate')).toBeCloseTo(Math.log(0.6 / 0.4));
    // weights .64, .8, 1: right 1.44 of 2.44; (1.44 + 1) / (2.44 + 2)
    expect(at('topicRecent')).toBeCloseTo(Math.log((2.44 / 4.44) / (2 / 4.44)));
    expect([at('lastAnswer'), at('secondLastAnswer'), at('thirdLastAnswer')]).toEqual([-1, 1, 1]);
    // Four answers, the newest on the topic was the third: ln(4 - 2).
    expect(at('gap')).toBeCloseTo(Math.log(2));
    expect(at('gapAfterSuccess')).toBe(0);
    // .5 + .5 - .5 + .5 over 4 and 5 imagined ones.
    expect(at('strength')).toBeCloseTo(1 / 9);
    expect(at('lastOfAll')).toBe(1);
    expect(at('newTopic')).toBe(0);
    expect(featureAt(recorder.features(21, 0.5), 'newTopic')).toBe(1);
  });

  it('never hold the answer itself: they are the same whether it comes out right or wrong', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: 3 }), fc.boolean()), { maxLength: 40 }), fc.integer({ min: 0, max: 3 }), (before, topic) => {
        const rows = [true, false].map((correct) => {
          const student: AnswerEvent[] = [...before.map(([asked, right]) => ({ topics: [asked], correct: right })), { topics: [topic, (topic + 1) % 4], correct }];
          return [...observationsOf([student], (asked) => 0.5 + asked / 10)].map(({ topic: asked, features }) => [asked, ...features]);
        });
        expect(rows[0]).toEqual(rows[1]);
      }),
    );
  });

  it('are as many as there are names', () => {
    expect(featuresOf(recordHistory().history(), 1, 0.5)).toHaveLength(knowledgeFeatures.length);
    expect(Object.keys(defaultKnowledgeConfiguration.coefficients)).toEqual([...knowledgeFeatures]);
  });
});

describe('knowledge by topic', () => {
  it('rises with right answers, falls with wrong ones, and carries over to topics that were never asked', () => {
    const good = known(answers([11], 12, 1));
    const bad = known(answers([11], 12, 0));
    const none = known([]);
    expect(good.get(11)!.chance).toBeGreaterThan(0.85);
    expect(bad.get(11)!.chance).toBeLessThan(0.35);
    expect(good.get(22)!.chance).toBeGreaterThan(none.get(22)!.chance);
    expect(bad.get(22)!.chance).toBeLessThan(none.get(22)!.chance);
    expect(good.get(11)).toMatchObject({ answers: 12, correct: 12, domainKey: 1 });
    expect(good.get(22)).toMatchObject({ answers: 0, correct: 0, lastAt: null });
  });

  it('lets newer answers count more than older ones', () => {
    const rising = known([...answers([11], 6, 0), ...answers([11], 6, 1)].map((each, index) => ({ ...each, at: index })));
    const falling = known([...answers([11], 6, 1), ...answers([11], 6, 0)].map((each, index) => ({ ...each, at: index })));
    expect(rising.get(11)!.chance).toBeGreaterThan(falling.get(11)!.chance + 0.2);
  });

  it('does not mind the order in which it is given them', () => {
    const given = answers([11, 12], 30, 0.6);
    expect(known([...given].reverse())).toEqual(known(given));
  });

  it('always is a probability', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ topic: fc.constantFrom(11, 12, 21, 22), correct: fc.boolean(), difficulty: fc.constantFrom('easy' as const, 'hard' as const, null) }), { maxLength: 200 }), (some) => {
        for (const { chance } of known(some.map(({ topic, ...given }) => attempt({ topicKey: topic, ...given }))).values()) expect(chance > 0 && chance < 1).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('what one expects of a question', () => {
  it('is the mean where nobody answered, and is learnt from the others', () => {
    expect(plain(11, 'hard')).toBeCloseTo(0.658);
    const learnt = expectationFrom([
      { topicKey: 11, difficulty: 'easy', answers: 100, correct: 90 },
      { topicKey: 11, difficulty: 'hard', answers: 100, correct: 50 },
      { topicKey: 12, difficulty: 'easy', answers: 100, correct: 60 },
    ]);
    // Mean (200 + 20 · .658) / 320; topic 11 (140 + 5 · mean) / 205.
    const mean = (200 + 20 * 0.658) / 320;
    expect(learnt(11, null)).toBeCloseTo((140 + 5 * mean) / 205);
    expect(learnt(11, 'hard')).toBeLessThan(learnt(11, null));
    expect(learnt(11, 'easy')).toBeGreaterThan(learnt(11, null));
    expect(learnt(99, null)).toBeCloseTo(mean);
  });

  it('makes a right answer to a hard question say more', () => {
    const hardOnes = expectationFrom([{ topicKey: 11, difficulty: 'hard', answers: 400, correct: 120 }, { topicKey: 11, difficulty: 'easy', answers: 400, correct: 380 }]);
    const of = (difficulty: 'easy' | 'hard') => known(answers([11], 8, 1, { difficulty }), hardOnes).get(12)!.chance;
    expect(of('hard')).toBeGreaterThan(of('easy'));
  });
});

describe('fitting', () => {
  it('finds that the strong answer better, and ranks held-out answers better than the mean does', () => {
    // Students of two kinds on three topics: the strong answer nine of ten, the weak three of ten, by a fixed pattern.
    const student = (strong: boolean, seed: number): AnswerEvent[] => Array.from({ length: 40 }, (_none, index) => ({ topics: [(index + seed) % 3], correct: strong ? (index * 7 + seed) % 10 !== 0 : (index * 7 + seed) % 10 < 3 }));
    const students = Array.from({ length: 40 }, (_none, seed) => student(seed % 2 === 0, seed));
    const rates = topicRates(students, 3);
    const coefficients = fitKnowledge(knowledgeRows(observationsOf(students, (topic) => rates[topic]!)));
    const fitted = { coefficients: Object.fromEntries(knowledgeFeatures.map((name, column) => [name, coefficients[column]!])) as typeof defaultKnowledgeConfiguration.coefficients };
    const chance = (strong: boolean): number => {
      const recorder = recordHistory();
      for (const { topics: [topic = 0], correct } of student(strong, 101)) recorder.record(topic, correct, rates[topic]!);
      return chanceOfNext(recorder.history(), 1, rates[1]!, fitted);
    };
    expect(chance(true)).toBeGreaterThan(0.75);
    expect(chance(false)).toBeLessThan(0.45);
  });

  it('finds what a topic has of its own where enough students answered it, and says nothing of the others', () => {
    // Topic 0 is learnt by practice, topic 1 is not, topic 2 was answered by few.
    const students = Array.from({ length: 40 }, (_none, seed): AnswerEvent[] =>
      Array.from({ length: 24 }, (_other, index) => ({ topics: [seed < 19 && index > 21 ? 2 : index % 2], correct: index % 2 === 0 ? index > 8 || (index + seed) % 3 === 0 : (index + seed) % 3 === 0 })),
    );
    const shared = knowledgeFeatures.map((name) => defaultKnowledgeConfiguration.coefficients[name]);
    const observed = [...students.entries()].flatMap(([student, events]) => [...observationsOf([events], () => 0.6)].map((each) => ({ ...each, student })));
    const slopes = fitSlopes(observed, shared);
    expect([...slopes.keys()].sort()).toEqual([0, 1]);
    const chance = (topic: number): number => {
      const recorder = recordHistory();
      for (let index = 0; index < 10; index += 1) recorder.record(topic, index > 4, 0.6);
      return chanceOfNext(recorder.history(), topic, 0.6, defaultKnowledgeConfiguration, slopes.get(topic));
    };
    expect(chance(0)).toBeGreaterThan(chance(2));
    expect(chance(1)).toBeLessThan(chance(2));
  });
});
