import type { Checkpoint } from '../kernel/checkpoint';
import { phrase, type Phrase } from '../kernel/phrase';
import { encodePredictor } from './artefact';
import { type ColumnSpread, spreadOf } from './drift';
import { groupedFolds, type Split, splitsOf, stratifiedFolds, timeSplits } from './folds';
import type { FeaturePlan } from './features';
import { type Examples, type Frame, selectExamples, withoutColumns } from './frame';
import { countOutcomes, type GateVerdict, isEnough, publishGate } from './gate';
import { type ColumnImportance, permutationImportance } from './importance';
import { trainPredictor } from './judgement';
import { findLeakage, type LeakageFinding, leakageLimits } from './leakage';
import { averagePrecision, brierScore, calibrationCurve, type CalibrationBin, confusionAt, countsByThreshold, expectedCalibrationError, logLoss, rocAuc } from './metrics';
import type { LeadHistory } from './leads/history';
import { fitModel, type Model, type ModelRecipe, type ModelType } from './model';
import type { ParallelFor } from './parallel';
import { searchOptions } from './search';
import { judgeSubgroups, type Subgroups } from './subgroups';

/** What is to be trained on, and how. */
export interface TrainingPlan {
  readonly type: ModelType;
  /** What is foretold. */
  readonly target?: string | undefined;
  readonly examples: Examples;
  /** When each row began, UTC milliseconds, NaN where unknown: rows are judged by what came before them where most are known. */
  readonly instants: Float64Array;
  /** What the rules said of each row, NaN where they said nothing. */
  readonly rules: Float64Array;
  readonly knownAfterContact: readonly string[];
  /** Columns to learn from although they are suspected. */
  readonly keep: readonly string[];
  /** Whether all columns were written down before the outcome, so that the guard has nothing to look for. */
  readonly writtenBefore?: boolean | undefined;
  /** Whose each row is, where a person may have several: one is never on both sides. */
  readonly groups?: readonly string[] | undefined;
  readonly folds: number;
  readonly features: FeaturePlan;
  readonly search: { readonly method: 'random' | 'successive_halving'; readonly candidates: number } | null;
  /** What the same leads tell beside the model; kept with it. */
  readonly history?: LeadHistory | undefined;
  /** The column whose groups are compared. */
  readonly groupsBy: string;
  readonly seed: number;
}

/** Everything that is worth keeping of a training, beside the model. */
export interface TrainingReport {
  readonly metrics: {
    readonly rocAuc: number | null;
    readonly prAuc: number | null;
    readonly accuracy: number;
    readonly precision: number | null;
    readonly recall: number | null;
    readonly f1: number | null;
    readonly logLoss: number;
    readonly brier: number;
    readonly calibrationError: number;
  };
  readonly rows: number;
  readonly positives: number;
  readonly validation: 'time' | 'stratified';
  readonly folds: number;
  readonly columns: readonly string[];
  /** What was asked to be made of them, and what was. Reports of before there was a choice have none. */
  readonly features?: FeaturePlan & { readonly made: readonly string[] };
  readonly leakage: readonly (LeakageFinding & { readonly excluded: boolean })[];
  readonly gate: GateVerdict;
  readonly calibration: { readonly kind: 'none' | 'platt' | 'isotonic'; readonly curve: readonly CalibrationBin[] };
  readonly confusion: { readonly threshold: number; readonly truePositives: number; readonly falsePositives: number; readonly trueNegatives: number; readonly falseNegatives: number };
  readonly roc: readonly { readonly threshold: number; readonly falsePositiveRate: number; readonly truePositiveRate: number }[];
  readonly precisionRecall: readonly { readonly recall: number; readonly precision: number }[];
  readonly learningCurve: { readonly training: readonly number[]; readonly validation: readonly number[] } | null;
  readonly importance: readonly ColumnImportance[];
  readonly subgroups: Subgroups & { readonly by: string };
  readonly converged: boolean;
  readonly options: Readonly<Record<string, unknown>>;
  readonly spreads: readonly ColumnSpread[];
  readonly history?: LeadHistory | undefined;
  readonly card: readonly Phrase[];
}

/** Points of a curve that a screen draws. */
const curvePoints = 120;

