import type { HashedKeys } from '../types';
import { type Division, NOBODY } from './layout';
import type { Points } from './points';

const SPACE = 2 ** 32;

/**
 * A ring, whatever its search rule: the rule is folded into where arcs end, so that a key belongs to
 * the first end at or after its hash. Lookups start from a table of the ends by upper bits.
 */
export class RingLayout implements Division {
  readonly kind = 'ring';
  /** Inclusive ends of arcs, ascending, and who owns what lies before them. */
  readonly ends: Points;
  #starts: Uint32Array | undefined;
  #shift = 0;

  /** `range` is the number of hashes that a 32-bit key hash can give; shares count only these. */
  constructor(
    readonly points: Points,
    readonly search: 'ge' | 'gt' | 'nearest',
    readonly range: number = SPACE,
  ) {
    this.ends = endsOf(points, search);
  }

  get bits(): 32 | 64 {
    return this.ends.lo === undefined ? 32 : 64;
  }

  find(hi: number, lo: number): number {
    const owner = this.ends.owners[this.indexOf(hi, lo)] ?? NOBODY;
    return owner === NOBODY ? -1 : owner;
  }

  /** The index of the arc that holds a hash. */
  indexOf(hi: number, lo: number): number {
    const starts = this.#starts ?? this.#index();
    const bucket = hi >>> this.#shift;
    const ends = this.ends.hi;
    const lows = this.ends.lo;
    let from = starts[bucket] ?? 0;
    let to = starts[bucket + 1] ?? 0;
    // Hashes of poor quality crowd into few buckets: halve those first.
    while (to - from > 8) {
      const middle = (from + to) >>> 1;
      const end = ends[middle] ?? 0;
      if (end < hi || (end === hi && lows !== undefined && (lows[middle] ?? 0) < lo)) {
        from = middle + 1;
      } else to = middle;
    }
    if (lows === undefined) {
      while (from < to && (ends[from] ?? 0) < hi) from++;
    } else {
      for (; from < to; from++) {
        const end = ends[from] ?? 0;
        if (end > hi || (end === hi && (lows[from] ?? 0) >= lo)) break;
      }
    }
    return from < ends.length ? from : 0;
  }

  #index(): Uint32Array {
    const ends = this.ends.hi;
    // One or two ends a bucket: finer tables find less often in the processor's cache what they need.
    const bits = Math.max(1, Math.min(22, Math.ceil(Math.log2(ends.length + 1)) - 1));
    this.#shift = 32 - bits;
    const starts = new Uint32Array(2 ** bits + 1);
    let bucket = 0;
    for (let i = 0; i < ends.length; i++) {
      const last = (ends[i] ?? 0) >>> this.#shift;
      while (bucket <= last) starts[bucket++] = i;
    }
    starts.fill(ends.length, bucket);
    return (this.#starts = starts);
  }

  sweep({ hi, lo }: HashedKeys): Int32Array {
    const result = new Int32Array(hi.length);
    const { hi: ends, lo: lows, owners } = this.ends;
    const ownerAt = (i: number): number => {
      const owner = owners[i < ends.length ? i : 0] ?? NOBODY;
      return owner === NOBODY ? -1 : owner;
    };
    let at = 0;
    for (let i = 0; i < hi.length;) {
      const hash = hi[i] ?? 0;
      const low = lo?.[i] ?? 0;
      while (at < ends.length) {
        const end = ends[at] ?? 0;
        if (end > hash || (end === hash && (lows === undefined || (lows[at] ?? 0) >= low))) break;
        at++;
      }
      const owner = ownerAt(at);
      result[i++] = owner;
      // All hashes below the upper half of this end share its owner.
      const end = at < ends.length ? (ends[at] ?? 0) : SPACE;
      while (i < hi.length && (hi[i] ?? 0) < end) result[i++] = owner;
    }
    return result;
  }

  shares(count: number): Float64Array {
    const shares = new Float64Array(count);
    const { hi, lo, owners } = this.ends;
    const scale = lo === undefined ? 1 / this.range : 1 / SPACE;
    let previous = lo === undefined ? -1 : 0;
    const give = (owner: number, end: number): void => {
      if (owner !== NOBODY) shares[owner] = (shares[owner] ?? 0) + (end - previous) * scale;
      previous = end;
    };
    // Ends of 64-bit rings are taken in units of 2^32; the fraction keeps 53 bits in all.
    for (let i = 0; i < hi.length; i++) {
      const end = (hi[i] ?? 0) + (lo === undefined ? 0 : (lo[i] ?? 0) / SPACE);
      give(owners[i] ?? NOBODY, Math.min(end, this.range - 1 + (lo === undefined ? 0 : 1)));
    }
    give(owners[0] ?? NOBODY, lo === undefined ? this.range - 1 : SPACE);
    return shares;
  }

