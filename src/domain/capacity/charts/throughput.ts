import { mixedThroughput, type Shape } from '../ensemble/throughput';
import type { Evaluation } from '../plan/evaluate';
import { type CurveChart, pointsOf, steps } from './chart';

const SIZES = [3, 5, 7, 9];

/**
 * Operations per second at saturation against the share of reads, for ensembles of several sizes
 * with the observers planned. The id of a curve is its number of voters; the plan's own is among
 * them.
 */
export function throughputBySize({ load, shape }: Evaluation): CurveChart {
  const { voters, observers, leaderServes } = shape.shape;
  const total = shape.reads + load.writes;
  const sizes = [...new Set([...SIZES, voters])].sort((a, b) => a - b);
  const shares = steps(0, 1, 50);
  return {
    x: '1',
    y: '1/s',
    isLog: true,
    curves: sizes.map((size) => {
      const one: Shape = { voters: size, observers, leaderServes };
      const points = pointsOf(shares, (share) => mixedThroughput(shape.costs, one, share));
      return { id: String(size), points };
    }),
    planned: [total > 0 ? shape.reads / total : 1, total],
  };
}
