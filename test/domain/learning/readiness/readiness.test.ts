import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import type { Attempt } from '#domain/learning/attempts';
import { type Blueprint, domainShares, questionsByDomain } from '#domain/learning/blueprint';
import { expectationFrom } from '#domain/learning/knowledge/expected';
import { actionsFor } from '#domain/learning/readiness/actions';
import { defaultReadinessConfiguration } from '#domain/learning/readiness/configuration';
import { domainRates, examRate } from '#domain/learning/readiness/evidence';
import { accuracyTrend, shrunkAccuracy, type StudyFacts } from '#domain/learning/readiness/features';
import { judgeReadiness } from '#domain/learning/readiness/readiness';
import type { QuestionPool } from '#domain/learning/readiness/pool';
import { chanceOfPassing, drawnFrom, uncertainTopics } from '#domain/learning/readiness/passing';
import { regressionChance, regressionFeatureNames, regressionFeatures } from '#domain/learning/readiness/regression';
import { judgeMilestones, rulesChance } from '#domain/learning/readiness/rules';
import { scoreDistribution, simulateExams } from '#domain/learning/readiness/simulation';
import { answers, attempt, studyFacts, today, twoDomains } from '#test/support/standing';

const everyTopic = [11, 12, 21, 22];
const expectation = expectationFrom([]);
/** The questions that were answered, so that none of the exam's was never met. */
const poolOf = (attempts: readonly Attempt[]): QuestionPool => new Map(everyTopic.map((topic) => [topic, [...new Set(attempts.filter(({ topicKey }) => topicKey === topic).map(({ questionKey }) => questionKey))]]));
const judge = (attempts: readonly Attempt[], facts: Partial<StudyFacts> = {}, blueprint: Blueprint = twoDomains) =>
  judgeReadiness({ attempts, blueprint, pool: poolOf(attempts), expectation, facts: studyFacts(facts), configuration: defaultReadinessConfiguration, rng: seededRng(1) });

describe('a blueprint', () => {
  it('shares an exam among its domains by weight, or by topics where each gives one question', () => {
    expect([...domainShares(twoDomains).values()]).toEqual([0.6, 0.4]);
    expect([...questionsByDomain(twoDomains, 7).values()]).toEqual([4, 3]);
    const one = { ...twoDomains, exam: { questions: 4, passCount: 3, draw: 'one_per_topic' as const } };
    expect([...domainShares(one).values()]).toEqual([0.5, 0.5]);
    expect([...domainShares({ ...twoDomains, domains: twoDomains.domains.map((domain) => ({ ...domain, weight: null })) }).values()]).toEqual([0.5, 0.5]);
  });
});