  /** The index of the point that decides where a hash belongs. */
  pointOf(hi: number, lo: number): number {
    if (this.search === 'nearest') {
      for (const index of this.#outwards(hi)) return index;
    }
    // Turning moves points at 0 to the end; otherwise ends and points are in the same order.
    const turned = this.search === 'gt' ? turnOf(this.points) : 0;
    return (this.indexOf(hi, lo) + turned) % this.points.hi.length;
  }

  *walk(hi: number, lo: number): Generator<number> {
    const seen = new Set<number>([NOBODY]);
    for (const index of this.search === 'nearest' ? this.#outwards(hi) : this.#onwards(hi, lo)) {
      const owner = this.points.owners[index] ?? NOBODY;
      if (seen.has(owner)) continue;
      seen.add(owner);
      yield owner;
    }
  }

  *#onwards(hi: number, lo: number): Generator<number> {
    const { length } = this.points.hi;
    const first = this.pointOf(hi, lo);
    for (let step = 0; step < length; step++) yield (first + step) % length;
  }

  /** Points by distance, as a ring without the nearer ones would choose them. */
  *#outwards(hash: number): Generator<number> {
    const { hi } = this.points;
    const { length } = hi;
    let next = 0;
    for (let to = length; next < to;) {
      const middle = (next + to) >>> 1;
      if ((hi[middle] ?? 0) < hash) next = middle + 1;
      else to = middle;
    }
    next %= length;
    let previous = (next + length - 1) % length;
    for (let step = 0; step < length; step++) {
      const back = (hash - (hi[previous] ?? 0)) >>> 0;
      const ahead = ((hi[next] ?? 0) - hash) >>> 0;
      if (back <= ahead) {
        yield previous;
        previous = (previous + length - 1) % length;
      } else {
        yield next;
        next = (next + 1) % length;
      }
    }
  }
}

/** How many points lie at 0. */
function turnOf({ hi, lo }: Points): number {
  let zeros = 0;
  while (zeros < hi.length && hi[zeros] === 0 && (lo === undefined || lo[zeros] === 0)) zeros++;
  return zeros;
}

function endsOf(points: Points, search: 'ge' | 'gt' | 'nearest'): Points {
  if (search === 'ge' || points.hi.length === 0) return points;
  return search === 'gt' ? endsBefore(points) : endsBetween(points);
}

/** A point that takes only smaller hashes ends at its predecessor; those at 0 end the ring. */
function endsBefore(points: Points): Points {
  const { length } = points.hi;
  const turned = turnOf(points);
  const hi = new Uint32Array(length);
  const lo = points.lo && new Uint32Array(length);
  const owners = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    const from = (i + turned) % length;
    const low = points.lo?.[from] ?? 0;
    const borrow = lo === undefined || low === 0 ? 1 : 0;
    hi[i] = (points.hi[from] ?? 0) - borrow;
    if (lo) lo[i] = low - 1;
    owners[i] = points.owners[from] ?? 0;
  }
  return { hi, lo, owners };
}

/** The nearest point wins, the earlier one at equal distance: each owns up to half the gap after it. */
function endsBetween(points: Points): Points {
  const { hi: values, owners: from } = points;
  const { length } = values;
  const first = values[0] ?? 0;
  const last = values[length - 1] ?? 0;
  const wrapped = last + Math.floor((first + SPACE - last) / 2);
  // An end beyond the top belongs at the start of the ring, in front of all others.
  const turned = wrapped >= SPACE ? 1 : 0;
  const hi = new Uint32Array(length);
  const owners = new Uint16Array(length);
  for (let i = 0; i < length; i++) {
    const value = values[i] ?? 0;
    const to = (i + turned) % length;
    const gap = (values[i + 1] ?? 0) - value;
    hi[to] = i + 1 < length ? value + Math.floor(gap / 2) : wrapped;
    owners[to] = from[i] ?? 0;
  }
  return { hi, lo: undefined, owners };
}
