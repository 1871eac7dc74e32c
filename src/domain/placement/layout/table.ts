import { remainder } from '../hashes/limbs';
import type { HashedKeys } from '../types';
import { type Division, sweepEach } from './layout';

/** Cells addressed by hash modulo their number: buckets, slots, partitions, Maglev's table. */
export class Table implements Division {
  readonly kind = 'table';

  /** `range` is the number of possible hashes, 2^64 for 64-bit ones. */
  constructor(
    readonly cells: Int32Array,
    readonly range: number,
    readonly retry: 'none' | 'maglev' = 'none',
  ) {}

  cellOf(hi: number, lo: number): number {
    return this.range > 2 ** 32 ? remainder(hi, lo, this.cells.length) : hi % this.cells.length;
  }

  find(hi: number, lo: number): number {
    return this.cells[this.cellOf(hi, lo)] ?? -1;
  }

  sweep(hashed: HashedKeys): Int32Array {
    return sweepEach(hashed, (hi, lo) => this.find(hi, lo));
  }

  shares(count: number): Float64Array {
    const shares = new Float64Array(count);
    const { length } = this.cells;
    // With 64-bit hashes the remainder of the division vanishes in a double anyway.
    const exact = this.range <= 2 ** 32;
    const whole = exact ? Math.floor(this.range / length) : this.range / length;
    const rest = exact ? this.range % length : 0;
    for (let cell = 0; cell < length; cell++) {
      const owner = this.cells[cell] ?? -1;
      const hashes = whole + (cell < rest ? 1 : 0);
      if (owner >= 0) shares[owner] = (shares[owner] ?? 0) + hashes / this.range;
    }
    return shares;
  }

  /** Envoy's Maglev retries with the hash XORed by the negated attempt; other tables have no rule. */
  *walk(hi: number, lo: number): Generator<number> {
    const seen = new Set<number>([-1]);
    const attempts = this.retry === 'maglev' ? 64 : 1;
    for (let attempt = 0; attempt < attempts; attempt++) {
      const owner = attempt === 0 ? this.find(hi, lo) : this.find(~hi >>> 0, (lo ^ -attempt) >>> 0);
      if (seen.has(owner)) continue;
      seen.add(owner);
      yield owner;
    }
  }
}
