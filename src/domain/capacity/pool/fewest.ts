/** The smallest count from 1 to `most` that fits, when all larger ones do; Infinity if none does. */
export function fewest(fits: (count: number) => boolean, most: number): number {
  let high = 1;
  while (!fits(high)) {
    if (high >= most) return Infinity;
    high = Math.min(most, 2 * high);
  }
  let low = high >> 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (fits(middle)) high = middle;
    else low = middle;
  }
  return high;
}
