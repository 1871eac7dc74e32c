import { describe, expect, test } from 'vitest';
import { responseDistribution, responseQuantile } from '../../../src/domain/capacity/pool/response';
import { cheapestPool } from '../../../src/domain/capacity/pool/instances';
import { EVEN, exactImbalance, spreadOf } from '../../../src/domain/capacity/pool/spread';
import { lruHitRatio } from '../../../src/domain/capacity/queueing/lruCache';
import { exactClosed } from '../../../src/domain/capacity/queueing/mva';
import { isProblems } from '../../../src/domain/capacity/result';
import { itemsForHitRatio } from '../../../src/domain/capacity/scenarios/hitRatio';
import { membershipLoad, NO_LOAD, together } from '../../../src/domain/capacity/scenarios/load';
import { simulateQueue } from '../../../src/domain/capacity/simulation/queue';
import { maxChildren } from '../../../src/domain/capacity/ensemble/limits';
import { imbalanceQuantile } from '../../../src/domain/placement/balance';
import { inputOf, planned, problemsOf, sample, valueOf } from './planSupport';

function imbalance(preset: string, servers: number, options = {}): number {
  const spread = spreadOf(preset, options);
  if (isProblems(spread)) throw new Error(spread[0]?.message);
  return spread.imbalanceAt(servers);
}

describe('imbalance of presets', () => {
  test('rings of 160 points, Envoy’s ring of 1024 points in all', () => {
    expect(imbalance('nginx-consistent', 10)).toBeCloseTo(imbalanceQuantile(10, 160), 9);
    for (const [servers, measured] of [
      [3, 1.095],
      [10, 1.256],
      [20, 1.423],
      [50, 1.821],
      [100, imbalanceQuantile(100, 11)], // the ring is rounded up to 11 points each
    ] as const) {
      expect(imbalance('envoy-ring-hash', servers)).toBeCloseTo(measured, 1);
    }
    expect(imbalance('envoy-ring-hash', 50)).toBeGreaterThan(1.7);
  });

  test('tables, slots and policies', () => {
    expect(imbalance('jump', 30)).toBe(1);
    expect(imbalance('random', 30)).toBe(1);
    expect(imbalance('envoy-maglev', 10)).toBeLessThan(1.001);
    expect(imbalance('bounded-load', 10)).toBeLessThanOrEqual(1.3);
  });

  test('servers known by address have their exact shares', () => {
    const addresses = Array.from({ length: 10 }, (_, i) => `10.0.1.${i + 1}:11211`);
    const exact = exactImbalance('twemproxy-ketama', {}, addresses);
    expect(exact).toBeGreaterThan(1.02);
    expect(exact).toBeLessThan(1.4);
    const { input } = sample('cache');
    const known = { ...input.pool, serverAddresses: addresses };
    expect(valueOf(planned({ ...input, pool: known }), 'pool.imbalance')).toBeCloseTo(
      Number(exact),
      4,
    );
  });

  test('unknown presets and options are refused', () => {
    expect(spreadOf('nothing', {})).toMatchObject([{ code: 'unknownPreset' }]);
    expect(isProblems(spreadOf('nginx-consistent', { weight: 3 }))).toBe(true);
  });
});

describe('percentiles of servers that are not exponential', () => {
  test.each([
    [1, 0.25, 0.7],
    [4, 0.25, 0.7],
    [1, 0, 0.8],
    [1, 4, 0.7],
    [4, 4, 0.7],
    [8, 0.5, 0.3],
  ])('%d slots, Cs² %d, ρ %d: p99 is not below what is simulated', (slots, serviceScv, rho) => {
    const lambda = rho * slots;
    const run = simulateQueue(
      { lambda, mu: 1, servers: slots, serviceScv },
      { customers: 60_000, seed: 5 },
    );
    if (isProblems(run)) throw new Error('refused');
    const p99 = responseQuantile({ mu: 1, slots, serviceScv }, lambda, 0.99, 'own');
    expect(p99).toBeGreaterThan(0.95 * run.responseQuantile(0.99).value);
    expect(p99).toBeLessThan(2 * run.responseQuantile(0.99).value);
  });
});

describe('the distribution of a server’s response', () => {
  test.each([
    [1, 0.25, 'own'],
    [4, 4, 'own'],
    [2, 1, 'own'],
    [1, 1, 'twoChoices'],
  ] as const)('%d slots, Cs² %d, queues %s: has the quantiles', (slots, serviceScv, queues) => {
    const server = { mu: 100, slots, serviceScv };
    const distribution = responseDistribution(server, 70 * slots, queues);
    for (const p of [0.6, 0.9, 0.99, 0.9999]) {
      const t = responseQuantile(server, 70 * slots, p, queues);
      expect((1 - distribution(t * (1 + 1e-9))) / (1 - p)).toBeCloseTo(1, 2);
    }
    expect(distribution(0)).toBeLessThan(1e-6);
    expect(distribution(1e6)).toBe(1);
  });
});

