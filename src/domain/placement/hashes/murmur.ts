/** MurmurHash2 (32 bit) and MurmurHash3 x86_32 of bytes, with the seeds that programs give them. */

const wordAt = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) |
  ((bytes[at + 1] ?? 0) << 8) |
  ((bytes[at + 2] ?? 0) << 16) |
  ((bytes[at + 3] ?? 0) << 24);

/** The last 1 to 3 bytes as a little-endian number. */
function tail(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = length - 1; i >= at; i--) value = (value << 8) | (bytes[i] ?? 0);
  return value;
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

export function murmur2(bytes: Uint8Array, length: number, seed: number): number {
  const m = 0x5bd1e995;
  let h = seed ^ length;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    let k = Math.imul(wordAt(bytes, at), m);
    k = Math.imul(k ^ (k >>> 24), m);
    h = Math.imul(h, m) ^ k;
  }
  if (at < length) h = Math.imul(h ^ tail(bytes, at, length), m);
  h = Math.imul(h ^ (h >>> 13), m);
  return (h ^ (h >>> 15)) >>> 0;
}

export function murmur3(bytes: Uint8Array, length: number, seed: number): number {
  const c1 = 0xcc9e2d51;
  const c2 = 0x1b873593;
  let h = seed;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    h ^= Math.imul(rotate(Math.imul(wordAt(bytes, at), c1), 15), c2);
    h = (Math.imul(rotate(h, 13), 5) + 0xe6546b64) | 0;
  }
  if (at < length) h ^= Math.imul(rotate(Math.imul(tail(bytes, at, length), c1), 15), c2);
  h ^= length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Kafka's producers: murmur2 with a fixed seed, sign bit cleared (`Utils.toPositive`). */
export function murmur2Kafka(bytes: Uint8Array, length: number): number {
  return murmur2(bytes, length, 0x9747b28c) & 0x7fffffff;
}

/** libhashkit and twemproxy "murmur": the seed depends on the length. */
export function murmur2Memcached(bytes: Uint8Array, length: number): number {
  return murmur2(bytes, length, Math.imul(0xdeadbeef, length));
}

/** libhashkit "murmur3": x86_32 with the same seed. */
export function murmur3Memcached(bytes: Uint8Array, length: number): number {
  return murmur3(bytes, length, Math.imul(0xdeadbeef, length));
}
