import { round } from '#domain/kernel/stats';
import { type Factor, factors } from './configuration';

/** One factor of one score, with its reason in whatever form the reader has it. */
export interface FactorPart<Reason> {
  readonly factor: Factor;
  /** In the points of the weights. */
  readonly points: number;
  readonly maximum: number;
  readonly known: boolean;
  readonly reason: Reason;
}

/** A score with the factors that it is made of. */
export interface ScoreParts<Reason> {
  readonly score: number;
  readonly factors: readonly FactorPart<Reason>[];
}

/** A factor with what it gives of the 100 points of a score, whatever the weights add up to. */
export interface FactorShare<Reason> extends FactorPart<Reason> {
  readonly share: number;
}

/** A factor of two scores side by side. */
export interface FactorDifference<Reason> {
  readonly factor: Factor;
  readonly before: FactorShare<Reason>;
  readonly after: FactorShare<Reason>;
  /** What it does to the score, in points of 100; all of them together are the difference of the scores. */
  readonly change: number;
}

/** What a factor gives of the 100 points of a score. */
function contribution<Reason>({ factors: parts }: ScoreParts<Reason>, { points }: FactorPart<Reason>): number {
  const sum = parts.reduce((total, { maximum }) => total + maximum, 0);
  return sum === 0 ? 0 : (100 * points) / sum;
}

/**
 * Rounds shares to tenths so that they add up to a total that is rounded already: a table whose rows do not add up is not believed.
 * By the largest remainder (Hamilton's method of apportionment).
 */
export function tenthsThatAddUp(shares: readonly number[], total: number): number[] {
  const exact = shares.map((share) => share * 10);
  const whole = exact.map(Math.floor);
  let left = Math.round(total * 10) - whole.reduce((sum, each) => sum + each, 0);
  const byRemainder = exact.map((share, index) => ({ index, remainder: share - Math.floor(share) })).sort((a, b) => b.remainder - a.remainder);
  while (left !== 0 && byRemainder.length > 0) {
    for (const { index } of left > 0 ? byRemainder : byRemainder.toReversed()) {
      if (left === 0) break;
      whole[index] = (whole[index] ?? 0) + Math.sign(left);
      left -= Math.sign(left);
    }
  }
  return whole.map((tenths) => round(tenths / 10, 1));
}

function shareOf<Reason>(score: ScoreParts<Reason>, factor: Factor): FactorShare<Reason> {
  const found = score.factors.find((part) => part.factor === factor);
  if (found === undefined) throw new Error(`A score without the factor ${factor} cannot be compared.`);
  return { ...found, share: round(contribution(score, found), 1) };
}

/**
 * What makes the difference between two scores, factor by factor: of one lead at two times, or of two leads. The changes are on the scale
 * of the score and add up to its difference, also where the weights differ.
 */
export function factorDifferences<Reason>(before: ScoreParts<Reason>, after: ScoreParts<Reason>): FactorDifference<Reason>[] {
  const pairs = factors.map((factor) => ({ factor, before: shareOf(before, factor), after: shareOf(after, factor) }));
  const changes = tenthsThatAddUp(
    pairs.map((pair) => contribution(after, pair.after) - contribution(before, pair.before)),
    round(after.score - before.score, 1),
  );
  return pairs.map((pair, index) => ({ ...pair, change: changes[index] ?? 0 }));
}