describe('the parts', () => {
  it('weigh a mock exam whole, practice less, and a question seen before less still', () => {
    const { bayesian } = defaultReadinessConfiguration;
    const [domain] = domainRates([attempt({ topicKey: 11, correct: true, questionKey: 1, assessment: 'mock', at: 1 })], twoDomains, { bayesian });
    expect(domain!.a).toBeCloseTo(0.658 * 4 + 1);
    const twice = [attempt({ topicKey: 11, correct: true, questionKey: 1, at: 1 }), attempt({ topicKey: 11, correct: false, questionKey: 1, at: 2 })];
    const [practice] = domainRates(twice, twoDomains, { bayesian: { ...bayesian, halfLife: 1 } });
    // The first is one answer old, so half of .6; the second is a repetition, so half of .6 too.
    expect(practice!.a).toBeCloseTo(0.658 * 4 + 0.3);
    expect(practice!.b).toBeCloseTo(0.342 * 4 + 0.3);
  });

  it('join the domains to one rate of the same mean', () => {
    const rates = domainRates(answers(everyTopic, 200, 0.8), twoDomains, defaultReadinessConfiguration);
    const { a, b } = examRate(rates, twoDomains);
    const mean = rates.reduce((sum, rate, index) => sum + ([0.6, 0.4][index]! * rate.a) / (rate.a + rate.b), 0);
    expect(a / (a + b)).toBeCloseTo(mean);
    expect(a + b).toBeGreaterThan(Math.max(...rates.map((rate) => rate.a + rate.b)));
  });

  it('read the regression by its names', () => {
    const work = { completion: 1, margin: 0.2, weakest: 0.1, trend: 0, idleDays: 0, ahead: 0 };
    expect(regressionFeatures(work)).toHaveLength(regressionFeatureNames.length);
    // -8.067 + 8.6555 + 9.116 · .2 + 1.4714 · .1 = 2.55884
    expect(regressionChance(work, defaultReadinessConfiguration.regression)).toBeCloseTo(1 / (1 + Math.exp(-2.55884)), 4);
    const idle = regressionChance({ ...work, idleDays: 20 }, defaultReadinessConfiguration.regression);
    expect(idle).toBeLessThan(regressionChance(work, defaultReadinessConfiguration.regression));
  });

  it('give milestones in proportion', () => {
    const { features, domains } = judge(answers(everyTopic, 80, 1));
    const rates = domainRates(answers(everyTopic, 80, 1), twoDomains, defaultReadinessConfiguration);
    const states = judgeMilestones({ features, rates, passShare: 0.7, mocks: 1, idleDays: 0 }, defaultReadinessConfiguration);
    // completion 20, accuracy 20, domains 20, no mock passed, one of two mocks 5, studied lately 10.
    expect(rulesChance(states)).toBeCloseTo(0.75);
    expect(domains.every(({ standing }) => standing === 'strength')).toBe(true);
  });

  it('add up the scores of an exam', () => {
    // All eight outcomes of three questions of .9, .8 and .5, by hand.
    expect([...scoreDistribution([0.9, 0.8, 0.5])].map((share) => Number(share.toFixed(10)))).toEqual([0.01, 0.14, 0.49, 0.36]);
  });

  it('come to the same without sitting exams, within a few hundredths', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.3, max: 0.97, noNaN: true }), { minLength: 4, maxLength: 4 }), fc.constantFrom('weights' as const, 'one_per_topic' as const), (chances, draw) => {
        const exam = draw === 'weights' ? { questions: 35, passCount: 26, draw } : { questions: 4, passCount: 3, draw };
        const knowledge = everyTopic.map((topicKey, index) => ({ topicKey, domainKey: Math.floor(topicKey / 10), chance: chances[index]!, answers: 9, correct: 5, lastAt: null, correlation: 0.11 }));
        const quick = chanceOfPassing(uncertainTopics(knowledge, 0.07), drawnFrom(knowledge, twoDomains, exam), exam);
        // A thousand exams err by about a hundredth themselves, and four questions are far from normal.
        expect(Math.abs(quick - simulateExams(knowledge, twoDomains, exam, 0.07, seededRng(2), 1_000).chance)).toBeLessThan(draw === 'weights' ? 0.04 : 0.08);
      }),
      { numRuns: 30 },
    );
  });

  it('simulate what is certain exactly, and widen with doubt', () => {
    const topic = (topicKey: number, chance: number, correlation: number) => ({ topicKey, domainKey: Math.floor(topicKey / 10), chance, answers: 0, correct: 0, lastAt: null, correlation });
    const simulate = (correlation: number, chance = 0.75) => simulateExams(everyTopic.map((key) => topic(key, chance, correlation)), { ...twoDomains, exam: { questions: 35, passCount: 26, draw: 'weights' } }, { questions: 35, passCount: 26, draw: 'weights' }, correlation / 2, seededRng(3));
    // Without doubt it is the binomial tail: .62632 for 26 of 35 at .75.
    expect(simulate(0)).toMatchObject({ chance: expect.closeTo(0.626323716, 6), score: expect.closeTo(26.25, 6) });
    expect(simulate(0).high - simulate(0).low).toBeCloseTo(0);
    expect(simulate(0.1).high - simulate(0.1).low).toBeGreaterThan(0.5);
    expect(simulate(0.1).scoreHigh).toBeGreaterThan(simulate(0).scoreHigh);
  });
});

