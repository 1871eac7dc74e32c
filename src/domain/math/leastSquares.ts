import { solveLinear } from './linear';

/** A curve y = f(x; parameters) with its analytic derivatives by each parameter. */
export interface Curve {
  readonly value: (x: number, parameters: readonly number[]) => number;
  readonly gradient: (x: number, parameters: readonly number[]) => readonly number[];
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Fit {
  readonly parameters: readonly number[];
  /** Σ (y − f(x))². */
  readonly squares: number;
  /** False when the steps ran out before the sum of squares stood still. */
  readonly converged: boolean;
}

const MAX_STEPS = 500;
const MAX_DAMPING = 1e20;

/**
 * Least squares by Levenberg and Marquardt: Gauss–Newton steps, shortened along the scaled diagonal
 * until the sum of squares falls (Marquardt 1963). Scale-free, so parameters of any magnitude work.
 */
export function leastSquares(
  curve: Curve,
  points: readonly Point[],
  start: readonly number[],
): Fit {
  let best = [...start];
  let squares = sumOfSquares(curve, points, best);
  let damping = 1e-3;
  for (let step = 0; step < MAX_STEPS; step++) {
    const { hessian, slope } = normalEquations(curve, points, best);
    let improved = false;
    while (!improved && damping < MAX_DAMPING) {
      const factor = 1 + damping;
      const damped = hessian.map((row, i) => row.map((h, j) => (i === j ? h * factor : h)));
      const move = solveLinear(damped, slope);
      const next = best.map((value, i) => value + (move?.[i] ?? 0));
      const left = move === undefined ? Infinity : sumOfSquares(curve, points, next);
      improved = left < squares;
      if (improved) {
        const isStill = next.every((value, i) => isClose(value, best[i] ?? 0));
        best = next;
        squares = left;
        damping = Math.max(damping / 10, 1e-12);
        if (isStill) return { parameters: best, squares, converged: true };
      } else damping *= 10;
    }
    // No step, however short, is downhill: this is the minimum to working precision.
    if (!improved) return { parameters: best, squares, converged: Number.isFinite(squares) };
  }
  return { parameters: best, squares, converged: false };
}

const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-13 * Math.abs(b);

function sumOfSquares(curve: Curve, points: readonly Point[], parameters: readonly number[]) {
  return points.reduce((sum, { x, y }) => sum + (y - curve.value(x, parameters)) ** 2, 0);
}

function normalEquations(curve: Curve, points: readonly Point[], parameters: readonly number[]) {
  const hessian = parameters.map(() => parameters.map(() => 0));
  const slope = parameters.map(() => 0);
  for (const { x, y } of points) {
    const gradient = curve.gradient(x, parameters);
    const residual = y - curve.value(x, parameters);
    gradient.forEach((g, i) => {
      slope[i] = (slope[i] ?? 0) + g * residual;
      const row = hessian[i];
      if (row !== undefined) gradient.forEach((h, j) => (row[j] = (row[j] ?? 0) + g * h));
    });
  }
  return { hessian, slope };
}
