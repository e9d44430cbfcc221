import { seededRng } from '../kernel/rng';
import { shuffle } from './holdout';

// Ways to keep rows aside: a fold of a row is the part in which it is judged by a model that never saw it.

/** Folds with the same share of each outcome. */
export function stratifiedFolds(labels: Uint8Array, folds: number, seed: number): Int32Array {
  const random = seededRng(seed);
  const result = new Int32Array(labels.length);
  let next = 0;
  for (const label of [0, 1]) {
    const rows: number[] = [];
    for (let row = 0; row < labels.length; row += 1) if (labels[row] === label) rows.push(row);
    for (const row of shuffle(Int32Array.from(rows), random)) {
      result[row] = next % folds;
      next += 1;
    }
  }
  return result;
}

/** Folds that keep a group's rows together: the largest groups first, each into the fold that has the fewest rows. */
export function groupedFolds(groups: readonly string[], folds: number): Int32Array {
  const counts = new Map<string, number>();
  for (const group of groups) counts.set(group, (counts.get(group) ?? 0) + 1);
  const rows = new Float64Array(folds);
  const foldOf = new Map<string, number>();
  for (const [group, count] of [...counts].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))) {
    let smallest = 0;
    for (let fold = 1; fold < folds; fold += 1) if (rows[fold]! < rows[smallest]!) smallest = fold;
    rows[smallest]! += count;
    foldOf.set(group, smallest);
  }
  return Int32Array.from(groups, (group) => foldOf.get(group)!);
}

/** One way to part rows: those that teach and those that judge. */
export interface Split {
  readonly training: Int32Array;
  readonly judged: Int32Array;
}

/** A split for each fold: it is judged, and all others teach. */
export function splitsOf(foldOf: Int32Array): Split[] {
  let folds = 0;
  for (const fold of foldOf) folds = Math.max(folds, fold + 1);
  return Array.from({ length: folds }, (_, fold) => {
    const training: number[] = [];
    const judged: number[] = [];
    for (let row = 0; row < foldOf.length; row += 1) (foldOf[row] === fold ? judged : training).push(row);
    return { training: Int32Array.from(training), judged: Int32Array.from(judged) };
  });
}

/**
 * Splits by time: rows in order of their instant are cut into one part more than there are splits; each part but the first is judged
 * by those before it. Rows of the same instant are never on both sides.
 */
export function timeSplits(instants: ArrayLike<number>, splits: number): Split[] {
  const rows = Int32Array.from({ length: instants.length }, (_, row) => row).sort((a, b) => instants[a]! - instants[b]! || a - b);
  const cuts = Array.from({ length: splits + 1 }, (_, part) => {
    let cut = Math.floor(((part + 1) * rows.length) / (splits + 1));
    while (cut > 0 && cut < rows.length && instants[rows[cut]!] === instants[rows[cut - 1]!]) cut += 1;
    return cut;
  });
  return cuts.slice(0, -1).flatMap((cut, part) => {
    const end = cuts[part + 1]!;
    return cut === 0 || end <= cut ? [] : [{ training: rows.slice(0, cut).sort(), judged: rows.slice(cut, end).sort() }];
  });
}
