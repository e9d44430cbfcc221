/** A function to be made small: writes its gradient and answers its value. */
export type Objective = (at: Float64Array, gradient: Float64Array) => number;

export interface Minimum {
  readonly at: Float64Array;
  readonly value: number;
  readonly iterations: number;
  /** Whether no part of the gradient was larger than the tolerance at the end. */
  readonly converged: boolean;
}

const remembered = 10;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index += 1) sum += a[index]! * b[index]!;
  return sum;
}

function largest(values: Float64Array): number {
  let most = 0;
  for (const value of values) most = Math.max(most, Math.abs(value));
  return most;
}

/**
 * Minimises a smooth convex function by L-BFGS (Nocedal and Wright, Numerical Optimization, 2nd ed., algorithm 7.5) with a line search by
 * halving until the function falls enough.
 *
 * @param tolerance it has converged when no part of the gradient is larger
 * @param step told the iterations done, before each
 */
export function minimise(objective: Objective, start: Float64Array, tolerance: number, mostIterations: number, step: (done: number) => void): Minimum {
  const size = start.length;
  let at = Float64Array.from(start);
  let gradient = new Float64Array(size);
  let value = objective(at, gradient);
  const moves: { by: Float64Array; change: Float64Array; inverse: number }[] = [];
  for (let iteration = 0; iteration < mostIterations; iteration += 1) {
    if (largest(gradient) <= tolerance) return { at, value, iterations: iteration, converged: true };
    step(iteration);
    const direction = gradient.map((part) => -part);
    const shares = moves.map(({ by, change, inverse }) => {
      const share = inverse * dot(by, direction);
      for (let index = 0; index < size; index += 1) direction[index]! -= share * change[index]!;
      return share;
    });
    const latest = moves[0];
    if (latest !== undefined) {
      const scale = 1 / (latest.inverse * dot(latest.change, latest.change));
      for (let index = 0; index < size; index += 1) direction[index]! *= scale;
    }
    for (let place = moves.length - 1; place >= 0; place -= 1) {
      const { by, change, inverse } = moves[place]!;
      const share = shares[place]! - inverse * dot(change, direction);
      for (let index = 0; index < size; index += 1) direction[index]! += share * by[index]!;
    }
    const slope = dot(gradient, direction);
    let length = latest === undefined ? Math.min(1, 1 / Math.sqrt(dot(gradient, gradient))) : 1;
    const next = new Float64Array(size);
    const nextGradient = new Float64Array(size);
    let nextValue = Number.POSITIVE_INFINITY;
    for (let halving = 0; halving < 40; halving += 1) {
      for (let index = 0; index < size; index += 1) next[index] = at[index]! + length * direction[index]!;
      nextValue = objective(next, nextGradient);
      if (nextValue <= value + 1e-4 * length * slope) break;
      length /= 2;
    }
    // No shorter step lowers it either: this is as near as numbers of this size come.
    if (!(nextValue < value)) return { at, value, iterations: iteration, converged: largest(gradient) <= Math.sqrt(tolerance) };
    const by = next.map((part, index) => part - at[index]!);
    const change = nextGradient.map((part, index) => part - gradient[index]!);
    const curvature = dot(by, change);
    if (curvature > 1e-12 * dot(change, change)) {
      moves.unshift({ by, change, inverse: 1 / curvature });
      if (moves.length > remembered) moves.pop();
    }
    at = next;
    gradient = nextGradient;
    value = nextValue;
  }
  return { at, value, iterations: mostIterations, converged: largest(gradient) <= tolerance };
}
