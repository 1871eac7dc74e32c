import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { balanceOf, keyLoads, zipf } from '../../../src/domain/placement/balance';
import { comparePresets } from '../../../src/domain/placement/compare';
import { keyMovement, movement } from '../../../src/domain/placement/movement';
import { simulatePolicy } from '../../../src/domain/placement/simulatePolicy';
import { bytesOf } from './fixtures';
import { addresses, ok, place, servers } from './place';

const keys = Array.from({ length: 20_000 }, (_, i) => bytesOf(`user:${i}`));
const decimals = Array.from({ length: 60_060 }, (_, i) => bytesOf(String(i)));

describe('balance', () => {
  it('compares loads with weights', () => {
    expect(balanceOf([1, 2, 3])).toEqual({
      maxOverMean: 1.5,
      minOverMean: 0.5,
      variation: Math.sqrt(1 / 6),
    });
    expect(balanceOf([1, 2, 3], [1, 2, 3]).maxOverMean).toBeCloseTo(1, 12);
    expect(balanceOf([])).toEqual({ maxOverMean: 1, minOverMean: 1, variation: 0 });
  });

  it('counts keys, or their popularity', () => {
    const placement = place('rendezvous', servers(4));
    const hashed = placement.hashKeys(keys);
    const loads = keyLoads(placement, hashed);
    expect(loads.reduce((sum, load) => sum + load, 0)).toBe(keys.length);
    const popular = keys.map((_, i) => (i === 7 ? 5 : 0));
    const owner = placement.ownerOf(keys[7] ?? new Uint8Array());
    expect([...keyLoads(placement, hashed, popular)]).toEqual(
      [0, 1, 2, 3].map((i) => (i === owner ? 5 : 0)),
    );
  });

  it('gives rank r the popularity 1/r^s', () => {
    const weights = zipf(1000, 0.99);
    expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(1, 12);
    expect((weights[0] ?? 0) / (weights[9] ?? 1)).toBeCloseTo(10 ** 0.99, 9);
  });

  it('shows that a 15-bit CRC-32 on a ring gives nearly everything to one server', () => {
    const placement = place('twemproxy-ketama', servers(8), { hash: 'crc32' });
    expect(Math.max(...placement.shares())).toBeGreaterThan(0.9);
    expect(placement.warnings.map(({ code }) => code)).toContain('hash.15bit');
  });

  it('finds two choices better than one', () => {
    const random = (seed: number) => () => {
      seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
      return seed / 2 ** 32;
    };
    const spread = (policy: string): number =>
      balanceOf(ok(simulatePolicy(policy, 20, 10_000, random(1)))).variation;
    expect(spread('round-robin')).toBe(0);
    expect(spread('random')).toBeGreaterThan(3 * spread('power-of-two-choices'));
    expect(simulatePolicy('nearest', 1, 1, Math.random)).toMatchObject([
      { code: 'policy.unknown' },
    ]);
  });
});

describe('movement', () => {
  it('of modulo keeps exactly 1/(n+1)', () => {
    const before = place('modulo', servers(10), { hash: 'decimal' });
    const after = ok(before.withServers(servers(11)));
    expect(movement(before, after).moved).toBeCloseTo(10 / 11, 12);
    // 60,060 is a multiple of 110: the numbers below it are all residues equally often.
    const { moved } = keyMovement(before, after, before.hashKeys(decimals));
    expect(moved).toBeCloseTo(10 / 11, 12);
  });

  it('of equal lists is nothing, of lists without common servers everything', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('twemproxy-ketama', 'jump', 'rendezvous', 'envoy-maglev', 'modulo'),
        fc.integer({ min: 1, max: 9 }),
        (preset, count) => {
          const options = preset === 'envoy-maglev' ? { table_size: 251 } : {};
          const before = place(preset, servers(count), options);
          expect(movement(before, place(preset, servers(count), options)).moved).toBeCloseTo(0, 12);
          const others = ok(before.withServers(addresses('a:1', 'b:1')));
          expect(movement(before, others).moved).toBeCloseTo(1, 12);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('knows a renamed server by its name', () => {
    const list = [
      { address: 'a:1', name: 'one' },
      { address: 'b:1', name: 'two' },
    ];
    const before = place('twemproxy-ketama', list);
    const moved = list.map((server) => ({ ...server, address: `new-${server.address}` }));
    expect(movement(before, ok(before.withServers(moved))).moved).toBe(0);
  });

  it('is estimated between different hashes, with its error', () => {
    const { moved, error } = movement(
      place('twemproxy-ketama', servers(4), { hash: 'md5' }),
      place('nginx-consistent', servers(4)),
    );
    expect(Math.abs(moved - 0.75)).toBeLessThan(0.05);
    expect(error).toBeGreaterThan(0);
  });

  it('weighs keys by popularity', () => {
    const before = place('rendezvous', servers(3));
    const after = ok(before.withServers(servers(2)));
    const hashed = before.hashKeys(keys);
    const gone = keys.findIndex((key) => before.ownerOf(key) === 2);
    const popular = keys.map((_, i) => (i === gone ? 3 : 0));
    expect(keyMovement(before, after, hashed, popular)).toMatchObject({ moved: 1, error: 0 });
  });
});

describe('comparison of presets', () => {
  it('lists balance and movement of each, or its problems', () => {
    const rows = comparePresets(
      [{ preset: 'modulo' }, { preset: 'jump' }, { preset: 'nowhere' }],
      servers(10),
      servers(11),
      keys,
    );
    const [modulo, jump] = rows.map((row) => ('moved' in row ? row.moved : -1));
    expect(modulo).toBeCloseTo(10 / 11, 9);
    expect(jump).toBeCloseTo(1 / 11, 9);
    const spread = rows[0] && 'shares' in rows[0] ? rows[0].shares.variation : 1;
    expect(spread).toBeCloseTo(0, 12);
    expect(rows[2]).toMatchObject({ problems: [{ code: 'preset.unknown' }] });
  });
});
