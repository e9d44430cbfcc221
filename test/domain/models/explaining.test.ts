import { describe, expect, it } from 'vitest';
import { noCheckpoint } from '#domain/kernel/checkpoint';
import { boostingDefaults, boostingScores, type BoostingModel, fitBoosting } from '#domain/models/boosting';
import { decodePredictor, encodePredictor } from '#domain/models/artefact';
import { splitsOf, stratifiedFolds } from '#domain/models/folds';
import { type Frame, selectRows } from '#domain/models/frame';
import { partialDependence, permutationImportance } from '#domain/models/importance';
import { predictRows, trainPredictor } from '#domain/models/judgement';
import { fitModel, modelTypes, predictModel } from '#domain/models/model';
import { onOneThread } from '#domain/models/parallel';
import { searchOptions } from '#domain/models/search';
import { contributionsOf } from '#domain/models/shap';
import { binFrame } from '#domain/models/trees/binning';
import { goesLeft, type Trees } from '#domain/models/trees/trees';
import { examplesOf } from '#test/support/examples';

/** Shapley values by their definition: every subset of columns, unknown columns averaged over the training rows of each node. */
function shapleyByDefinition(trees: Trees, frame: Frame, row: number): number[] {
  const { bins, rows } = binFrame(frame, trees.columns, onOneThread);
  const value = (known: number, node: number): number => {
    const column = trees.column[node]!;
    if (column < 0) return trees.value[node]!;
    const left = trees.left[node]!;
    if ((known >> column) & 1) return value(known, goesLeft(trees, node, bins[column * rows + row]!) ? left : left + 1);
    return (trees.cover[left]! * value(known, left) + trees.cover[left + 1]! * value(known, left + 1)) / trees.cover[node]!;
  };
  const whole = (known: number): number => [...trees.roots].reduce((sum, root) => sum + value(known, root), 0);
  const count = trees.columns.length;
  const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
  return trees.columns.map((_, column) => {
    let sum = 0;
    for (let subset = 0; subset < 1 << count; subset += 1) {
      if ((subset >> column) & 1) continue;
      const size = subset.toString(2).replaceAll('0', '').length;
      sum += ((factorial(size) * factorial(count - size - 1)) / factorial(count)) * (whole(subset | (1 << column)) - whole(subset));
    }
    return sum;
  });
}

describe('contributions', () => {
  const examples = examplesOf(600, 31);

  it('are Shapley values, as their definition gives them', () => {
    const model: BoostingModel = fitBoosting(examples, { ...boostingDefaults, trees: 12, columnShare: 1 }, noCheckpoint, onOneThread);
    const some = selectRows(examples.frame, Int32Array.of(0, 17, 300));
    const { values, columns } = contributionsOf(model, some);
    for (let row = 0; row < 3; row += 1) {
      shapleyByDefinition(model.trees, some, row).forEach((value, column) => { expect(values[row * columns.length + column]).toBeCloseTo(value, 9); });
    }
  });

  it.each(modelTypes)('add up to what the model says: %s', (type) => {
    const model = fitModel(examples, { type }, noCheckpoint, onOneThread);
    const some = selectRows(examples.frame, Int32Array.from({ length: 40 }, (_, row) => row));
    const { base, values, columns, scale } = contributionsOf(model, some);
    predictModel(model, some, onOneThread).forEach((probability, row) => {
      let sum = base;
      for (let column = 0; column < columns.length; column += 1) sum += values[row * columns.length + column]!;
      expect(scale === 'logOdds' ? 1 / (1 + Math.exp(-sum)) : sum).toBeCloseTo(probability, 6);
    });
  });

  it('give nothing to a column that tells nothing', () => {
    const model = fitBoosting(examples, { ...boostingDefaults, columnShare: 1 }, noCheckpoint, onOneThread);
    expect(boostingScores(model, examples.frame, onOneThread)).toHaveLength(600);
    const { values, columns } = contributionsOf(model, examples.frame);
    for (let row = 0; row < 600; row += 1) expect(values[row * columns.length + columns.indexOf('never')]).toBe(0);
  });
});

