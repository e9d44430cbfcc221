import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultRecommendationConfiguration } from '#domain/learning/recommendations/configuration';
import { interventionsFor, type InterventionFacts } from '#domain/learning/recommendations/interventions';
import { recommend, type RecommendationFacts } from '#domain/learning/recommendations/recommend';
import { weeklySchedule } from '#domain/learning/recommendations/schedule';
import { answers, attempt, today, twoDomains } from '#test/support/standing';

const facts = (given: Partial<InterventionFacts> = {}): InterventionFacts => ({ attempts: [], today, activeDays: [today], hoursLastWeek: 2, hoursAWeek: 5, examDay: today + 60, chance: 0.8, ...given });
const which = (given: Partial<InterventionFacts>) => interventionsFor(facts(given), defaultRecommendationConfiguration).map(({ intervention }) => intervention);

describe('an intervention', () => {
  it('comes on the eighth day without study, not on the seventh, and not to one who never began or whose exam is over', () => {
    expect(which({ activeDays: [today - 7] })).toEqual([]);
    expect(interventionsFor(facts({ activeDays: [today - 8] }), defaultRecommendationConfiguration)).toEqual([{ intervention: 'low_engagement', priority: 'critical', evidence: { days: 8 } }]);
    expect(which({ activeDays: [] })).toEqual([]);
    expect(which({ activeDays: [today - 8], examDay: today - 1 })).toEqual([]);
  });

  it('sees a decline that is more than chance', () => {
    const turn = (before: number, now: number) => [...answers([11], 80, before), ...answers([11], 40, now)].map((each, index) => ({ ...each, at: index }));
    expect(which({ attempts: turn(0.85, 0.6) })).toEqual(['declining']);
    expect(which({ attempts: turn(0.7, 0.65) })).toEqual([]);
    expect(which({ attempts: turn(0.6, 0.85) })).toEqual([]);
  });

  it('warns of an exam that is near while the chance is small, and is silent where the chance is not known', () => {
    expect(which({ examDay: today + 20, chance: 0.68 })).toEqual(['exam_unready']);
    expect(which({ examDay: today + 22, chance: 0.68 })).toEqual([]);
    expect(which({ examDay: today + 20, chance: 0.7 })).toEqual([]);
    expect(which({ examDay: today + 20, chance: null })).toEqual([]);
    expect(which({ examDay: null, chance: 0.1 })).toEqual([]);
  });

  it('sees burnout in many days and many hours together', () => {
    const days = Array.from({ length: 13 }, (_none, index) => today - 12 + index);
    expect(which({ activeDays: days, hoursLastWeek: 9 })).toEqual(['burnout']);
    expect(which({ activeDays: days, hoursLastWeek: 5 })).toEqual([]);
    expect(which({ activeDays: days.slice(6), hoursLastWeek: 9 })).toEqual([]);
    expect(which({ activeDays: days, hoursLastWeek: 9, hoursAWeek: 0 })).toEqual([]);
  });

  it('follows its triggers', () => {
    const early = { ...defaultRecommendationConfiguration, lowEngagement: { days: 3 } };
    expect(interventionsFor(facts({ activeDays: [today - 3] }), early)).toHaveLength(1);
  });
});

const given = (more: Partial<RecommendationFacts> = {}): RecommendationFacts => ({ attempts: answers([11, 12, 21, 22], 80, 0.7), blueprint: twoDomains, domains: [], actions: [], interventions: [], today, examDay: today + 10, hoursAWeek: 5, activeDays: 12, dueCards: 0, mocks: 0, lastMockDay: null, sections: [], ...more });
const list = (more: Partial<RecommendationFacts> = {}) => recommend(given(more), defaultRecommendationConfiguration);
const domain = (domainKey: number, accuracy: number) => ({ domainKey, share: 0.5, answers: 40, accuracy, low: accuracy - 0.1, high: accuracy + 0.1, chance: 0.3, standing: 'between' as const });

