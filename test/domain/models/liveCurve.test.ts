import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import type { ProgressPoint } from '#domain/kernel/checkpoint';
import { boostingDefaults, boostingScores, fitBoosting } from '#domain/models/boosting';
import { type Examples, numberColumn, selectExamples } from '#domain/models/frame';
import { noFeatures } from '#domain/models/features';
import { fitModel } from '#domain/models/model';
import { logLoss } from '#domain/models/metrics';
import { onOneThread } from '#domain/models/parallel';

const random = seededRng(5);
const values = Array.from({ length: 1_200 }, () => random());
const all: Examples = { frame: { rows: 1_200, columns: [numberColumn('told', values)] }, labels: Uint8Array.from(values, (value) => Number(random() < value)) };
const teaching = selectExamples(all, Int32Array.from({ length: 800 }, (_, row) => row));
const aside = selectExamples(all, Int32Array.from({ length: 400 }, (_, row) => 800 + row));

describe('the curve that grows while boosting learns', () => {
  const options = { ...boostingDefaults, trees: 30, columnShare: 1 };
  const points: ProgressPoint[] = [];
  const model = fitBoosting(teaching, options, (_done, _total, _note, point) => { if (point !== undefined) points.push(point); }, onOneThread, aside);

  it('is the loss on rows that it does not learn from, tree by tree, up to the model that it ends with', () => {
    expect(points.map(({ share }) => Math.round(30 * share))).toEqual(Array.from({ length: 30 }, (_, tree) => tree + 1));
    expect(points[0]!.loss).toBeGreaterThan(points.at(-1)!.loss);
    const said = boostingScores(model, aside.frame, onOneThread).map((score) => 1 / (1 + Math.exp(-score)));
    expect(points.at(-1)!.loss).toBeCloseTo(logLoss(aside.labels, said), 9);
  });

  it('changes nothing of the model', () => {
    expect(fitBoosting(teaching, options, () => undefined, onOneThread).trees).toEqual(model.trees);
  });

  it('is told through columns that are made of others too, and by no model but boosting', () => {
    const told = (type: 'gradient_boosting' | 'logistic_regression'): number => {
      let count = 0;
      fitModel(teaching, { type, features: { ...noFeatures, transforms: true } }, (_done, _total, _note, point) => { count += Number(point !== undefined); }, onOneThread, aside);
      return count;
    };
    expect(told('gradient_boosting')).toBe(boostingDefaults.trees);
    expect(told('logistic_regression')).toBe(0);
  });
});