/** By time where nearly all rows have an instant and each part has both outcomes; else at random with equal shares. */
function splitsFor({ examples, instants, groups, folds, seed }: TrainingPlan): { readonly splits: readonly Split[]; readonly validation: 'time' | 'stratified' } {
  const { labels } = examples;
  const known = instants.filter((at) => Number.isFinite(at));
  if (known.length >= 0.95 * labels.length && new Set(known).size > 10 * folds) {
    const oldest = known.reduce((least, at) => Math.min(least, at), Number.POSITIVE_INFINITY);
    const splits = timeSplits(instants.map((at) => (Number.isFinite(at) ? at : oldest)), folds);
    const hasBoth = (rows: Int32Array): boolean => isEnough(countOutcomes(Uint8Array.from(rows, (row) => labels[row]!)));
    if (splits.length === folds && splits.every(({ training, judged }) => hasBoth(training) && hasBoth(judged))) return { splits, validation: 'time' };
  }
  return { splits: splitsOf(groups === undefined ? stratifiedFolds(labels, folds, seed) : groupedFolds(groups, folds)), validation: 'stratified' };
}

function thin<Value>(values: readonly Value[]): Value[] {
  const step = Math.max(1, Math.ceil(values.length / curvePoints));
  return values.filter((_, index) => index % step === 0 || index === values.length - 1);
}

function learningCurveOf(model: Model): TrainingReport['learningCurve'] {
  if (model.type === 'prepared') return learningCurveOf(model.model);
  return model.type === 'gradient_boosting' ? { training: thin(model.curve.training), validation: thin(model.curve.validation) } : null;
}

function isConverged(model: Model): boolean {
  if (model.type === 'prepared') return isConverged(model.model);
  if (model.type === 'ensemble') return model.members.every(({ model: member }) => isConverged(member));
  return model.type !== 'logistic_regression' || model.converged;
}

/** The columns of leads that a model reads, also through what is made of them. */
function columnsOf(model: Model, frame: Frame): string[] {
  const names = frame.columns.map(({ name }) => name);
  if (model.type !== 'prepared') return names;
  const { kept, made } = model.features;
  const read = new Set([...kept, ...made.flatMap(({ of }) => of)]);
  return names.filter((name) => read.has(name));
}

/** What the model can do, in words for somebody who knows no statistics. */
function cardOf(report: Omit<TrainingReport, 'card'>, target: string): Phrase[] {
  const { metrics, rows, positives, validation, gate, leakage, calibration, converged, importance } = report;
  const foretells = target.startsWith('student.') ? target.slice('student.'.length) : null;
  const said = (key: string): string => (foretells === null ? `models.card.${key}` : `models.cards.${foretells}.${key}`);
  const percent = (share: number): number => Math.round(100 * share);
  const left = leakage.filter(({ excluded }) => excluded).length;
  const kept = leakage.length - left;
  const leading = importance.filter(({ logLossRise, deviation }) => logLossRise > deviation).length;
  return [
    phrase(said('learned'), { rows, positives, rate: percent(positives / rows) }),
    phrase(said(validation === 'time' ? 'judgedByTime' : 'judgedByFolds'), { folds: report.folds }),
    ...(metrics.rocAuc === null ? [] : [phrase(said('order'), { of: percent(metrics.rocAuc) })]),
    phrase('models.card.calibration', { points: Math.round(1_000 * metrics.calibrationError) / 10, kind: calibration.kind }),
    phrase(said(gate.passes ? 'passes' : 'fails'), {}),
    ...(left === 0 ? [] : [phrase('models.card.leftOut', { count: left })]),
    ...(kept === 0 ? [] : [phrase('models.card.kept', { count: kept })]),
    phrase('models.card.leans', { count: leading }),
    ...(converged ? [] : [phrase('models.card.notConverged', {})]),
  ];
}

/**
 * Trains a model and judges it: the guard leaves columns out, options are searched where asked, rows that a model has not seen give
 * its figures, calibration and intervals, and the gate compares it with the rules.
 *
 * @returns the predictor as bytes, and the report
 * @throws UntrainableError where nothing can be learned; Cancelled from the checkpoint
 */
