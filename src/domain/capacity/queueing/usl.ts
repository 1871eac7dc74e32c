import { type Curve, leastSquares, type Point } from '../../math/leastSquares';
import type { Problem } from '../../placement/types';
import { Checks } from './checks';

/** Gunther's universal scalability law, X(N) = λN/(1 + σ(N−1) + κN(N−1)). */
export interface Usl {
  /** Throughput of one, per second. */
  readonly lambda: number;
  /** Contention, 0–1. */
  readonly sigma: number;
  /** Crosstalk, ≥ 0; 0 is Amdahl's law. */
  readonly kappa: number;
}

export interface UslFit extends Usl {
  /** Share of the variance that the curve explains. */
  readonly r2: number;
  /** Coefficients that the data drove out of range and that were set to its border. */
  readonly clamped: readonly ('sigma' | 'kappa')[];
}

/** Throughput at n users, threads or nodes. */
export function uslThroughput({ lambda, sigma, kappa }: Usl, n: number): number {
  return (lambda * n) / (1 + sigma * (n - 1) + kappa * n * (n - 1));
}

/** The n at which throughput is greatest, √((1−σ)/κ); Infinity without crosstalk. */
export function uslPeak({ sigma, kappa }: Usl): number {
  return kappa > 0 ? Math.sqrt((1 - sigma) / kappa) : Infinity;
}

const MAX_POINTS = 10_000;

/**
 * Least squares of measured throughputs `y` at concurrencies `x` ≥ 1. At least three different x. Out of range coefficients are clamped, the others
 * fitted again and the fact told: a negative κ means that the data show no crosstalk.
 */
export function fitUsl(points: readonly Point[]): UslFit | Problem[] {
  const problems = check(points);
  if (problems.length > 0) return problems;
  const first = points.reduce((a, b) => (b.x < a.x ? b : a));
  const start: Usl = { lambda: first.y / first.x, sigma: 0.05, kappa: 1e-4 };
  let fit = fitFree(points, start, {});
  const clamped: ('sigma' | 'kappa')[] = [];
  if (fit.kappa < 0) {
    clamped.push('kappa');
    fit = fitFree(points, start, { kappa: 0 });
  }
  if (fit.sigma < 0 || fit.sigma > 1) {
    clamped.push('sigma');
    const fixed = {
      ...(clamped.includes('kappa') ? { kappa: 0 } : {}),
      sigma: fit.sigma < 0 ? 0 : 1,
    };
    fit = fitFree(points, start, fixed);
    if (fit.kappa < 0) {
      clamped.push('kappa');
      fit = fitFree(points, start, { ...fixed, kappa: 0 });
    }
  }
  if (!Number.isFinite(fit.lambda + fit.sigma + fit.kappa) || fit.lambda <= 0) {
    return new Checks().fail('noFit', 'y', 'No curve fits; measure more points.').problems;
  }
  return { ...fit, r2: explained(fit, points), clamped };
}

/** The free coefficients of λ, σ, κ; the others stay as `fixed` says. */
function fitFree(points: readonly Point[], start: Usl, fixed: Partial<Usl>): Usl {
  const names = (['lambda', 'sigma', 'kappa'] as const).filter((name) => !(name in fixed));
  const named = (values: readonly number[]): Usl => ({
    ...start,
    ...fixed,
    ...Object.fromEntries(names.map((name, i) => [name, values[i] ?? 0])),
  });
  const curve: Curve = {
    value: (n, values) => uslThroughput(named(values), n),
    gradient: (n, values) => {
      const usl = named(values);
      const x = uslThroughput(usl, n);
      const perLambda = x / usl.lambda;
      const slope = -(x * perLambda) / n; // ∂X/∂(denominator)
      const all = { lambda: perLambda, sigma: slope * (n - 1), kappa: slope * n * (n - 1) };
      return names.map((name) => all[name]);
    },
  };
  const { parameters } = leastSquares(
    curve,
    points,
    names.map((name) => start[name]),
  );
  return named(parameters);
}

function explained(usl: Usl, points: readonly Point[]): number {
  const mean = points.reduce((sum, { y }) => sum + y, 0) / points.length;
  const total = points.reduce((sum, { y }) => sum + (y - mean) ** 2, 0);
  const left = points.reduce((sum, { x, y }) => sum + (y - uslThroughput(usl, x)) ** 2, 0);
  return total > 0 ? 1 - left / total : 1;
}

function check(points: readonly Point[]): Problem[] {
  const checks = new Checks().whole('points', points.length, 3, MAX_POINTS);
  points.forEach(({ x, y }, i) => {
    checks.between(`x[${i}]`, x, 1, 1e9).positive(`y[${i}]`, y);
  });
  if (new Set(points.map(({ x }) => x)).size < 3) {
    checks.fail('tooFewPoints', 'x', 'Measure at three different concurrencies at least.');
  }
  return checks.problems;
}
