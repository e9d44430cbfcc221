import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { noCheckpoint } from '#domain/kernel/checkpoint';
import { seededRng } from '#domain/kernel/rng';
import { boostingDefaults, fitBoosting, predictBoosting } from '#domain/models/boosting';
import { fitForest, forestDefaults, predictForest } from '#domain/models/forest';
import { groupedFolds, splitsOf, stratifiedFolds } from '#domain/models/folds';
import { type Examples, selectExamples, selectRows, withoutColumns } from '#domain/models/frame';
import { groupsByProbability } from '#domain/models/intervals';
import { crossValidate, predictRows, trainPredictor } from '#domain/models/judgement';
import { brierScore, rocAuc } from '#domain/models/metrics';
import { type ModelRecipe, modelTypes } from '#domain/models/model';
import { onOneThread, type ParallelFor } from '#domain/models/parallel';
import { threadsForEngine, withThreads } from '#main/worker/threads';
import type { EngineFigures } from '#bench/models/figures';
import { afterContact, lastActivity, readLeads, readOutcomes } from '#bench/models/data';
import { syntheticExamples } from '#bench/models/synthetic';
import { readTracing } from '#bench/models/tracing';

// Runs by itself, built, and writes what it measured as JSON: the engines are measured as they ship, with threads beside their own.

const [, , output = '', shared = '', foldsFile = '', synthetic = '', rowsText = '100000', repeatsText = '8'] = process.argv;
const rows = Number(rowsText);
const threadFile = pathToFileURL(join(fileURLToPath(new URL('.', import.meta.url)), 'engineThread.js'));

const foldsOf = (text: string): Int32Array => Int32Array.from(text, Number);
const seconds = (from: number): number => (performance.now() - from) / 1_000;

function quality(name: string, examples: Examples, foldOf: Int32Array, recipes: readonly ModelRecipe[], parallelFor: ParallelFor): EngineFigures['quality'] {
  return recipes.map((recipe) => {
    const from = performance.now();
    const { labels, probabilities } = crossValidate(examples, splitsOf(foldOf), recipe, noCheckpoint, parallelFor);
    return { data: name, model: recipe.type, auc: rocAuc(labels, probabilities) ?? Number.NaN, brier: brierScore(labels, probabilities), seconds: seconds(from) };
  });
}

/** How often the observed rate of a group of fifty or more lies in the mean interval of its rows, over repeated splits into two thirds and one. */
function coverage(name: string, examples: Examples, groups: readonly string[] | null, repeats: number, parallelFor: ParallelFor): EngineFigures['coverage'][number] {
  let held = 0;
  let all = 0;
  const mean = (values: Float64Array, some: Int32Array): number => some.reduce((sum, row) => sum + values[row]!, 0) / some.length;
  for (let repeat = 1; repeat <= repeats; repeat += 1) {
    const random = seededRng(repeat);
    const drawn = groups === null ? null : new Map([...new Set(groups)].map((group) => [group, random() < 1 / 3]));
    const folds = stratifiedFolds(examples.labels, 3, repeat);
    const isAside = (row: number): boolean => (drawn === null ? folds[row] === 0 : drawn.get(groups![row]!) === true);
    const every = Int32Array.from(examples.labels, (_, row) => row);
    const training = every.filter((row) => !isAside(row));
    const aside = every.filter(isAside);
    const train = selectExamples(examples, training);
    const foldOf = groups === null ? stratifiedFolds(train.labels, 5, repeat) : groupedFolds(Array.from(training, (row) => groups[row]!), 5);
    const { predictor } = trainPredictor(train, splitsOf(foldOf), { type: 'gradient_boosting' }, repeat, noCheckpoint, parallelFor);
    const { probabilities, lower, upper } = predictRows(predictor, selectRows(examples.frame, aside), parallelFor);
    const labels = Uint8Array.from(aside, (row) => examples.labels[row]!);
    for (const group of groupsByProbability(labels, probabilities, Int32Array.from(labels, (_, row) => row))) {
      all += 1;
      if (group.rate >= mean(lower, group.rows) && group.rate <= mean(upper, group.rows)) held += 1;
    }
  }
  return { data: name, share: held / all, groups: all, repeats };
}

