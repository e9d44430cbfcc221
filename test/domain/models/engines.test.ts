import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Cancelled, noCheckpoint } from '#domain/kernel/checkpoint';
import { seededRng } from '#domain/kernel/rng';
import { boostingDefaults, fitBoosting, predictBoosting } from '#domain/models/boosting';
import { fitForest, forestDefaults, predictForest } from '#domain/models/forest';
import { booleanColumn, categoryColumn, type Column, type Examples, numberColumn, selectRows } from '#domain/models/frame';
import { fitLogistic, logisticDefaults, predictLogistic } from '#domain/models/logistic';
import { rocAuc } from '#domain/models/metrics';
import { fitModel, type ModelRecipe, modelTypes, predictModel } from '#domain/models/model';
import { onOneThread } from '#domain/models/parallel';
import golden from './golden/golden.json' with { type: 'json' };

const recipes: readonly ModelRecipe[] = modelTypes.map((type) => ({ type }));
const labels = Uint8Array.from(golden.labels);
const columnsOf = (values: readonly (readonly (number | null)[])[]): Column[] => values.map((column, index) => numberColumn(`x${String(index)}`, column.map((value) => value ?? Number.NaN)));
const withMissing: Examples = { frame: { rows: labels.length, columns: columnsOf(golden.columns) }, labels };
const complete: Examples = { frame: { rows: labels.length, columns: columnsOf(golden.complete) }, labels };

/** Rows of three kinds of columns, whose outcome follows from all of them. */
function mixed(rows: number, seed: number): Examples {
  const random = seededRng(seed);
  const cities = ['Leeds', 'York', 'Hull', 'Bath', 'Ely'];
  const drawn = Array.from({ length: rows }, () => ({ visits: Math.floor(random() * 20), city: cities[Math.floor(random() * 5)]!, call: random() < 0.3, lost: random() }));
  return {
    frame: {
      rows,
      columns: [
        numberColumn('visits', drawn.map(({ visits, lost }) => (lost < 0.1 ? Number.NaN : visits))),
        categoryColumn('city', drawn.map(({ city, lost }) => (lost > 0.95 ? null : city))),
        booleanColumn('call', drawn.map(({ call, lost }) => (lost > 0.9 ? null : call))),
      ],
    },
    labels: Uint8Array.from(drawn, ({ visits, city, call }) => Number(random() < 1 / (1 + Math.exp(4 - visits / 4 - Number(call) - (city === 'York' || city === 'Ely' ? 1.5 : 0))))),
  };
}

describe('the engines beside scikit-learn', () => {
  it('boost to the same probabilities as HistGradientBoostingClassifier, missing values included', () => {
    const model = fitBoosting(withMissing, { ...boostingDefaults, trees: 20, learningRate: 0.1, mostLeaves: 8, fewestRowsInLeaf: 5, regularisation: 0, columnShare: 1 }, noCheckpoint, onOneThread);
    predictBoosting(model, withMissing.frame, onOneThread).forEach((probability, row) => { expect(probability).toBeCloseTo(golden.boosting[row]!, 5); });
  });

  it('find the coefficients of LogisticRegression with C = 0.5', () => {
    const model = fitLogistic(complete, { ...logisticDefaults, regularisation: 2, tolerance: 1e-9 }, noCheckpoint);
    expect(model.converged).toBe(true);
    expect(model.intercept).toBeCloseTo(golden.logistic.intercept, 5);
    model.terms.forEach(({ at }, index) => { expect(model.coefficients[at]).toBeCloseTo(golden.logistic.coefficients[index]!, 5); });
  });

  it('say so where logistic regression has not converged', () => {
    expect(fitLogistic(complete, { ...logisticDefaults, mostIterations: 1 }, noCheckpoint).converged).toBe(false);
  });
});

