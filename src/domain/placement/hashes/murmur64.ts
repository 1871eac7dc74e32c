import { add, multiply, rotateLeft, type Limbs } from './limbs';

/** 64-bit relatives of MurmurHash in 32-bit halves. */
const hi = (x: Limbs): number => x[0] ?? 0;
const lo = (x: Limbs): number => x[1] ?? 0;

/** Scratch memory of one call; nothing in it outlives the call. */
const h = new Uint32Array(2);
const g = new Uint32Array(2);
const k = new Uint32Array(2);

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) |
  ((bytes[at + 1] ?? 0) << 8) |
  ((bytes[at + 2] ?? 0) << 16) |
  ((bytes[at + 3] ?? 0) << 24);

const M64: readonly [number, number] = [0xc6a4a793, 0x5bd1e995];

/** MurmurHash2-64A, seed below 2^32: Envoy's MURMUR_HASH_2 with seed 0xc70f6907. */
export function murmur2x64(bytes: Uint8Array, length: number, seed: number, out: Limbs): void {
  multiply(0, length, M64[0], M64[1], h);
  h[1] = lo(h) ^ seed;
  let at = 0;
  for (; at + 8 <= length; at += 8) {
    multiply(word(bytes, at + 4), word(bytes, at), M64[0], M64[1], k);
    foldBy47(k);
    multiply(hi(k), lo(k), M64[0], M64[1], k);
    h[0] = hi(h) ^ hi(k);
    h[1] = lo(h) ^ lo(k);
    multiply(hi(h), lo(h), M64[0], M64[1], h);
  }
  if (at < length) {
    for (let i = at; i < length; i++) {
      const half = i - at < 4 ? 1 : 0;
      h[half] = (h[half] ?? 0) ^ ((bytes[i] ?? 0) << (8 * ((i - at) & 3)));
    }
    multiply(hi(h), lo(h), M64[0], M64[1], h);
  }
  foldBy47(h);
  multiply(hi(h), lo(h), M64[0], M64[1], h);
  foldBy47(h);
  out[0] = hi(h);
  out[1] = lo(h);
}

/** x ^= x >>> 47 */
function foldBy47(x: Limbs): void {
  x[1] = lo(x) ^ (hi(x) >>> 15);
}

const C1: readonly [number, number] = [0x87c37b91, 0x114253d5];
const C2: readonly [number, number] = [0x4cf5ad43, 0x2745937f];

/**
 * The first 64 bits of MurmurHash3 x64_128 with seed 0. `signedTail` sign-extends the bytes of an
 * incomplete block, as Cassandra's Java code does; without it, it is the published hash (Guava).
 */
export function murmur3x64(
  bytes: Uint8Array,
  length: number,
  out: Limbs,
  signedTail: boolean,
): void {
  h.fill(0);
  g.fill(0);
  let at = 0;
  for (; at + 16 <= length; at += 16) {
    mixFirst(word(bytes, at + 4), word(bytes, at));
    rotateLeft(hi(h), lo(h), 27, h);
    add(hi(h), lo(h), hi(g), lo(g), h);
    multiply(hi(h), lo(h), 0, 5, h);
    add(hi(h), lo(h), 0, 0x52dce729, h);
    mixSecond(word(bytes, at + 12), word(bytes, at + 8));
    rotateLeft(hi(g), lo(g), 31, g);
    add(hi(g), lo(g), hi(h), lo(h), g);
    multiply(hi(g), lo(g), 0, 5, g);
    add(hi(g), lo(g), 0, 0x38495ab5, g);
  }
  if (length > at + 8) {
    tail(bytes, at + 8, length, signedTail);
    mixSecond(hi(k), lo(k));
  }
  if (length > at) {
    tail(bytes, at, Math.min(length, at + 8), signedTail);
    mixFirst(hi(k), lo(k));
  }
  h[1] = lo(h) ^ length;
  g[1] = lo(g) ^ length;
  add(hi(h), lo(h), hi(g), lo(g), h);
  add(hi(g), lo(g), hi(h), lo(h), g);
  finish(h);
  finish(g);
  add(hi(h), lo(h), hi(g), lo(g), out);
}

function mixFirst(upper: number, lower: number): void {
  multiply(upper, lower, C1[0], C1[1], k);
  rotateLeft(hi(k), lo(k), 31, k);
  multiply(hi(k), lo(k), C2[0], C2[1], k);
  h[0] = hi(h) ^ hi(k);
  h[1] = lo(h) ^ lo(k);
}

function mixSecond(upper: number, lower: number): void {
  multiply(upper, lower, C2[0], C2[1], k);
  rotateLeft(hi(k), lo(k), 33, k);
  multiply(hi(k), lo(k), C1[0], C1[1], k);
  g[0] = hi(g) ^ hi(k);
  g[1] = lo(g) ^ lo(k);
}

/** k = the bytes `from` to `to` as a little-endian number, each XORed in at its place. */
function tail(bytes: Uint8Array, from: number, to: number, signed: boolean): void {
  k.fill(0);
  for (let i = 0; from + i < to; i++) {
    const byte = bytes[from + i] ?? 0;
    const extension = signed && byte >= 0x80 ? -1 : 0;
    const value = extension === 0 ? byte : byte - 256;
    if (i < 4) {
      k[1] = lo(k) ^ (value << (8 * i));
      // Bits above the lower half: what an arithmetic shift leaves of the sign.
      k[0] = hi(k) ^ extension;
    } else {
      k[0] = hi(k) ^ (value << (8 * (i - 4)));
    }
  }
}

function finish(x: Limbs): void {
  x[1] = lo(x) ^ (hi(x) >>> 1);
  multiply(hi(x), lo(x), 0xff51afd7, 0xed558ccd, x);
  x[1] = lo(x) ^ (hi(x) >>> 1);
  multiply(hi(x), lo(x), 0xc4ceb9fe, 0x1a85ec53, x);
  x[1] = lo(x) ^ (hi(x) >>> 1);
}
