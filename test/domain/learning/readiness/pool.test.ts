import { describe, expect, it } from 'vitest';
import { expectationFrom } from '#domain/learning/knowledge/expected';
import { knowledgeByTopic } from '#domain/learning/knowledge/topics';
import { defaultReadinessConfiguration } from '#domain/learning/readiness/configuration';
import { knowledgeOfPool, poolEvidence, retainedShare } from '#domain/learning/readiness/pool';
import type { Attempt } from '#domain/learning/attempts';
import { attempt, noon, today, twoDomains } from '#test/support/standing';

const day = 86_400_000;
const topics = [11, 12, 21, 22];
const { bayesian } = defaultReadinessConfiguration;
/** So many questions of each topic: 1100, 1101, … of topic 11. */
const poolOf = (count: number) => new Map(topics.map((topic) => [topic, Array.from({ length: count }, (_none, index) => topic * 100 + index)]));
/** The first `count` questions of each topic, each met wrong and then answered right again and again, two days apart. */
const learnt = (count: number, repeats: number): Attempt[] =>
  Array.from({ length: repeats + 1 }, (_none, round) => topics.flatMap((topicKey) => Array.from({ length: count }, (_each, index) => attempt({ topicKey, questionKey: topicKey * 100 + index, correct: round > 0, at: noon - (repeats - round) * 2 * day })))).flat();
const meanOf = ({ rates }: ReturnType<typeof poolEvidence>): number[] => rates.map(({ a, b }) => a / (a + b));

describe('an exam over the whole pool', () => {
  it('finds what was never met as it was at first meetings, and what was met as after half a day', () => {
    const attempts = learnt(10, 8);
    const all = poolEvidence(attempts, twoDomains, poolOf(10), bayesian, today);
    const half = poolEvidence(attempts, twoDomains, poolOf(20), bayesian, today);
    expect([...all.unseen.values()]).toEqual([0, 0, 0, 0]);
    expect([...half.unseen.values()]).toEqual([0.5, 0.5, 0.5, 0.5]);
    for (const [index, whole] of meanOf(all).entries()) {
      const first = [...half.fresh.values()][index]!;
      expect(first).toBeLessThan(0.2);
      expect(whole).toBeGreaterThan(0.85);
      expect(meanOf(half)[index]).toBeCloseTo((first + whole) / 2);
    }
  });

  it('takes repeats of the same sitting for nothing', () => {
    const once = topics.map((topicKey) => attempt({ topicKey, questionKey: topicKey * 100, correct: false, at: noon - 60_000 }));
    const crammed = topics.flatMap((topicKey) => [1, 2, 3].map((minute) => attempt({ topicKey, questionKey: topicKey * 100, correct: true, at: noon + minute * 60_000 })));
    expect(poolEvidence([...once, ...crammed], twoDomains, poolOf(1), bayesian, today).rates).toEqual(poolEvidence(once, twoDomains, poolOf(1), bayesian, today).rates);
  });

  it('counts what fades until the day that is asked for, down to the rate of first meetings', () => {
    const attempts = learnt(10, 8);
    const on = (ahead: number) => poolEvidence(attempts, twoDomains, poolOf(10), bayesian, today + ahead);
    expect(on(0).retained).toBe(1);
    expect(on(30).retained).toBeLessThan(1);
    expect(meanOf(on(120))[0]).toBeLessThan(meanOf(on(30))[0]!);
    expect(meanOf(on(100_000))[0]).toBeGreaterThan(on(0).fresh.get(1)!);
  });

  it('follows the power law through the point at which it was measured', () => {
    // (1 + c·10)^-.1542 = .9 has c = (.9^(-1/.1542) - 1)/10 = .0980; after 40 days (1 + 3.9212)^-.1542 = .7822, which is .869 of .9.
    expect(retainedShare(0.9, 10, 40)).toBeCloseTo(0.869, 3);
    expect(retainedShare(0.9, 10, 5)).toBe(1);
    expect(retainedShare(0, 10, 40)).toBe(1);
    expect(retainedShare(0.9, 0, 40)).toBe(1);
  });

  it('gives a topic without answers the rate of first meetings, for the simulated exams too', () => {
    const attempts = learnt(10, 8).filter(({ topicKey }) => topicKey !== 12);
    const evidence = poolEvidence(attempts, twoDomains, poolOf(10), bayesian, today);
    const knowledge = knowledgeByTopic(attempts, twoDomains, expectationFrom([]), defaultReadinessConfiguration.knowledge);
    const met = knowledgeOfPool(knowledge, evidence);
    expect(met.find(({ topicKey }) => topicKey === 12)!.chance).toBeCloseTo(evidence.fresh.get(1)!);
    expect(met.find(({ topicKey }) => topicKey === 11)!.chance).toBeCloseTo(knowledge.find(({ topicKey }) => topicKey === 11)!.chance);
  });
});
