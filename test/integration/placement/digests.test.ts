import { beforeAll, expect, test } from 'vitest';
import { crc16, crc32, crc32Memcached } from '../../../src/domain/placement/hashes/crc';
import {
  fnv1aSigned32,
  fnv1aSigned64,
  fnv1Signed32,
  fnv1Signed64,
} from '../../../src/domain/placement/hashes/fnv';
import { jenkins } from '../../../src/domain/placement/hashes/jenkins';
import { md5Word } from '../../../src/domain/placement/hashes/md5';
import {
  murmur2Kafka,
  murmur2Memcached,
  murmur3,
  murmur3Memcached,
} from '../../../src/domain/placement/hashes/murmur';
import { oneAtATime } from '../../../src/domain/placement/hashes/simple';
import { Random } from '../../../src/sandbox/sample/random';
import { askJvm, askLibmemcached, askPython } from '../../tools/placement/libraries';
import { ensurePlacementPrograms } from '../../tools/placement/packages.mjs';
import { slotsOfRedis } from '../../tools/placement/redis';
import { byteKeys, SEED } from './samples';

/** Our hash functions and those of libraries, on any bytes. */

type Hash = (bytes: Uint8Array, length: number) => number;

const keys = byteKeys(new Random(SEED));
const message = `repeat with ZKW_PLACEMENT_SEED=${SEED}`;

/** The first keys of which ours and theirs differ, and both values. */
function differences(ours: Hash, theirs: readonly number[]): string[] {
  const wrong = keys.flatMap((key, i) => {
    const value = ours(key, key.length);
    return value === theirs[i] ? [] : [`${key.toString('hex')}: ${theirs[i]}, we say ${value}`];
  });
  return wrong.slice(0, 3);
}

beforeAll(ensurePlacementPrograms, 600_000);

const LIBHASHKIT: Readonly<Record<string, Hash>> = {
  one_at_a_time: oneAtATime,
  md5: md5Word,
  crc: crc32Memcached,
  fnv1_64: fnv1Signed64,
  fnv1a_64: fnv1aSigned64,
  fnv1_32: fnv1Signed32,
  fnv1a_32: fnv1aSigned32,
  murmur: murmur2Memcached,
  jenkins,
  murmur3: murmur3Memcached,
};

test('libhashkit hashes as we do', async () => {
  const names = Object.keys(LIBHASHKIT);
  const cases = names.map((name) => ({ settings: ['digest', name], servers: [] }));
  const real = await askLibmemcached(keys, cases);
  const wrong = Object.values(LIBHASHKIT).map((hash, i) =>
    differences(hash, (real[i] ?? []).map(Number)),
  );
  expect(wrong.flat(), message).toEqual([]);
});

test('Guava hashes as we do', async () => {
  const hashes: Readonly<Record<string, Hash>> = {
    murmur3_32: (bytes, length) => murmur3(bytes, length, 0),
    crc32,
    md5: md5Word,
  };
  const cases = Object.keys(hashes).map((name) => ({
    settings: ['guava-hash', name],
    servers: [],
  }));
  const real = await askJvm(keys, cases);
  const wrong = Object.values(hashes).map((hash, i) =>
    differences(
      hash,
      (real[i] ?? []).map((value) => Number(BigInt.asUintN(32, BigInt(value)))),
    ),
  );
  expect(wrong.flat(), message).toEqual([]);
});

test('Redis hashes keys without a tag as we do', async () => {
  const real = await slotsOfRedis(keys);
  const wrong = keys.flatMap((key, i) =>
    key.includes('{') || (crc16(key, key.length) & 16383) === real[i] ? [] : [key.toString('hex')],
  );
  expect(wrong, message).toEqual([]);
});

test('kafka-python hashes as we do', async () => {
  const [real = []] = await askPython(keys, [{ settings: ['kafka-murmur2'], servers: [] }]);
  const positive = real.map((value) => Number(value) & 0x7fffffff); // as every partitioner does
  expect(differences(murmur2Kafka, positive), message).toEqual([]);
});
