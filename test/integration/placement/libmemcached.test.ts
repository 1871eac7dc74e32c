import { beforeAll, test } from 'vitest';
import { Random } from '../../../src/sandbox/sample/random';
import { askLibmemcached } from '../../tools/placement/libraries';
import { ensurePlacementPrograms } from '../../tools/placement/packages.mjs';
import { expectSameOwners, type Comparison } from './compare';
import { byteKeys, SEED, servers, sizeOf } from './samples';

/** Debian's library has no hsieh. */
const HASHES = [
  ...['default', 'md5', 'crc', 'fnv1_64', 'fnv1a_64', 'fnv1_32', 'fnv1a_32', 'murmur', 'jenkins'],
  'murmur3',
];

/** Our presets and the distributions of libmemcached.c. */
const DISTRIBUTIONS = {
  'libmemcached-ketama': 'ketama',
  'libmemcached-ketama-weighted': 'weighted',
  'libmemcached-ketama-spy': 'spy',
  'libmemcached-modula': 'modula',
};

const ROUNDS = 3;

/** The weighted distribution sets MD5 for keys and points. */
const hashesOf = (preset: string): string[] => (preset.endsWith('weighted') ? ['md5'] : HASHES);

function comparisons(random: Random): Comparison[] {
  let index = 0;
  return Object.entries(DISTRIBUTIONS).flatMap(([preset, distribution]) =>
    hashesOf(preset).flatMap((hash) =>
      Array.from({ length: ROUNDS }, () => {
        const maximumWeight = [undefined, 5, 1000][index % ROUNDS];
        const size = sizeOf(index++, random);
        return {
          preset,
          options: preset.endsWith('weighted') ? {} : { hash },
          settings: [distribution, hash],
          servers: servers(random, size, maximumWeight === undefined ? {} : { maximumWeight }),
        };
      }),
    ),
  );
}

beforeAll(ensurePlacementPrograms, 600_000);

test('libmemcached places keys where we say', async () => {
  const random = new Random(SEED);
  const keys = byteKeys(random);
  const cases = comparisons(random);
  const real = await askLibmemcached(keys, cases);
  expectSameOwners(
    keys,
    cases,
    real.map((row) => row.map(Number)),
  );
});

test('libmemcached left to its defaults places keys where our defaults say', async () => {
  const random = new Random(SEED + 1);
  const keys = byteKeys(random);
  const cases = Object.entries(DISTRIBUTIONS).map(([preset, distribution]) => ({
    preset,
    options: {},
    settings: [distribution, 'default'],
    servers: servers(random, 25),
  }));
  const real = await askLibmemcached(keys, cases);
  expectSameOwners(
    keys,
    cases,
    real.map((row) => row.map(Number)),
  );
});
