const MAX_STEPS = 2200; // more than all halvings between any two doubles

/**
 * Where a function that grows from below `target` to above it crosses, by bisection to the last bit.
 * Outside the bracket the nearer end is returned.
 */
export function bisect(
  f: (x: number) => number,
  target: number,
  [from, to]: readonly [number, number],
): number {
  let low = from;
  let high = to;
  for (let step = 0; step < MAX_STEPS; step++) {
    const middle = low + (high - low) / 2;
    if (middle <= low || middle >= high) break;
    if (f(middle) < target) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * The smallest t ≥ 0 with tail(t) ≤ 1 − p: the p-quantile (0 ≤ p < 1) of a positive quantity with
 * the decreasing tail P(T > t). `scale` > 0 is a first guess at its size. Infinity when the tail
 * doesn't fall that low.
 */
export function tailQuantile(tail: (t: number) => number, p: number, scale: number): number {
  const rest = 1 - p;
  if (tail(0) <= rest) return 0;
  let high = scale;
  while (tail(high) > rest) {
    high *= 2;
    if (high === Infinity) return Infinity;
  }
  return bisect((t) => -tail(t), -rest, [0, high]);
}