export function train(plan: TrainingPlan, checkpoint: Checkpoint, parallelFor: ParallelFor): { readonly artefact: Uint8Array; readonly report: TrainingReport } {
  const { type, keep, seed } = plan;
  const kept = new Set(keep);
  checkpoint(0, 100, 'leakage');
  const leakage = plan.writtenBefore === true ? [] : findLeakage(plan.examples, new Set(plan.knownAfterContact), leakageLimits, (done, total) => { checkpoint((2 * done) / total, 100, 'leakage'); }).map((finding) => ({ ...finding, excluded: !kept.has(finding.column) }));
  const frame = withoutColumns(plan.examples.frame, new Set(leakage.filter(({ excluded }) => excluded).map(({ column }) => column)));
  const { labels, moments } = plan.examples;
  const examples: Examples = { frame, labels, moments };
  const { splits, validation } = splitsFor(plan);
  const step = (from: number, to: number, note: string): Checkpoint => (done, total, _note, point) => { checkpoint(from + (total === 0 ? 0 : (done / total) * (to - from)), 100, note, note === 'training' ? point : undefined); };

  let recipe: ModelRecipe = { type, features: plan.features };
  if (plan.search !== null && type !== 'ensemble') {
    // Options are chosen on the part that the last split learns from, so that its judged rows stay unseen.
    const own = splits.at(-1)!;
    recipe = searchOptions(selectExamples(examples, own.training), type, { ...plan.search, folds: 3, seed, features: plan.features }, step(2, 50, 'search'), parallelFor)[0]!.recipe;
  }
  const begun = plan.search === null ? 2 : 50;
  const { predictor, heldOut } = trainPredictor(examples, splits, recipe, seed, step(begun, 90, 'training'), parallelFor);
  const { labels: seenLabels, probabilities, rows } = heldOut;

  // A model that has not seen the last part tells what it leans on there.
  const last = splits.at(-1)!;
  const partial = fitModel(selectExamples(examples, last.training), recipe, step(90, 94, 'importance'), parallelFor);
  const importance = permutationImportance(partial, selectExamples(examples, sample(last.judged, 2_000)), 3, seed, step(94, 99, 'importance'), parallelFor);

  const said = Float64Array.from(rows, (row) => plan.rules[row]!);
  const counts = countOutcomes(labels);
  const groupColumn = plan.examples.frame.columns.find(({ name }) => name === plan.groupsBy);
  const groupOf = Array.from(rows, (row) => (groupColumn?.kind === 'category' && groupColumn.codes[row]! >= 0 ? groupColumn.levels[groupColumn.codes[row]!]! : null));
  const points = countsByThreshold(seenLabels, probabilities);
  const judged = countOutcomes(seenLabels);
  const { threshold: _threshold, ...confusion } = confusionAt(seenLabels, probabilities, 0.5);
  const { accuracy, precision, recall, f1, ...cells } = confusion;
  const report: Omit<TrainingReport, 'card'> = {
    metrics: {
      rocAuc: rocAuc(seenLabels, probabilities),
      prAuc: averagePrecision(seenLabels, probabilities),
      accuracy,
      precision,
      recall,
      f1,
      logLoss: logLoss(seenLabels, probabilities),
      brier: brierScore(seenLabels, probabilities),
      calibrationError: expectedCalibrationError(seenLabels, probabilities),
    },
    rows: labels.length,
    positives: counts.positives,
    validation,
    folds: splits.length,
    columns: columnsOf(predictor.model, frame),
    features: { ...plan.features, made: predictor.model.type === 'prepared' ? predictor.model.features.made.map(({ name }) => name) : [] },
    leakage,
    gate: publishGate(seenLabels, probabilities, said.every((chance) => Number.isFinite(chance)) ? said : null),
    calibration: { kind: predictor.calibration.kind, curve: calibrationCurve(seenLabels, probabilities) },
    confusion: { threshold: 0.5, ...cells },
    roc: thin(points).map(({ threshold, truePositives, falsePositives }) => ({ threshold, truePositiveRate: truePositives / judged.positives, falsePositiveRate: falsePositives / judged.negatives })),
    precisionRecall: thin(points).map(({ truePositives, falsePositives }) => ({ recall: truePositives / judged.positives, precision: truePositives / (truePositives + falsePositives) })),
    learningCurve: learningCurveOf(predictor.model),
    importance,
    subgroups: { by: plan.groupsBy, ...judgeSubgroups(groupOf, seenLabels, probabilities) },
    converged: isConverged(predictor.model),
    options: recipe.type === 'ensemble' ? {} : { ...recipe.options },
    spreads: spreadOf(withoutColumns(frame, new Set(frame.columns.map(({ name }) => name).filter((name) => !columnsOf(predictor.model, frame).includes(name))))),
    history: plan.history,
  };
  checkpoint(100, 100, 'training');
  return { artefact: encodePredictor(predictor), report: { ...report, card: cardOf(report, plan.target ?? 'lead.conversion') } };
}

function sample(rows: Int32Array, most: number): Int32Array {
  const step = Math.max(1, Math.ceil(rows.length / most));
  return rows.filter((_, index) => index % step === 0);
}