describe('cache', () => {
  test.each([
    [10_000, 0.8, 0.4],
    [10_000, 0.99, 0.9],
    [1_000_000, 0.99, 0.99],
  ])('%d items with exponent %d: what is held answers %d of the reads', (items, exponent, goal) => {
    const capacity = itemsForHitRatio(items, exponent, goal);
    expect(lruHitRatio({ items, capacity, exponent })).toBeCloseTo(goal, 5);
  });

  test('a higher hit ratio needs more memory, and a weak store more servers', () => {
    const { input } = sample('cache');
    const held = (goal: number) => {
      const scenario = { ...input.scenario, hitRatioGoal: goal } as typeof input.scenario;
      return valueOf(planned({ ...input, scenario }), 'cache.memory');
    };
    expect(held(0.95)).toBeGreaterThan(1.1 * held(0.9));
    const weak = { ...input.scenario, backingStorePerSecond: 24_000 } as typeof input.scenario;
    expect(valueOf(planned({ ...input, scenario: weak }), 'pool.servers')).toBeGreaterThan(
      valueOf(planned(input), 'pool.servers'),
    );
    const none = { ...input.scenario, backingStorePerSecond: 10_000 } as typeof input.scenario;
    expect(problemsOf({ ...input, scenario: none })).toMatchObject([
      { code: 'backingStore', message: expect.stringContaining('raise the hit ratio') as unknown },
    ]);
  });

  test('an unsplit hot key is refused with the copies it takes', () => {
    const { input } = sample('cache');
    const hot = { ...input, pool: { ...input.pool, hottestKeyShare: 0.5, hottestKeyCopies: 1 } };
    const [problem] = problemsOf(hot);
    expect(problem?.code).toBe('hotKey');
    const copies = Number(/least (\d+) servers/.exec(problem?.message ?? '')?.[1]);
    planned({ ...hot, pool: { ...hot.pool, hottestKeyCopies: copies } });
  });
});

describe('metadata, queue and database', () => {
  test('clients of metadata get what mean value analysis says', () => {
    const { input } = sample('metadata');
    const result = planned(input);
    const servers = valueOf(result, 'pool.survivors');
    const demand = 1.2 / 20_000 / servers; // a tenth of the operations works on three copies
    const network = {
      customers: 600,
      think: 0.005,
      resources: Array.from({ length: servers }, () => ({ demand })),
    };
    const exact = exactClosed(network);
    if (isProblems(exact)) throw new Error('refused');
    expect(valueOf(result, 'metadata.operationsPerSecond') / exact.throughput).toBeCloseTo(1, 5);
  });

  test('metadata in ZooKeeper itself load the ensemble and meet its limits', () => {
    const { input } = sample('metadata');
    if (input.scenario?.kind !== 'metadata') throw new Error('another scenario');
    const scenario = {
      ...input.scenario,
      inZooKeeper: true,
      files: 1_000_000,
      directories: 50_000,
      largestDirectory: 60_000,
      busyClients: 100,
    };
    const result = planned({ ...input, scenario });
    expect(result.results.some(({ name }) => name === 'pool.servers')).toBe(false);
    expect(valueOf(result, 'ensemble.znodes')).toBeGreaterThan(1_050_000);
    expect(valueOf(result, 'ensemble.heap')).toBeGreaterThan(6e8);
    const children = result.goals.find(({ name }) => name === 'metadata.largestDirectory');
    expect(children).toMatchObject({ limit: maxChildren(20, 1_048_575, true), isMet: false });
  });

  test('consumers keep up, drain in time, and are no more than partitions', () => {
    const { input } = sample('queue');
    const result = planned(input);
    expect(valueOf(result, 'queue.consumersPerGroup')).toBe(225); // 45,000/s × 4 ms / 0.8
    expect(valueOf(result, 'queue.drainTime')).toBeLessThanOrEqual(3600);
    expect(valueOf(result, 'queue.disk')).toBe(15_000 * 1500 * 3 * 72 * 3600);
    const few = { ...input.scenario, partitions: 100 } as typeof input.scenario;
    expect(problemsOf({ ...input, scenario: few })).toMatchObject([{ code: 'partitions' }]);
    const offsets = valueOf(result, 'zooKeeper.writes');
    expect(offsets).toBeCloseTo((3 * 600) / 5 + (3 * 3) / 3600, 2);
  });

  test('a read waits for every copy that it asks, and a copy that is asked is loaded', () => {
    const { input } = sample('database');
    if (input.scenario?.kind !== 'database') throw new Error('another scenario');
    const resultOf = (change: object) =>
      planned({ ...input, scenario: { ...input.scenario, ...change } as typeof input.scenario });
    const one = resultOf({ readQuorum: 1, replicaRoundTripsMs: [] });
    const own = valueOf(one, 'pool.response.p99');
    expect(valueOf(one, 'database.read.p99') / own).toBeCloseTo(1, 2);
    const two = resultOf({ readQuorum: 2, replicaRoundTripsMs: [] });
    expect(valueOf(two, 'database.read.p99')).toBeGreaterThan(valueOf(two, 'pool.response.p99'));
    // The copy that is far away isn't asked, and a write that waits for one is as quick as any.
    const far = resultOf({ readQuorum: 2, replicaRoundTripsMs: [0, 0, 500] });
    expect(valueOf(far, 'database.read.p99')).toBe(valueOf(two, 'database.read.p99'));
    const write = resultOf({ writeQuorum: 1, replicaRoundTripsMs: [] });
    expect(valueOf(write, 'database.write.p99')).toBeLessThan(valueOf(two, 'pool.response.p99'));
    const because = two.results.find(({ name }) => name === 'database.read.p99')?.because;
    expect(because).toMatch(/^the slowest of the 2 nearest copies/);
    expect(JSON.stringify(one.results)).not.toMatch(/\b1 copies|\b1\. fastest/);
  });

  test('a database waits for the quorum, and larger quorums wait longer', () => {
    const { input } = sample('database');
    const p99 = (readQuorum: number) => {
      const scenario = { ...input.scenario, readQuorum } as typeof input.scenario;
      return valueOf(planned({ ...input, scenario }), 'database.read.p99');
    };
    expect(p99(1)).toBeLessThan(p99(2));
    expect(p99(2)).toBeLessThan(p99(3));
    const four = { ...input.scenario, readQuorum: 4 } as typeof input.scenario;
    expect(problemsOf({ ...input, scenario: four })).toMatchObject([{ code: 'quorumTooLarge' }]);
  });
});

