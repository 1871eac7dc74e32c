import type { Problem } from '../../placement/types';
import type { Choice } from '../pool/instances';
import { isProblems } from '../result';
import type { Demand } from '../scenarios/demand';
import { membershipLoad, together, type ZooKeeperLoad } from '../scenarios/load';
import { demandOf } from '../scenarios/scenario';
import { type EnsembleShape, shapeEnsemble, type ShapeChange } from './ensembleShape';
import { type EnsembleSizing, sizeEnsemble } from './ensembleSizing';
import type { PlanInput } from './inputFields';
import { choosePool } from './poolPlan';
import { Report } from './report';

/** What differs from the plan as it is, to see the effect. */
export interface Change extends ShapeChange {
  readonly loadFactor?: number;
}

/** Everything that a plan computes, once. */
export interface Evaluation {
  readonly demand: Demand | undefined;
  readonly pool: Choice | undefined;
  readonly load: ZooKeeperLoad;
  readonly shape: EnsembleShape;
  readonly sizing: EnsembleSizing;
  /** What only the scenario can say. */
  readonly report: Report;
}

/**
 * The pool, the load that it puts on ZooKeeper, and the ensemble for that load. `before` is another
 * evaluation of the same scenario and ensemble, of which it keeps what stays the same.
 */
export function evaluate(
  input: PlanInput,
  change: Change = {},
  before?: Evaluation,
): Evaluation | Problem[] {
  const { loadFactor = 1 } = change;
  const demand = demandOf(input, loadFactor, before?.demand);
  if (isProblems(demand)) return demand;
  const pool = choosePool(input, demand);
  if (isProblems(pool)) return pool;
  const load = zooKeeperLoad(input, demand, pool, loadFactor);
  const shape = shapeEnsemble(input.ensemble, load, change, before?.shape.layout);
  if (isProblems(shape)) return shape;
  const sizing = sizeEnsemble(input.ensemble, load, shape);
  if (isProblems(sizing)) return sizing;
  const report = new Report();
  const problems = demand?.explain(report, pool) ?? [];
  if (problems.length > 0) return problems;
  return { demand, pool, load, shape, sizing, report };
}

/** Where nobody says how many paths are watched, each watch counts as the dear first one of its path. */
export const hasPathForEachWatch = ({ watchedPaths, watches }: PlanInput['otherLoad']): boolean =>
  watchedPaths === 0 && watches > 0;

function zooKeeperLoad(
  { coordination, otherLoad }: PlanInput,
  demand: Demand | undefined,
  pool: Choice | undefined,
  loadFactor: number,
): ZooKeeperLoad {
  const watches = Math.ceil(otherLoad.watches * loadFactor);
  const other: ZooKeeperLoad = {
    sessions: Math.ceil(otherLoad.sessions * loadFactor),
    znodes: [
      {
        count: otherLoad.znodes,
        pathBytes: otherLoad.pathBytes,
        nameBytes: otherLoad.nameBytes,
        dataBytes: otherLoad.dataBytes,
      },
    ],
    watchedPaths: hasPathForEachWatch(otherLoad) ? watches : otherLoad.watchedPaths,
    watches,
    reads: otherLoad.readsPerSecond * loadFactor,
    writes: otherLoad.writesPerSecond * loadFactor,
    pathBytes: otherLoad.pathBytes,
    dataBytes: otherLoad.dataBytes,
    mostChildren: otherLoad.mostChildren,
    childNameBytes: otherLoad.nameBytes,
    stormReads: 0,
    stormBytes: 0,
  };
  if (demand === undefined) return other;
  const servers = pool?.size.servers ?? 0;
  const own = demand.zooKeeper(servers);
  if (pool === undefined) return together(own, other);
  const members = membershipLoad({
    members: servers,
    clients: Math.ceil(coordination.clients * loadFactor),
    parentPathBytes: coordination.parentPathBytes,
    nameBytes: coordination.memberNameBytes,
    dataBytes: coordination.memberDataBytes,
    restartsPerHour: coordination.restartsPerHour,
  });
  return together(together(members, own), other);
}
