import { logistic, quantile } from '#domain/kernel/stats';
import { brierScore, rocAuc } from '#domain/models/metrics';
import { fitLogistic, type SparseRows, sparseRows } from '#domain/learning/regression';

/** All that was known of somebody at a moment: numbers, null where unknown, and words. The same names in every row. */
export interface KnownColumns {
  readonly numbers: Readonly<Record<string, number | null>>;
  readonly words: Readonly<Record<string, string>>;
}

/** What was known of somebody some time before an exam, and how it came out. */
export interface KnownOutcome extends KnownColumns {
  /** The exam, which may have several rows, of several moments; and whose it was. */
  readonly exam: string;
  readonly person: string;
  readonly passed: boolean;
}

/** A regression on whatever columns there were; it is kept as JSON. */
export interface OutcomeModel {
  readonly intercept: number;
  readonly numbers: readonly {
    readonly name: string;
    /** What stands in for what is unknown, and what was seen at the least and the most: beyond it nothing is known. */
    readonly middle: number;
    readonly least: number;
    readonly most: number;
    readonly mean: number;
    readonly deviation: number;
    readonly coefficient: number;
  }[];
  readonly words: readonly { readonly name: string; readonly value: string; readonly coefficient: number }[];
}

/** So many passed and so many failed exams it needs: the product's rule for every model (specification, "34 leads"). */
export const leastOutcomes = 40;
/** A word that stands in fewer rows says nothing. */
const leastWordRows = 20;
const ridge = 1;

type Scale = Omit<OutcomeModel['numbers'][number], 'coefficient'>;

function describeNumber(name: string, values: readonly (number | null)[]): Scale {
  const known = values.filter((value) => value !== null);
  const middle = quantile(known, 0.5) ?? 0;
  const filled = values.map((value) => value ?? middle);
  const mean = filled.reduce((sum, value) => sum + value, 0) / Math.max(1, filled.length);
  const deviation = Math.sqrt(filled.reduce((sum, value) => sum + (value - mean) ** 2, 0) / Math.max(1, filled.length)) || 1;
  let least = middle;
  let most = middle;
  for (const value of known) {
    least = Math.min(least, value);
    most = Math.max(most, value);
  }
  return { name, middle, least, most, mean, deviation };
}

const scaled = ({ middle, least, most, mean, deviation }: Scale, value: number | null | undefined): number => (Math.min(most, Math.max(least, value ?? middle)) - mean) / deviation;

/**
 * Fits passing on all columns that are there: numbers with the median for what is unknown, on one scale, and each word that is frequent enough as
 * a column of its own. Logistic, ridge 1.
 */
export function fitOutcomes(rows: readonly KnownOutcome[]): OutcomeModel {
  const [first] = rows;
  const numbers = Object.keys(first?.numbers ?? {}).map((name) => describeNumber(name, rows.map((row) => row.numbers[name] ?? null)));
  const words = Object.keys(first?.words ?? {}).flatMap((name) => {
    const counts = new Map<string, number>();
    for (const row of rows) counts.set(row.words[name] ?? '', (counts.get(row.words[name] ?? '') ?? 0) + 1);
    return [...counts].flatMap(([value, count]) => (count >= leastWordRows ? [{ name, value }] : []));
  });
  const place = new Map(words.map(({ name, value }, index) => [`${name} ${value}`, 1 + numbers.length + index]));
  const sparse: SparseRows = sparseRows(
    1 + numbers.length + words.length,
    rows.map((row) => [
      [0, 1] as const,
      ...numbers.map((number, index) => [1 + index, scaled(number, row.numbers[number.name])] as const),
      ...Object.entries(row.words).flatMap(([name, value]) => {
        const column = place.get(`${name} ${value}`);
        return column === undefined ? [] : [[column, 1] as const];
      }),
    ]),
  );
  const penalties = new Float64Array(sparse.columns).fill(ridge);
  penalties[0] = 1e-6;
  const coefficients = fitLogistic(sparse, Uint8Array.from(rows, ({ passed }) => (passed ? 1 : 0)), { penalties });
  return {
    intercept: coefficients[0] ?? 0,
    numbers: numbers.map((number, index) => ({ ...number, coefficient: coefficients[1 + index] ?? 0 })),
    words: words.map((word, index) => ({ ...word, coefficient: coefficients[1 + numbers.length + index] ?? 0 })),
  };
}

/** The chance of passing by a fitted regression; what it does not know of is left out. */
export function outcomeChance(model: OutcomeModel, { numbers, words }: KnownColumns): number {
  let logOdds = model.intercept;
  for (const number of model.numbers) logOdds += number.coefficient * scaled(number, numbers[number.name]);
  for (const { name, value, coefficient } of model.words) if (words[name] === value) logOdds += coefficient;
  return logistic(logOdds);
}

/** The chance of each row by a model that saw no row of that person. */
export function crossValidateOutcomes(rows: readonly KnownOutcome[], folds = 5): number[] {
  const order = new Map<string, number>();
  for (const { person } of rows) if (!order.has(person)) order.set(person, order.size % folds);
  const chances = new Array<number>(rows.length).fill(0);
  for (let fold = 0; fold < folds; fold += 1) {
    const learnt = rows.filter(({ person }) => order.get(person) !== fold);
    if (learnt.length === 0 || learnt.length === rows.length) continue;
    const model = fitOutcomes(learnt);
    rows.forEach((row, index) => {
      if (order.get(row.person) === fold) chances[index] = outcomeChance(model, row);
    });
  }
  return chances;
}

/** How a regression does on people that it had not seen. */
export interface OutcomeFigures {
  readonly auc: number;
  readonly brier: number;
}

/** A regression on a workspace's own outcomes, beside what the published one says of the same moments. */
export interface OwnRegression {
  readonly model: OutcomeModel;
  readonly exams: number;
  readonly passed: number;
  readonly rows: number;
  readonly own: OutcomeFigures;
  readonly published: OutcomeFigures;
  /** Whether its squared error is the smaller one: only then it serves. */
  readonly better: boolean;
}

function figuresOf(rows: readonly KnownOutcome[], chances: readonly number[]): OutcomeFigures {
  const labels = Uint8Array.from(rows, ({ passed }) => (passed ? 1 : 0));
  const probabilities = Float64Array.from(chances);
  return { auc: rocAuc(labels, probabilities) ?? 0.5, brier: brierScore(labels, probabilities) };
}

/**
 * Fits a regression on a workspace's own outcomes where there are enough of them, and judges it on people that it had not seen.
 *
 * @param published the chance of each row by the regression that came with the program
 * @returns null below {@link leastOutcomes} passed and as many failed exams
 */
export function ownRegression(rows: readonly KnownOutcome[], published: readonly number[]): OwnRegression | null {
  const exams = new Map(rows.map(({ exam, passed }) => [exam, passed]));
  const passed = [...exams.values()].filter((each) => each).length;
  if (passed < leastOutcomes || exams.size - passed < leastOutcomes) return null;
  const own = figuresOf(rows, crossValidateOutcomes(rows));
  const told = figuresOf(rows, published);
  return { model: fitOutcomes(rows), exams: exams.size, passed, rows: rows.length, own, published: told, better: own.brier < told.brier };
}
