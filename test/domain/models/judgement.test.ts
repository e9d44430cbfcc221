import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noCheckpoint } from '#domain/kernel/checkpoint';
import { seededRng } from '#domain/kernel/rng';
import { calibrated, chooseCalibration, fitIsotonic, fitPlatt } from '#domain/models/calibration';
import { calibrationDrift, driftAt, driftOf, spreadOf } from '#domain/models/drift';
import { groupedFolds, splitsOf, stratifiedFolds, timeSplits } from '#domain/models/folds';
import { categoryColumn, numberColumn } from '#domain/models/frame';
import { isEnough, publishGate } from '#domain/models/gate';
import { groupsByProbability, intervalOf } from '#domain/models/intervals';
import { predictRows, trainPredictor } from '#domain/models/judgement';
import { findLeakage, missingnessAuc } from '#domain/models/leakage';
import { averagePrecision, brierScore, calibrationCurve, confusionAt, expectedCalibrationError, logLoss, rocAuc, thresholdAtCost } from '#domain/models/metrics';
import { onOneThread } from '#domain/models/parallel';
import { judgeSubgroups } from '#domain/models/subgroups';
import { examplesOf } from '#test/support/examples';
import golden from './golden/golden.json' with { type: 'json' };

const labels = Uint8Array.from(golden.labels);
const said = Float64Array.from(golden.said);

describe('metrics', () => {
  it('are those of scikit-learn', () => {
    const { accuracy, precision, recall, f1 } = confusionAt(labels, said, 0.5);
    const ours = { rocAuc: rocAuc(labels, said), averagePrecision: averagePrecision(labels, said), logLoss: logLoss(labels, said), brier: brierScore(labels, said), accuracy, precision, recall, f1 };
    for (const [name, value] of Object.entries(golden.metrics)) expect(ours[name as keyof typeof ours], name).toBeCloseTo(value, 10);
  });

  it('are null, never NaN, where they mean nothing', () => {
    const ones = Uint8Array.of(1, 1);
    expect(rocAuc(ones, Float64Array.of(0.2, 0.3))).toBeNull();
    expect(averagePrecision(new Uint8Array(2), Float64Array.of(0.2, 0.3))).toBeNull();
    expect(confusionAt(new Uint8Array(2), Float64Array.of(0.2, 0.3), 0.5)).toMatchObject({ precision: null, recall: null, f1: null, accuracy: 1 });
  });

  it('find the threshold that costs least: missing one is four times as bad, so contact from one in five', () => {
    expect(thresholdAtCost(4)).toBeCloseTo(0.2);
  });

  it('compare what was said with what happened by group: a hand-worked case', () => {
    // Said .1, .1, .9, .9; happened 0, 1, 1, 1: gaps of .4 and .1, mean .25.
    const happened = Uint8Array.of(0, 1, 1, 1);
    const probabilities = Float64Array.of(0.1, 0.1, 0.9, 0.9);
    expect(calibrationCurve(happened, probabilities, 2)).toEqual([
      { rows: 2, meanProbability: 0.1, observedRate: 0.5 },
      { rows: 2, meanProbability: 0.9, observedRate: 1 },
    ]);
    expect(expectedCalibrationError(happened, probabilities, 2)).toBeCloseTo(0.25);
  });
});

