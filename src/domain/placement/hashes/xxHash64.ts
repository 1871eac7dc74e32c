import { add, multiply, rotateLeft, type Limbs } from './limbs';

/** xxHash64 (XXH64, Collet's specification) in 32-bit halves; seeds are whole numbers below 2^32. */
const P1 = [0x9e3779b1, 0x85ebca87] as const;
const P2 = [0xc2b2ae3d, 0x27d4eb4f] as const;
const P3 = [0x165667b1, 0x9e3779f9] as const;
const P4 = [0x85ebca77, 0xc2b2ae63] as const;
const P5 = [0x27d4eb2f, 0x165667c5] as const;
type Constant = readonly [number, number];

/** Scratch memory of one call; nothing in it outlives the call. */
const h = new Uint32Array(2);
const t = new Uint32Array(2);
const lanes = [0, 0, 0, 0].map(() => new Uint32Array(2));
const [v1, v2, v3, v4] = lanes as [Limbs, Limbs, Limbs, Limbs];

const word = (bytes: Uint8Array, at: number): number =>
  (bytes[at] ?? 0) |
  ((bytes[at + 1] ?? 0) << 8) |
  ((bytes[at + 2] ?? 0) << 16) |
  ((bytes[at + 3] ?? 0) << 24);

const hi = (x: Limbs): number => x[0] ?? 0;
const lo = (x: Limbs): number => x[1] ?? 0;
const times = (x: Limbs, c: Constant): void => multiply(hi(x), lo(x), c[0], c[1], x);
const plus = (x: Limbs, c: Constant): void => add(hi(x), lo(x), c[0], c[1], x);
const turn = (x: Limbs, by: number): void => rotateLeft(hi(x), lo(x), by, x);

/** x = rotl(x + input × P2, 31) × P1 */
function round(x: Limbs, inputHi: number, inputLo: number): void {
  multiply(inputHi, inputLo, P2[0], P2[1], t);
  add(hi(x), lo(x), hi(t), lo(t), x);
  turn(x, 31);
  times(x, P1);
}

function xorInto(x: Limbs, upper: number, lower: number): void {
  x[0] = hi(x) ^ upper;
  x[1] = lo(x) ^ lower;
}

/** out[0] and out[1] become the upper and lower half of the hash. */
export function xxHash64(bytes: Uint8Array, length: number, seed: number, out: Limbs): void {
  let at = 0;
  if (length >= 32) {
    at = stripes(bytes, length, seed);
  } else {
    add(P5[0], P5[1], 0, seed, h);
  }
  add(hi(h), lo(h), 0, length, h);
  for (; at + 8 <= length; at += 8) {
    const [upper, lower] = [word(bytes, at + 4), word(bytes, at)];
    v1.fill(0);
    round(v1, upper, lower);
    xorInto(h, hi(v1), lo(v1));
    turn(h, 27);
    times(h, P1);
    plus(h, P4);
  }
  if (at + 4 <= length) {
    multiply(0, word(bytes, at), P1[0], P1[1], t);
    xorInto(h, hi(t), lo(t));
    turn(h, 23);
    times(h, P2);
    plus(h, P3);
    at += 4;
  }
  for (; at < length; at++) {
    multiply(0, bytes[at] ?? 0, P5[0], P5[1], t);
    xorInto(h, hi(t), lo(t));
    turn(h, 11);
    times(h, P1);
  }
  avalanche(out);
}

function stripes(bytes: Uint8Array, length: number, seed: number): number {
  add(P1[0], P1[1], P2[0], P2[1], v1);
  add(hi(v1), lo(v1), 0, seed, v1);
  add(P2[0], P2[1], 0, seed, v2);
  add(0, 0, 0, seed, v3);
  add(0, seed, ~P1[0], ~P1[1], v4);
  add(hi(v4), lo(v4), 0, 1, v4);
  let at = 0;
  for (; at + 32 <= length; at += 32) {
    for (let lane = 0; lane < 4; lane++) {
      const start = at + lane * 8;
      round(lanes[lane] ?? v1, word(bytes, start + 4), word(bytes, start));
    }
  }
  h.fill(0);
  for (const [lane, by] of [1, 7, 12, 18].entries()) {
    const v = lanes[lane] ?? v1;
    rotateLeft(hi(v), lo(v), by, t);
    add(hi(h), lo(h), hi(t), lo(t), h);
  }
  for (const v of lanes) {
    const [upper, lower] = [hi(v), lo(v)];
    v.fill(0);
    round(v, upper, lower);
    xorInto(h, hi(v), lo(v));
    times(h, P1);
    plus(h, P4);
  }
  return at;
}

function avalanche(out: Limbs): void {
  xorInto(h, 0, hi(h) >>> 1);
  times(h, P2);
  xorInto(h, hi(h) >>> 29, (hi(h) << 3) | (lo(h) >>> 29));
  times(h, P3);
  xorInto(h, 0, hi(h));
  out[0] = hi(h);
  out[1] = lo(h);
}
