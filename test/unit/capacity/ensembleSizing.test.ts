import { describe, expect, test } from 'vitest';
import { disk } from '../../../src/domain/capacity/ensemble/disk';
import { logRecordBytes } from '../../../src/domain/capacity/ensemble/files';
import {
  heap,
  smallerWatchManager,
  watchHeap,
  znodeHeap,
} from '../../../src/domain/capacity/ensemble/heap';
import {
  DEFAULT_MAX_BUFFER,
  limitChecks,
  type LimitLoad,
  maxChildren,
  maxData,
  outstandingPerServer,
} from '../../../src/domain/capacity/ensemble/limits';
import { network } from '../../../src/domain/capacity/ensemble/network';
import { timeouts, type TimeoutLoad } from '../../../src/domain/capacity/ensemble/timeouts';
import { approximateDataSize } from '../../../src/domain/capacity/ensemble/znodes';
import { solved } from './ensembleSupport';

const MIB = 2 ** 20;

describe('disk', () => {
  const load = {
    rate: 1000,
    recordBytes: logRecordBytes({ type: 'create', pathBytes: 40, dataBytes: 1024 }),
    snapshotBytes: 100e6,
    snapCount: 100_000,
    preAllocSize: 64 * MIB,
    retainCount: 3,
    purgeIntervalHours: 1,
  };

  test('a thousand creates of 1 KB a second fill 155 GB of logs a day', () => {
    expect(load.recordBytes).toBe(1161);
    const result = disk(load);
    expect(Math.round(result.logFileBytes / MIB)).toBe(128);
    expect(result.rollsPerHour).toBe(48);
    expect((result.logBytesPerDay / 1e9).toFixed(1)).toBe('154.6');
    expect(result.neededBytes).toBeCloseTo(51 * (result.logFileBytes + 100e6) * 1.3, 0);
  });

  test('without purging no disk is large enough', () => {
    expect(disk({ ...load, purgeIntervalHours: 0 }).neededBytes).toBe(Infinity);
  });
});

describe('heap', () => {
  const znode = { count: 100_000, pathBytes: 12, nameBytes: 9, dataBytes: 0 };
  const load = {
    znodes: [znode],
    watchedPaths: 0,
    watchersPerPath: 0,
    watchManager: 'WatchManager',
    connections: 0,
    requestsInFlight: 0,
    requestBytes: 0,
    requestRate: 0,
    commitLogCount: 500,
    transactionBytes: 0,
  } as const;

  test('is far above what approximate_data_size shows for small znodes', () => {
    expect(solved(heap(load, 2)).znodes / approximateDataSize(load.znodes)).toBeGreaterThan(25);
  });

  test('each part adds to what is live, and -Xmx is whole and at least 512 MiB', () => {
    expect(solved(heap(load, 1.5)).maximum).toBe(512 * MIB);
    const large = solved(
      heap({ ...load, connections: 1000, requestBytes: 1024, requestRate: 2e6 }, 1.5),
    );
    expect(large.live).toBe(large.znodes + large.watches + large.connections + large.requests);
    expect(large.connections).toBe(3_200_000);
    expect(large.maximum % MIB).toBe(0);
    expect(large.maximum).toBeGreaterThanOrEqual(1.5 * large.live);
    expect(large.maximum).toBeLessThan(1.5 * large.live + MIB);
  });

  test('above 32 GiB the tree belongs into several ensembles', () => {
    const huge = heap({ ...load, znodes: [{ ...znode, count: 100e6 }] }, 1.5);
    expect(huge).toMatchObject([{ code: 'heapTooLarge', where: 'znodes' }]);
  });

  test('a parent and its leaf measure 856 bytes, an ephemeral 40 more', () => {
    const leaf = { pathBytes: 12, nameBytes: 9, dataBytes: 100 };
    const parent = { pathBytes: 12, nameBytes: 9, dataBytes: 0, hasChildren: true };
    expect(znodeHeap(leaf) + znodeHeap(parent)).toBe(856);
    expect(znodeHeap({ ...leaf, ephemeral: true }) - znodeHeap(leaf)).toBe(40);
  });

  test('the optimised watch manager wins from two watchers a path', () => {
    expect(smallerWatchManager(1000, 1)).toBe('WatchManager');
    expect(smallerWatchManager(1000, 2)).toBe('WatchManagerOptimized');
    expect(watchHeap('WatchManager', 10, 3)).toBe(10 * (280 + 2 * 136));
    expect(watchHeap('WatchManager', 10, 0)).toBe(0);
  });
});

describe('network', () => {
  const load = {
    voters: 5,
    observers: 0,
    leaderServes: false,
    writeRate: 1000,
    readRate: 10_000,
    pathBytes: 40,
    dataBytes: 1024,
  };

  test('the leader sends every proposal to every other voter and observer', () => {
    expect(network(load).leaderOut).toBe(1000 * 4 * (124 + 1064 + 24));
    const withObserver = network({ ...load, observers: 1 });
    expect(withObserver.leaderOut - network(load).leaderOut).toBe(1000 * (124 + 1064));
    expect(network({ ...load, voters: 1 }).leaderOut).toBe(0);
  });

  test('readers share the servers that serve', () => {
    expect(network(load).readsPerServerOut).toBe((10_000 / 4) * (88 + 1024));
    const serving = network({ ...load, leaderServes: true });
    expect(serving.readsPerServerOut).toBe((10_000 / 5) * (88 + 1024));
    expect(serving.leaderOut).toBeGreaterThan(network(load).leaderOut);
  });
});

