import type { Evaluation } from '../capacity/plan/evaluate';
import type { PlanInput } from '../capacity/plan/inputFields';
import type { ChartId } from './charts';

/** What a plan says of a chart, in the unit of the chart. */
export interface Band {
  readonly chart: ChartId;
  /** Planned is what lies between the two. */
  readonly low: number;
  readonly high: number;
  /** More than this the plan does not allow. */
  readonly limit?: number;
}

/** What a write costs differs that much from one ensemble to another. */
const MODEL_ERROR = 0.3;

/** The bands of a plan: for the whole ensemble where a chart adds up, for one server elsewhere. */
export function bandsOf({ ensemble }: PlanInput, { load, shape, sizing }: Evaluation): Band[] {
  // How many times its load the ensemble may carry before the plan's utilisation is reached.
  const room = shape.utilisation > 0 ? ensemble.utilisationGoal / shape.utilisation : Infinity;
  const rate = (chart: ChartId, planned: number): Band => {
    const limit = planned * room;
    return { chart, low: 0, high: planned, ...(limit > 0 && limit < Infinity && { limit }) };
  };
  // Servers count from the request's arrival: the way from and to the client is not theirs.
  const write = Math.max(0, shape.write.total - ensemble.clientRoundTripMs / 1000);
  const outstanding = sizing.limits.find(({ id }) => id === 'outstanding');
  const dataBytes = load.znodes.reduce(
    (sum, { count, pathBytes, dataBytes }) => sum + count * (pathBytes + dataBytes),
    0,
  );
  const upTo = (chart: ChartId, high: number): Band => ({ chart, low: 0, high });
  const bands: Band[] = [
    rate('writes', load.writes),
    rate('reads', load.reads),
    { ...around('writeTime', write), limit: ensemble.writeGoalMs / 1000 },
    around('fsyncTime', shape.fsync),
    around('batch', shape.log.batch),
    upTo('connections', sizing.connections),
    upTo('znodes', sizing.znodes),
    upTo('dataBytes', dataBytes),
  ];
  if (outstanding) {
    bands.push({ ...upTo('outstanding', outstanding.used), limit: outstanding.limit });
  }
  return bands.filter(({ high }) => high > 0);
}

const around = (chart: ChartId, value: number): Band => ({
  chart,
  low: value * (1 - MODEL_ERROR),
  high: value * (1 + MODEL_ERROR),
});
