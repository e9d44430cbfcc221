import type { Checkpoint } from '../kernel/checkpoint';
import { boostingDefaults, type BoostingModel, type BoostingOptions, fitBoosting, predictBoosting } from './boosting';
import { fitForest, forestDefaults, type ForestModel, type ForestOptions, predictForest } from './forest';
import { applyFeatures, type FeaturePlan, fitFeatures, type FittedFeatures, makesFeatures } from './features';
import { checkExamples, type Examples, type Frame } from './frame';
import { fitLogistic, logisticDefaults, type LogisticModel, type LogisticOptions, predictLogistic } from './logistic';
import type { ParallelFor } from './parallel';

export const modelTypes = ['logistic_regression', 'random_forest', 'gradient_boosting', 'ensemble'] as const;
export type ModelType = (typeof modelTypes)[number];

/** Soft voting: the weighted mean of the members' probabilities. */
export interface EnsembleModel {
  readonly type: 'ensemble';
  readonly members: readonly { readonly model: SingleModel; readonly weight: number }[];
}

/** A model with the columns that are made for it. */
export interface PreparedModel {
  readonly type: 'prepared';
  readonly features: FittedFeatures;
  readonly model: SingleModel | EnsembleModel;
}

export type SingleModel = LogisticModel | ForestModel | BoostingModel;
/** A fitted model: plain data that gives the same bits after it was kept and loaded. */
export type Model = SingleModel | EnsembleModel | PreparedModel;

/** What is to be learned, and how; what is not said is as by default. */
export type ModelRecipe = BareRecipe & { readonly features?: FeaturePlan | undefined };
type BareRecipe =
  | { readonly type: 'logistic_regression'; readonly options?: Partial<LogisticOptions> }
  | { readonly type: 'random_forest'; readonly options?: Partial<ForestOptions> }
  | { readonly type: 'gradient_boosting'; readonly options?: Partial<BoostingOptions> }
  | { readonly type: 'ensemble'; readonly members?: readonly { readonly recipe: SingleRecipe; readonly weight: number }[] };
export type SingleRecipe = Exclude<BareRecipe, { readonly type: 'ensemble' }>;

/** The members of an ensemble where none are named: boosting counts as much as the two others. */
const defaultMembers: readonly { readonly recipe: SingleRecipe; readonly weight: number }[] = [
  { recipe: { type: 'gradient_boosting' }, weight: 0.5 },
  { recipe: { type: 'random_forest' }, weight: 0.3 },
  { recipe: { type: 'logistic_regression' }, weight: 0.2 },
];

function fitSingle(examples: Examples, recipe: SingleRecipe, checkpoint: Checkpoint, parallelFor: ParallelFor, aside?: Examples): SingleModel {
  switch (recipe.type) {
    case 'logistic_regression':
      return fitLogistic(examples, { ...logisticDefaults, ...recipe.options }, checkpoint);
    case 'random_forest':
      return fitForest(examples, { ...forestDefaults, ...recipe.options }, checkpoint, parallelFor);
    case 'gradient_boosting':
      return fitBoosting(examples, { ...boostingDefaults, ...recipe.options }, checkpoint, parallelFor, aside);
  }
}

/**
 * Learns a model from examples.
 *
 * @param aside rows that it does not learn from; boosting alone tells the checkpoint how well it does on them
 * @throws UntrainableError where the examples or options cannot teach; Cancelled from the checkpoint
 */
export function fitModel(examples: Examples, recipe: ModelRecipe, checkpoint: Checkpoint, parallelFor: ParallelFor, aside?: Examples): Model {
  const plan = recipe.features;
  if (plan === undefined || !makesFeatures(plan)) return fitBare(examples, recipe, checkpoint, parallelFor, aside);
  checkExamples(examples);
  const { features, examples: prepared } = fitFeatures(examples, plan, 1, () => { checkpoint(0, 1); });
  return { type: 'prepared', features, model: fitBare(prepared, recipe, checkpoint, parallelFor, aside === undefined ? undefined : { ...aside, frame: applyFeatures(features, aside.frame) }) };
}

function fitBare(examples: Examples, recipe: BareRecipe, checkpoint: Checkpoint, parallelFor: ParallelFor, aside?: Examples): SingleModel | EnsembleModel {
  if (recipe.type !== 'ensemble') return fitSingle(examples, recipe, checkpoint, parallelFor, aside);
  const members = recipe.members ?? defaultMembers;
  const total = members.reduce((sum, { weight }) => sum + weight, 0);
  return {
    type: 'ensemble',
    members: members.map((member, index) => ({
      model: fitSingle(
        examples,
        member.recipe,
        (done, all, note) => { checkpoint(index + (all === 0 ? 0 : done / all), members.length, note); },
        parallelFor,
      ),
      weight: member.weight / total,
    })),
  };
}

/** The probability of the outcome for each row of a frame, in [0, 1]. Columns that the frame lacks count as missing. */
export function predictModel(model: Model, frame: Frame, parallelFor: ParallelFor): Float64Array {
  switch (model.type) {
    case 'logistic_regression':
      return predictLogistic(model, frame);
    case 'random_forest':
      return predictForest(model, frame, parallelFor);
    case 'gradient_boosting':
      return predictBoosting(model, frame, parallelFor);
    case 'prepared':
      return predictModel(model.model, applyFeatures(model.features, frame), parallelFor);
    case 'ensemble': {
      const mean = new Float64Array(frame.rows);
      for (const member of model.members) {
        const probabilities = predictModel(member.model, frame, parallelFor);
        for (let row = 0; row < frame.rows; row += 1) mean[row]! += member.weight * probabilities[row]!;
      }
      return mean;
    }
  }
}
