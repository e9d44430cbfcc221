// Trees add up gradients, hessians and numbers of rows by bin. Two sums are cheaper than three, so that a hessian and "one row" travel in
// one number: a row adds `unit + hessian`, and of a sum, the number of rows is what `unit` goes into and the rest is the hessian.
// All addends are rounded to a grid on which sums of so many rows are exact. The same sums come out in any order, and subtracting a
// child from its parent leaves nothing behind.

export interface Packing {
  /** What one row counts for: a power of two above any sum of hessians. */
  readonly unit: number;
  /** Added and taken away, it rounds a hessian to its grid. */
  readonly hessianRounder: number;
  /** The same for gradients. */
  readonly gradientRounder: number;
}

/** Adding and taking away 1.5 · 2^52 steps rounds to a multiple of the step, to even at ties. */
function rounderTo(step: number): number {
  return 1.5 * 2 ** 52 * step;
}

/**
 * @param rows how many rows are added up at most
 * @param largestGradient no gradient is larger, signs aside
 * @param largestHessian no hessian is larger
 */
export function packingFor(rows: number, largestGradient: number, largestHessian: number): Packing {
  const count = 2 ** Math.ceil(Math.log2(rows + 1));
  const unit = 2 ** Math.ceil(Math.log2(count * largestHessian) + 1e-9) * 2;
  return {
    unit,
    hessianRounder: rounderTo((unit * count) / 2 ** 52),
    gradientRounder: rounderTo(2 ** Math.ceil(Math.log2(count * largestGradient) + 1e-9) / 2 ** 51),
  };
}

/** Rows in a packed sum. */
export function rowsIn(packed: number, unit: number): number {
  return Math.floor(packed / unit);
}

/** Hessian in a packed sum. */
export function hessianIn(packed: number, unit: number): number {
  return packed - Math.floor(packed / unit) * unit;
}
