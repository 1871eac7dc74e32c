import type { Problem } from '../../placement/types';
import { Checks } from '../queueing/checks';
import { MINUTES_A_YEAR, withCommonCause, zonesUnavailability } from './availability';
import { MOST_VOTERS, tolerated } from './quorum';

/** Failure probabilities of servers and zones, each 0–1. */
export interface FailureRates {
  readonly serverDown: number;
  readonly zoneDown: number;
  /** Share of server failures that hit all servers at once. */
  readonly commonCause: number;
}

/** Voters for each zone, the fullest zone first, and how such an ensemble fares. */
export interface LayoutOutcome {
  readonly layout: readonly number[];
  readonly voters: number;
  /** How many servers may be down. */
  readonly tolerated: number;
  readonly survivesAnyZone: boolean;
  readonly unavailability: number;
  readonly minutesAYear: number;
}

/** One layout of at least one voter. */
export function layoutOutcome(layout: readonly number[], rates: FailureRates): LayoutOutcome {
  const voters = layout.reduce((sum, count) => sum + count, 0);
  const unavailability = withCommonCause(rates.serverDown, rates.commonCause, (serverDown) =>
    zonesUnavailability(layout, serverDown, rates.zoneDown),
  );
  return {
    layout,
    voters,
    tolerated: tolerated(voters),
    survivesAnyZone: Math.max(...layout) <= tolerated(voters),
    unavailability,
    minutesAYear: unavailability * MINUTES_A_YEAR,
  };
}

/** Every way to spread up to `mostVoters` voters over at most `zones` zones, the best first. */
export function allLayouts(
  zones: number,
  mostVoters: number,
  rates: FailureRates,
): LayoutOutcome[] | Problem[] {
  const { problems } = checkedRates(rates)
    .whole('zones', zones, 1, MOST_VOTERS)
    .whole('voters', mostVoters, 1, MOST_VOTERS);
  if (problems.length > 0) return problems;
  const all: LayoutOutcome[] = [];
  for (let voters = 1; voters <= mostVoters; voters++) {
    for (const layout of partitions(voters, zones, voters)) all.push(layoutOutcome(layout, rates));
  }
  return all.sort((a, b) => a.unavailability - b.unavailability || a.voters - b.voters);
}

/** All inputs are probabilities. */
export function checkedRates(rates: FailureRates): Checks {
  return new Checks()
    .between('serverDown', rates.serverDown, 0, 1)
    .between('zoneDown', rates.zoneDown, 0, 1)
    .between('commonCause', rates.commonCause, 0, 1);
}

/** Voters spread as evenly as possible, the fullest zone first. */
export function evenLayout(voters: number, zones: number): number[] {
  const used = Math.min(zones, voters);
  return Array.from({ length: used }, (_, i) => Math.ceil((voters - i) / used));
}

function* partitions(sum: number, parts: number, largest: number): Generator<number[]> {
  if (sum === 0) yield [];
  if (sum === 0 || parts === 0) return;
  for (let first = Math.min(sum, largest); first * parts >= sum; first--) {
    for (const rest of partitions(sum - first, parts - 1, first)) yield [first, ...rest];
  }
}
