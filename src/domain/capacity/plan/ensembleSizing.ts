import { disk } from '../ensemble/disk';
import { elections } from '../ensemble/elections';
import { logRecordBytes, OPEN_ACL_BYTES, snapshotBytes } from '../ensemble/files';
import { heap, smallerWatchManager, type WatchManagerName } from '../ensemble/heap';
import { type LimitCheck, limitChecks } from '../ensemble/limits';
import { network, type Network } from '../ensemble/network';
import { birthDeath } from '../ensemble/repair';
import { slowQuorum } from '../ensemble/snapshotInterference';
import { servingServers } from '../ensemble/throughput';
import { timeouts } from '../ensemble/timeouts';
import { znodeCount } from '../ensemble/znodes';
import type { Problem } from '../../placement/types';
import { isProblems } from '../result';
import type { ZooKeeperLoad } from '../scenarios/load';
import type { EnsembleShape } from './ensembleShape';
import type { EnsembleInput } from './inputFields';

type Found<F extends (...args: never[]) => unknown> = Exclude<ReturnType<F>, Problem[]>;

/** Bytes, limits and timeouts of one server of the ensemble. */
export interface EnsembleSizing {
  readonly znodes: number;
  readonly snapshotBytes: number;
  readonly recordBytes: number;
  readonly connections: number;
  readonly watchManager: WatchManagerName;
  readonly heap: Found<typeof heap>;
  readonly disk: Found<typeof disk>;
  readonly network: Network;
  readonly timeouts: Found<typeof timeouts>;
  readonly limits: readonly LimitCheck[];
  /** Share of the time in which snapshots slow every quorum. */
  readonly slowQuorum: number;
  readonly elections: Found<typeof elections>;
  readonly repair: Found<typeof birthDeath>;
}

/** Clients of one failed server go to the others. */
export function sizeEnsemble(
  input: EnsembleInput,
  load: ZooKeeperLoad,
  shaped: EnsembleShape,
): EnsembleSizing | Problem[] {
  const { shape, write, reads } = shaped;
  const serving = Math.max(1, servingServers(shape) - (shape.voters > 1 ? 1 : 0));
  const connections = Math.ceil(load.sessions / serving);
  const ratePerServer = (reads + load.writes) / serving;
  const znodes = znodeCount(load.znodes);
  const snapshot = snapshotBytes({
    znodes: load.znodes,
    sessions: load.sessions,
    acls: [OPEN_ACL_BYTES],
  });
  const { pathBytes, dataBytes } = load;
  const recordBytes = logRecordBytes({ type: 'create', pathBytes, dataBytes });
  const times = timeouts({
    sessionMs: input.sessionTimeoutMs,
    roundTripMs: input.serverRoundTripMs,
    clientRoundTripMs: input.clientRoundTripMs,
    fsyncMs: input.worstFsyncMs,
    gcPauseMs: input.gcPauseMs,
    latencyMs: input.worstFsyncMs + 1000 * write.total,
    snapshotBytes: snapshot,
    znodes,
    networkBandwidth: input.networkBytesPerSecond,
    diskBandwidth: input.diskBytesPerSecond,
    replayed: input.snapCount,
    writeRate: load.writes,
    restartSeconds: input.restartSeconds,
    sessions: load.sessions,
  });
  if (isProblems(times))
    return times.map((one) => ({ ...one, where: 'ensemble.sessionTimeoutMs' }));
  const watchersPerPath = load.watchedPaths > 0 ? load.watches / load.watchedPaths / serving : 0;
  const watchManager = smallerWatchManager(load.watchedPaths, watchersPerPath);
  const memory = heap(
    {
      znodes: load.znodes,
      watchedPaths: load.watchedPaths,
      watchersPerPath,
      watchManager,
      connections,
      requestsInFlight: ratePerServer * write.total,
      requestBytes: pathBytes + dataBytes,
      requestRate: ratePerServer,
      commitLogCount: times.commitLogCount,
      transactionBytes: recordBytes,
    },
    input.heapFactor,
  );
  if (isProblems(memory)) return memory.map((one) => ({ ...one, where: 'ensemble.memoryBytes' }));
  return {
    znodes,
    snapshotBytes: snapshot,
    recordBytes,
    connections,
    watchManager,
    heap: memory,
    timeouts: times,
    disk: disk({
      rate: load.writes,
      recordBytes,
      snapshotBytes: snapshot,
      snapCount: input.snapCount,
      preAllocSize: input.preAllocBytes,
      retainCount: input.snapshotsKept,
      purgeIntervalHours: input.purgeIntervalHours,
    }),
    network: network({ ...shape, writeRate: load.writes, readRate: reads, pathBytes, dataBytes }),
    limits: limitChecks({
      voters: shape.voters,
      maxBuffer: input.maxBufferBytes,
      mostChildren: load.mostChildren,
      childNameBytes: load.childNameBytes,
      largestDataBytes: dataBytes,
      connectionsPerAddress: input.clientsPerAddress,
      maxClientCnxns: input.maxClientCnxns,
      connectionsPerServer: connections,
      maxCnxns: 0,
      openFiles: input.openFiles,
      ratePerServer,
      response: write.total,
      globalOutstandingLimit: input.globalOutstandingLimit,
    }),
    slowQuorum: input.dedicatedLogDevice
      ? 0
      : slowQuorum({
          voters: shape.voters,
          rate: load.writes,
          snapCount: input.snapCount,
          snapshotSeconds: snapshot / input.diskBytesPerSecond,
        }),
    elections: elections({
      mtbfHours: input.serverMtbfHours,
      tickMs: times.tickTime,
      syncLimit: times.syncLimit,
      silentShare: input.silentFailureShare,
      electionMs: 300,
      syncMs: 200,
    }),
    repair: birthDeath({
      voters: shape.voters,
      mtbf: input.serverMtbfHours,
      mttr: input.serverMttrHours,
      crew: 'parallel',
    }),
  };
}
