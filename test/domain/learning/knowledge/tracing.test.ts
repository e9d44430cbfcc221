import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { crossValidate, eventsOf, readTracing } from '#bench/learning/tracing';
import { asOutcome, readOutcomes } from '#bench/learning/outcomes';
import { areaUnderCurve } from '#bench/learning/scores';
import { defaultReadinessConfiguration } from '#domain/learning/readiness/configuration';
import { ownRegression } from '#domain/learning/readiness/outcomes';
import { regressionChance } from '#domain/learning/readiness/regression';
import { sharedFolder } from '#test/support/realData';

const tracingFile = join(sharedFolder, 'data/tracing/assist2009_updated_train.csv');
const outcomesFolder = join(sharedFolder, 'data/outcomes');

describe('the area under the curve', () => {
  it('counts pairs in order, ties by half', () => {
    // Right .9 and .4, wrong .4 and .1: 1 + 1 + .5 + 1 of four pairs.
    expect(areaUnderCurve([0.9, 0.4, 0.4, 0.1], [1, 1, 0, 0])).toBe(0.875);
  });
});

describe('one question in several rows', () => {
  it('is one event where its skills always agree, and never by where an answer changes', () => {
    const linked = { skills: [1, 2, 1, 2], answers: [1, 1, 0, 0] };
    const apart = { skills: [3, 4, 3, 4], answers: [1, 1, 1, 0] };
    const times = <Item,>(item: Item): Item[] => Array.from({ length: 24 }, () => item);
    expect(eventsOf(times(linked))[0]!.map(({ topics }) => topics)).toEqual([[1, 2], [1, 2]]);
    // 3 before 4 agrees once and differs once; only 4 before 3 always agrees.
    expect(eventsOf(times(apart))[0]!.map(({ topics }) => topics)).toEqual([[3], [4, 3], [4]]);
  });
});

describe.skipIf(!existsSync(tracingFile))('on a tenth of ASSISTments', () => {
  it('the model of the next answer does better than chance by as much as it should, and not by so much that it must have seen it', () => {
    const students = eventsOf(readTracing(tracingFile)).filter((_student, index) => index % 10 === 0);
    const topics = 1 + students.flat().reduce((most, { topics: asked }) => Math.max(most, ...asked), 0);
    for (const model of ['shared', 'withTopics'] as const) {
      const { auc } = crossValidate(students, topics, model);
      expect(auc, model).toBeGreaterThan(0.7);
      expect(auc, model).toBeLessThan(0.77);
    }
  });
});

describe.skipIf(!existsSync(outcomesFolder))('on OULAD at day 180', () => {
  it('the regression as shipped ranks who passes', () => {
    const enrolments = readOutcomes(outcomesFolder, 180).filter((_row, index) => index % 5 === 0);
    const chances = enrolments.map(({ scores, due, numbers }) => regressionChance({ completion: Math.min(1, scores.length / Math.max(1, due)), margin: scores.reduce((sum, { score }) => sum + score / 100, 0) / Math.max(1, scores.length) - 0.4, weakest: Math.min(1, ...scores.map(({ score }) => score / 100)) - 0.4, trend: 0, idleDays: 180 - (numbers.last ?? 0), ahead: 0.3 }, defaultReadinessConfiguration.regression));
    expect(areaUnderCurve(chances, enrolments.map(({ passed }) => (passed ? 1 : 0)))).toBeGreaterThan(0.9);
  });
});

describe.skipIf(!existsSync(outcomesFolder))('on OULAD at day 60', () => {
  it('the regression on own outcomes, with all columns that are there, does as well as the yardstick on students that it had not seen', () => {
    const own = ownRegression(readOutcomes(outcomesFolder, 60).map(asOutcome), [])!;
    expect(own.rows).toBe(11_357);
    expect(own.own.auc).toBeGreaterThan(0.805);
    expect(own.own.brier).toBeLessThan(0.174);
  });
});