describe('limits', () => {
  const load: LimitLoad = {
    voters: 5,
    maxBuffer: DEFAULT_MAX_BUFFER,
    mostChildren: 1000,
    childNameBytes: 9,
    largestDataBytes: 1024,
    connectionsPerAddress: 60,
    maxClientCnxns: 60,
    connectionsPerServer: 900,
    maxCnxns: 0,
    openFiles: 1024,
    ratePerServer: 10_000,
    response: 0.005,
    globalOutstandingLimit: 1000,
  };
  const broken = (change: Partial<LimitLoad>): string[] =>
    limitChecks({ ...load, ...change })
      .filter(({ fits }) => !fits)
      .map(({ id }) => id);

  test.each([
    [{}, []],
    [{ mostChildren: maxChildren(9, DEFAULT_MAX_BUFFER, true) }, []],
    [{ mostChildren: maxChildren(9, DEFAULT_MAX_BUFFER, true) + 1 }, ['children']],
    [{ largestDataBytes: DEFAULT_MAX_BUFFER }, ['data']],
    [{ connectionsPerAddress: 61 }, ['connectionsPerAddress']],
    [{ connectionsPerAddress: 1e6, maxClientCnxns: 0 }, []],
    [{ maxCnxns: 899 }, ['connections']],
    [{ connectionsPerServer: 1000 }, ['openFiles']],
    [{ response: 0.02 }, ['outstanding']],
  ] as const)('%j breaks %j', (change, expected) => {
    expect(broken(change)).toEqual(expected);
  });

  test('the parent’s stat takes room too, as a real server shows', () => {
    expect(maxChildren(9, DEFAULT_MAX_BUFFER, true)).toBe(80_652);
    expect(maxData(DEFAULT_MAX_BUFFER)).toBe(1_048_487);
  });

  test('the voters but one share the outstanding requests', () => {
    expect([1, 3, 5].map((n) => outstandingPerServer(1000, n))).toEqual([1000, 500, 250]);
  });
});

describe('timeouts', () => {
  const load: TimeoutLoad = {
    sessionMs: 10_000,
    roundTripMs: 2,
    clientRoundTripMs: 2,
    fsyncMs: 20,
    gcPauseMs: 200,
    latencyMs: 50,
    snapshotBytes: 30e6,
    znodes: 160_000,
    networkBandwidth: 100e6,
    diskBandwidth: 100e6,
    replayed: 100_000,
    writeRate: 1000,
    restartSeconds: 30,
    sessions: 10_000,
  };

  test('keep the defaults for a small tree', () => {
    const result = solved(timeouts(load));
    expect(result).toMatchObject({ tickTime: 2000, initLimit: 10, syncLimit: 5 });
    expect(result).toMatchObject({ minSessionTimeout: 4000, maxSessionTimeout: 40_000 });
    expect(result.pingsPerSecond).toBe(3000);
    expect(result.commitLogCount).toBe(30_000);
  });

  test('give a large tree the time to reach a follower', () => {
    const result = solved(timeouts({ ...load, snapshotBytes: 6e9, znodes: 20e6 }));
    expect(result.followerStartMs).toBeCloseTo(60_000 + 60_000 + 90_000 + 1600, 3);
    expect(result.initLimit * result.tickTime).toBeGreaterThanOrEqual(2 * result.followerStartMs);
    expect((result.initLimit - 1) * result.tickTime).toBeLessThan(2 * result.followerStartMs);
    expect(result.connectToLearnerMasterLimit).toBe(3);
  });

  test('short sessions need short ticks, long ones a higher maximum', () => {
    expect(timeouts({ ...load, sessionMs: 1000 })).toMatchObject({
      tickTime: 500,
      minSessionTimeout: 1000,
      initLimit: 12,
    });
    expect(solved(timeouts({ ...load, sessionMs: 90_000 })).maxSessionTimeout).toBe(90_000);
  });

  test('a session has to outlast the worst pause three times', () => {
    expect(solved(timeouts(load)).neededSessionMs).toBe(3 * (50 + 2 + 200));
    expect(solved(timeouts({ ...load, roundTripMs: 500 })).neededSessionMs).toBe(2000);
  });

  test('say which session timeout would do', () => {
    const problems = timeouts({ ...load, sessionMs: 700 });
    expect(problems).toMatchObject([{ code: 'sessionTooShort', where: 'sessionMs' }]);
    expect(JSON.stringify(problems)).toContain('at least 756 ms');
  });

  test('a pause that followers must survive raises syncLimit', () => {
    const { syncLimit, tickTime } = solved(
      timeouts({ ...load, sessionMs: 30_000, gcPauseMs: 8000 }),
    );
    expect(syncLimit).toBe(9);
    expect(syncLimit * tickTime).toBeGreaterThan(2 * 8000);
  });
});
