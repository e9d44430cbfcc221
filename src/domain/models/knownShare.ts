import { type Frame, isMissing } from './frame';
import type { ColumnImportance } from './importance';

/**
 * How much of what a model leans on is known of each row: the columns that have a value, each weighted by what the model loses without it.
 * Where it loses nothing by any, all count alike.
 *
 * @param importance permutation importance of the columns that the model learned from
 * @returns shares from 0 to 1, one for each row
 */
export function knownShares(frame: Frame, importance: readonly ColumnImportance[]): Float64Array {
  const leaning = importance.some(({ logLossRise }) => logLossRise > 0);
  const weights = importance.map(({ column, logLossRise }) => ({ name: column, weight: leaning ? Math.max(0, logLossRise) : 1 }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  const shares = new Float64Array(frame.rows);
  if (total === 0) return shares;
  const columns = new Map(frame.columns.map((column) => [column.name, column]));
  for (const { name, weight } of weights) {
    const column = columns.get(name);
    if (column === undefined || weight === 0) continue;
    for (let row = 0; row < frame.rows; row += 1) if (!isMissing(column, row)) shares[row]! += weight / total;
  }
  return shares.map((share) => Math.min(1, share));
}
