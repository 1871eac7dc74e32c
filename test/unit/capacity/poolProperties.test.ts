import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type PoolLoad,
  poolState,
  sizePool,
  survivorsOf,
} from '../../../src/domain/capacity/pool/sizing';
import { EVEN, ringSpread } from '../../../src/domain/capacity/pool/spread';
import { isProblems } from '../../../src/domain/capacity/result';

const share = (min: number, max: number) => fc.double({ min, max, noNaN: true });

const spreads = fc.oneof(
  fc.integer({ min: 1, max: 1000 }).map(ringSpread),
  fc.constant(EVEN),
  fc.constant({ ...EVEN, queues: 'twoChoices' as const }),
);

const loads: fc.Arbitrary<PoolLoad> = fc.record({
  lambda: share(10, 200_000),
  server: fc.record({
    mu: share(100, 5000),
    slots: fc.integer({ min: 1, max: 16 }),
    serviceScv: share(0, 4),
  }),
  spread: spreads,
  hotCopies: fc.integer({ min: 1, max: 8 }),
  hotShare: fc.oneof(fc.constant(0), share(0, 0.02)),
  utilisation: share(0.2, 0.9),
  percentile: share(0.5, 0.999),
  response: share(0.001, 1),
  failures: fc.integer({ min: 0, max: 5 }),
  zones: fc.constant(1),
  survivesZone: fc.constant(false),
  others: fc.constant([]),
});

function serversOf(load: PoolLoad): number {
  const size = sizePool(load);
  return isProblems(size) ? Infinity : size.servers;
}

const runs = { numRuns: 300 };

/** A load and another one that asks for no less: more of it, or stricter goals. */
const harder: readonly [string, (load: PoolLoad) => PoolLoad][] = [
  ['more requests', (load) => ({ ...load, lambda: 1.3 * load.lambda })],
  ['slower servers', (load) => ({ ...load, server: { ...load.server, mu: load.server.mu / 1.3 } })],
  ['a stricter response goal', (load) => ({ ...load, response: load.response / 1.3 })],
  ['less utilisation allowed', (load) => ({ ...load, utilisation: load.utilisation / 1.3 })],
  ['a hotter key', (load) => ({ ...load, hotShare: load.hotShare + 0.002 })],
];

describe('the size of any pool', () => {
  test('keeps the goals after its failures, and one server less would not', () => {
    let sized = 0;
    fc.assert(
      fc.property(loads, (load) => {
        const size = sizePool(load);
        if (isProblems(size)) return;
        sized++;
        const { servers, survivors } = size;
        const keeps = (left: number): boolean => {
          const state = poolState(load, left);
          if (state.utilisation > load.utilisation) return false;
          return state.quantile(load.percentile) <= load.response;
        };
        expect(survivors).toBe(survivorsOf(servers, load));
        expect(keeps(survivors)).toBe(true);
        if (survivors > 1) expect(keeps(survivors - 1)).toBe(false);
      }),
      runs,
    );
    expect(sized).toBeGreaterThan(runs.numRuns / 3);
  });

  test.each(harder)('%s never make it smaller', (_, change) => {
    fc.assert(
      fc.property(loads, (load) => {
        expect(serversOf(change(load))).toBeGreaterThanOrEqual(serversOf(load));
      }),
      runs,
    );
  });

  test('one failure more is one server more', () => {
    fc.assert(
      fc.property(loads, (load) => {
        const more = serversOf({ ...load, failures: load.failures + 1 });
        expect(more).toBe(serversOf(load) + 1);
      }),
      runs,
    );
  });

  test('the loss of a zone costs no more with more zones, and leaves what is needed', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 2, max: 9 }), (load, zones) => {
        const survivesZone = true;
        const size = sizePool({ ...load, zones, survivesZone });
        if (isProblems(size)) return;
        const { servers } = size;
        expect(servers - Math.ceil(servers / zones)).toBeGreaterThanOrEqual(size.binding.servers);
        expect(serversOf({ ...load, zones: zones + 1, survivesZone })).toBeLessThanOrEqual(servers);
      }),
      runs,
    );
  });

  test('more virtual nodes never ask for more servers', () => {
    fc.assert(
      fc.property(loads, fc.integer({ min: 1, max: 500 }), (load, points) => {
        const few = serversOf({ ...load, spread: ringSpread(points) });
        expect(serversOf({ ...load, spread: ringSpread(2 * points) })).toBeLessThanOrEqual(few);
      }),
      runs,
    );
  });
});
