import { countOf, type KnownServers } from './servers';
import { reason } from './text';

/** One write of a file that is applied as a whole, on the way to the plan. */
export interface VoterStep {
  readonly path: string;
  /** Voters in the file that was there; 0 without one. */
  readonly before: number;
  readonly voters: number;
  readonly planned: number;
}

/**
 * What a file for containers has next. Two voters more or fewer at once can elect two leaders, since
 * a majority of the old list need not meet one of the new; and whoever applies the file starts all of
 * it. So each write takes one step.
 */
export function voterStep(path: string, known: KnownServers, planned: number): VoterStep {
  const before = countOf(known).voters;
  const voters = before === 0 ? planned : before + Math.sign(planned - before);
  return { path, before, voters, planned };
}

/**
 * Whether something must be known before the file is applied: what a file has need not be what runs,
 * so that each step counts on the one before.
 */
export const needsWord = ({ before, voters }: VoterStep): boolean =>
  before > 0 && voters !== before;

/** One server that has the data and one that has none: both must start with the list of two. */
export const startsAnew = ({ before, voters }: Pick<VoterStep, 'before' | 'voters'>): boolean =>
  before === 1 && voters === 2;

/** How each step is done with what reads the file. */
export interface StepCommands {
  readonly check: string;
  /** What ends the server that is alone. */
  readonly stop: string;
  /** What becomes of a server that is taken out, a sentence. */
  readonly removed: string;
  readonly indent: string;
}

/**
 * Comments for the list of voters, of what the file has and is to have: a file that is as planned
 * has none that would go the next time.
 */
export function stepReasons({ voters, planned }: VoterStep, how: StepCommands): string[] {
  const lines = [
    ...(voters === planned
      ? []
      : [
          `${voters} voters on the way to ${planned}: two at once could elect two leaders and lose writes.`,
          `Apply this, wait until all are in sync (${how.check}), then write the files again.`,
        ]),
    ...(voters > planned ? [how.removed] : []),
    ...(voters === 2 && planned >= 2
      ? [
          `Where one server alone has the data until now: ${how.stop} first, then apply this. Both must`,
          'start together with the list of two, whose quorum needs the one with the data. Clients wait meanwhile.',
        ]
      : []),
  ];
  return lines.map((line) => how.indent + reason(line));
}
