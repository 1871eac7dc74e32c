import { bisector } from 'd3';
import type { CurveChart, Point } from '../../src/domain/capacity/charts/chart';

const byX = bisector<Point, number>(([x]) => x);

/** The index of the point whose x is nearest; 0 when there are none. */
export function nearest(points: readonly Point[], x: number): number {
  return Math.max(0, byX.center(points, x));
}

/**
 * Where a logarithmic y axis begins: at what is planned, but not far below the curves, which the
 * picture is about.
 */
export function bottomOf({ curves, planned }: CurveChart): number {
  const lowest = Math.min(...curves.flatMap(({ points }) => points.map(([, y]) => y)));
  return 0.9 * Math.min(lowest, Math.max(planned[1], lowest / 3));
}

/**
 * Heights of labels beside these, given from the lowest on the screen to the highest: as near as
 * they can be with `gap` between them.
 */
export function apart(heights: readonly number[], gap: number): number[] {
  let last = Infinity;
  return heights.map((height) => (last = Math.min(height, last - gap)));
}

/** 1, 2 and 5 times powers of ten between both; over more than three powers only those. */
export function logTicks(from: number, to: number): number[] {
  const powers = Array.from(
    { length: Math.ceil(Math.log10(to / from)) + 2 },
    (_, i) => 10 ** (Math.floor(Math.log10(from)) + i),
  );
  const factors = to / from > 1000 ? [1] : [1, 2, 5];
  return powers
    .flatMap((power) => factors.map((factor) => factor * power))
    .filter((tick) => tick >= from && tick <= to);
}

/**
 * Where the y axis ends: latency near saturation has no bound, so a chart with a goal shows a third
 * more than the goal and two and a half times what is planned, if the curves go so far.
 */
export function topOf({ curves, planned, goal }: CurveChart): number {
  const highest = Math.max(...curves.flatMap(({ points }) => points.map(([, y]) => y)), planned[1]);
  if (goal === undefined) return 1.08 * highest || 1;
  return Math.min(highest, Math.max(1.33 * goal, 2.5 * planned[1])) || 1;
}
