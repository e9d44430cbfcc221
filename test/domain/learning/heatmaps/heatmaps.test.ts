import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mondayOf } from '#domain/learning/calendar';
import { domainByWeek, heatLevel, objectiveByAssessment, topicByDifficulty } from '#domain/learning/heatmaps/heatmaps';
import { attempt, today, twoDomains } from '#test/support/standing';
import { london } from '#test/support/learning';

const hour = 3_600_000;

describe('domain by week', () => {
  it('has the week of today last, and a night before four o’clock belongs to the week before', () => {
    const monday = london.startOf(mondayOf(today));
    const some = [attempt({ topicKey: 11, correct: true, at: monday + hour }), attempt({ topicKey: 11, correct: false, at: monday - hour }), attempt({ topicKey: 21, correct: true, at: monday - 24 * 7 * 30 * hour })];
    const map = domainByWeek(some, twoDomains, london.dayOf, today, 8);
    expect(map.columns).toHaveLength(8);
    expect(map.columns.at(-1)).toBe(String(mondayOf(today)));
    expect(map.rows.map(({ title }) => title)).toEqual(['A Asking', 'B Acting']);
    expect(map.rows[0]!.cells.slice(-2).map(({ answers, share }) => [answers, share])).toEqual([[1, 0], [1, 1]]);
    expect(map.rows[0]!.cells.slice(-1)[0]).toMatchObject({ level: 6, few: true });
    // What lies further back has no column.
    expect(map.answers).toBe(2);
    expect(map.rows[1]!.all).toEqual({ answers: 0, correct: 0, share: null, level: null, few: false });
  });
});

describe('the other two', () => {
  it('keep questions of unknown difficulty in a column of their own, and only where there are any', () => {
    const rated = [attempt({ topicKey: 11, correct: true, difficulty: 'hard' })];
    expect(topicByDifficulty(rated, twoDomains).columns).toEqual(['easy', 'medium', 'hard']);
    const map = topicByDifficulty([...rated, attempt({ topicKey: 11, correct: false })], twoDomains);
    expect(map.columns).toEqual(['easy', 'medium', 'hard', 'unknown']);
    expect(map.rows[0]!.cells.map(({ answers }) => answers)).toEqual([0, 0, 1, 1]);
    expect(map.rows).toHaveLength(4);
  });

  it('name an objective, or the topic where the pack names none', () => {
    const some = [attempt({ topicKey: 11, correct: true, questionKey: 900, assessment: 'mock' }), attempt({ topicKey: 12, correct: false, questionKey: 901, assessment: 'quiz' }), attempt({ topicKey: 21, correct: true, questionKey: 902, assessment: 'mock' })];
    const map = objectiveByAssessment(some, twoDomains, (key) => (key === 902 ? null : 'Explain a sensor'));
    expect(map.columns).toEqual(['quiz', 'mock']);
    expect(map.rows.map(({ title, cells }) => [title, ...cells.map(({ answers }) => answers)])).toEqual([['B1 Packages', 0, 1], ['Explain a sensor', 1, 1]]);
    expect(objectiveByAssessment([], twoDomains, () => null)).toMatchObject({ rows: [], columns: ['quiz', 'practice', 'mock'] });
  });

  it('lose no answer', () => {
    const any = fc.array(fc.record({ topic: fc.constantFrom(11, 12, 21, 22), correct: fc.boolean(), difficulty: fc.constantFrom('easy' as const, 'medium' as const, 'hard' as const, null), assessment: fc.constantFrom('quiz' as const, 'mock' as const, 'lab' as const) }), { maxLength: 100 });
    fc.assert(
      fc.property(any, (some) => {
        const attempts = some.map(({ topic, ...rest }) => attempt({ topicKey: topic, ...rest }));
        for (const map of [topicByDifficulty(attempts, twoDomains), objectiveByAssessment(attempts, twoDomains, () => null), domainByWeek(attempts, twoDomains, london.dayOf, today, 2)]) {
          expect(map.answers).toBe(attempts.length);
          expect(map.rows.reduce((sum, { all }) => sum + all.correct, 0)).toBe(attempts.filter(({ correct }) => correct).length);
        }
      }),
      { numRuns: 40 },
    );
  });

  it('turn from one colour to the next at the borders of a weakness and of mastery', () => {
    expect([0, 0.39, 0.4, 0.69, 0.7, 0.79, 0.8, 0.9, 1].map(heatLevel)).toEqual([0, 0, 1, 3, 4, 4, 5, 6, 6]);
  });
});
