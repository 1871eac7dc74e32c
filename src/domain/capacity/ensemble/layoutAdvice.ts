import { MINUTES_A_YEAR, withCommonCause, zonesUnavailability } from './availability';
import { tolerated } from './quorum';

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
  readonly tolerated: number;
  readonly survivesAnyZone: boolean;
  readonly unavailability: number;
  readonly minutesAYear: number;
}

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
export function layouts(zones: number, mostVoters: number, rates: FailureRates): LayoutOutcome[] {
  const all: LayoutOutcome[] = [];
  for (let voters = 1; voters <= mostVoters; voters++) {
    for (const layout of partitions(voters, zones, voters)) all.push(layoutOutcome(layout, rates));
  }
  return all.sort((a, b) => a.unavailability - b.unavailability || a.voters - b.voters);
}

/** The smallest odd layout within `minutesAYear`; undefined when none is. */
export function smallestLayout(
  sorted: readonly LayoutOutcome[],
  minutesAYear: number,
): LayoutOutcome | undefined {
  return sorted
    .filter((one) => one.voters % 2 === 1 && one.minutesAYear <= minutesAYear)
    .reduce<LayoutOutcome | undefined>(
      (best, one) => (best && best.voters <= one.voters ? best : one),
      undefined,
    );
}

function* partitions(sum: number, parts: number, largest: number): Generator<number[]> {
  if (sum === 0) yield [];
  if (sum === 0 || parts === 0) return;
  for (let first = Math.min(sum, largest); first * parts >= sum; first--) {
    for (const rest of partitions(sum - first, parts - 1, first)) yield [first, ...rest];
  }
}

/** What is wrong with a layout, and what to do; `code` is stable. */
export interface LayoutNote {
  readonly code:
    'noFaultTolerance' | 'evenVoters' | 'zoneHoldsMajority' | 'twoZones' | 'uneven' | 'manyVoters';
  readonly message: string;
}

/** Advice on one layout under these rates. */
export function layoutNotes(layout: readonly number[], rates: FailureRates): LayoutNote[] {
  const now = layoutOutcome(layout, rates);
  const zones = layout.filter((count) => count > 0).length;
  const notes: LayoutNote[] = [];
  if (now.tolerated === 0) {
    notes.push({
      code: 'noFaultTolerance',
      message: `${now.voters} voter(s) survive no failure. Use 3.`,
    });
  }
  if (now.voters % 2 === 0) {
    notes.push({
      code: 'evenVoters',
      message: `${now.voters} voters survive no more failures than ${now.voters - 1}, and there are more servers to fail. Use ${now.voters - 1} or ${now.voters + 1}.`,
    });
  }
  if (zones === 2) {
    notes.push({
      code: 'twoZones',
      message:
        'Of two zones one always holds a majority or half of the voters: its loss stops the ensemble. Put one voter into a third zone.',
    });
  } else if (zones > 2 && !now.survivesAnyZone) {
    notes.push({
      code: 'zoneHoldsMajority',
      message: `Losing the zone with ${Math.max(...layout)} of ${now.voters} voters stops the ensemble. Spread them as ${spread(now.voters, zones).join(', ')}.`,
    });
  }
  const even = layoutOutcome(spread(now.voters, zones), rates);
  if (now.survivesAnyZone && even.unavailability < now.unavailability * 0.99) {
    notes.push({
      code: 'uneven',
      message: `${even.layout.join(', ')} is unavailable ${format(even.minutesAYear)} minutes a year, this layout ${format(now.minutesAYear)}.`,
    });
  }
  const fewer = now.voters > 3 && layoutOutcome(spread(now.voters - 2, zones), rates);
  if (fewer && fewer.unavailability <= now.unavailability * 1.05) {
    notes.push({
      code: 'manyVoters',
      message: `${fewer.voters} voters are as available (${format(fewer.minutesAYear)} against ${format(now.minutesAYear)} minutes a year) and write faster.`,
    });
  }
  return notes;
}

const format = (minutes: number): string => minutes.toPrecision(3);

/** Voters spread as evenly as possible, the fullest zone first. */
export function spread(voters: number, zones: number): number[] {
  return Array.from({ length: Math.min(zones, voters) }, (_, i) =>
    Math.ceil((voters - i) / Math.min(zones, voters)),
  );
}
