import { beforeAll, test } from 'vitest';
import type { Server } from '../../../src/domain/placement/types';
import { Random } from '../../../src/sandbox/sample/random';
import { askJvm, askPython } from '../../tools/placement/libraries';
import { ensureNpmPeers } from '../../tools/placement/npmPeers.mjs';
import { ensurePlacementPrograms } from '../../tools/placement/packages.mjs';
import { expectSameOwners, type Comparison } from './compare';
import { KEY_COUNT, SEED, servers, sizeOf, textKeys } from './samples';

/** Libraries whose keys are text. */

/** Java writes a socket address that was given as a name so. */
const resolved = (hasName: boolean, server: Server, index: number): Server =>
  hasName ? { ...server, address: `cache-${index}/${server.address}` } : server;

beforeAll(ensurePlacementPrograms, 600_000);

test('spymemcached places keys where we say', async () => {
  const random = new Random(SEED);
  const hashes = [
    ...['KETAMA_HASH', 'NATIVE_HASH', 'CRC_HASH', 'FNV1_64_HASH', 'FNV1A_64_HASH'],
    ...['FNV1_32_HASH', 'FNV1A_32_HASH'],
  ];
  const cases = hashes.flatMap((hash) =>
    ['SPYMEMCACHED', 'LIBMEMCACHED'].flatMap((format) =>
      [0, 1, 2, 3, 4, 5].map((index) => ({
        preset: 'spymemcached-ketama',
        options: { hash, format },
        settings: ['spymemcached', hash, format],
        servers: servers(
          random,
          sizeOf(index, random),
          index % 2 === 1 ? { maximumWeight: 9 } : {},
        ).map(resolved.bind(undefined, format === 'SPYMEMCACHED' && index > 3)),
      })),
    ),
  );
  const keys = textKeys(random);
  const real = await askJvm(keys, cases);
  expectSameOwners(
    keys,
    cases,
    real.map((row) => row.map(Number)),
  );
});

test('uhashring places keys where we say', async () => {
  const random = new Random(SEED);
  const cases = ['ketama', 'default'].flatMap((kind) =>
    Array.from({ length: 12 }, (_, index) => ({
      preset: kind === 'ketama' ? 'uhashring-ketama' : 'uhashring',
      options: {},
      settings: ['uhashring', kind],
      servers: servers(random, sizeOf(index, random), {
        named: index % 3 > 0,
        ...(index % 2 === 1 && { maximumWeight: 7 }),
      }),
    })),
  );
  const keys = textKeys(random);
  const real = await askPython(keys, cases);
  expectSameOwners(
    keys,
    cases,
    real.map((row) => row.map(Number)),
  );
});

test('npm hashring places keys where we say', async () => {
  const random = new Random(SEED);
  const require = await ensureNpmPeers(['hashring']);
  const HashRing = require('hashring') as new (
    weights: Readonly<Record<string, number>>,
    algorithm: string,
    options: Readonly<Record<string, number>>,
  ) => { get(key: string): string };
  const cases: Comparison[] = Array.from({ length: 20 }, (_, index) => ({
    preset: 'hashring-npm',
    options: {},
    settings: [],
    servers: servers(
      random,
      sizeOf(index, random),
      index % 4 > 1 ? { maximumWeight: index % 4 === 2 ? 9 : 500 } : {},
    ),
  }));
  const keys = textKeys(random, KEY_COUNT);
  const real = cases.map(({ servers }) => {
    const weights = servers.map(({ address, weight = 1 }) => [address, weight] as const);
    const ring = new HashRing(Object.fromEntries(weights), 'md5', { 'max cache size': 1 });
    return keys.map((key) =>
      servers.findIndex(({ address }) => address === ring.get(key.toString())),
    );
  });
  expectSameOwners(keys, cases, real);
});
