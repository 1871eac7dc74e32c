import { mulHigh } from '../hashes/limbs';
import type { HashedKeys } from '../types';
import { type Division, sweepEach } from './layout';

const MULTIPLIER_HI = 0x2545f491;
const MULTIPLIER_LO = 0x4f6cdd1d;

/**
 * Rendezvous hashing: each server gets a score from its own hash and the key's, the highest wins, the
 * first of equal ones. The mix is xorshift64* (dgryski/go-rendezvous); with weights the score is
 * w / -ln(u), which gives each server exactly its weight's share.
 */
export class Race implements Division {
  readonly kind = 'race';

  constructor(
    readonly members: Int32Array,
    readonly weights: Float64Array,
    readonly hashHi: Uint32Array,
    readonly hashLo: Uint32Array,
    readonly weighted: boolean,
  ) {}

  find(hi: number, lo: number): number {
    let best = -1;
    let bestScore = -Infinity;
    let bestLow = 0;
    for (let i = 0; i < this.members.length; i++) {
      let high = hi ^ (this.hashHi[i] ?? 0);
      let low = lo ^ (this.hashLo[i] ?? 0);
      low ^= (low >>> 12) | (high << 20);
      high ^= high >>> 12;
      high ^= (high << 25) | (low >>> 7);
      low ^= low << 25;
      low ^= (low >>> 27) | (high << 5);
      high ^= high >>> 27;
      const upper =
        (mulHigh(low, MULTIPLIER_LO) +
          Math.imul(high, MULTIPLIER_LO) +
          Math.imul(low, MULTIPLIER_HI)) >>>
        0;
      const lower = Math.imul(low, MULTIPLIER_LO) >>> 0;
      if (this.weighted) {
        const u = (upper * 2097152 + (lower >>> 11) + 0.5) / 2 ** 53;
        const score = (this.weights[i] ?? 0) / -Math.log(u);
        if (score <= bestScore) continue;
        bestScore = score;
      } else {
        if (upper < bestScore || (upper === bestScore && lower <= bestLow)) continue;
        bestScore = upper;
        bestLow = lower;
      }
      best = i;
    }
    return this.members[best] ?? -1;
  }

  sweep(hashed: HashedKeys): Int32Array {
    return sweepEach(hashed, (hi, lo) => this.find(hi, lo));
  }

  shares(count: number): Float64Array {
    const shares = new Float64Array(count);
    const total = this.weights.reduce((sum, weight) => sum + weight, 0);
    for (let i = 0; i < this.members.length; i++) {
      shares[this.members[i] ?? 0] = (this.weights[i] ?? 0) / total;
    }
    return shares;
  }

  /** Each further server is the winner of the race without the ones before. */
  *walk(hi: number, lo: number): Generator<number> {
    const out = new Set<number>();
    while (out.size < this.members.length) {
      const winner = this.#without(out).find(hi, lo);
      out.add(winner);
      yield winner;
    }
  }

  #without(out: ReadonlySet<number>): Race {
    if (out.size === 0) return this;
    const kept = [...this.members.keys()].filter((i) => !out.has(this.members[i] ?? -1));
    return new Race(
      Int32Array.from(kept, (i) => this.members[i] ?? -1),
      Float64Array.from(kept, (i) => this.weights[i] ?? 0),
      Uint32Array.from(kept, (i) => this.hashHi[i] ?? 0),
      Uint32Array.from(kept, (i) => this.hashLo[i] ?? 0),
      this.weighted,
    );
  }
}