describe('every engine', () => {
  const examples = mixed(1_500, 3);
  const others = mixed(1_500, 4);

  it.each(recipes)('tells likely rows from unlikely ones that it has not seen: $type', (recipe) => {
    const model = fitModel(examples, recipe, noCheckpoint, onOneThread);
    const probabilities = predictModel(model, others.frame, onOneThread);
    // The truth itself, which knows all but chance, reaches about .86.
    expect(rocAuc(others.labels, probabilities)).toBeGreaterThan(0.8);
    for (const probability of probabilities) expect(probability >= 0 && probability <= 1).toBe(true);
  });

  it.each(recipes)('gives the same bits for the same seed, and for a row whether alone or among others: $type', (recipe) => {
    const model = fitModel(examples, recipe, noCheckpoint, onOneThread);
    const probabilities = predictModel(model, others.frame, onOneThread);
    expect(predictModel(fitModel(examples, recipe, noCheckpoint, onOneThread), others.frame, onOneThread)).toEqual(probabilities);
    for (const row of [0, 3, 700]) expect(predictModel(model, selectRows(others.frame, Int32Array.of(row)), onOneThread)[0]).toBe(probabilities[row]);
  });

  it.each(recipes)('answers for a row that lacks everything, has a value never seen, or comes in another kind of column: $type', (recipe) => {
    const model = fitModel(examples, recipe, noCheckpoint, onOneThread);
    const strange = [[], [categoryColumn('city', ['Atlantis'])], [numberColumn('city', [7]), categoryColumn('visits', ['many'])], [numberColumn('visits', [Number.POSITIVE_INFINITY])]];
    for (const columns of strange) {
      const [probability] = predictModel(model, { rows: 1, columns }, onOneThread);
      expect(probability).toBeGreaterThan(0);
      expect(probability).toBeLessThan(1);
    }
  });

  it.each(recipes)('stops where it is cancelled: $type', (recipe) => {
    let calls = 0;
    const cancel = (): void => {
      calls += 1;
      if (calls === 3) throw new Cancelled();
    };
    expect(() => fitModel(examples, recipe, cancel, onOneThread)).toThrow(Cancelled);
    expect(calls).toBe(3);
  });

  it('parts rows by whether a value is missing where nothing else tells', () => {
    const random = seededRng(5);
    const known = Array.from({ length: 600 }, () => random() < 0.5);
    const column = numberColumn('fee', known.map((is) => (is ? random() : Number.NaN)));
    const told: Examples = { frame: { rows: 600, columns: [column] }, labels: Uint8Array.from(known, Number) };
    for (const recipe of recipes) {
      const [missing, present] = predictModel(fitModel(told, recipe, noCheckpoint, onOneThread), { rows: 2, columns: [numberColumn('fee', [Number.NaN, 0.5])] }, onOneThread);
      expect(missing).toBeLessThan(0.1);
      expect(present).toBeGreaterThan(0.9);
    }
  });

  it('takes all that real columns bring: constant, empty, endless categories, infinite and doubled values', () => {
    const rows = 12_000;
    const random = seededRng(9);
    const hopeless: Examples = {
      frame: {
        rows,
        columns: [
          numberColumn('constant', new Float64Array(rows).fill(3)),
          numberColumn('empty', new Float64Array(rows).fill(Number.NaN)),
          categoryColumn('unanswered', new Array<null>(rows).fill(null)),
          categoryColumn('id', Array.from({ length: rows }, (_, row) => `lead ${String(row % 10_000)}`)),
          numberColumn('huge', Array.from({ length: rows }, (_, row) => (row % 7 === 0 ? Number.POSITIVE_INFINITY : row % 2 === 0 ? 1e308 : -1e308))),
          booleanColumn('yes', new Array<boolean>(rows).fill(true)),
        ],
      },
      labels: Uint8Array.from({ length: rows }, () => Number(random() < 0.3)),
    };
    for (const recipe of recipes.filter(({ type }) => type !== 'ensemble')) {
      for (const probability of predictModel(fitModel(hopeless, recipe, noCheckpoint, onOneThread), hopeless.frame, onOneThread)) expect(Number.isFinite(probability)).toBe(true);
    }
  });

  it.each([
    ['one outcome only', { frame: examples.frame, labels: new Uint8Array(examples.frame.rows) }, 'one_class'],
    ['no rows', { frame: { rows: 0, columns: [] }, labels: new Uint8Array(0) }, 'no_rows'],
    ['no columns', { frame: { rows: 3, columns: [] }, labels: Uint8Array.of(0, 1, 0) }, 'no_columns'],
    ['an outcome that is none', { frame: examples.frame, labels: new Uint8Array(examples.frame.rows).fill(2) }, 'bad_label'],
    ['columns of different lengths', { frame: { rows: 3, columns: [numberColumn('a', [1])] }, labels: Uint8Array.of(0, 1, 0) }, 'uneven_columns'],
    ['a weight below nothing', { ...examples, weights: new Float64Array(examples.frame.rows).fill(-1) }, 'bad_weight'],
  ])('refuses %s', (_, wrong: Examples, reason) => {
    for (const recipe of recipes) expect(() => fitModel(wrong, recipe, noCheckpoint, onOneThread)).toThrow(expect.objectContaining({ name: 'UntrainableError', reason }));
  });
});