describe('importance and dependence', () => {
  const examples = examplesOf(1_200, 41);
  const model = fitModel(examples, { type: 'gradient_boosting' }, noCheckpoint, onOneThread);

  it('put the column that matters first and what tells nothing at nothing', () => {
    const found = permutationImportance(model, examplesOf(1_200, 42), 3, 1, noCheckpoint, onOneThread);
    expect(found.slice(0, 2).map(({ column }) => column)).toEqual(['x', 'kind']);
    expect(found.find(({ column }) => column === 'never')).toMatchObject({ logLossRise: 0, deviation: 0 });
  });

  it('show how the chance rises with a number and differs between levels', () => {
    const predict = (frame: Frame): Float64Array => predictModel(model, frame, onOneThread);
    const points = partialDependence(predict, examples.frame, 'x', 5)!;
    expect(points.at(-1)!.meanProbability).toBeGreaterThan(points[0]!.meanProbability + 0.3);
    expect(points.reduce((sum, { rows }) => sum + rows, 0)).toBe(1_200);
    const kinds = new Map(partialDependence(predict, examples.frame, 'kind', 5)!.map(({ value, meanProbability }) => [value, meanProbability]));
    expect(kinds.get('near')).toBeGreaterThan(kinds.get('far')!);
    expect(partialDependence(predict, examples.frame, 'absent', 5)).toBeNull();
  });
});

describe('the search for options', () => {
  it.each(['random', 'successive_halving'] as const)('never ends worse than what is by default: %s', (method) => {
    const examples = examplesOf(300, 81);
    const candidates = searchOptions(examples, 'logistic_regression', { method, candidates: 6, folds: 3, seed: 1 }, noCheckpoint, onOneThread);
    expect(candidates).toHaveLength(6);
    const best = candidates[0]!;
    for (const { rows, logLoss: loss } of candidates) if (rows === best.rows) expect(loss).toBeGreaterThanOrEqual(best.logLoss);
    if (method === 'successive_halving') expect(candidates.at(-1)!.rows).toBeLessThan(best.rows);
  });
});

describe('a kept model', () => {
  const examples = examplesOf(500, 91);
  const splits = splitsOf(stratifiedFolds(examples.labels, 3, 1));

  it.each(modelTypes)('answers the same bits after it was kept and loaded: %s', (type) => {
    const { predictor } = trainPredictor(examples, splits, { type }, 1, noCheckpoint, onOneThread);
    // A database gives bytes as a window into something larger, at an odd place.
    const loaded = decodePredictor(Buffer.concat([Buffer.from('abc'), encodePredictor(predictor)]).subarray(3));
    expect(loaded).toEqual(predictor);
    expect(predictRows(loaded, examples.frame, onOneThread)).toEqual(predictRows(predictor, examples.frame, onOneThread));
  });

  it('is refused where it is damaged or from a newer version', () => {
    const { predictor } = trainPredictor(examples, splits, { type: 'logistic_regression' }, 1, noCheckpoint, onOneThread);
    const bytes = encodePredictor(predictor);
    expect(() => decodePredictor(bytes.subarray(0, bytes.length - 9))).toThrow(expect.objectContaining({ reason: 'damaged' }));
    expect(() => decodePredictor(bytes.subarray(0, 5))).toThrow(expect.objectContaining({ reason: 'damaged' }));
    const broken = Uint8Array.from(bytes);
    broken[9] = 33;
    expect(() => decodePredictor(broken)).toThrow(expect.objectContaining({ reason: 'damaged' }));
    const newer = new TextDecoder('latin1').decode(bytes).replace('"version":2', '"version":9');
    expect(() => decodePredictor(Uint8Array.from(newer, (character) => character.charCodeAt(0)))).toThrow(expect.objectContaining({ reason: 'newer' }));
  });
});