describe('readiness', () => {
  it('says nothing below 30 answers, over half an exam, or without an exam', () => {
    expect(judge([])).toMatchObject({ estimate: null, missing: { reason: 'fewAnswers', have: 0, need: 30 } });
    expect(judge(answers(everyTopic, 29, 0.8)).missing).toEqual({ reason: 'fewAnswers', have: 29, need: 30 });
    expect(judge(answers([21], 60, 0.8)).missing).toEqual({ reason: 'fewDomains', have: 0.4, need: 0.5 });
    expect(judge(answers(everyTopic, 60, 0.8), {}, { ...twoDomains, exam: null }).missing).toEqual({ reason: 'noExam', have: 0, need: 1 });
    expect(judge(answers(everyTopic, 30, 0.8)).missing).toBeNull();
  });

  it('is the weighted mean of its parts and lies in its interval', () => {
    const { estimate } = judge(answers(everyTopic, 80, 0.75));
    expect(estimate!.parts.map(({ weight }) => weight)).toEqual([0.4, 0.4, 0.2]);
    expect(estimate!.chance).toBeCloseTo(estimate!.parts.reduce((sum, { weight, chance }) => sum + weight * chance, 0));
    expect(estimate!.low).toBeLessThan(estimate!.chance);
    expect(estimate!.high).toBeGreaterThan(estimate!.chance);
  });

  it('names strengths above 85 % and weaknesses below 70 %, and leaves open what nobody answered', () => {
    const { domains } = judge([...answers([11, 12], 60, 1), ...answers([21, 22], 30, 0.4)]);
    expect(domains.map(({ standing }) => standing)).toEqual(['strength', 'weakness']);
    expect(judge(answers([11, 12], 60, 1)).domains[1]).toMatchObject({ standing: 'unknown', accuracy: null, chance: null, answers: 0 });
    for (const { low, accuracy, high } of domains) expect(low! < accuracy! && accuracy! < high!).toBe(true);
  });

  it('grows narrower with evidence', () => {
    const width = (count: number) => {
      const [domain] = judge(answers(everyTopic, count, 0.8)).domains;
      return domain!.high! - domain!.low!;
    };
    expect(width(40)).toBeGreaterThan(width(80));
    expect(width(80)).toBeGreaterThan(width(300));
  });

  it('never falls when a wrong answer becomes a right one', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 40, maxLength: 80 }), fc.nat(), (right, pick) => {
        const wrong = right.flatMap((correct, index) => (correct ? [] : [index]));
        fc.pre(wrong.length > 0);
        const changed = wrong[pick % wrong.length]!;
        const made = (turned: boolean) => right.map((correct, index) => attempt({ topicKey: everyTopic[index % 4]!, questionKey: index, correct: correct || (turned && index === changed), at: index }));
        const [before, after] = [judge(made(false)), judge(made(true))];
        // The trend alone may turn against it, where an early answer is mended: that is at most .25 · 1/20 of log-odds.
        expect(after.estimate!.chance).toBeGreaterThan(before.estimate!.chance - 0.003);
        expect(after.estimate!.parts[0]!.chance).toBeGreaterThan(before.estimate!.parts[0]!.chance);
      }),
      { numRuns: 25 },
    );
  });

  it('tells the same twice, and keeps to a copy of what it was given in any order', () => {
    const given = answers(everyTopic, 60, 0.7);
    expect(judge([...given].reverse())).toEqual(judge(given));
  });

  it('knows its fifteen features', () => {
    const { features } = judge(answers(everyTopic, 80, 0.75), { mocks: [{ score: 15, total: 20, at: 1 }, { score: 17, total: 20, at: 2 }], sittings: [3_600_000, 1_800_000], modules: 4, modulesCompleted: 1 });
    expect(Object.keys(features)).toHaveLength(15);
    expect(features).toMatchObject({ modulesCompleted: 1, completion: 1, studyHours: 1.5, mockAverage: expect.closeTo(0.8), mockBest: 0.85, activeSessions: 2, practiceQuestions: 80, sessionMinutes: 45, daysUntilExam: 20, preparationDays: 1 });
    expect(features.accuracy).toBeCloseTo(shrunkAccuracy(60, 80));
    expect(judge([], { activeDays: [], sittings: [] }).features).toMatchObject({ mockAverage: null, velocity: null, sessionMinutes: null, modulesCompleted: null, preparationDays: 0, streak: 0 });
    expect(accuracyTrend([...answers([11], 20, 0), ...answers([11], 20, 1)].map((each, index) => ({ ...each, at: index })))).toBe(1);
  });

  it('counts an exam that is over as today, and no date as today', () => {
    const chance = (examDay: number | null) => judge(answers(everyTopic, 80, 0.75), { examDay }).estimate!.chance;
    expect(chance(today - 3)).toBe(chance(null));
    expect(chance(today)).toBe(chance(null));
  });
});

describe('actions', () => {
  it('put first what brings most, and bring nothing where all is known', () => {
    const weak = judge([...answers([11, 12], 60, 0.95), ...answers([21, 22], 60, 0.4)]);
    const actions = actionsFor(weak.examKnowledge, twoDomains, 0.07);
    expect(actions[0]).toMatchObject({ kind: 'domain', key: 2 });
    expect(actions.map(({ gain }) => gain)).toEqual([...actions.map(({ gain }) => gain)].sort((a, b) => b - a));
    expect(actions[0]!.gain).toBeGreaterThan(0.02);
    expect(actionsFor(judge(answers(everyTopic, 200, 1)).examKnowledge, twoDomains, 0.07)).toEqual([]);
    expect(actionsFor(weak.examKnowledge, { ...twoDomains, exam: null }, 0.07)).toEqual([]);
  });
});
