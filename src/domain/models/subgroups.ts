import { shrunkRate } from '../kernel/stats';
import { brierScore, logLoss, rocAuc } from './metrics';

/** Groups with fewer rows are not shown: their figures would be chance, and could point at persons. */
export const fewestRowsOfGroup = 50;
/** So many rows weigh as much as the overall rate in a group's shrunk rate. */
const priorRows = 20;

export interface SubgroupFigures {
  readonly group: string;
  readonly rows: number;
  readonly meanProbability: number;
  readonly observedRate: number;
  /** Observed rate drawn towards that of all rows. */
  readonly shrunkRate: number;
  /** Observed rate less mean probability; far from 0 the model is unfair to the group, one way or the other. */
  readonly calibrationGap: number;
  /** Distance at which a gap is more than chance in about one of twenty groups. */
  readonly chanceGap: number;
  readonly logLoss: number;
  readonly brier: number;
  /** Null where the group has one outcome only. */
  readonly rocAuc: number | null;
}

export interface Subgroups {
  readonly groups: readonly SubgroupFigures[];
  /** Groups that were too small to be shown, and their rows. */
  readonly suppressed: { readonly groups: number; readonly rows: number };
}

/** How a model does in each group of rows that it had not seen, the largest first. */
export function judgeSubgroups(groupOf: readonly (string | null)[], labels: Uint8Array, probabilities: Float64Array): Subgroups {
  const rowsOf = new Map<string, number[]>();
  groupOf.forEach((group, row) => {
    if (group === null) return;
    const rows = rowsOf.get(group);
    if (rows === undefined) rowsOf.set(group, [row]);
    else rows.push(row);
  });
  let positives = 0;
  for (const label of labels) positives += label;
  const overall = positives / Math.max(1, labels.length);
  const groups: SubgroupFigures[] = [];
  const suppressed = { groups: 0, rows: 0 };
  for (const [group, rows] of rowsOf) {
    if (rows.length < fewestRowsOfGroup) {
      suppressed.groups += 1;
      suppressed.rows += rows.length;
      continue;
    }
    const someLabels = Uint8Array.from(rows, (row) => labels[row]!);
    const some = Float64Array.from(rows, (row) => probabilities[row]!);
    let said = 0;
    let variance = 0;
    let happened = 0;
    for (const row of rows) {
      const probability = probabilities[row]!;
      said += probability;
      variance += probability * (1 - probability);
      happened += labels[row]!;
    }
    const observedRate = happened / rows.length;
    groups.push({
      group,
      rows: rows.length,
      meanProbability: said / rows.length,
      observedRate,
      shrunkRate: shrunkRate(happened, rows.length, overall, priorRows),
      calibrationGap: observedRate - said / rows.length,
      chanceGap: (1.96 * Math.sqrt(variance)) / rows.length,
      logLoss: logLoss(someLabels, some),
      brier: brierScore(someLabels, some),
      rocAuc: rocAuc(someLabels, some),
    });
  }
  return { groups: groups.sort((a, b) => b.rows - a.rows), suppressed };
}
