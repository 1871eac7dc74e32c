import { evenLayout, type FailureRates, layoutOutcome, type LayoutOutcome } from './layouts';

/** What is wrong with a layout, and what to do; `code` is stable. */
export interface LayoutNote {
  readonly code: LayoutNoteCode;
  readonly message: string;
}

export type LayoutNoteCode =
  | 'noFaultTolerance'
  | 'evenVoters'
  | 'twoZones'
  | 'zoneHoldsMajority'
  | 'unevenZones'
  | 'tooManyVoters';

/** Advice on one layout: voters for each zone, zones without voters left out. */
export function layoutNotes(layout: readonly number[], rates: FailureRates): LayoutNote[] {
  const now = layoutOutcome(layout, rates);
  const notes = [
    faultToleranceNote(now),
    zoneNote(now),
    unevenNote(now, rates),
    tooManyNote(now, rates),
  ];
  return notes.filter((note) => note !== undefined);
}

function faultToleranceNote({ voters, tolerated }: LayoutOutcome): LayoutNote | undefined {
  if (tolerated === 0) {
    const who = voters === 1 ? 'One voter survives' : 'Two voters survive';
    return { code: 'noFaultTolerance', message: `${who} no failure. Use 3.` };
  }
  if (voters % 2 === 1) return undefined;
  const message =
    `${voters} voters survive no more failures than ${voters - 1}, with one more server to fail ` +
    `and to wait for. Use ${voters - 1} or ${voters + 1}.`;
  return { code: 'evenVoters', message };
}

function zoneNote({ layout, voters, survivesAnyZone }: LayoutOutcome): LayoutNote | undefined {
  if (survivesAnyZone || layout.length === 1) return undefined;
  if (layout.length === 2) {
    const message =
      'One of two zones always holds at least half of the voters, and its loss stops the ' +
      'ensemble. Put a voter into a third zone, however small.';
    return { code: 'twoZones', message };
  }
  const better = evenLayout(Math.max(3, voters), layout.length).join(', ');
  const message =
    `Losing the zone with ${Math.max(...layout)} of ${voters} voters stops the ensemble. ` +
    `Spread them as ${better}.`;
  return { code: 'zoneHoldsMajority', message };
}

function unevenNote(now: LayoutOutcome, rates: FailureRates): LayoutNote | undefined {
  const even = layoutOutcome(evenLayout(now.voters, now.layout.length), rates);
  if (!now.survivesAnyZone || even.minutesAYear >= 0.99 * now.minutesAYear) return undefined;
  const message =
    `Spread as ${even.layout.join(', ')}, the voters are unavailable ` +
    `${digits(even.minutesAYear)} minutes a year instead of ${digits(now.minutesAYear)}.`;
  return { code: 'unevenZones', message };
}

function tooManyNote(now: LayoutOutcome, rates: FailureRates): LayoutNote | undefined {
  if (now.voters <= 3) return undefined;
  const fewerVoters = now.voters - (now.voters % 2 === 0 ? 1 : 2);
  const fewer = layoutOutcome(evenLayout(fewerVoters, now.layout.length), rates);
  if (fewer.minutesAYear > 1.05 * now.minutesAYear) return undefined;
  const message =
    `${fewer.voters} voters as ${fewer.layout.join(', ')} do no worse ` +
    `(${digits(fewer.minutesAYear)} against ${digits(now.minutesAYear)} minutes a year) and write faster.`;
  return { code: 'tooManyVoters', message };
}

const digits = (value: number): string => String(Number(value.toPrecision(3)));
