import { writeLatency } from '../ensemble/writeLatency';
import { writePath } from '../plan/ensembleShape';
import type { Evaluation } from '../plan/evaluate';
import type { PlanInput } from '../plan/inputFields';
import { responseQuantile } from '../pool/response';
import { poolState } from '../pool/sizing';
import { isProblems } from '../result';
import { type CurveChart, pointsOf, steps } from './chart';

/** Curves end a little before saturation, where latency has no bound. */
const NEARLY_FULL = 0.985;
const STEPS = 60;

/**
 * The mean write (s) against all operations per second, reads and writes growing together, with the
 * servers planned.
 */
export function ensembleLatency({ ensemble }: PlanInput, planned: Evaluation): CurveChart {
  const { load, shape } = planned;
  const total = shape.reads + load.writes;
  const latencyAt = (operations: number): number => {
    const utilisation = operations / shape.capacity;
    const writes = total > 0 ? load.writes * (operations / total) : 0;
    const { fsync, costs } = shape;
    const path = writePath(ensemble, { writes }, shape.shape, fsync, utilisation, costs);
    const latency = writeLatency(path);
    return isProblems(latency) ? Infinity : latency.total;
  };
  const xs = steps(0, NEARLY_FULL * shape.capacity, STEPS);
  return {
    x: '1/s',
    y: 's',
    curves: [{ id: 'write', points: pointsOf(xs, latencyAt) }],
    planned: [total, shape.write.total],
    goal: ensemble.writeGoalMs / 1000,
    allowed: ensemble.utilisationGoal * shape.capacity,
    saturation: shape.capacity,
  };
}

/**
 * Response times (s) of the fullest server of the pool against all requests per second, after the
 * failures planned for. Undefined when the scenario has no pool.
 */
export function poolLatency({ pool }: PlanInput, planned: Evaluation): CurveChart | undefined {
  if (planned.pool === undefined) return undefined;
  const { load, size } = planned.pool;
  const now = poolState(load, size.survivors);
  const saturation = load.lambda / now.utilisation;
  const xs = steps(0, NEARLY_FULL * saturation, STEPS);
  // The fullest server has the same part of the requests at any load.
  const part = now.hottest / load.lambda;
  const { server, spread } = load;
  const percentiles = [...new Set([0.5, pool.percentile])];
  return {
    x: '1/s',
    y: 's',
    curves: percentiles.map((p) => ({
      id: percentileName(p),
      points: pointsOf(xs, (lambda) => responseQuantile(server, part * lambda, p, spread.queues)),
    })),
    planned: [load.lambda, now.quantile(pool.percentile)],
    goal: load.response,
    allowed: load.utilisation * saturation,
    saturation,
  };
}

const percentileName = (p: number): string => `p${Number((100 * p).toPrecision(6))}`;
