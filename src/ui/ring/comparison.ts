import { setImmediate } from 'node:timers/promises';
import { performance } from 'node:perf_hooks';
import { seededRandom } from '../../domain/capacity/simulation/random';
import { zipf } from '../../domain/placement/balance';
import { strategies, type Strategy } from '../../domain/placement/strategies';
import type { Server } from '../../domain/placement/types';
import { encodeUtf8 } from '../../domain/textCoding';
import { displayName } from '../../domain/znode/displayName';
import type { RingComparison, RingStrategy } from '../../protocol/ring';

/** The same picture each time. */
const SEED = 1;
const NANOSECONDS_PER_MS = 1e6;
/** Some strategies ask every server about every key: so many are asked before the host gets its turn. */
const MAX_SCORES = 4e6;
const LEAST_KEYS = 1_000;

export interface ComparisonInput {
  readonly servers: readonly Server[];
  readonly keys: readonly string[];
  /** Zipf exponent. */
  readonly popularity?: number | undefined;
}

/**
 * All strategies on the same servers and keys. The host gets its turn between two of them; undefined
 * when nobody wants it any more.
 */
export async function compareStrategies(
  { servers, keys, popularity }: ComparisonInput,
  isOutdated: () => boolean,
): Promise<Omit<RingComparison, 'type' | 'version'> | undefined> {
  const rows: RingStrategy[] = [];
  const some = keys.slice(0, Math.max(LEAST_KEYS, Math.floor(MAX_SCORES / servers.length)));
  const input = {
    servers,
    keys: some.map(encodeUtf8),
    popularity: popularity === undefined ? undefined : zipf(some.length, popularity),
    clock: () => performance.now(),
    random: seededRandom(SEED),
  };
  for (const strategy of strategies(input)) {
    rows.push(rowOf(strategy));
    await setImmediate();
    if (isOutdated()) return undefined;
  }
  const leaver = servers.filter(({ down }) => down !== true).at(-1)?.address ?? '';
  return { strategies: rows, leaver: displayName(leaver, 60), keys: some.length };
}

function rowOf({ preset, balance, lookupTime, ...rest }: Strategy): RingStrategy {
  const { id, program, title, comparisonOnly, policy } = preset;
  const { maxOverMean, variation } = balance;
  return {
    id,
    program,
    title,
    use: comparisonOnly === true ? 'comparison' : policy === true ? 'policy' : 'placement',
    maxOverMean,
    variation,
    ...(lookupTime !== undefined && { nanoseconds: lookupTime * NANOSECONDS_PER_MS }),
    ...rest,
  };
}
