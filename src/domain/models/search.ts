import type { Checkpoint } from '../kernel/checkpoint';
import { type Rng, seededRng } from '../kernel/rng';
import { type Split, splitsOf, stratifiedFolds } from './folds';
import type { FeaturePlan } from './features';
import { type Examples, selectExamples } from './frame';
import { crossValidate } from './judgement';
import { logLoss } from './metrics';
import type { ModelRecipe, SingleRecipe } from './model';
import type { ParallelFor } from './parallel';

/** How options are looked for. */
export interface SearchPlan {
  readonly method: 'random' | 'successive_halving';
  readonly candidates: number;
  /** Folds within the examples that the search may see. */
  readonly folds: number;
  readonly seed: number;
  /** What is made of the columns, for every candidate alike. */
  readonly features?: FeaturePlan;
}

export interface Candidate {
  readonly recipe: ModelRecipe;
  /** On the rows that it was last judged on. */
  readonly logLoss: number;
  readonly rows: number;
}

function pick<Value>(random: Rng, values: readonly Value[]): Value {
  return values[Math.floor(random() * values.length)]!;
}

/** Options of one type, drawn from where they are known to be worth trying. */
function draw(type: SingleRecipe['type'], random: Rng, seed: number): SingleRecipe {
  switch (type) {
    case 'logistic_regression':
      return { type, options: { regularisation: 10 ** (4 * random() - 2), fewestRowsOfLevel: pick(random, [10, 20, 50]) } };
    case 'random_forest':
      return { type, options: { fewestRowsInLeaf: pick(random, [2, 5, 10, 20]), columnsPerSplit: pick(random, [null, 3, 6, 10]), seed } };
    case 'gradient_boosting': {
      const learningRate = pick(random, [0.03, 0.05, 0.1]);
      return {
        type,
        options: {
          learningRate,
          trees: Math.round(pick(random, [6, 10, 15]) / learningRate),
          mostLeaves: pick(random, [6, 10, 16, 31]),
          fewestRowsInLeaf: pick(random, [10, 20, 40]),
          regularisation: pick(random, [1, 5, 20]),
          rowShare: pick(random, [0.7, 1]),
          columnShare: pick(random, [0.3, 0.5, 1]),
          seed,
        },
      };
    }
  }
}

/**
 * Looks for options by log loss on rows that the candidates had not seen. By successive halving (Jamieson and Talwalkar 2016) all begin on few
 * rows, and the better third goes on with three times as many. What is by default is always among the candidates.
 *
 * @returns all candidates, the best first
 */
export function searchOptions(examples: Examples, type: SingleRecipe['type'], plan: SearchPlan, checkpoint: Checkpoint, parallelFor: ParallelFor): Candidate[] {
  const random = seededRng(plan.seed);
  const { features } = plan;
  let recipes: ModelRecipe[] = [{ type, features }, ...Array.from({ length: Math.max(0, plan.candidates - 1) }, () => ({ ...draw(type, random, plan.seed), features }))];
  const rungs = plan.method === 'random' ? 1 : Math.max(1, Math.floor(Math.log(recipes.length) / Math.log(3)) + 1);
  const total = Array.from({ length: rungs }, (_, rung) => Math.ceil(recipes.length / 3 ** rung)).reduce((sum, count) => sum + count, 0);
  let done = 0;
  const lost: Candidate[] = [];
  let judged: Candidate[] = [];
  for (let rung = 0; rung < rungs; rung += 1) {
    const share = 3 ** (rung - rungs + 1);
    const some = share === 1 ? examples : selectExamples(examples, sampleOf(examples.labels, share, plan.seed));
    const splits: Split[] = splitsOf(stratifiedFolds(some.labels, plan.folds, plan.seed));
    judged = recipes
      .map((recipe) => {
        const held = crossValidate(some, splits, recipe, (part, parts) => { checkpoint(done + (parts === 0 ? 0 : part / parts), total); }, parallelFor);
        done += 1;
        return { recipe, logLoss: logLoss(held.labels, held.probabilities), rows: some.labels.length };
      })
      .sort((a, b) => a.logLoss - b.logLoss);
    if (rung === rungs - 1) break;
    const kept = Math.max(1, Math.ceil(recipes.length / 3));
    lost.unshift(...judged.slice(kept));
    recipes = judged.slice(0, kept).map(({ recipe }) => recipe);
  }
  checkpoint(total, total);
  return [...judged, ...lost];
}

/** Some rows with the same share of outcomes, in their order. */
function sampleOf(labels: Uint8Array, share: number, seed: number): Int32Array {
  const foldOf = stratifiedFolds(labels, Math.round(1 / share), seed);
  return Int32Array.from(labels, (_, row) => row).filter((row) => foldOf[row] === 0);
}
