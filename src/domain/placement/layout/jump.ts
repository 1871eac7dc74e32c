import { mulHigh } from '../hashes/limbs';
import type { HashedKeys } from '../types';
import { type Division, sweepEach } from './layout';

const MULTIPLIER_HI = 0x27bb2ee6;
const MULTIPLIER_LO = 0x87b0b0fd;
const TOP = 2 ** 31;

/**
 * The bucket of a 64-bit key by "A Fast, Minimal Memory, Consistent Hash Algorithm" (Lamping, Veach
 * 2014); `guava` divides in Guava's order and overflows as Java's int does. `buckets` from 1 to 2^31 - 1.
 */
export function jumpBucket(hi: number, lo: number, buckets: number, guava = false): number {
  let bucket = 0;
  for (;;) {
    const low = Math.imul(lo, MULTIPLIER_LO) >>> 0;
    hi =
      (mulHigh(lo, MULTIPLIER_LO) + Math.imul(hi, MULTIPLIER_LO) + Math.imul(lo, MULTIPLIER_HI)) >>>
      0;
    // The multiplier is odd and 1 is added: a carry only from all ones.
    lo = (low + 1) >>> 0;
    if (lo === 0) hi = (hi + 1) >>> 0;
    const step = (hi >>> 1) + 1;
    const next = guava
      ? Math.trunc((bucket + 1) / ((step | 0) / TOP))
      : Math.floor((bucket + 1) * (TOP / step));
    if (next < 0 || next >= buckets) return bucket;
    bucket = next;
  }
}

/** Buckets by jump consistent hash; bucket i is the i-th server that takes keys. */
export class Jump implements Division {
  readonly kind = 'jump';

  constructor(
    readonly members: Int32Array,
    readonly guava: boolean,
  ) {}

  find(hi: number, lo: number): number {
    return this.members[jumpBucket(hi, lo, this.members.length, this.guava)] ?? -1;
  }

  sweep(hashed: HashedKeys): Int32Array {
    return sweepEach(hashed, (hi, lo) => this.find(hi, lo));
  }

  shares(count: number): Float64Array {
    const shares = new Float64Array(count);
    for (const member of this.members) shares[member] = 1 / this.members.length;
    return shares;
  }

  *walk(hi: number, lo: number): Generator<number> {
    yield this.find(hi, lo);
  }
}
