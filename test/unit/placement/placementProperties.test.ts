import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { movement } from '../../../src/domain/placement/movement';
import type { Options, Placement, Server } from '../../../src/domain/placement/types';
import { bytesOf } from './fixtures';
import { ok, place } from './place';

const keys = Array.from({ length: 1500 }, (_, i) => bytesOf(`user:${i}`));
const address = fc
  .tuple(fc.integer({ min: 0, max: 255 }), fc.constantFrom(11211, 6379, 24101))
  .map(([host, port]) => `10.0.0.${host}:${port}`);
const memberships = (most = 12): fc.Arbitrary<Server[]> =>
  fc.uniqueArray(address, { minLength: 2, maxLength: most }).map((list) =>
    // Ids keep HAProxy's points when others leave.
    list.map((text, i) => ({ address: text, id: 10 + 7 * i })),
  );
const weightedMemberships = fc
  .tuple(memberships(), fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 12, maxLength: 12 }))
  .map(([list, weights]) => list.map((server, i) => ({ ...server, weight: weights[i] ?? 1 })));

const ownerAddresses = (placement: Placement): string[] =>
  keys.map((key) => placement.servers[placement.ownerOf(key)]?.address ?? '');

/** All points and ends of a ring as texts, which compare much faster than arrays. */
function ringBytes({ layout }: Placement): string[] {
  if (layout.kind !== 'ring') return [];
  return [layout.points, layout.ends].flatMap(({ hi, lo, owners }) =>
    [hi, lo ?? new Uint32Array(), owners].map((list) =>
      Buffer.from(list.buffer).toString('base64'),
    ),
  );
}

/** Presets whose other servers keep their points, buckets or scores when one server leaves. */
const minimal: [string, Options][] = [
  ['haproxy-consistent', {}],
  ['nginx-consistent', {}],
  ['libmemcached-ketama', {}],
  ['libmemcached-ketama-spy', { hash: 'md5' }],
  ['spymemcached-ketama', {}],
  ['dubbo-consistent', {}],
  ['sofa-rpc-consistent', {}],
  ['uhashring', {}],
  ['rendezvous', {}],
  ['rendezvous-weighted', {}],
];
const rings: [string, Options][] = [
  ...minimal.slice(0, 8),
  ['twemproxy-ketama', { hash: 'md5' }],
  ['libmemcached-ketama-weighted', {}],
  ['libketama', {}],
  ['finagle-ketama', {}],
  ['hashring-npm', {}],
  ['uhashring-ketama', {}],
  ['envoy-ring-hash', { minimum_ring_size: 200 }],
  ['grpc-ring-hash', { min_ring_size: 200 }],
];
const others: [string, Options][] = [
  ['twemproxy-modula', {}],
  ['haproxy-map', {}],
  ['nginx-hash', {}],
  ['libmemcached-modula', {}],
  ['envoy-maglev', { table_size: 251 }],
  ['jump', {}],
  ['guava-consistent-hash', {}],
  ['rendezvous', {}],
  ['rendezvous-weighted', {}],
  ['bounded-load', {}],
  ['modulo', {}],
];

const run = (runs: number) => ({ numRuns: runs });

describe('properties of placements', () => {
  it.each(minimal)('%s: only keys of the server that leaves move', (preset, options) => {
    fc.assert(
      fc.property(memberships(), fc.nat(), (list, pick) => {
        const gone = pick % list.length;
        const before = place(preset, list, options);
        const after = ok(before.withServers(list.filter((_, i) => i !== gone)));
        const [old, now] = [ownerAddresses(before), ownerAddresses(after)];
        const wrong = old.filter((owner, i) => owner !== list[gone]?.address && owner !== now[i]);
        expect(wrong).toEqual([]);
      }),
      run(5),
    );
  });

  it.each([...minimal, ['grpc-ring-hash', {}], ['envoy-maglev', { table_size: 251 }]] as const)(
    '%s: the order of servers does not matter',
    (preset, options) => {
      fc.assert(
        fc.property(memberships(), (list) => {
          const owners = ownerAddresses(place(preset, list, options));
          expect(ownerAddresses(place(preset, [...list].reverse(), options))).toEqual(owners);
        }),
        run(5),
      );
    },
  );

  it.each(rings)('%s: a changed ring equals a rebuilt one', (preset, options) => {
    fc.assert(
      fc.property(weightedMemberships, weightedMemberships, (list, next) => {
        const changed = ok(place(preset, list, options).withServers(next));
        const rebuilt = place(preset, next, options);
        expect(ringBytes(changed)).toEqual(ringBytes(rebuilt));
      }),
      run(12),
    );
  });

  it.each([...rings, ...others])('%s: shares sum to 1', (preset, options) => {
    fc.assert(
      fc.property(weightedMemberships, (list) => {
        const shares = place(preset, list, options).shares();
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
        expect(Math.min(...shares)).toBeGreaterThanOrEqual(0);
      }),
      run(10),
    );
  });

  it.each([...rings, ...others])(
    '%s: sweeping sorted hashes equals looking up',
    (preset, options) => {
      fc.assert(
        fc.property(weightedMemberships, (list) => {
          const placement = place(preset, list, options);
          const hashed = placement.hashKeys(keys);
          const swept = placement.ownersOfHashed(hashed);
          const each = Int32Array.from(hashed.order, (i) =>
            placement.ownerOf(keys[i] ?? new Uint8Array()),
          );
          expect(swept).toEqual(each);
        }),
        run(2),
      );
    },
  );

  const evenHashes = (preset: string): boolean =>
    !['twemproxy-modula', 'libmemcached-modula', 'libmemcached-ketama'].includes(preset);
  it.each([...rings, ...others].filter(([preset]) => evenHashes(preset)))(
    '%s: exact movement lies in the confidence interval of sampled keys',
    (preset, options) => {
      const raw = preset === 'haproxy-map' ? { ...options, avalanche: true } : options;
      fc.assert(
        fc.property(weightedMemberships, weightedMemberships, fc.nat(), (list, other, pick) => {
          const next = [...list.filter((_, i) => i !== pick % list.length), ...other.slice(0, 1)];
          const unique = next.filter(
            (server, i) => next.findIndex(({ address: a }) => a === server.address) === i,
          );
          const distinct = unique.map(({ address: text, weight }) => ({ address: text, weight }));
          const [before, after] = [place(preset, list, raw), place(preset, distinct, raw)];
          const { moved, gains, losses, error } = movement(before, after);
          expect(error).toBe(0);
          const now = ownerAddresses(after);
          const sampled =
            ownerAddresses(before).filter((owner, i) => owner !== now[i]).length / keys.length;
          // 4.5 standard errors: a false alarm in 100,000 comparisons.
          const width = 4.5 * Math.sqrt(Math.max(moved * (1 - moved), 1e-4) / keys.length);
          expect(Math.abs(sampled - moved)).toBeLessThan(width);
          const sum = (list: Float64Array): number => list.reduce((total, x) => total + x, 0);
          expect(sum(gains)).toBeCloseTo(moved, 9);
          expect(sum(losses)).toBeCloseTo(moved, 9);
        }),
        run(4),
      );
    },
  );
});
