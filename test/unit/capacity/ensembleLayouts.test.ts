import { describe, expect, test } from 'vitest';
import { layoutNotes } from '../../../src/domain/capacity/ensemble/layoutNotes';
import { planLayout } from '../../../src/domain/capacity/ensemble/layoutPlan';
import {
  allLayouts,
  evenLayout,
  layoutOutcome,
} from '../../../src/domain/capacity/ensemble/layouts';
import { MOST_VOTERS } from '../../../src/domain/capacity/ensemble/quorum';
import { isProblems } from '../../../src/domain/capacity/result';
import { solved } from './ensembleSupport';

const RATES = { serverDown: 0.001, zoneDown: 0.0005, commonCause: 0 };
const codes = (layout: number[]): string[] => layoutNotes(layout, RATES).map(({ code }) => code);

describe('layouts', () => {
  test('are all ways to split voters, none twice', () => {
    // Partitions of 1–9 into at most 3 parts: 1, 2, 3, 4, 5, 7, 8, 10, 12.
    const all = solved(allLayouts(3, 9, RATES));
    expect(all).toHaveLength(52);
    expect(new Set(all.map(({ layout }) => layout.join())).size).toBe(52);
  });

  test('the best of each odd size over three zones is the even spread', () => {
    const all = solved(allLayouts(3, MOST_VOTERS, RATES));
    for (const size of [3, 5, 7, 9]) {
      const best = all.find(({ voters }) => voters === size);
      expect(best?.layout).toEqual(evenLayout(size, 3));
    }
  });

  test('no layout over two zones survives the loss of either, some over three do', () => {
    const survives = (zones: number): boolean =>
      solved(allLayouts(zones, MOST_VOTERS, RATES)).some((one) => one.survivesAnyZone);
    expect([1, 2, 3].map(survives)).toEqual([false, false, true]);
  });

  test('more voters in worse places are less available', () => {
    const minutes = (layout: number[]): number => layoutOutcome(layout, RATES).minutesAYear;
    expect(minutes([3, 3, 1])).toBeGreaterThan(minutes([2, 2, 1]));
    expect(minutes([3, 1, 1])).toBeGreaterThan(100 * minutes([2, 2, 1]));
  });

  test.each([
    ['zones', 0, 3],
    ['zones', 99, 3],
    ['voters', 3, 1e9],
    ['voters', 3, 2.5],
  ])('refuses %s out of range', (where, zones, voters) => {
    expect(allLayouts(zones, voters, RATES)).toMatchObject([{ code: 'outOfRange', where }]);
  });
});

describe('advice', () => {
  test.each([
    [[1], ['noFaultTolerance']],
    [
      [1, 1],
      ['noFaultTolerance', 'twoZones'],
    ],
    [[1, 1, 1], []],
    [
      [2, 2],
      ['evenVoters', 'twoZones', 'tooManyVoters'],
    ],
    [
      [3, 2],
      ['twoZones', 'tooManyVoters'],
    ],
    [
      [3, 1, 1],
      ['zoneHoldsMajority', 'tooManyVoters'],
    ],
    [[2, 2, 1], []],
    [
      [2, 2, 2],
      ['evenVoters', 'tooManyVoters'],
    ],
    [
      [3, 3, 1],
      ['unevenZones', 'tooManyVoters'],
    ],
    [[3, 2, 2], []],
  ])('on %j: %j', (layout, expected) => {
    expect(codes(layout)).toEqual(expected);
  });

  test('names better layouts with their numbers', () => {
    const [uneven] = layoutNotes([3, 3, 1], RATES);
    expect(uneven?.message).toContain('3, 2, 2');
    expect(uneven?.message).toContain('1.45 minutes a year instead of 2.49');
  });
});

describe('planning', () => {
  const goal = { zones: 3, survivesAnyZone: true, minutesAYear: 5 };

  test('takes the fewest voters that reach the goal', () => {
    expect(planLayout(goal, RATES)).toMatchObject({ layout: [1, 1, 1] });
    expect(planLayout({ ...goal, minutesAYear: 2 }, RATES)).toMatchObject({ layout: [2, 2, 1] });
    expect(planLayout({ ...goal, voters: 7 }, RATES)).toMatchObject({ layout: [3, 2, 2] });
  });

  test.each([
    [{ zones: 2 }, 'tooFewZones', /three zones, such as 2, 2, 1/],
    [{ zones: 1 }, 'tooFewZones', /three zones/],
    [{ voters: 4 }, 'evenVoters', /Use 3 or 5/],
    [{ voters: 2 }, 'noFaultTolerance', /Use 3/],
    [{ voters: 1 }, 'noFaultTolerance', /Use 3/],
    [{ minutesAYear: 0.01 }, 'availabilityOutOfReach', /nearest is \d/],
    [{ zones: 1e9 }, 'outOfRange', /from 1 to/],
  ])('says why %j cannot be done, and what can', (change, code, message) => {
    const problems = planLayout({ ...goal, ...change }, RATES);
    if (!isProblems(problems)) throw new Error('a layout was found');
    expect(problems.map((one) => one.code)).toEqual([code]);
    expect(problems[0]?.message).toMatch(message);
  });
});