describe('recommendations', () => {
  it('begin with a beginning', () => {
    expect(list({ attempts: [] }).map(({ cause }) => cause)).toEqual(['begin']);
  });

  it('put what is critical first, then what brings most', () => {
    const found = list({
      interventions: [{ intervention: 'exam_unready', priority: 'critical', evidence: { days: 10, chance: 55 } }],
      domains: [domain(1, 0.6), domain(2, 0.5)],
      actions: [{ kind: 'domain', key: 1, from: 0.6, to: 0.8, gain: 0.2, answers: 40 }, { kind: 'domain', key: 2, from: 0.5, to: 0.8, gain: 0.1, answers: 40 }],
      dueCards: 12,
      sections: [{ sectionKey: 5, title: 'Sensors', topic: 'Sensors', chance: 0.5, minutes: 8 }],
    });
    expect(found.map(({ cause }) => cause)).toEqual(['exam_unready', 'domain 1', 'mock', 'domain 2', 'reviews', 'section 5']);
    expect(found.map(({ priority }) => priority)).toEqual(['critical', 'high', 'high', 'medium', 'medium', 'low']);
    expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['intervention', 'weak_domain', 'next_action', 'resource']));
    expect(found[1]).toMatchObject({ target: { to: 'practice', domainKey: 1 }, gain: 0.2 });
  });

  it('ask for a mock exam once there is something to examine, and again after a week near the exam', () => {
    const mock = (more: Partial<RecommendationFacts>) => list(more).some(({ cause }) => cause === 'mock');
    expect(mock({ attempts: answers([11], 59, 1) })).toBe(false);
    expect(mock({ mocks: 1, lastMockDay: today - 6 })).toBe(false);
    expect(mock({ mocks: 1, lastMockDay: today - 7 })).toBe(true);
    expect(mock({ mocks: 1, lastMockDay: today - 7, examDay: today + 60 })).toBe(false);
    expect(mock({ blueprint: { ...twoDomains, exam: null } })).toBe(false);
  });

  it('speak of how one answers where it costs points', () => {
    const some = (more: Parameters<typeof answers>[3]) => list({ attempts: answers([11], 100, 0.6, more) }).filter(({ kind }) => kind === 'strategy').map(({ cause }) => cause);
    expect(some({ confidence: 4 })).toEqual(['strategy overconfident']);
    expect(some({ milliseconds: 3_000 })).toEqual(['strategy rushing']);
    expect(some({})).toEqual([]);
    expect(list({ attempts: answers([11], 100, 0.9, { difficulty: 'easy' }) }).map(({ cause }) => cause)).toContain('strategy easyOnly');
  });

  it('name each cause once, whatever is known', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 200 }), fc.float({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 60 }), fc.nat({ max: 20 }), (count, share, dueCards, activeDays) => {
        const found = list({ attempts: Array.from({ length: count }, (_none, index) => attempt({ topicKey: 11, correct: (index * 37) % 100 < share * 100, confidence: 3 })), dueCards, activeDays, domains: [domain(1, share), domain(2, share)] });
        expect(new Set(found.map(({ cause }) => cause)).size).toBe(found.length);
      }),
      { numRuns: 40 },
    );
  });
});

describe('the schedule of a week', () => {
  it('holds the hours, spreads them, and keeps to the days on which one studies anyway', () => {
    const week = weeklySchedule(5, [4, 0, 4, 0, 4, 0, 0], [2, 1]);
    expect(week.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(300);
    expect(week).toHaveLength(5);
    expect(week.map(({ weekday }) => weekday)).toEqual(expect.arrayContaining([1, 3, 5]));
    expect(week.map(({ domainKey }) => domainKey)).toEqual([2, 1, 2, 1, 2]);
  });

  it('is empty without time, and takes more days rather than days without end', () => {
    expect(weeklySchedule(0, [], [])).toEqual([]);
    expect(weeklySchedule(0.5, [], []).map(({ minutes }) => minutes)).toEqual([15, 15]);
    expect(weeklySchedule(10, [], [])).toHaveLength(7);
    for (const hours of [0.25, 1, 3, 7, 12, 40, 100]) {
      const week = weeklySchedule(hours, [1, 2, 3], []);
      expect(week.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(Math.round((hours * 60) / 5) * 5);
      expect(new Set(week.map(({ weekday }) => weekday)).size).toBe(week.length);
    }
  });
});
