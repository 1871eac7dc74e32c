import { describe, expect, test } from 'vitest';
import type { Curve } from '../../../src/domain/capacity/charts/chart';
import { goalUses, serversByConstraint } from '../../../src/domain/capacity/charts/constraints';
import { ensembleLatency, poolLatency } from '../../../src/domain/capacity/charts/latency';
import { outagesByLayout } from '../../../src/domain/capacity/charts/outages';
import { priceOf } from '../../../src/domain/capacity/charts/price';
import { throughputBySize } from '../../../src/domain/capacity/charts/throughput';
import { evaluate } from '../../../src/domain/capacity/plan/evaluate';
import type { PlanInput } from '../../../src/domain/capacity/plan/inputFields';
import { planOf } from '../../../src/domain/capacity/plan/plan';
import { isProblems } from '../../../src/domain/capacity/result';
import { inputOf, SAMPLES, sample, valueOf } from './planSupport';

function evaluated(input: PlanInput) {
  const planned = evaluate(input);
  if (isProblems(planned)) throw new Error(planned[0]?.message);
  const plan = planOf(input, planned);
  return { input, planned, plan, value: (name: string): number => valueOf(plan, name) };
}

/** The y of a curve at x, between its points. */
function at({ points }: Curve, x: number): number {
  const after = points.findIndex(([px]) => px >= x);
  const [[x1 = 0, y1 = 0] = [], [x0 = 0, y0 = 0] = []] = [
    points[after],
    points[after - 1] ?? points[after],
  ];
  return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
}

const rises = ({ points }: Curve): boolean =>
  points.every(([, y], i) => i === 0 || y >= (points[i - 1]?.[1] ?? 0) - 1e-12);

describe.each(SAMPLES)('charts of the %s plan', (name) => {
  const { input, planned, plan, value } = evaluated(sample(name).input);

  test('write latency rises with the load and goes through what the plan says', () => {
    const chart = ensembleLatency(input, planned);
    const [curve] = chart.curves;
    if (!curve) throw new Error('no curve');
    expect(curve.points.length).toBeGreaterThan(40);
    expect(rises(curve)).toBe(true);
    expect(chart.planned[1]).toBeCloseTo(value('ensemble.writeLatency'), 6);
    expect(at(curve, chart.planned[0])).toBeCloseTo(chart.planned[1], 3);
    expect(chart.saturation).toBeCloseTo(planned.shape.capacity, 6);
    expect(chart.planned[0] / planned.shape.capacity).toBeCloseTo(planned.shape.utilisation, 9);
  });

  test('throughput curves meet the capacity of the plan at its mix', () => {
    const chart = throughputBySize(planned);
    const own = chart.curves.find(({ id }) => id === String(planned.shape.shape.voters));
    if (!own) throw new Error('no curve of its own');
    const capacity = at(own, chart.planned[0]);
    expect(Math.abs(capacity / planned.shape.capacity - 1)).toBeLessThan(0.02);
    // More voters write more slowly.
    const atWrites = chart.curves.map(({ points }) => points[0]?.[1] ?? 0);
    expect(atWrites).toEqual([...atWrites].sort((a, b) => b - a));
  });

  test('one layout is the planned one, with the outage that the plan says', () => {
    const { layouts, goalMinutes } = outagesByLayout(input, planned);
    const own = layouts.filter(({ isPlanned }) => isPlanned);
    expect(own).toHaveLength(1);
    expect((own[0]?.minutesAYear ?? 0) * 60).toBeCloseTo(value('ensemble.outage'), 2);
    expect(goalMinutes).toBe(input.ensemble.outageGoalMinutesPerYear);
    const names = layouts.map(({ layout }) => layout.join());
    expect(new Set(names).size).toBe(names.length);
    // Four voters are no better than three.
    const best = (voters: number): number =>
      Math.min(...layouts.filter((one) => one.voters === voters).map((one) => one.minutesAYear));
    expect(best(4)).toBeGreaterThan(best(3));
  });

  test('goals come with what is used of them, and missed ones are above 1', () => {
    const uses = goalUses(plan);
    expect(uses).toHaveLength(plan.goals.length);
    for (const { used, isMet } of uses) expect(used <= 1 + 1e-9).toBe(isMet);
    const used = uses.map((one) => one.used);
    expect(used).toEqual([...used].sort((a, b) => b - a));
  });
});

describe('charts of a pool', () => {
  const { input, planned, plan, value } = evaluated(sample('cache').input);

  test('the response goes through what the plan says and ends before saturation', () => {
    const chart = poolLatency(input, planned);
    if (!chart) throw new Error('no pool');
    expect(chart.curves.map(({ id }) => id)).toEqual(['p50', 'p99']);
    for (const curve of chart.curves) expect(rises(curve)).toBe(true);
    expect(chart.planned).toEqual([264_000, expect.closeTo(value('pool.response.p99'), 8)]);
    const { saturation = 0, allowed = 0 } = chart;
    expect(264_000 / saturation).toBeCloseTo(value('pool.utilisation'), 5);
    expect(allowed / saturation).toBeCloseTo(input.pool.utilisationGoal, 9);
    const last = chart.curves[1]?.points.at(-1) ?? [0, 0];
    expect(last[0]).toBeLessThan(saturation);
    expect(last[1]).toBeGreaterThan(2 * chart.planned[1]);
  });

  test('the binding constraint stands first', () => {
    const chart = serversByConstraint(planned);
    expect(chart?.needs[0]).toMatchObject({ id: 'utilisation', servers: 10, binds: true });
    expect(chart?.needs.filter(({ binds }) => binds)).toHaveLength(1);
    expect(chart).toMatchObject({ survivors: 10, servers: 15 });
  });

  test('fewer servers save their price, other advice has none', () => {
    const even = plan.advice.find(({ id }) => id === 'evenPlacement');
    const disk = plan.advice.find(({ id }) => id === 'fasterLogDevice');
    expect(even && priceOf(even, planned)).toBe((12 - 15) * 110);
    expect(disk && priceOf(disk, planned)).toBeUndefined();
  });
});

test('at half of the load the curve is where a plan for half of the load is', () => {
  const input = inputOf({
    otherLoad: { sessions: 300, writesPerSecond: 800, readsPerSecond: 2000, znodes: 1000 },
  });
  const { planned } = evaluated(input);
  const half = evaluate(input, { loadFactor: 0.5 }, planned);
  if (isProblems(half)) throw new Error(half[0]?.message);
  const { curves, planned: point } = ensembleLatency(input, planned);
  const there = at(curves[0] ?? { id: '', points: [] }, point[0] / 2);
  expect(Math.abs(there / half.shape.write.total - 1)).toBeLessThan(0.003);
  expect(half.shape.write.total).toBeLessThan(0.98 * planned.shape.write.total);
});

test('a goal that is missed without end stands before all others', () => {
  const goal = { unit: 's', limit: 1, relation: 'atMost', isMet: false, advice: '' } as const;
  const uses = goalUses({
    goals: [
      { ...goal, name: 'twice', value: 2 },
      { ...goal, name: 'endless', value: NaN },
    ],
  });
  expect(uses.map(({ name, used }) => [name, used])).toEqual([
    ['endless', Infinity],
    ['twice', 2],
  ]);
});

test('an ensemble alone has no chart of a pool', () => {
  const alone = inputOf({ otherLoad: { writesPerSecond: 2000, readsPerSecond: 9000 } });
  const { input, planned } = evaluated(alone);
  expect(poolLatency(input, planned)).toBeUndefined();
  expect(serversByConstraint(planned)).toBeUndefined();
});
