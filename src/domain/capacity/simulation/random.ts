import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A source of numbers uniform in (0, 1). */
export type Random = () => number;

/** The first numbers of neighbouring seeds resemble each other; these many are thrown away. */
const SKIPPED = 64;

/** The same seed (a whole number) gives the same numbers everywhere. */
export function seededRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  for (let i = 0; i < SKIPPED; i++) generator.next();
  return () => uniformFloat64(generator) || 2 ** -54;
}
