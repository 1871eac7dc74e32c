import type { InputOf } from '../plan/inputFields';
import { about, bytes, percent, short } from '../plan/report';
import type { Constraint } from '../pool/sizing';
import { zipfShare } from '../queueing/zipf';
import { type Demand, storage } from './demand';
import { itemsForHitRatio } from './hitRatio';
import { NO_LOAD } from './load';

/** A distributed cache in front of a slower store. */
export function cacheDemand(
  input: InputOf<'cache'>,
  loadFactor: number,
  itemsHeld?: number,
): Demand {
  const { items, zipfExponent, hitRatioGoal, peakFactor } = input;
  const gets = input.getsPerSecond * peakFactor * loadFactor;
  const lambda = gets + input.setsPerSecond * peakFactor * loadFactor;
  const misses = gets * (1 - hitRatioGoal);
  const held = itemsHeld ?? itemsForHitRatio(items, zipfExponent, hitRatioGoal);
  const memory = held * (input.itemBytes + input.itemOverheadBytes);
  const limit = input.backingStorePerSecond;
  /** One cold server of so many sends the reads of its keys on. */
  const afterLoss = (servers: number, imbalance: number): number =>
    misses + gets * hitRatioGoal * Math.min(1, imbalance / servers);
  return {
    lambda: () => lambda,
    because: `(${short(input.getsPerSecond)} reads + ${short(input.setsPerSecond)} writes)/s times a peak of ${short(peakFactor * loadFactor)}`,
    hotShare: zipfShare(1, items, zipfExponent),
    itemsHeld: held,
    constraints: (type, { imbalanceAt }) => [
      storage('memory', memory, type.memoryBytes * input.memoryShare, imbalanceAt),
      ...(limit > 0 ? [missStorm(limit, misses, (n) => afterLoss(n, imbalanceAt(n)))] : []),
    ],
    explain: (report, pool) => {
      if (pool === undefined) return [];
      const { servers } = pool.size;
      const stored =
        (servers * pool.type.memoryBytes * input.memoryShare) /
        pool.load.spread.imbalanceAt(servers);
      report
        .add('cache.items', held, '1', {
          model: 'che',
          accuracy: about(2),
          because: `${percent(hitRatioGoal)} of the reads hit when the cache holds so many of ${short(items)} items with exponent ${zipfExponent}`,
        })
        .add('cache.memory', memory, 'B', {
          model: 'che',
          accuracy: about(2),
          because: `those items of ${short(input.itemBytes)} + ${short(input.itemOverheadBytes)} bytes; ${servers} servers hold ${bytes(stored)}`,
        })
        .add('cache.missesPerSecond', misses, '1/s', {
          model: 'che',
          accuracy: about(2),
          because: `${percent(1 - hitRatioGoal)} of ${short(gets)} reads/s go on to the store behind`,
        })
        .add(
          'cache.missesAfterLossPerSecond',
          afterLoss(servers, pool.load.spread.imbalanceAt(servers)),
          '1/s',
          {
            model: 'che',
            accuracy: about(2),
            because:
              'and all reads of the keys of the fullest server while its successors are cold',
          },
        );
      if (limit > 0) {
        const after = afterLoss(servers, pool.load.spread.imbalanceAt(servers));
        report.atMost(
          'cache.backingStore',
          after,
          '1/s',
          limit,
          'Raise the hit ratio or use more, smaller servers.',
        );
      }
      return [];
    },
    zooKeeper: () => NO_LOAD,
  };
}

function missStorm(limit: number, misses: number, at: (servers: number) => number): Constraint {
  return {
    id: 'backingStore',
    fits: (servers) => at(servers) <= limit,
    because: (servers) =>
      `one cold server of ${servers} sends ${short(at(servers))} reads/s to the store behind, ` +
      `which takes ${short(limit)}/s`,
    remedy:
      misses > limit
        ? `Already ${short(misses)} misses/s are too many: raise the hit ratio or the store's capacity.`
        : 'Raise the capacity of the store behind.',
  };
}
