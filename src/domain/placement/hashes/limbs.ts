/**
 * 64-bit arithmetic in two 32-bit halves, for hashes in hot loops where BigInt is too slow. Results go
 * to `out[0]` (upper) and `out[1]` (lower); operands are any 32-bit integers.
 */
export type Limbs = Uint32Array;

/** The upper 32 bits of the product of two unsigned 32-bit numbers. */
export function mulHigh(a: number, b: number): number {
  const a0 = a & 0xffff;
  const a1 = a >>> 16;
  const b0 = b & 0xffff;
  const b1 = b >>> 16;
  const low = Math.imul(a0, b0) >>> 0;
  const middle = a1 * b0 + (low >>> 16);
  const other = a0 * b1 + (middle & 0xffff);
  // Exact: each sum stays below 2^53, and the quotients below 2^32.
  return (a1 * b1 + Math.floor(middle / 65536) + Math.floor(other / 65536)) >>> 0;
}

/** out = a × b mod 2^64. */
export function multiply(aHi: number, aLo: number, bHi: number, bLo: number, out: Limbs): void {
  out[0] = mulHigh(aLo, bLo) + Math.imul(aHi, bLo) + Math.imul(aLo, bHi);
  out[1] = Math.imul(aLo, bLo);
}

/** out = a + b mod 2^64. */
export function add(aHi: number, aLo: number, bHi: number, bLo: number, out: Limbs): void {
  const low = (aLo >>> 0) + (bLo >>> 0);
  out[0] = aHi + bHi + (low > 0xffffffff ? 1 : 0);
  out[1] = low;
}

/** out = a rotated left by `by`, 1 to 63 and not 32. */
export function rotateLeft(aHi: number, aLo: number, by: number, out: Limbs): void {
  if (by < 32) {
    out[0] = (aHi << by) | (aLo >>> (32 - by));
    out[1] = (aLo << by) | (aHi >>> (32 - by));
  } else {
    out[0] = (aLo << (by - 32)) | (aHi >>> (64 - by));
    out[1] = (aHi << (by - 32)) | (aLo >>> (64 - by));
  }
}

/** The remainder of a 64-bit number by a whole number up to 2^32, 16 bits at a time. */
export function remainder(hi: number, lo: number, divisor: number): number {
  const upper = ((hi >>> 0) % divisor) * 65536 + (lo >>> 16);
  return ((upper % divisor) * 65536 + (lo & 0xffff)) % divisor;
}

/** A 64-bit number as 16 hex digits. */
export function toHex64(hi: number, lo: number): string {
  return toHex32(hi) + toHex32(lo);
}

/** A 32-bit number as 8 hex digits. */
export function toHex32(value: number): string {
  return (value >>> 0).toString(16).padStart(8, '0');
}