describe('calibration', () => {
  it('is that of scikit-learn, by steps and by Platt', () => {
    const isotonic = fitIsotonic(labels, said);
    const platt = fitPlatt(labels, said);
    golden.grid.forEach((probability, index) => {
      expect(calibrated(isotonic, probability)).toBeCloseTo(golden.isotonic[index]!, 9);
      expect(calibrated(platt, probability)).toBeCloseTo(golden.platt[index]!, 4);
    });
  });

  it('puts an overconfident model right, and leaves an honest one alone', () => {
    const { truth, labels: happened } = examplesOf(4_000, 11);
    const bold = truth.map((chance) => chance ** 3 / (chance ** 3 + (1 - chance) ** 3));
    const { calibration, logLosses } = chooseCalibration(happened, bold, 1);
    expect(calibration.kind).toBe('platt');
    expect(logLosses.platt).toBeLessThan(logLosses.none);
    expect(chooseCalibration(happened, truth, 1).calibration.kind).toBe('none');
  });

  it('never turns the order of two rows round', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 1 })), { minLength: 4, maxLength: 60 }), (rows) => {
        const happened = Uint8Array.from(rows, ([, label]) => label);
        const probabilities = Float64Array.from(rows, ([probability]) => probability);
        for (const calibration of [fitIsotonic(happened, probabilities), fitPlatt(happened, probabilities)]) {
          const sorted = [...probabilities].sort((a, b) => a - b).map((probability) => calibrated(calibration, probability));
          sorted.forEach((value, index) => { expect(value).toBeGreaterThanOrEqual((sorted[index - 1] ?? 0) - 1e-12); });
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe('folds', () => {
  it('share outcomes evenly, keep groups whole, and never learn from what came later', () => {
    const outcome = Uint8Array.from({ length: 103 }, (_, row) => Number(row % 4 === 0));
    for (const { judged, training } of splitsOf(stratifiedFolds(outcome, 5, 1))) {
      expect(judged.length + training.length).toBe(103);
      expect(judged.reduce((sum, row) => sum + outcome[row]!, 0)).toBeGreaterThanOrEqual(5);
    }
    const people = Array.from({ length: 50 }, (_, row) => `person ${String(row % 13)}`);
    const foldOf = groupedFolds(people, 4);
    people.forEach((person, row) => { expect(foldOf[row]).toBe(foldOf[people.indexOf(person)]); });
    const days = Array.from({ length: 40 }, (_, row) => (row * 7) % 10);
    for (const { training, judged } of timeSplits(days, 3)) {
      expect(Math.max(...[...training].map((row) => days[row]!))).toBeLessThan(Math.min(...[...judged].map((row) => days[row]!)));
    }
  });
});

describe('intervals', () => {
  it('hold the rate of about four in five groups of fifty that were never seen', () => {
    const train = examplesOf(4_000, 21);
    const { predictor } = trainPredictor(train, splitsOf(stratifiedFolds(train.labels, 5, 1)), { type: 'logistic_regression' }, 1, noCheckpoint, onOneThread);
    const others = examplesOf(20_000, 22);
    const { probabilities, lower, upper } = predictRows(predictor, others.frame, onOneThread);
    const groups = groupsByProbability(others.labels, probabilities, Int32Array.from(others.labels, (_, row) => row));
    const mean = (values: Float64Array, rows: Int32Array): number => rows.reduce((sum, row) => sum + values[row]!, 0) / rows.length;
    const held = groups.filter(({ rows, rate }) => rate >= mean(lower, rows) && rate <= mean(upper, rows)).length / groups.length;
    expect(groups).toHaveLength(400);
    expect(held).toBeGreaterThan(0.74);
    expect(held).toBeLessThan(0.86);
  });

  it('lie around their probability and within 0 and 1', () => {
    const rule = { bounds: [0.3, 0.6], below: [1, 1.3, 2], above: [1, 1.3, 2], groups: 90 };
    for (let probability = 0; probability <= 1; probability += 0.01) {
      const { lower, upper } = intervalOf(rule, probability);
      expect(lower).toBeGreaterThanOrEqual(0);
      expect(upper).toBeLessThanOrEqual(1);
      expect(lower <= probability && probability <= upper).toBe(true);
    }
  });
});

describe('the leakage guard', () => {
  it('names a column that tells the outcome, one whose being filled in does, and one marked as known after contact', () => {
    const { frame, labels: happened } = examplesOf(800, 51);
    const random = seededRng(1);
    const tags = categoryColumn('tags', [...happened].map((label) => (random() < 0.1 ? 'ringing' : label === 1 ? 'will come' : 'not interested')));
    const notes = numberColumn('notes', [...happened].map((label) => (label === 1 || random() < 0.3 ? random() : Number.NaN)));
    const found = findLeakage({ frame: { rows: 800, columns: [...frame.columns, tags, notes] }, labels: happened }, new Set(['noise']), { auc: 0.9, missingnessAuc: 0.7 });
    expect(found.map(({ column, reason }) => [column, reason])).toEqual([
      ['tags', 'tells_outcome'],
      ['notes', 'missingness_tells_outcome'],
      ['noise', 'known_after_contact'],
    ]);
    expect(found[0]!.auc).toBeGreaterThan(0.9);
  });

  it('finds no meaning in a name or a number that everybody has once', () => {
    const { labels: happened } = examplesOf(800, 52);
    const names = categoryColumn('id', Array.from(happened, (_, row) => `lead ${String(row)}`));
    const numbers = numberColumn('number', Array.from(happened, (_, row) => 660_000 - 3 * row));
    const visits = numberColumn('visits', Array.from(happened, (_, row) => row % 40));
    const found = findLeakage({ frame: { rows: 800, columns: [names, numbers, visits] }, labels: happened }, new Set());
    expect(found.map(({ column, reason }) => [column, reason]).sort()).toEqual([['id', 'identifier'], ['number', 'identifier']]);
    expect(missingnessAuc(names, happened)).toBe(0.5);
  });
});

describe('what a model must be before it serves', () => {
  it('needs forty of each outcome', () => {
    expect(isEnough({ positives: 40, negatives: 40 })).toBe(true);
    expect(isEnough({ positives: 39, negatives: 4_000 })).toBe(false);
  });

  it('beats the base rate and the rules, or is refused', () => {
    const { truth, labels: happened } = examplesOf(2_000, 61);
    expect(publishGate(happened, truth, new Float64Array(2_000).fill(0.5)).passes).toBe(true);
    expect(publishGate(happened, truth.map((chance) => 1 - chance), null).passes).toBe(false);
    expect(publishGate(happened, new Float64Array(2_000).fill(0.4), truth).passes).toBe(false);
  });
});

describe('groups of people', () => {
  it('are compared where they are large enough, and kept silent where they are not', () => {
    const rows = 230;
    const groupOf = Array.from({ length: rows }, (_, row) => (row < 120 ? 'a' : row < 220 ? 'b' : row < 225 ? 'c' : null));
    const happened = Uint8Array.from({ length: rows }, (_, row) => Number(row % 4 === 0));
    const { groups, suppressed } = judgeSubgroups(groupOf, happened, new Float64Array(rows).fill(0.5));
    expect(groups.map(({ group, rows: count }) => [group, count])).toEqual([['a', 120], ['b', 100]]);
    expect(groups[0]!.calibrationGap).toBeCloseTo(-0.25);
    // 1.96 · √(120 · .25) / 120 = .0895: a gap of .25 is no chance.
    expect(groups[0]!.chanceGap).toBeCloseTo(0.0895, 4);
    expect(suppressed).toEqual({ groups: 1, rows: 5 });
  });
});

describe('drift', () => {
  it('is nothing among rows of the same kind, and told where they moved', () => {
    const spreads = spreadOf(examplesOf(3_000, 71).frame);
    for (const { stability } of driftOf(spreads, examplesOf(3_000, 72).frame)) expect(stability).toBeLessThan(0.1);
    expect(driftOf(spreads, examplesOf(3_000, 73, 1.5).frame)[0]).toMatchObject({ column: 'x', stability: expect.closeTo(5, -1) });
    expect(driftOf(spreads, examplesOf(3_000, 73, 1.5).frame)[0]!.stability).toBeGreaterThan(driftAt);
    expect(driftOf(spreads, { rows: 0, columns: [] })).toEqual([]);
  });

  it('tells how far outcomes are from what was said: a hand-worked case', () => {
    // A hundred at .5: 65 happened, 15 more than said, with a deviation of 5.
    expect(calibrationDrift(Uint8Array.from({ length: 100 }, (_, row) => Number(row < 65)), new Float64Array(100).fill(0.5))).toMatchObject({ observedRate: 0.65, deviations: 3 });
    expect(calibrationDrift(new Uint8Array(49), new Float64Array(49))).toBeNull();
  });
});
