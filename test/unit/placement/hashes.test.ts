import { createHash } from 'node:crypto';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  crc16,
  crc16Twemproxy,
  crc32,
  crc32Memcached,
} from '../../../src/domain/placement/hashes/crc';
import {
  fnv1Signed32,
  fnv1Signed64,
  fnv1a32,
  fnv1aSigned32,
  fnv1aSigned64,
} from '../../../src/domain/placement/hashes/fnv';
import { javaHashCode } from '../../../src/domain/placement/hashes/java';
import { jenkins } from '../../../src/domain/placement/hashes/jenkins';
import { multiply, remainder, toHex32, toHex64 } from '../../../src/domain/placement/hashes/limbs';
import { md5Word, md5Words } from '../../../src/domain/placement/hashes/md5';
import { murmur2, murmur2Memcached, murmur3 } from '../../../src/domain/placement/hashes/murmur';
import { murmur2x64, murmur3x64 } from '../../../src/domain/placement/hashes/murmur64';
import { hsieh, oneAtATime } from '../../../src/domain/placement/hashes/simple';
import { xxHash64 } from '../../../src/domain/placement/hashes/xxHash64';
import { bytesOf, published, recorded } from './fixtures';

type Hash = (bytes: Uint8Array, length: number) => number;
const hashOf = (hash: Hash, text: string): number => {
  const bytes = bytesOf(text);
  return hash(bytes, bytes.length);
};
const hex64 = (hash: (bytes: Uint8Array, length: number, out: Uint32Array) => void) => {
  const out = new Uint32Array(2);
  return (bytes: Uint8Array): string => {
    hash(bytes, bytes.length, out);
    return toHex64(out[0] ?? 0, out[1] ?? 0);
  };
};
const signed64 = (hex: string): string => BigInt.asIntN(64, BigInt(`0x${hex}`)).toString();
const unhex = (hex: string): Uint8Array => Uint8Array.from(Buffer.from(hex, 'hex'));

describe('hashes', () => {
  it('MD5 and CRC-32 agree with Node on random bytes of any length', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const words = new Uint32Array(4);
        md5Words(bytes, bytes.length, words);
        const expected = createHash('md5').update(bytes).digest();
        expect(Buffer.from(words.buffer).toString('hex')).toBe(expected.toString('hex'));
        expect(md5Word(bytes, bytes.length)).toBe(expected.readUInt32LE(0));
        expect(crc32(bytes, bytes.length)).toBe(zlibCrc32(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it('hash "apple" to what twemproxy and libmemcached publish', () => {
    const hashes: Record<string, Hash> = {
      one_at_a_time: oneAtATime,
      md5: md5Word,
      crc16: crc16Twemproxy,
      crc32: crc32Memcached,
      crc32a: crc32,
      fnv1_32: fnv1Signed32,
      fnv1a_32: fnv1aSigned32,
      fnv1_64: fnv1Signed64,
      fnv1a_64: fnv1aSigned64,
      hsieh,
      jenkins,
      murmur: murmur2Memcached,
    };
    const ours = Object.entries(hashes).map(([name, hash]) => [name, hashOf(hash, 'apple')]);
    expect(Object.fromEntries(ours)).toEqual(published.twemproxy_apple);
    expect(hashOf((b, n) => murmur3(b, n, Math.imul(0xdeadbeef, n)), 'apple')).toBe(1120212521);
  });

  it('agree with Redis, Kafka, Guava, librdkafka and Cassandra on the recorded keys', () => {
    const { numbers, keys } = recorded;
    const all = keys.map(bytesOf);
    const each = (hash: (bytes: Uint8Array) => number | string): string[] =>
      all.map((bytes) => String(hash(bytes)));
    const token = hex64((b, n, out) => murmur3x64(b, n, out, true));
    expect(each((b) => murmur2(b, b.length, 0x9747b28c))).toEqual(numbers['kafka/murmur2(u32)']);
    expect(each((b) => murmur3(b, b.length, 0) | 0)).toEqual(numbers['guava/murmur3_32']);
    expect(each((b) => Math.abs(fnv1a32(b, b.length) | 0) % 12)).toEqual(
      numbers['librdkafka/fnv1a/12'],
    );
    expect(each((b) => signed64(token(b)))).toEqual(numbers['cassandra/murmur3token']);
    expect(crc16(bytesOf('123456789'), 9)).toBe(0x31c3);
  });

  it('agree with the published Cassandra, Vitess, Solr and Elasticsearch numbers', () => {
    const token = hex64((b, n, out) => murmur3x64(b, n, out, true));
    for (const [hex, value] of Object.entries(published.cassandra_token)) {
      expect(signed64(token(unhex(hex)))).toBe(value);
    }
    const xx = hex64((b, n, out) => xxHash64(b, n, 0, out));
    for (const [text, hex] of Object.entries(published.vitess_xxhash)) {
      const bigEndian = Buffer.from(xx(bytesOf(text)), 'hex')
        .reverse()
        .toString('hex');
      expect(bigEndian).toBe(hex);
    }
    for (const [text, hex] of Object.entries(published.solr_murmur3_hex)) {
      expect(toHex32(hashOf((b, n) => murmur3(b, n, 0), text))).toBe(hex);
    }
    for (const [text, hex] of Object.entries(published.elasticsearch_murmur3_utf16le)) {
      const bytes = Uint8Array.from(Buffer.from(text, 'utf16le'));
      expect(toHex32(murmur3(bytes, bytes.length, 0))).toBe(hex);
    }
  });

  it('xxHash64 takes stripes, words and bytes, with and without a seed', () => {
    const xx = (seed: number) => hex64((b, n, out) => xxHash64(b, n, seed, out));
    expect(xx(0)(bytesOf(''))).toBe('ef46db3751d8e999');
    expect(xx(0)(bytesOf('abc'))).toBe('44bc2cf5ad770999');
    expect(xx(0)(bytesOf('Nobody inspects the spammish repetition'))).toBe('fbcea83c8a378bf1');
  });

  it('64-bit arithmetic in halves agrees with BigInt', () => {
    const word = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
    fc.assert(
      fc.property(word, word, fc.integer({ min: 1, max: 2 ** 21 - 1 }), (a, b, divisor) => {
        const parts = (x: bigint): [number, number] => [Number(x >> 32n), Number(x & 0xffffffffn)];
        const out = new Uint32Array(2);
        multiply(...parts(a), ...parts(b), out);
        expect([...out]).toEqual(parts(BigInt.asUintN(64, a * b)));
        expect(remainder(...parts(a), divisor)).toBe(Number(a % BigInt(divisor)));
      }),
      { numRuns: 1000 },
    );
  });

  it("String.hashCode counts UTF-16 units, MurmurHash2-64A is Envoy's", () => {
    expect(javaHashCode('hello')).toBe(99162322);
    expect(javaHashCode('Aa')).toBe(javaHashCode('BB'));
    const m64 = hex64((b, n, out) => murmur2x64(b, n, 0xc70f6907, out));
    const ring = published.envoy_ring_murmur2_min12_ports80_85.map((point) => point.split(':')[1]);
    expect(ring).toContain(BigInt(`0x${m64(bytesOf('127.0.0.1:85_0'))}`).toString());
  });
});
