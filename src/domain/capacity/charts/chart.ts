import type { Unit } from '../result';

/** A point of a curve; both values are finite. */
export type Point = readonly [x: number, y: number];

export interface Curve {
  /** Stable: `write`, `p50`, `p99`, `5` voters. */
  readonly id: string;
  readonly points: readonly Point[];
}

/** Curves over one axis, and what is planned among them. */
export interface CurveChart {
  readonly x: Unit;
  readonly y: Unit;
  /** Whether y goes over powers of ten, which a linear axis would press to the ground. */
  readonly isLog?: boolean;
  readonly curves: readonly Curve[];
  /** Where the plan stands. */
  readonly planned: Point;
  /** Values of y that are wanted at most. */
  readonly goal?: number;
  /** The largest x that the plan allows, and the one that cannot be reached. */
  readonly allowed?: number;
  readonly saturation?: number;
}

/** `count` + 1 values from `from` to `to`, both included. */
export function steps(from: number, to: number, count: number): number[] {
  return Array.from({ length: count + 1 }, (_, i) => from + ((to - from) * i) / count);
}

/** Points with finite values; a curve ends where its model has no answer. */
export function pointsOf(xs: readonly number[], yOf: (x: number) => number): Point[] {
  return xs.map((x): Point => [x, yOf(x)]).filter((point) => point.every(Number.isFinite));
}
