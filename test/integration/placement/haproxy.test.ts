import { beforeAll, test } from 'vitest';
import type { Server } from '../../../src/domain/placement/types';
import { Random } from '../../../src/sandbox/sample/random';
import { placeWithHaproxy } from '../../tools/placement/haproxy';
import { ensurePlacementPrograms } from '../../tools/placement/packages.mjs';
import { expectSameOwners, type Comparison } from './compare';
import { SEED, servers, sizeOf, transportKeys } from './samples';

const METHODS = { 'haproxy-consistent': 'consistent', 'haproxy-map': 'map-based' };
const ROUNDS = 3;

function comparisons(random: Random): Comparison[] {
  let index = 0;
  return Object.entries(METHODS).flatMap(([preset, method]) =>
    ['sdbm', 'djb2', 'wt6', 'crc32'].flatMap((hash) =>
      [true, false].flatMap((avalanche) =>
        Array.from({ length: ROUNDS }, () => ({
          preset,
          options: { hash, avalanche },
          settings: ['hdr(x-key)', method, hash, ...(avalanche ? ['avalanche'] : [])],
          servers: members(random, index++),
        })),
      ),
    ),
  );
}

/** Weights up to HAProxy's limit, ids up to its 31 bits, and in some lists one that is down. */
function members(random: Random, index: number): Server[] {
  const size = sizeOf(index, random);
  const weights = [undefined, { maximumWeight: 256 }, { maximumWeight: 12 }][index % ROUNDS];
  const down = size > 2 && index % 5 === 0 ? random.below(size) : -1;
  return servers(random, size, weights).map((server, i) => ({
    ...server,
    ...idOf(random, index, i),
    ...(i === down && { down: true }),
  }));
}

/** None have ids, or all, or every other one, some of them ids that others would have got. */
function idOf(random: Random, index: number, i: number): { id?: number } {
  if (index % 4 === 2) return { id: 1 + i + 25 * random.below(80_000_000) };
  return index % 4 === 3 && i % 2 === 1 ? { id: i + 30 * random.below(2) } : {};
}

beforeAll(ensurePlacementPrograms, 600_000);

test('HAProxy sends keys where we say', async () => {
  const random = new Random(SEED);
  const keys = transportKeys(random);
  const cases = comparisons(random);
  expectSameOwners(keys, cases, await placeWithHaproxy(keys, cases));
});

test('HAProxy sends URIs where we say', async () => {
  const random = new Random(SEED + 2);
  const keys = Array.from({ length: 500 }, () =>
    Buffer.from(
      `/img/${random.below(99)}/${random.uuid()}${random.pick(['', '?v=1', '?', '/?a?b'])}`,
    ),
  );
  const cases = Object.entries(METHODS).map(([preset, method]) => ({
    preset,
    options: { part: 'uri', avalanche: true },
    settings: ['uri', method, 'sdbm', 'avalanche'],
    servers: servers(random, 7),
  }));
  expectSameOwners(keys, cases, await placeWithHaproxy(keys, cases));
});

test('HAProxy left to its defaults sends keys where our defaults say', async () => {
  const random = new Random(SEED + 1);
  const keys = transportKeys(random);
  const cases = Object.entries(METHODS).map(([preset, method]) => ({
    preset,
    options: {},
    settings: ['hash req.fhdr(x-key)', ...(method === 'consistent' ? [method] : [])],
    servers: servers(random, 9),
  }));
  expectSameOwners(keys, cases, await placeWithHaproxy(keys, cases));
});
