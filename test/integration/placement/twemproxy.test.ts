import { beforeAll, test } from 'vitest';
import { Random } from '../../../src/sandbox/sample/random';
import { ensurePlacementPrograms } from '../../tools/placement/packages.mjs';
import { listenAsMemcached, placeWithTwemproxy } from '../../tools/placement/twemproxy';
import { expectSameOwners, type Comparison } from './compare';
import { SEED, servers, sizeOf, some, transportKeys } from './samples';

const HASHES = [
  ...['one_at_a_time', 'md5', 'crc16', 'crc32', 'crc32a', 'fnv1_64', 'fnv1a_64', 'fnv1_32'],
  ...['fnv1a_32', 'hsieh', 'murmur', 'jenkins'],
];

/** Aliases, weights and a hash tag come and go independently. */
function comparisons(random: Random, addresses: readonly string[]): Comparison[] {
  return ['ketama', 'modula'].flatMap((distribution) =>
    [...HASHES, ...HASHES].map((hash, index) => {
      const tag = index % 3 === 0 ? random.pick(['{}', '$$', '::']) : undefined;
      const chosen = some(random, addresses, sizeOf(index, random));
      const traits = servers(random, chosen.length, {
        ...(index % 2 === 1 && { maximumWeight: index % 4 === 1 ? 10 : 1000 }),
        named: index >= HASHES.length,
      });
      return {
        preset: `twemproxy-${distribution}`,
        options: { hash, ...(tag !== undefined && { hash_tag: tag }) },
        settings: [hash, distribution, ...(tag === undefined ? [] : [tag])],
        servers: traits.map((one, i) => ({ ...one, address: chosen[i] ?? '' })),
      };
    }),
  );
}

beforeAll(ensurePlacementPrograms, 600_000);

test('twemproxy sends keys where we say', async () => {
  const random = new Random(SEED);
  const keys = transportKeys(random);
  const wanted = servers(random, 35).map(({ address }) => address);
  const backends = await listenAsMemcached(wanted);
  try {
    const cases = comparisons(random, backends.addresses);
    expectSameOwners(keys, cases, await placeWithTwemproxy(keys, cases, backends.addresses));
  } finally {
    backends.close();
  }
});
