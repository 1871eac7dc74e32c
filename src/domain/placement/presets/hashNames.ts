import { crc16Twemproxy, crc32, crc32Memcached } from '../hashes/crc';
import {
  fnv1Signed32,
  fnv1Signed64,
  fnv1a32,
  fnv1aSigned32,
  fnv1aSigned64,
  fnvUnits,
} from '../hashes/fnv';
import { javaHashCode } from '../hashes/java';
import { jenkins } from '../hashes/jenkins';
import type { Limbs } from '../hashes/limbs';
import { md5Word, md5Words } from '../hashes/md5';
import { murmur2Memcached, murmur3, murmur3Memcached } from '../hashes/murmur';
import { murmur3x64 } from '../hashes/murmur64';
import { hsieh, oneAtATime } from '../hashes/simple';
import { xxHash64 } from '../hashes/xxHash64';
import { textOf } from '../keyText';
import { hash32, hash64, type Hash32, type KeyHash32, type KeyHash64 } from './rules';

export const MD5 = hash32('md5', md5Word);
export const CRC32 = hash32('crc32', crc32);
export const XXH64 = hash64('xxh64', (bytes, length, out) => xxHash64(bytes, length, 0, out));
const CRC32_15 = hash32('crc32 (15 bits)', crc32Memcached, 2 ** 15);

const shared: Record<string, KeyHash32> = {
  one_at_a_time: hash32('one_at_a_time', oneAtATime),
  md5: MD5,
  crc32: CRC32_15,
  crc32a: CRC32,
  fnv1_64: hash32('fnv1_64', fnv1Signed64),
  fnv1a_64: hash32('fnv1a_64', fnv1aSigned64),
  fnv1_32: hash32('fnv1_32', fnv1Signed32),
  fnv1a_32: hash32('fnv1a_32', fnv1aSigned32),
  murmur: hash32('murmur', murmur2Memcached),
  jenkins: hash32('jenkins', jenkins),
};

/** The names of twemproxy's `hash:` setting. */
export const twemproxyHashes: Record<string, KeyHash32> = {
  ...shared,
  crc16: hash32('crc16 (not masked)', crc16Twemproxy),
  hsieh: hash32('hsieh', hsieh),
};

/** The names of libmemcached's HASH behaviour; "crc" is the 15-bit CRC-32. */
export const libmemcachedHashes: Record<string, KeyHash32> = {
  default: hash32('one_at_a_time', oneAtATime),
  md5: MD5,
  crc: CRC32_15,
  fnv1_64: hash32('fnv1_64', fnv1Signed64),
  fnv1a_64: hash32('fnv1a_64', fnv1aSigned64),
  fnv1_32: hash32('fnv1_32', fnv1Signed32),
  fnv1a_32: hash32('fnv1a_32', fnv1aSigned32),
  murmur: hash32('murmur', murmur2Memcached),
  murmur3: hash32('murmur3', murmur3Memcached),
  jenkins: hash32('jenkins', jenkins),
};

const ofText =
  (hash: (text: string) => number): Hash32 =>
  (bytes, length) =>
    hash(textOf(bytes.subarray(0, length)));

/** The names of spymemcached's DefaultHashAlgorithm, over UTF-16 units where Java's are. */
export const spymemcachedHashes: Record<string, KeyHash32> = {
  KETAMA_HASH: MD5,
  NATIVE_HASH: hash32('String.hashCode', ofText(javaHashCode)),
  CRC_HASH: CRC32_15,
  FNV1_64_HASH: hash32(
    'fnv1_64 of UTF-16',
    ofText((text) => fnvUnits(text, '1', 64)),
  ),
  FNV1A_64_HASH: hash32(
    'fnv1a_64 of UTF-16',
    ofText((text) => fnvUnits(text, '1a', 64)),
  ),
  FNV1_32_HASH: hash32(
    'fnv1_32 of UTF-16',
    ofText((text) => fnvUnits(text, '1', 32)),
  ),
  FNV1A_32_HASH: hash32(
    'fnv1a_32 of UTF-16',
    ofText((text) => fnvUnits(text, '1a', 32)),
  ),
};

const murmur128 = (bytes: Uint8Array, length: number, out: Limbs): void =>
  murmur3x64(bytes, length, out, false);

/** A 32-bit hash as the lower half of a 64-bit key. */
const padded =
  (hash: Hash32) =>
  (bytes: Uint8Array, length: number, out: Limbs): void => {
    out[0] = 0;
    out[1] = hash(bytes, length);
  };

/** A whole decimal number as it stands, signed ones as two's complement; other keys as big-endian. */
function decimal(bytes: Uint8Array, length: number, out: Limbs): void {
  const text = textOf(bytes.subarray(0, length));
  let value = 0n;
  if (/^-?\d{1,20}$/.test(text)) value = BigInt(text);
  else for (const byte of bytes.subarray(0, length)) value = (value << 8n) | BigInt(byte);
  out[0] = Number(BigInt.asUintN(32, value >> 32n));
  out[1] = Number(BigInt.asUintN(32, value));
}

/** Hashes for algorithms that leave the choice to the program, as 64-bit numbers. */
export const freeHashes: Record<string, KeyHash64> = {
  xxh64: XXH64,
  murmur3_128: hash64('murmur3_128, first half', murmur128),
  murmur3_32: hash64(
    'murmur3_32',
    padded((bytes, length) => murmur3(bytes, length, 0)),
  ),
  md5: hash64('md5, first half', (bytes, length, out) => {
    const words = new Uint32Array(4);
    md5Words(bytes, length, words);
    out[0] = words[1] ?? 0;
    out[1] = words[0] ?? 0;
  }),
  fnv1a_32: hash64('fnv1a_32', padded(fnv1a32)),
  crc32: hash64('crc32', padded(crc32)),
  decimal: hash64('the number itself', decimal),
};
