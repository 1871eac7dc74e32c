import type { Problem } from '../../placement/types';
import { isProblems, type Result } from '../result';
import { disk, type DiskLoad } from './disk';
import { heap, type HeapLoad } from './heap';
import { limitChecks, type LimitLoad } from './limits';
import { network, type NetworkLoad } from './network';
import { Report, within } from './report';
import { timeouts, type TimeoutLoad } from './timeouts';
import { approximateDataSize } from './znodes';

/** Model `heap` of one server. */
export function heapResults(load: HeapLoad, headroom: number): Result[] {
  const parts = heap(load, headroom);
  return new Report('heap', within(0.06))
    .add('znodes', parts.znodes, 'B')
    .add('watches', parts.watches, 'B')
    .add('connections', parts.connections, 'B')
    .add('requests', parts.requests, 'B')
    .add('live', parts.live, 'B')
    .add('maximum', parts.maximum, 'B')
    .add('approximateDataSize', approximateDataSize(load.znodes), 'B').results;
}

/** Model `disk` of one server. */
export function diskResults(load: DiskLoad): Result[] {
  const files = disk(load);
  return new Report('disk')
    .add('snapshot', load.snapshotBytes, 'B')
    .add('record', load.recordBytes, 'B')
    .add('logRate', files.logBytesPerSecond, 'B/s')
    .add('logFile', files.logFileBytes, 'B')
    .add('rollsPerHour', files.rollsPerHour, '1/h')
    .add('logsADay', files.logBytesPerDay, 'B')
    .add('snapshotsADay', files.snapshotBytesPerDay, 'B')
    .add('needed', files.neededBytes, 'B', within(0.3)).results;
}

/** Model `network`. */
export function networkResults(load: NetworkLoad): Result[] {
  const traffic = network(load);
  return new Report('network', within(0.15))
    .add('leaderOut', traffic.leaderOut, 'B/s')
    .add('followerIn', traffic.followerIn, 'B/s')
    .add('readsPerServerOut', traffic.readsPerServerOut, 'B/s')
    .add('clientsIn', traffic.clientsIn, 'B/s')
    .add('receivedPerWrite', traffic.receivedPerWrite, 'B').results;
}

/** Model `limits`: what is used of each limit; `fits` is 1 or 0. */
export function limitResults(load: LimitLoad): Result[] {
  const report = new Report('limits');
  for (const { id, used, limit, fits, unit } of limitChecks(load)) {
    report
      .add(`${id}.used`, used, unit)
      .add(`${id}.limit`, limit, unit)
      .add(`${id}.fits`, Number(fits), '1');
  }
  return report.results;
}

/** Model `timeouts`. Limits are in ticks, as zoo.cfg has them. */
export function timeoutResults(load: TimeoutLoad): Result[] | Problem[] {
  const found = timeouts(load);
  if (isProblems(found)) return found;
  return new Report('timeouts')
    .add('tickTime', found.tickTime / 1000, 's')
    .add('initLimit', found.initLimit, '1', within(0.5))
    .add('syncLimit', found.syncLimit, '1')
    .add('connectToLearnerMasterLimit', found.connectToLearnerMasterLimit, '1')
    .add('minSessionTimeout', found.minSessionTimeout / 1000, 's')
    .add('maxSessionTimeout', found.maxSessionTimeout / 1000, 's')
    .add('neededSession', found.neededSessionMs / 1000, 's')
    .add('commitLogCount', found.commitLogCount, '1')
    .add('followerStart', found.followerStartMs / 1000, 's', within(0.5))
    .add('pings', found.pingsPerSecond, '1/s').results;
}
