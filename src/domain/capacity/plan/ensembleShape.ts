import { groupCommit, type GroupCommit } from '../ensemble/groupCommit';
import type { LayoutOutcome } from '../ensemble/layouts';
import { planLayout } from '../ensemble/layoutPlan';
import { calibratedCosts, DISKS, HARDWARE, type ThroughputBand } from '../ensemble/presets';
import {
  type Costs,
  mixedThroughput,
  servingServers,
  type Shape,
  writeThroughput,
} from '../ensemble/throughput';
import { type WriteLatency, writeLatency } from '../ensemble/writeLatency';
import type { Problem } from '../../placement/types';
import { isProblems } from '../result';
import type { ZooKeeperLoad } from '../scenarios/load';
import type { EnsembleInput } from './inputFields';
import { saturated } from './saturation';

/** How many servers of which kind, and how busy and quick they are. */
export interface EnsembleShape {
  readonly layout: LayoutOutcome;
  readonly shape: Shape;
  readonly costs: Costs;
  readonly band: ThroughputBand;
  readonly isMeasured: boolean;
  /** Pings included, which servers count as reads. */
  readonly reads: number;
  readonly pings: number;
  /** Operations per second at saturation for this mix, and the share asked for. */
  readonly capacity: number;
  readonly utilisation: number;
  readonly fsync: number;
  readonly log: GroupCommit;
  readonly write: WriteLatency;
}

const MOST_OBSERVERS = 100;

/** What may be given instead of found, to see its effect. */
export interface ShapeChange {
  readonly moreObservers?: number;
  readonly fsyncFactor?: number;
}

/** The fewest voters that reach the availability goal, and the observers that reads need. */
export function shapeEnsemble(
  input: EnsembleInput,
  load: ZooKeeperLoad,
  change: ShapeChange = {},
  known?: LayoutOutcome,
): EnsembleShape | Problem[] {
  const layout = known ?? findLayout(input);
  if (isProblems(layout)) return layout.map(inEnsemble);
  const { costs, band, isMeasured } = costsOf(input);
  const pings = load.sessions / (input.sessionTimeoutMs / 3000);
  const reads = load.reads + pings;
  const total = reads + load.writes;
  const readShare = total > 0 ? reads / total : 1;
  const withObservers = (observers: number): Shape => ({
    voters: layout.voters,
    observers,
    leaderServes: layout.voters <= 3 || readShare > 0.5,
  });
  const utilisationOf = (shape: Shape): number => total / mixedThroughput(costs, shape, readShare);
  const { utilisationGoal } = input;
  const shapes = Array.from({ length: MOST_OBSERVERS + 1 }, (_, i) => withObservers(i));
  const fit = shapes.find((one) => utilisationOf(one) <= utilisationGoal);
  if (fit === undefined) {
    return [saturated({ reads, pings, writes: load.writes, costs, utilisationGoal }, shapes)];
  }
  const shape = withObservers(fit.observers + (change.moreObservers ?? 0));
  const utilisation = utilisationOf(shape);
  const fsync = fsyncOf(input) * (change.fsyncFactor ?? 1);
  const path = writePath(input, load, shape, fsync, utilisation, costs);
  const log = groupCommit(path.log);
  if (isProblems(log)) return log.map(inEnsemble);
  const write = writeLatency(path);
  if (isProblems(write)) return write.map(inEnsemble);
  return {
    layout,
    shape,
    costs,
    band,
    isMeasured,
    reads,
    pings,
    capacity: mixedThroughput(costs, shape, readShare),
    utilisation,
    fsync,
    log,
    write,
  };
}

/** The smallest layout that reaches the goal. */
const findLayout = (input: EnsembleInput): LayoutOutcome | Problem[] =>
  planLayout(
    {
      zones: input.zones,
      survivesAnyZone: input.survivesZoneLoss,
      minutesAYear: input.outageGoalMinutesPerYear,
      ...(input.voters === 0 ? {} : { voters: input.voters }),
    },
    failureRates(input),
  );

/** Inputs that the models know by names of their own. */
const INPUTS: Readonly<Record<string, string>> = {
  zones: 'ensemble.zones',
  voters: 'ensemble.voters',
  minutesAYear: 'ensemble.outageGoalMinutesPerYear',
  rate: 'otherLoad.writesPerSecond',
  'pipeline.utilisation': 'ensemble.utilisationGoal',
};

const inEnsemble = (one: Problem): Problem => ({ ...one, where: INPUTS[one.where] ?? 'ensemble' });

/** Each server is down MTTR of every MTBF + MTTR hours. */
export const failureRates = (input: EnsembleInput) => ({
  serverDown: input.serverMttrHours / (input.serverMtbfHours + input.serverMttrHours),
  zoneDown: input.zoneDownShare,
  commonCause: input.commonCauseShare,
});

/** Mean seconds of an fsync, measured or of the kind of device. */
export function fsyncOf({ fsyncMs, logDevice }: EnsembleInput): number {
  const device = DISKS.find(({ id }) => id === logDevice);
  return fsyncMs > 0 ? fsyncMs / 1000 : (device?.fsync ?? 1e-3);
}

const APPEND_SECONDS = 20e-6;

function costsOf(input: EnsembleInput) {
  const preset = HARDWARE.find(({ id }) => id === input.hardware);
  const reads = input.measuredReadsPerServerPerSecond;
  const writes = input.measuredWritesPerSecond;
  if (preset === undefined) throw new RangeError('The parser lets known hardware through only.');
  const costs = calibratedCosts(preset.costs, {
    ...(reads > 0 ? { readsPerServer: reads } : {}),
    ...(writes > 0 ? { writes: { voters: 3, perSecond: writes } } : {}),
  });
  return { costs, band: preset.band, isMeasured: reads > 0 && writes > 0 };
}

/** The way of a write through such an ensemble, at a utilisation of it. */
export function writePath(
  input: EnsembleInput,
  load: Pick<ZooKeeperLoad, 'writes'>,
  shape: Shape,
  fsync: number,
  utilisation: number,
  costs: Costs,
) {
  const roundTrip = input.serverRoundTripMs / 1000;
  const serving = servingServers(shape);
  const atLeader = shape.leaderServes || shape.voters === 1 ? 1 : 0;
  return {
    log: { rate: load.writes, append: APPEND_SECONDS, fsync, fsyncScv: input.fsyncVariation },
    roundTrips: new Array<number>(shape.voters - 1).fill(roundTrip),
    clientRoundTrip: input.clientRoundTripMs / 1000,
    viaLearner: 1 - atLeader / serving,
    learnerRoundTrip: roundTrip,
    pipeline: { cost: 1 / writeThroughput(costs, shape), utilisation },
  };
}