function speed(parallelFor: ParallelFor): EngineFigures['speed'] {
  const examples = syntheticExamples(rows, 30, 1);
  if (synthetic !== '') {
    const lines = Array.from(examples.labels, (label, row) => [...examples.frame.columns.map((column) => (column.kind === 'number' ? String(column.values[row]) : '')), String(label)].join(','));
    writeFileSync(synthetic, `${examples.frame.columns.map(({ name }) => name).join(',')},label\n${lines.join('\n')}\n`);
  }
  const boostingOptions = { ...boostingDefaults, trees: 100, learningRate: 0.1, mostLeaves: 31, regularisation: 0, columnShare: 1 };
  // Once to let the compiler see it all.
  fitBoosting(syntheticExamples(20_000, 30, 2), { ...boostingOptions, trees: 20 }, noCheckpoint, parallelFor);
  let from = performance.now();
  const boosted = fitBoosting(examples, boostingOptions, noCheckpoint, parallelFor);
  const boostingFit = seconds(from);
  from = performance.now();
  const probabilities = predictBoosting(boosted, examples.frame, parallelFor);
  const boostingPredict = seconds(from);
  from = performance.now();
  const forest = fitForest(examples, { ...forestDefaults, fewestRowsInLeaf: 1 }, noCheckpoint, parallelFor);
  const forestFit = seconds(from);
  from = performance.now();
  predictForest(forest, examples.frame, parallelFor);
  return { threads: parallelFor.threads, boostingFit, boostingPredict, boostingAuc: rocAuc(examples.labels, probabilities) ?? Number.NaN, forestFit, forestPredict: seconds(from) };
}

/** The most array memory that boosting holds above its examples while it trains, by the size of the binned data. */
async function memory(): Promise<number> {
  const examples = syntheticExamples(rows, 30, 1);
  // Arrays that nobody holds any more are let go of some time after the collection that found them.
  for (let round = 0; round < 3; round += 1) {
    globalThis.gc?.();
    await new Promise(setImmediate);
  }
  const before = process.memoryUsage().arrayBuffers;
  let most = 0;
  fitBoosting(examples, { ...boostingDefaults, trees: 30, learningRate: 0.1, mostLeaves: 31, columnShare: 1 }, () => { most = Math.max(most, process.memoryUsage().arrayBuffers - before); }, onOneThread);
  return most / (rows * 30);
}

// First, while there is nothing else that could be let go of meanwhile.
const peak = await memory();
const figures = await withThreads(threadFile, threadsForEngine(), (parallelFor): EngineFigures => {
  const timed = speed(parallelFor);
  if (shared === '') return { speed: timed, memory: peak, quality: [], coverage: [] };
  const folds = JSON.parse(readFileSync(foldsFile, 'utf8')) as { readonly leads: string; readonly outcomes: string };
  const all = readLeads(shared);
  const leads = { ...all, frame: withoutColumns(all.frame, new Set(afterContact)) };
  const early = { ...all, frame: withoutColumns(all.frame, new Set([...afterContact, ...lastActivity])) };
  const outcomes = readOutcomes(shared);
  const tracing = readTracing(shared);
  const every = modelTypes.map((type): ModelRecipe => ({ type }));
  const repeats = Number(repeatsText);
  return {
    speed: timed,
    memory: peak,
    quality: [
      ...quality('leads', leads, foldsOf(folds.leads), every, parallelFor),
      ...quality('leads without last activity', early, foldsOf(folds.leads), every, parallelFor),
      ...quality('outcomes at day 60', outcomes, foldsOf(folds.outcomes), every, parallelFor),
      ...quality('next answer', tracing, groupedFolds(tracing.groups, 5), [{ type: 'gradient_boosting' }], parallelFor),
    ],
    coverage: [coverage('leads', leads, null, repeats, parallelFor), coverage('leads without last activity', early, null, repeats, parallelFor), coverage('outcomes at day 60', outcomes, outcomes.groups, repeats, parallelFor)],
  };
});
writeFileSync(output, JSON.stringify(figures));
