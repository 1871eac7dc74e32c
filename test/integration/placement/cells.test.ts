import { beforeAll, expect, test } from 'vitest';
import { createPlacement } from '../../../src/domain/placement/createPlacement';
import type { Options, Placement } from '../../../src/domain/placement/types';
import { Random } from '../../../src/sandbox/sample/random';
import { askJvm, askLibrdkafka, askPython } from '../../tools/placement/libraries';
import { ensurePlacementPrograms } from '../../tools/placement/packages.mjs';
import { slotsOfRedis } from '../../tools/placement/redis';
import { byteKeys, SEED, servers, textKeys } from './samples';

/** Slots, partitions, buckets and tokens: what is decided before anybody knows a server. */

beforeAll(ensurePlacementPrograms, 600_000);

const random = new Random(SEED);
const bytes = byteKeys(random);
const keys = [...bytes, ...textKeys(random)];

function placement(preset: string, options: Options = {}, count = 0): Placement {
  const made = createPlacement(preset, servers(random, count), options);
  if (Array.isArray(made)) throw new Error(JSON.stringify(made));
  return made;
}

function expectSame(ours: (key: Uint8Array) => unknown, real: readonly unknown[]): void {
  expect(real.length).toBe(keys.length);
  const wrong = keys.flatMap((key, i) => {
    const value = ours(key);
    return value === real[i]
      ? []
      : [`${key.toString('hex')}: ${String(real[i])}, we say ${String(value)}`];
  });
  expect(wrong.slice(0, 3), `repeat with ZKW_PLACEMENT_SEED=${SEED}`).toEqual([]);
}

test('Redis Cluster puts keys into the slots we say', async () => {
  const ours = placement('redis-cluster');
  expectSame((key) => ours.explain(key).cell, await slotsOfRedis(keys));
});

const option = (partitioner: string): Options => ({ partitioner });

const PARTITIONS = [1, 2, 12, 50, 1000];

test.each([
  ['kafka-python', 'kafka-murmur2', {}, askPython, 'kafka'],
  ['librdkafka like Java', 'kafka-murmur2', {}, askLibrdkafka, 'murmur2'],
  ['librdkafka', 'librdkafka-consistent', {}, askLibrdkafka, 'consistent'],
  ['librdkafka with murmur2', 'librdkafka-consistent', option('murmur2'), askLibrdkafka, 'murmur2'],
  ['librdkafka with FNV', 'librdkafka-consistent', option('fnv1a'), askLibrdkafka, 'fnv1a'],
])('%s partitions keys as we say', async (_, preset, options, ask, name) => {
  const cases = PARTITIONS.map((count) => ({ settings: [name, String(count)], servers: [] }));
  const real = await ask(keys, cases);
  PARTITIONS.forEach((partitions, i) => {
    const ours = placement(preset, { ...options, partitions });
    expectSame((key) => ours.explain(key).cell, (real[i] ?? []).map(Number));
  });
});

test("Cassandra's driver gives keys the tokens we say", async () => {
  const [real = []] = await askPython(keys, [{ settings: ['cassandra'], servers: [] }]);
  const ours = placement('cassandra-murmur3');
  expectSame((key) => ours.answerOf(key), real);
});

test("Guava's consistentHash gives keys the buckets we say", async () => {
  const counts = [1, 2, 10, 25, 1000];
  const real = await askJvm(
    keys,
    counts.map((count) => ({
      settings: ['guava-bucket', 'murmur3_128', String(count)],
      servers: [],
    })),
  );
  counts.forEach((count, i) => {
    const ours = placement('guava-consistent-hash', { hash: 'murmur3_128' }, count);
    expectSame((key) => ours.ownerOf(key), (real[i] ?? []).map(Number));
  });
});
