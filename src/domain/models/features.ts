import { type Checkpoint, noCheckpoint } from '../kernel/checkpoint';
import { stratifiedFolds } from './folds';
import { type Column, type Examples, type Frame, numberColumn } from './frame';
import { singleColumnAuc } from './leakage';
import { complete, filled, type Filling, fillingOf } from './missing';
import { orderedRates, ratesOf } from './rates';

// Columns that are made of others. What has to be known of the examples to make them (means, ranks, rates) is fitted on the rows that teach
// and kept with the model, so that one definition serves training, judging and serving, and a row that is judged teaches nothing.

/** What is done where a value is missing: kept as missing; the middle or the most frequent of those known; nothing (0, no); or the row does not teach. */
export const missingWays = ['keep', 'impute', 'zero', 'drop'] as const;
export type MissingWay = (typeof missingWays)[number];

/** Which columns are made beside those that are there. */
export interface FeaturePlan {
  /** Squares of numbers. */
  readonly transforms: boolean;
  /** What share of the examples lies below a number. */
  readonly percentiles: boolean;
  /** Products of the numbers that tell most, two by two. */
  readonly interactions: boolean;
  /** Cubes of numbers. */
  readonly polynomial: boolean;
  /** Columns whose levels become the rate of outcomes among their examples: the quality of a source, how well a course goes. */
  readonly rates: readonly string[];
  readonly missing: MissingWay;
  /** Columns at most, those that tell most by themselves (SelectKBest); null for all. */
  readonly most: number | null;
}

export const noFeatures: FeaturePlan = { transforms: false, percentiles: false, interactions: false, polynomial: false, rates: [], missing: 'keep', most: null };

/** Whether a plan changes anything. */
export function makesFeatures({ transforms, percentiles, interactions, polynomial, rates, missing, most }: FeaturePlan): boolean {
  return transforms || percentiles || interactions || polynomial || rates.length > 0 || missing !== 'keep' || most !== null;
}

/** Whether numbers have values enough for their squares and ranks to say something else than they do. */
const fewestValues = 4;
/** Numbers that are multiplied with each other. */
const mostMultiplied = 6;
/** Bounds between which a rank is told apart. */
const ranks = 100;
interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

/** A column that is made, and of which. */
export type MadeColumn =
  | { readonly kind: 'square' | 'cube'; readonly name: string; readonly of: readonly [string]; readonly scale: Scale }
  | { readonly kind: 'rank'; readonly name: string; readonly of: readonly [string]; readonly bounds: Float64Array }
  | { readonly kind: 'rate'; readonly name: string; readonly of: readonly [string]; readonly levels: readonly string[]; readonly rates: Float64Array; readonly otherwise: number }
  | { readonly kind: 'product'; readonly name: string; readonly of: readonly [string, string]; readonly scales: readonly [Scale, Scale] };

/** Everything that was fitted. Plain data. */
export interface FittedFeatures {
  readonly fillings: readonly Filling[];
  readonly made: readonly MadeColumn[];
  /** The columns that the model learns from, in their order. */
  readonly kept: readonly string[];
}

/** Numbers within so many deviations are squared and cubed as they are; beyond, as those: a stray value must not rule a model. */
const mostDeviations = 5;

function scaleOf(values: Float64Array): Scale {
  let [count, sum] = [0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    count += 1;
    sum += value;
  }
  const mean = count === 0 ? 0 : sum / count;
  let squares = 0;
  for (const value of values) if (Number.isFinite(value)) squares += (value - mean) ** 2;
  const deviation = count === 0 ? 0 : Math.sqrt(squares / count);
  return { mean: Number.isFinite(mean) ? mean : 0, deviation: Number.isFinite(deviation) && deviation > 0 ? deviation : 1 };
}

function scaled(value: number, { mean, deviation }: Scale): number {
  return Math.min(mostDeviations, Math.max(-mostDeviations, (value - mean) / deviation));
}

function isVaried({ values }: { readonly values: Float64Array }): boolean {
  const seen = new Set<number>();
  for (const value of values) {
    if (Number.isFinite(value)) seen.add(value);
    if (seen.size >= fewestValues) return true;
  }
  return false;
}

function boundsOf(values: Float64Array): Float64Array {
  const known = values.filter((value) => Number.isFinite(value)).sort();
  const bounds = new Set<number>();
  for (let rank = 1; rank <= ranks && known.length > 0; rank += 1) bounds.add(known[Math.min(known.length - 1, Math.floor((rank * known.length) / ranks))]!);
  return Float64Array.from(bounds).sort();
}

