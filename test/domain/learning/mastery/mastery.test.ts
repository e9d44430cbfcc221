import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { logistic } from '#domain/kernel/stats';
import { curveAt, defaultMasteryConfiguration, estimateMastery, fitLearningCurve } from '#domain/learning/mastery/mastery';
import { influencesOf, masteryPlan, paceOf } from '#domain/learning/mastery/plan';
import { answers, attempt, noon } from '#test/support/standing';

/** Answers of a student whose odds grow as e^level · n^growth. */
function learner(level: number, growth: number, count: number, seed = 1) {
  const rng = seededRng(seed);
  return Array.from({ length: count }, (_none, index) => attempt({ topicKey: 11, correct: rng() < logistic(level + growth * Math.log(index + 1)), at: noon - (count - index) * 3_600_000, milliseconds: 40_000 }));
}
const pace = { answersADay: 10, secondsAnAnswer: 40 };
const free = { ...defaultMasteryConfiguration, growthDeviation: 1_000, growthMean: 0 };

describe('the learning curve', () => {
  it('is found back from many answers', () => {
    const curve = fitLearningCurve(learner(-0.5, 0.4, 6_000).map(({ correct }) => correct), free);
    expect(Math.abs(curve.level + 0.5)).toBeLessThan(3 * Math.sqrt(curve.levelVariance));
    expect(Math.abs(curve.growth - 0.4)).toBeLessThan(3 * Math.sqrt(curve.growthVariance));
    expect(Math.sqrt(curve.growthVariance)).toBeLessThan(0.05);
  });

  it('holds the true share in its interval about as often as it says', () => {
    const held = Array.from({ length: 200 }, (_none, seed) => {
      const { low, high } = curveAt(fitLearningCurve(learner(-0.2, 0.25, 60, seed + 1).map(({ correct }) => correct), defaultMasteryConfiguration), 60);
      const truth = logistic(-0.2 + 0.25 * Math.log(60));
      return low <= truth && truth <= high;
    }).filter(Boolean).length;
    expect(held / 200).toBeGreaterThan(0.72);
  });
});

describe('mastery', () => {
  it('says nothing below its minimum and knows who is there already', () => {
    expect(estimateMastery(learner(0, 0.3, 19), pace, defaultMasteryConfiguration)).toMatchObject({ state: 'fewAnswers', now: null, questions: null });
    expect(estimateMastery(answers([11], 60, 0.95), pace, defaultMasteryConfiguration)).toMatchObject({ state: 'mastered', questions: null });
  });

  it('counts questions, hours and days to 80 % as the curve has it', () => {
    const estimate = estimateMastery(learner(-0.8, 0.5, 30, 4), pace, defaultMasteryConfiguration);
    const { curve, questions, hours, days } = estimate;
    expect(estimate.state).toBe('onTheWay');
    // ln n = (ln 4 - level) / growth
    expect(questions!.middle).toBe(Math.ceil(Math.exp((Math.log(4) - curve!.level) / curve!.growth) - 30));
    expect(hours!.middle).toBeCloseTo((questions!.middle * 40) / 3_600);
    expect(days!.middle).toBeCloseTo(questions!.middle / 10);
    expect(questions!.low).toBeLessThanOrEqual(questions!.middle);
    expect(questions!.high ?? Infinity).toBeGreaterThanOrEqual(questions!.middle);
    expect(curveAt(curve!, 30 + questions!.middle).share).toBeGreaterThanOrEqual(0.8 - 1e-9);
  });

  it('says that no improvement is visible, rather than a date without end', () => {
    expect(estimateMastery(answers([11], 120, 0.5), pace, defaultMasteryConfiguration)).toMatchObject({ state: 'noImprovement', questions: null, days: null });
    const falling = [...answers([11], 40, 0.8), ...answers([11], 40, 0.4)].map((each, index) => ({ ...each, at: index }));
    expect(estimateMastery(falling, pace, defaultMasteryConfiguration).state).toBe('noImprovement');
  });

  it('has no days for one who does not study', () => {
    expect(estimateMastery(learner(-0.8, 0.5, 30, 4), { ...pace, answersADay: 0 }, defaultMasteryConfiguration)).toMatchObject({ state: 'onTheWay', days: null });
  });

  it('never answers what is no number', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 150 }), (right) => {
        const { now, questions, hours, days } = estimateMastery(right.map((correct, index) => attempt({ topicKey: 11, correct, at: index })), pace, defaultMasteryConfiguration);
        for (const span of [questions, hours, days]) if (span !== null) expect(Number.isFinite(span.middle) && span.low <= span.middle && (span.high === null || span.high >= span.middle)).toBe(true);
        if (now !== null) expect(now.low <= now.share && now.share <= now.high).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the plan', () => {
  const estimate = estimateMastery(learner(-0.8, 0.5, 30, 4), pace, defaultMasteryConfiguration);

  it('spreads the questions over weeks that have room for them', () => {
    const weeks = masteryPlan(estimate, { answersADay: 10, secondsAnAnswer: 60 }, 20);
    expect(weeks.every(({ questions, minutes }) => questions <= 20 && minutes <= 20)).toBe(true);
    expect(weeks.length).toBe(Math.min(12, Math.ceil(estimate.questions!.middle / 20)));
    expect(weeks.map(({ share }) => share)).toEqual([...weeks.map(({ share }) => share)].sort((a, b) => a - b));
    expect(masteryPlan(estimate, pace, 0)).toEqual([]);
  });

  it('takes the pace from four weeks, and a pause for no work', () => {
    const some = [attempt({ topicKey: 11, correct: true, at: noon - 40 * 86_400_000, milliseconds: 10_000 }), ...Array.from({ length: 28 }, (_none, index) => attempt({ topicKey: 11, correct: true, at: noon - index * 86_400_000, milliseconds: index === 0 ? 9_000_000 : 30_000 }))];
    const found = paceOf(some, noon);
    expect(found.secondsAnAnswer).toBe(30);
    expect(found.answersADay).toBeCloseTo(28 / 27, 5);
    expect(paceOf([], noon)).toEqual({ answersADay: 0, secondsAnAnswer: 60 });
  });

  it('names what helps and what endangers, from the record alone', () => {
    const facts = { attempts: [], curve: null, pace, activeDays: 20, days: null, examDays: null };
    expect(influencesOf(facts).map(({ key }) => key)).toEqual(['regular']);
    const sure = Array.from({ length: 12 }, (_none, index) => attempt({ topicKey: 11, correct: index < 6, confidence: 4 }));
    expect(influencesOf({ ...facts, attempts: sure, activeDays: 3, pace: { ...pace, answersADay: 0 }, days: 30, examDays: 10 }).map(({ key, helps }) => [key, helps])).toEqual([['irregular', false], ['overconfident', false], ['noPace', false], ['tooLate', false]]);
  });
});