describe('boosting', () => {
  it('stops early where more trees bring nothing, and keeps those that did', () => {
    const model = fitBoosting(mixed(1_500, 3), { ...boostingDefaults, trees: 400, learningRate: 0.3, earlyStopping: { share: 0.2, patience: 10 } }, noCheckpoint, onOneThread);
    const { validation } = model.curve;
    expect(validation.length).toBeLessThan(400);
    expect(model.trees.roots.length).toBe(validation.indexOf(Math.min(...validation)) + 1);
  });

  it('says the same of a column whatever increasing function it is seen through', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 40, maxLength: 120 }), (values) => {
        const outcome = Uint8Array.from(values, (value, row) => Number((value * 7 + row) % 3 === 0));
        fc.pre(outcome.includes(0) && outcome.includes(1));
        const said = (seen: (value: number) => number) => {
          const told: Examples = { frame: { rows: values.length, columns: [numberColumn('x', values.map(seen))] }, labels: outcome };
          return predictBoosting(fitBoosting(told, { ...boostingDefaults, trees: 5, fewestRowsInLeaf: 3 }, noCheckpoint, onOneThread), told.frame, onOneThread);
        };
        expect(said((value) => Math.exp(value / 10))).toEqual(said((value) => value));
      }),
      { numRuns: 20 },
    );
  });

  it('counts a row with weight 2 like two rows', () => {
    const few = mixed(300, 6);
    const twice = Int32Array.from({ length: 600 }, (_, row) => row % 300);
    const options = { ...boostingDefaults, trees: 10, fewestRowsInLeaf: 1, columnShare: 1, fewestRowsOfCategory: 1 };
    const doubled = fitBoosting({ frame: selectRows(few.frame, twice), labels: Uint8Array.from(twice, (row) => few.labels[row]!) }, options, noCheckpoint, onOneThread);
    const weighted = fitBoosting({ ...few, weights: new Float64Array(300).fill(2) }, options, noCheckpoint, onOneThread);
    predictBoosting(weighted, few.frame, onOneThread).forEach((probability, row) => {
      expect(probability).toBeCloseTo(predictBoosting(doubled, selectRows(few.frame, Int32Array.of(row)), onOneThread)[0]!, 4);
    });
  });
});

describe('a forest', () => {
  it('of one tree that may not split says how often the outcome came in its draw', () => {
    const examples = mixed(400, 2);
    const rate = examples.labels.reduce((sum, label) => sum + label, 0) / 400;
    const model = fitForest(examples, { ...forestDefaults, trees: 1, deepest: 0 }, noCheckpoint, onOneThread);
    const [said] = predictForest(model, examples.frame, onOneThread);
    expect(said).toBeCloseTo(rate, 1);
    expect(model.trees.column).toEqual(Int16Array.of(-1));
  });
});

describe('logistic regression', () => {
  it('adds up the rule it was told: a hand-worked sum', () => {
    const model = {
      type: 'logistic_regression' as const,
      terms: [
        { kind: 'number' as const, name: 'visits', mean: 4, scale: 0.5, substitute: 3, at: 0 },
        { kind: 'category' as const, name: 'city', levels: ['York'], at: 2 },
      ],
      intercept: -1,
      coefficients: Float64Array.of(0.8, 0.3, -0.2, -0.1, 0.6),
      converged: true,
      iterations: 1,
    };
    const frame = { rows: 2, columns: [numberColumn('visits', [8, Number.NaN]), categoryColumn('city', ['York', 'Hull'])] };
    // Row 1: −1 + .8 · (8 − 4) · .5 + .6 = 1.2. Row 2: −1 + .8 · (3 − 4) · .5 + .3 − .1 = −1.2.
    const [first, second] = predictLogistic(model, frame);
    expect(first).toBeCloseTo(0.768525, 5);
    expect(second).toBeCloseTo(0.231475, 5);
  });
});