/** The share of bounds that lie below a value. */
function rankIn(bounds: Float64Array, value: number): number {
  let [low, high] = [0, bounds.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return bounds.length === 0 ? 0 : low / bounds.length;
}

type NumberOf = (name: string) => Float64Array | null;

function make(made: MadeColumn, rows: number, byName: ReadonlyMap<string, Column>, numbers: NumberOf): Column {
  const missing = (): Column => ({ kind: 'number', name: made.name, values: new Float64Array(rows).fill(Number.NaN) });
  switch (made.kind) {
    case 'square':
    case 'cube': {
      const values = numbers(made.of[0]);
      const power = made.kind === 'square' ? 2 : 3;
      return values === null ? missing() : numberColumn(made.name, values.map((value) => scaled(value, made.scale) ** power));
    }
    case 'rank': {
      const values = numbers(made.of[0]);
      return values === null ? missing() : numberColumn(made.name, values.map((value) => (Number.isFinite(value) ? rankIn(made.bounds, value) : Number.NaN)));
    }
    case 'product': {
      const [first, second] = [numbers(made.of[0]), numbers(made.of[1])];
      return first === null || second === null ? missing() : numberColumn(made.name, first.map((value, row) => scaled(value, made.scales[0]) * scaled(second[row]!, made.scales[1])));
    }
    case 'rate': {
      const column = byName.get(made.of[0]);
      if (column?.kind !== 'category') return { kind: 'number', name: made.name, values: new Float64Array(rows).fill(made.otherwise) };
      const known = new Map(made.levels.map((level, index) => [level, made.rates[index]!]));
      const rates = column.levels.map((level) => known.get(level) ?? made.otherwise);
      return { kind: 'number', name: made.name, values: Float64Array.from(column.codes, (code) => (code < 0 ? made.otherwise : rates[code]!)) };
    }
  }
}

/** The columns of a frame as a model knows them. A column is found by its name; one that the frame lacks is missing. */
export function applyFeatures({ fillings, made, kept }: FittedFeatures, frame: Frame): Frame {
  const byFilling = new Map(fillings.map((filling) => [filling.name, filling]));
  const byName = new Map(frame.columns.map((column) => [column.name, filled(column, byFilling)]));
  const numbers: NumberOf = (name) => {
    const column = byName.get(name);
    if (column?.kind === 'number') return column.values;
    const filling = byFilling.get(name);
    return typeof filling?.value === 'number' ? new Float64Array(frame.rows).fill(filling.value) : null;
  };
  const makers = new Map(made.map((each) => [each.name, each]));
  return {
    rows: frame.rows,
    columns: kept.flatMap((name) => {
      const maker = makers.get(name);
      if (maker !== undefined) return [make(maker, frame.rows, byName, numbers)];
      const column = byName.get(name);
      return column === undefined ? [] : [column];
    }),
  };
}

/** Fits what a plan asks on the rows that teach, and gives them as the model is to see them. */
export function fitFeatures(given: Examples, plan: FeaturePlan, seed: number, checkpoint: Checkpoint = noCheckpoint): { readonly features: FittedFeatures; readonly examples: Examples } {
  const examples = plan.missing === 'drop' ? complete(given) : given;
  const { frame, labels } = examples;
  const way = plan.missing;
  const fillings = way === 'impute' || way === 'zero' ? frame.columns.map((column) => fillingOf(column, way)) : [];
  const byFilling = new Map(fillings.map((filling) => [filling.name, filling]));
  const columns = frame.columns.map((column) => filled(column, byFilling));
  const foldOf = stratifiedFolds(labels, 5, seed);
  const aucs = new Map<string, number>();
  const aucOf = (column: Column): number => {
    if (!aucs.has(column.name)) checkpoint(0, 0);
    const known = aucs.get(column.name) ?? singleColumnAuc(column, labels, foldOf, 5);
    aucs.set(column.name, known);
    return known;
  };
  const varied = columns.filter((column) => column.kind === 'number').filter(isVaried);
  const made: MadeColumn[] = [];
  for (const { name, values } of varied) {
    if (plan.transforms) made.push({ kind: 'square', name: `square.${name}`, of: [name], scale: scaleOf(values) });
    if (plan.polynomial) made.push({ kind: 'cube', name: `cube.${name}`, of: [name], scale: scaleOf(values) });
    if (plan.percentiles) made.push({ kind: 'rank', name: `rank.${name}`, of: [name], bounds: boundsOf(values) });
  }
  if (plan.interactions) {
    const strongest = [...varied].sort((a, b) => aucOf(b) - aucOf(a)).slice(0, mostMultiplied);
    strongest.forEach((first, index) => {
      for (const second of strongest.slice(index + 1)) {
        made.push({ kind: 'product', name: `product.${first.name}*${second.name}`, of: [first.name, second.name], scales: [scaleOf(first.values), scaleOf(second.values)] });
      }
    });
  }
  const ordered = new Map<string, Column>();
  for (const column of columns) {
    if (column.kind !== 'category' || !plan.rates.includes(column.name) || column.levels.length < 2) continue;
    const name = `rate.${column.name}`;
    made.push({ kind: 'rate', name, of: [column.name], levels: column.levels, ...ratesOf(column.codes, column.levels, labels) });
    ordered.set(name, { kind: 'number', name, values: orderedRates(column.codes, column.levels.length, labels, examples.moments, seed) });
  }
  const whole: FittedFeatures = { fillings, made, kept: [...columns.map(({ name }) => name), ...made.map(({ name }) => name)] };
  const applied = applyFeatures(whole, frame);
  const seen: Frame = { rows: frame.rows, columns: applied.columns.map((column) => ordered.get(column.name) ?? column) };
  const kept = plan.most === null || plan.most >= seen.columns.length ? null : new Set([...seen.columns].sort((a, b) => aucOf(b) - aucOf(a)).slice(0, plan.most).map(({ name }) => name));
  const features = kept === null ? whole : { ...whole, made: made.filter(({ name }) => kept.has(name)), kept: whole.kept.filter((name) => kept.has(name)) };
  return { features, examples: { ...examples, frame: kept === null ? seen : { rows: seen.rows, columns: seen.columns.filter(({ name }) => kept.has(name)) } } };
}
