/** A digit for few numbers, whose counting must not cost more than they do, and one for many. */
const SHORT_BITS = 8;
const LONG_BITS = 11;
const MANY = 4096;

/** Indexes of unsigned 32- or 64-bit numbers in ascending order; stable, in linear time. */
export function sortedOrder(hi: Uint32Array, lo: Uint32Array | undefined): Uint32Array {
  const bits = hi.length < MANY ? SHORT_BITS : LONG_BITS;
  const digits = 1 << bits;
  let order = new Uint32Array(hi.length);
  let spare = new Uint32Array(hi.length);
  for (let i = 0; i < order.length; i++) order[i] = i;
  const counts = new Uint32Array(digits);
  for (const word of lo === undefined ? [hi] : [lo, hi]) {
    for (let shift = 0; shift < 32; shift += bits) {
      counts.fill(0);
      for (const value of word) {
        const digit = (value >>> shift) & (digits - 1);
        counts[digit] = (counts[digit] ?? 0) + 1;
      }
      let start = 0;
      for (let digit = 0; digit < digits; digit++) {
        const count = counts[digit] ?? 0;
        counts[digit] = start;
        start += count;
      }
      for (const index of order) {
        const digit = ((word[index] ?? 0) >>> shift) & (digits - 1);
        const place = counts[digit] ?? 0;
        spare[place] = index;
        counts[digit] = place + 1;
      }
      [order, spare] = [spare, order];
    }
  }
  return order;
}

/** The values at these indexes. */
export function pick(values: Uint32Array, order: Uint32Array): Uint32Array {
  const picked = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) picked[i] = values[order[i] ?? 0] ?? 0;
  return picked;
}
