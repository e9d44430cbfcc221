/** A figure with so many decimals, a dash where it means nothing. */
export function decimals(value: number | null, digits = 3): string {
  return value === null ? '–' : value.toFixed(digits);
}

/** A difference of shares in percentage points with its sign: +12, −3, 0. */
export function signedPoints(share: number): string {
  const points = Math.round(share * 100);
  return points > 0 ? `+${String(points)}` : points < 0 ? `−${String(-points)}` : '0';
}
