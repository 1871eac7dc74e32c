/** Short hashes of C programs. Where `char` is signed on x86, bytes from 0x80 up count as negative. */

const signed = (byte: number | undefined): number => ((byte ?? 0) << 24) >> 24;

/** Jenkins' one-at-a-time over signed bytes (twemproxy nc_one_at_a_time.c, libhashkit). */
export function oneAtATime(bytes: Uint8Array, length: number): number {
  let hash = 0;
  for (let i = 0; i < length; i++) {
    hash = (hash + signed(bytes[i])) | 0;
    hash = (hash + (hash << 10)) | 0;
    hash ^= hash >>> 6;
  }
  hash = (hash + (hash << 3)) | 0;
  hash ^= hash >>> 11;
  return (hash + (hash << 15)) >>> 0;
}

/** Hsieh's SuperFastHash as in twemproxy nc_hsieh.c; only the third byte of a tail is signed. */
export function hsieh(bytes: Uint8Array, length: number): number {
  if (length === 0) return 0;
  const pair = (at: number): number => (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8);
  let hash = 0;
  let at = 0;
  for (; at + 4 <= length; at += 4) {
    hash = (hash + pair(at)) | 0;
    hash = (hash << 16) ^ (pair(at + 2) << 11) ^ hash;
    hash = (hash + (hash >>> 11)) | 0;
  }
  const tail = length - at;
  if (tail === 3) {
    hash = (hash + pair(at)) | 0;
    hash ^= hash << 16;
    hash ^= signed(bytes[at + 2]) << 18;
    hash = (hash + (hash >>> 11)) | 0;
  } else if (tail === 2) {
    hash = (hash + pair(at)) | 0;
    hash ^= hash << 11;
    hash = (hash + (hash >>> 17)) | 0;
  } else if (tail === 1) {
    hash = (hash + (bytes[at] ?? 0)) | 0;
    hash ^= hash << 10;
    hash = (hash + (hash >>> 1)) | 0;
  }
  hash ^= hash << 3;
  hash = (hash + (hash >>> 5)) | 0;
  hash ^= hash << 4;
  hash = (hash + (hash >>> 17)) | 0;
  hash ^= hash << 25;
  return (hash + (hash >>> 6)) >>> 0;
}

/** sdbm over unsigned bytes (HAProxy). */
export function sdbm(bytes: Uint8Array, length: number): number {
  let hash = 0;
  for (let i = 0; i < length; i++) hash = (Math.imul(hash, 65599) + (bytes[i] ?? 0)) | 0;
  return hash >>> 0;
}

/** Bernstein's hash × 33 + byte, from 5381 (HAProxy). */
export function djb2(bytes: Uint8Array, length: number): number {
  let hash = 5381;
  for (let i = 0; i < length; i++) hash = (Math.imul(hash, 33) + (bytes[i] ?? 0)) | 0;
  return hash >>> 0;
}

const rotate = (value: number, by: number): number => (value << by) | (value >>> (32 - by));

/** HAProxy's wt6: two words that rotate by amounts taken from themselves. */
export function wt6(bytes: Uint8Array, length: number): number {
  let h0 = 0xa53c965a | 0;
  let h1 = 0x5ca6953a | 0;
  let step0 = 6;
  let step1 = 18;
  for (let i = 0; i < length; i++) {
    const byte = bytes[i] ?? 0;
    h0 = ~(h0 ^ byte);
    h1 = ~(h1 + byte);
    const turned = rotate(h1, step0);
    h1 = rotate(h0, step1);
    h0 = turned;
    const steps = ((h0 >>> 16) ^ h1) & 0xffff;
    step0 = steps & 31;
    step1 = steps >>> 11;
  }
  return (h0 ^ h1) >>> 0;
}

/** HAProxy's `full_hash`: Jenkins' six-shift integer mix times a prime near 3/4 of 2^32. */
export function fullHash(value: number): number {
  let a = (value + 0x7ed55d16 + (value << 12)) | 0;
  a = a ^ 0xc761c23c ^ (a >>> 19);
  a = (a + 0x165667b1 + (a << 5)) | 0;
  a = (a + 0xd3a2646c) ^ (a << 9);
  a = (a + 0xfd7046c5 + (a << 3)) | 0;
  a = a ^ 0xb55a4f09 ^ (a >>> 16);
  return Math.imul(a, 3221225473) >>> 0;
}
