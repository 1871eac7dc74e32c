import { beforeAll, test } from 'vitest';
import { Random } from '../../../src/sandbox/sample/random';
import { placeWithNginx } from '../../tools/placement/nginx';
import { ensurePlacementPrograms } from '../../tools/placement/packages.mjs';
import { expectSameOwners, type Comparison } from './compare';
import { SEED, servers, sizeOf, transportKeys } from './samples';

const ROUNDS = 12;

function comparisons(random: Random): Comparison[] {
  return ['consistent', ''].flatMap((method) =>
    Array.from({ length: ROUNDS }, (_, index) => {
      const size = sizeOf(index, random);
      const down = size > 3 && index % 3 === 0 ? random.below(size) : -1;
      return {
        preset: method === '' ? 'nginx-hash' : 'nginx-consistent',
        options: {},
        settings: method === '' ? [] : [method],
        servers: servers(random, size, index % 2 === 1 ? { maximumWeight: 9 } : {}).map(
          (server, i) => ({
            ...server,
            address: index % 3 === 1 ? oddAddress(server.address, i) : server.address,
            ...(i === down && { down: true }),
          }),
        ),
      };
    }),
  );
}

/** Sockets, and servers without a port, which is no part of their points then. */
function oddAddress(address: string, i: number): string {
  const host = address.replace(/:\d+$/, '');
  return [address, host, `unix:/nowhere/${host}`][i % 3] ?? address;
}

beforeAll(ensurePlacementPrograms, 600_000);

test('nginx sends keys where we say', async () => {
  const random = new Random(SEED);
  const keys = transportKeys(random);
  const cases = comparisons(random);
  expectSameOwners(keys, cases, await placeWithNginx(keys, cases));
});