describe('what the application does', () => {
  test('copies of the hottest key that the plan rests on are said', () => {
    const { input } = sample('cache');
    const pool = { ...input.pool, hottestKeyShare: 0.5 };
    const noteOf = (given: typeof pool) =>
      planned({ ...input, pool: given }).notes.find(({ code }) => code === 'hotKeyCopies')?.message;
    expect(noteOf(pool)).toMatch(/keep the hottest key on 12 servers.* no number of servers/s);
    expect(noteOf({ ...pool, hottestKeyShare: 0.0001, hottestKeyCopies: 2 })).toBeUndefined();
  });
});

describe('load on ZooKeeper', () => {
  const members = {
    members: 10,
    clients: 500,
    parentPathBytes: 20,
    nameBytes: 16,
    dataBytes: 50,
    restartsPerHour: 36,
  };

  test('a change of membership wakes every client once', () => {
    const load = membershipLoad(members);
    expect(load).toMatchObject({ sessions: 510, watches: 500, stormReads: 500, mostChildren: 10 });
    expect(load.reads).toBeCloseTo(2 * 500 * 0.01, 9);
    expect(load.writes).toBeCloseTo(0.03, 9);
    expect(load.stormBytes).toBe(500 * (32 + 20 + 24 + 10 * 20));
  });

  test('loads add up, and means are weighted by writes', () => {
    const a = { ...NO_LOAD, writes: 1, dataBytes: 100, sessions: 3 };
    const b = { ...NO_LOAD, writes: 3, dataBytes: 500, sessions: 4 };
    expect(together(a, b)).toMatchObject({ writes: 4, dataBytes: 400, sessions: 7 });
  });

  test('the scenario’s load reaches the ensemble plan', () => {
    const fields = (clients: number) =>
      inputOf({
        scenario: {
          kind: 'cache',
          getsPerSecond: 1000,
          setsPerSecond: 0,
          items: 1000,
          itemBytes: 100,
        },
        pool: { hottestKeyCopies: 10, instanceTypes: [{ name: 'a', requestsPerSecond: 2000 }] },
        coordination: { clients },
      });
    const [few, many] = [planned(fields(100)), planned(fields(300_000))];
    expect(valueOf(many, 'ensemble.heap')).toBeGreaterThan(valueOf(few, 'ensemble.heap'));
    expect(valueOf(many, 'ensemble.observers')).toBeGreaterThan(0); // 90,000 pings/s
  });
});

test('the cheapest kind of server is taken', () => {
  const type = (name: string, mu: number, pricePerMonth: number) => ({
    name,
    mu,
    slots: 1,
    serviceScv: 1,
    memoryBytes: 0,
    diskBytes: 0,
    pricePerMonth,
  });
  const loadWith = (server: ReturnType<typeof type>) => ({
    lambda: 10_000,
    server,
    spread: EVEN,
    hotShare: 0,
    hotCopies: 1,
    utilisation: 0.7,
    percentile: 0.99,
    response: 0.1,
    failures: 1,
    zones: 1,
    survivesZone: false,
    others: [],
  });
  const types = [type('small', 1000, 50), type('large', 4000, 150), type('dear', 4000, 500)];
  const choice = cheapestPool(types, (one) => loadWith({ ...one, name: '', pricePerMonth: 0 }));
  expect(choice).toMatchObject({
    type: { name: 'large' },
    size: { servers: 5 },
    costPerMonth: 750,
  });
});
