import { describe, expect, test } from 'vitest';
import golden from '../../fixtures/capacity-golden.json';
import {
  hottestShare,
  MOST_SERVERS,
  type PoolLoad,
  poolState,
  sizePool,
  survivorsOf,
} from '../../../src/domain/capacity/pool/sizing';
import { EVEN, ringSpread } from '../../../src/domain/capacity/pool/spread';
import { zipfShare } from '../../../src/domain/capacity/queueing/zipf';
import { isProblems } from '../../../src/domain/capacity/result';

const load = (changes: Partial<PoolLoad> = {}): PoolLoad => ({
  lambda: 20_000,
  server: { mu: 1000, slots: 1, serviceScv: 1 },
  spread: ringSpread(160),
  hotShare: 0,
  hotCopies: 1,
  utilisation: 0.7,
  percentile: 0.99,
  response: 0.02,
  failures: 1,
  zones: 1,
  survivesZone: false,
  others: [],
  ...changes,
});

function sized(given: PoolLoad) {
  const size = sizePool(given);
  if (isProblems(size)) throw new Error(size.map(({ message }) => message).join(' '));
  return size;
}

describe('size of a pool', () => {
  test.each<[string, Partial<PoolLoad>, number, string]>([
    ['a ring of 160 points', {}, 37, 'utilisation'],
    ['a ring of one point', { spread: ringSpread(1) }, 240, 'utilisation'],
    ['random', { spread: EVEN }, 30, 'utilisation'],
    ['two choices', { spread: { ...EVEN, queues: 'twoChoices' } }, 30, 'utilisation'],
    ['two failures', { failures: 2 }, 38, 'utilisation'],
    ['the loss of one of three zones', { zones: 3, survivesZone: true }, 54, 'utilisation'],
    ['p99 within 10 ms', { response: 0.01 }, 48, 'latency'],
    ['four slots a server', { server: { mu: 1000, slots: 4, serviceScv: 1 } }, 10, 'utilisation'],
  ])('%s', (_, changes, servers, binding) => {
    const given = load(changes);
    const size = sized(given);
    expect(size.servers).toBe(servers);
    expect(size.binding.id).toBe(binding);
    expect(survivorsOf(size.servers, given)).toBeGreaterThanOrEqual(size.binding.servers);
    expect(survivorsOf(size.servers - 1, given)).toBeLessThan(size.binding.servers);
  });

  test.each(golden.pool.filter(({ out }) => out !== null))('recorded plan %#', ({ inp, out }) => {
    const given = load({
      failures: inp.F,
      response: inp.slo_t,
      spread: inp.policy === 'ring' ? ringSpread(inp.V ?? NaN) : EVEN,
    });
    const size = sized(given);
    const state = poolState(given, size.survivors);
    expect(size).toMatchObject({ servers: out?.N, survivors: out?.survivors });
    expect(state.imbalance).toBeCloseTo(out?.imbalance ?? NaN, 9);
    expect(state.utilisation).toBeCloseTo(out?.rho_hot ?? NaN, 9);
    expect(state.quantile(0.99)).toBeCloseTo(out?.q ?? NaN, 9);
  });

  test('two choices answer 99 of 100 within 7.3 ms', () => {
    const given = load({ spread: { ...EVEN, queues: 'twoChoices' } });
    const p99 = poolState(given, sized(given).survivors).quantile(0.99);
    expect(p99).toBeGreaterThan(0.0067); // simulated with 29 servers
    expect(p99).toBeLessThan(0.00735);
  });

  test('a hot key is named, with the copies that are enough', () => {
    const hot = load({ hotShare: 0.05 });
    const problems = sizePool(hot);
    expect(problems).toMatchObject([{ code: 'hotKey' }]);
    const copies = Number(/least (\d+) servers/.exec(JSON.stringify(problems))?.[1]);
    expect(isProblems(sizePool({ ...hot, hotCopies: copies }))).toBe(false);
    expect(isProblems(sizePool({ ...hot, hotCopies: copies - 1 }))).toBe(true);
    // No more servers have a copy than there are.
    expect(poolState({ ...hot, hotCopies: 100 }, 10)).toMatchObject({
      hottest: poolState({ ...hot, hotCopies: 10 }, 10).hottest,
    });
  });

  test('a goal below the service time is refused with the nearest one', () => {
    const problems = sizePool(load({ response: 0.004 }));
    expect(problems).toMatchObject([{ code: 'latency', where: 'pool.responseGoalMs' }]);
    const nearest = Number(/at least ([\d.]+) ms/.exec(JSON.stringify(problems))?.[1]);
    expect(isProblems(sizePool(load({ response: nearest / 1000 })))).toBe(false);
  });

  test('memory or disk can bind', () => {
    const disk = {
      id: 'disk',
      fits: (n: number) => n >= 90,
      because: (n: number) => `${n} disks`,
      remedy: 'Larger disks.',
    };
    expect(sized(load({ others: [disk] }))).toMatchObject({
      servers: 91,
      binding: { id: 'disk', because: '90 disks' },
    });
    const never = { ...disk, fits: () => false };
    expect(sizePool(load({ others: [never] }))).toMatchObject([{ code: 'disk' }]);
  });

  test('impossible failures and zones are refused', () => {
    expect(sizePool(load({ survivesZone: true }))).toMatchObject([{ code: 'tooFewZones' }]);
    expect(isProblems(sizePool(load({ lambda: -1 })))).toBe(true);
    expect(isProblems(sizePool(load({ lambda: 1e12 })))).toBe(true);
    expect(MOST_SERVERS).toBeLessThan(1e6);
  });

  /** Mean max/mean of 10 servers with keys of Zipf popularity, measured. */
  test.each([
    [1e5, 0.8, 1.2],
    [1e5, 0.9, 1.41],
    [1e5, 0.99, 1.7],
    [1e5, 1.1, 2.19],
    [1e3, 0.8, 1.62],
    [1e3, 0.9, 1.87],
    [1e3, 0.99, 2.17],
    [1e3, 1.1, 2.58],
  ])(
    'the hottest of %d keys with exponent %d loads its server as measured',
    (keys, s, measured) => {
      const share = hottestShare(10, 1, zipfShare(1, keys, s));
      expect(Math.abs((10 * share) / measured - 1)).toBeLessThan(0.035);
    },
  );

  test('goals that are less strict never need more servers', () => {
    const counts = [0.006, 0.008, 0.01, 0.02, 0.05].map(
      (response) => sized(load({ response })).servers,
    );
    expect(counts).toEqual([...counts].sort((a, b) => b - a));
    expect(new Set(counts).size).toBeGreaterThan(2);
  });
});
