import { expect, test } from 'vitest';
import { evaluate } from '../../../src/domain/capacity/plan/evaluate';
import { isProblems } from '../../../src/domain/capacity/result';
import { bandsOf } from '../../../src/domain/dashboard/bands';
import type { ChartId } from '../../../src/domain/dashboard/charts';
import { inputOf } from '../capacity/planSupport';

const input = inputOf({
  otherLoad: {
    ...{ sessions: 600, readsPerSecond: 9000, writesPerSecond: 1500, znodes: 50_000 },
    ...{ pathBytes: 40, dataBytes: 100 },
  },
  ensemble: { logDevice: 'ssd', clientRoundTripMs: 1, writeGoalMs: 20, utilisationGoal: 0.5 },
});
const planned = evaluate(input);
if (isProblems(planned)) throw new Error(planned[0]?.message);
const bands = bandsOf(input, planned);
const band = (id: ChartId) => bands.find(({ chart }) => chart === id);

test('rates are planned up to the peak, and limited by the utilisation that is allowed', () => {
  expect(band('writes')).toMatchObject({ low: 0, high: 1500 });
  expect(band('reads')).toMatchObject({ low: 0, high: 9000 });
  const room = 0.5 / planned.shape.utilisation;
  expect(band('writes')?.limit).toBeCloseTo(1500 * room, 6);
});

test('latency is what a server sees, without the way of the client', () => {
  const { low = 0, high = 0, limit } = band('writeTime') ?? {};
  expect((low + high) / 2).toBeCloseTo(planned.shape.write.total - 1e-3, 9);
  expect(limit).toBe(0.02);
  expect(band('fsyncTime')?.high).toBeCloseTo(1.3e-3, 9);
});

test('counts and bytes are those of one server', () => {
  expect(band('connections')?.high).toBe(planned.sizing.connections);
  expect(band('znodes')?.high).toBe(50_000);
  expect(band('dataBytes')?.high).toBe(50_000 * 140);
  expect(band('outstanding')?.limit).toBe(500);
});

test('what the plan says nothing of has no band', () => {
  expect(band('elections')).toBeUndefined();
  expect(band('readTime')).toBeUndefined();
});
