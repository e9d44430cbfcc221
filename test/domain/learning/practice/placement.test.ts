import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { logistic } from '#domain/kernel/stats';
import { nextPlacement, type PlacementAnswer, placementMost, placementLeast, placementOf } from '#domain/learning/practice/placement';
import type { Askable } from '#domain/learning/practice/select';

const pool: Askable[] = Array.from({ length: 120 }, (_none, index) => ({ questionKey: index, topicKey: index % 12, domainKey: index % 4, difficulty: (['easy', 'medium', 'hard'] as const)[index % 3]! }));
const at = { easy: -1, medium: 0, hard: 1 };

/** A placement of somebody with an ability of their own in each domain. */
function place(abilities: readonly number[], seed: number): { answers: PlacementAnswer[]; asked: Askable[] } {
  const rng = seededRng(seed);
  const answers: PlacementAnswer[] = [];
  const asked: Askable[] = [];
  for (;;) {
    const next = nextPlacement(pool, new Map(), answers, new Set(asked.map(({ questionKey }) => questionKey)), rng);
    if (next === null) return { answers, asked };
    asked.push(next);
    const chance = 0.25 + 0.75 * logistic(abilities[next.domainKey]! - at[next.difficulty!]);
    answers.push({ domainKey: next.domainKey, difficulty: next.difficulty, correct: rng() < chance, chance: 0.25 });
  }
}

describe('a placement', () => {
  it('before the first answer knows nothing of anybody', () => {
    for (const { share, low, high } of placementOf([1, 2], [])) {
      expect(share).toBeCloseTo(0.5, 2);
      expect(high - low).toBeGreaterThan(0.5);
    }
  });

  it('tells strong domains from weak ones, ends in time and asks nothing twice', () => {
    let rightOrder = 0;
    for (let seed = 1; seed <= 40; seed += 1) {
      const { answers, asked } = place([1.8, 1.8, -1.8, -1.8], seed);
      expect(asked.length).toBeLessThanOrEqual(placementMost);
      expect(asked.length).toBeGreaterThanOrEqual(placementLeast);
      expect(new Set(asked.map(({ questionKey }) => questionKey)).size).toBe(asked.length);
      const shares = placementOf([0, 1, 2, 3], answers).map(({ share }) => share);
      if (Math.min(shares[0]!, shares[1]!) > Math.max(shares[2]!, shares[3]!)) rightOrder += 1;
    }
    expect(rightOrder).toBeGreaterThan(28);
  });

  it('covers the truth with its 80 % interval about as often as it says', () => {
    let covered = 0;
    let intervals = 0;
    const rng = seededRng(9);
    for (let seed = 100; seed < 160; seed += 1) {
      // Students as the prior has them: a level of their own, and domains around it.
      const normal = (): number => Math.sqrt(-2 * Math.log(1 - rng())) * Math.cos(2 * Math.PI * rng());
      const level = 1.2 * normal();
      const abilities = [0, 1, 2, 3].map(() => level + 0.8 * normal());
      placementOf([0, 1, 2, 3], place(abilities, seed).answers).forEach(({ low, high }, domain) => {
        const truth = logistic(abilities[domain]!);
        intervals += 1;
        if (truth >= low - 0.04 && truth <= high + 0.04) covered += 1;
      });
    }
    expect(covered / intervals).toBeGreaterThan(0.72);
  });

  it('asks harder questions of who knows more', () => {
    const share = (abilities: number[]): number => {
      const { asked } = place(abilities, 5);
      return asked.filter(({ difficulty }) => difficulty === 'hard').length / asked.length;
    };
    expect(share([3, 3, 3, 3])).toBeGreaterThan(share([-3, -3, -3, -3]));
  });

  it('with a pool of three questions asks three', () => {
    const asked = new Set<number>();
    const answers: PlacementAnswer[] = [];
    for (;;) {
      const next = nextPlacement(pool.slice(0, 3), new Map(), answers, asked, seededRng(1));
      if (next === null) break;
      asked.add(next.questionKey);
      answers.push({ domainKey: next.domainKey, difficulty: next.difficulty, correct: true, chance: 0.25 });
    }
    expect(asked.size).toBe(3);
  });
});
