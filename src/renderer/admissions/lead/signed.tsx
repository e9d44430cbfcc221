/** A difference with its sign, one decimal: +3.2, −0.4, 0.0. */
export function signed(points: number): string {
  const size = Math.abs(points).toFixed(1);
  return points > 0 ? `+${size}` : points < 0 ? `−${size}` : size;
}
