import { bisector } from 'd3';
import type { CurveChart, Point } from '../../src/domain/capacity/charts/chart';

const byX = bisector<Point, number>(([x]) => x);

/** The index of the point whose x is nearest; 0 when there are none. */
export function nearest(points: readonly Point[], x: number): number {
  return Math.max(0, byX.center(points, x));
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
