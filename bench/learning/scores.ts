/**
 * Area under the ROC curve, ties counted by half: the chance that a right answer is ranked above a wrong one (Mann and Whitney).
 *
 * @param scores any numbers that rank
 * @param labels 1 or 0 for each
 */
export function areaUnderCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const order = Array.from({ length: scores.length }, (_none, index) => index).sort((a, b) => scores[a]! - scores[b]!);
  let ranks = 0;
  let positives = 0;
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end]!] === scores[order[start]!]) end += 1;
    for (let at = start; at < end; at += 1) {
      if (labels[order[at]!] === 1) {
        ranks += (start + end + 1) / 2;
        positives += 1;
      }
    }
    start = end;
  }
  return (ranks - (positives * (positives + 1)) / 2) / (positives * (order.length - positives));
}

/** Mean squared distance of a probability from what came. */
export function brierScore(chances: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < chances.length; at += 1) sum += (chances[at]! - labels[at]!) ** 2;
  return sum / chances.length;
}

/** Mean distance of the mean chance from the observed rate over ten groups of equal width, weighted by their size. */
export function calibrationError(chances: ArrayLike<number>, labels: ArrayLike<number>): number {
  const groups = Array.from({ length: 10 }, () => ({ chance: 0, right: 0, count: 0 }));
  for (let at = 0; at < chances.length; at += 1) {
    const group = groups[Math.min(9, Math.floor(chances[at]! * 10))]!;
    group.chance += chances[at]!;
    group.right += labels[at]!;
    group.count += 1;
  }
  return groups.reduce((sum, { chance, right }) => sum + Math.abs(chance - right), 0) / chances.length;
}

/** Folds by whose rows they are: the same person is never both learnt from and judged. */
export function foldOf(index: number, folds = 5): number {
  return index % folds;
}
