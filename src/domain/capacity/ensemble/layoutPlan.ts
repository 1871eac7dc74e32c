import type { Problem } from '../../placement/types';
import { Checks } from '../queueing/checks';
import { isProblems } from '../result';
import {
  allLayouts,
  evenLayout,
  type FailureRates,
  layoutOutcome,
  type LayoutOutcome,
} from './layouts';
import { MOST_VOTERS } from './quorum';

/** What a layout has to do. */
export interface LayoutGoal {
  readonly zones: number;
  readonly survivesAnyZone: boolean;
  /** Voters, when that is settled; otherwise the fewest that reach `minutesAYear`. */
  readonly voters?: number;
  /** The most minutes a year without a quorum. */
  readonly minutesAYear: number;
}

/**
 * The smallest odd layout that reaches the goal, spread evenly; or why there is none and what
 * comes nearest.
 */
export function planLayout(goal: LayoutGoal, rates: FailureRates): LayoutOutcome | Problem[] {
  const { problems } = checkedGoal(goal);
  if (problems.length > 0) return problems;
  const all = allLayouts(goal.zones, goal.voters ?? MOST_VOTERS, rates);
  if (isProblems(all)) return all;
  const fit = all.filter(
    ({ voters, survivesAnyZone }) =>
      voters % 2 === 1 &&
      voters === (goal.voters ?? voters) &&
      (survivesAnyZone || !goal.survivesAnyZone),
  );
  const reached = fit.filter(({ minutesAYear }) => minutesAYear <= goal.minutesAYear);
  const fewest = Math.min(...reached.map(({ voters }) => voters));
  return reached.find(({ voters }) => voters === fewest) ?? [unreachable(goal, rates, fit[0])];
}

function checkedGoal({ zones, survivesAnyZone, voters }: LayoutGoal): Checks {
  const checks = new Checks().whole('zones', zones, 1, MOST_VOTERS);
  if (voters !== undefined) {
    checks.whole('voters', voters, 1, MOST_VOTERS);
    if (voters === 2) {
      checks.fail('noFaultTolerance', 'voters', 'Two voters survive no failure. Use 3.');
    } else if (voters % 2 === 0) {
      checks.fail(
        'evenVoters',
        'voters',
        `${voters} voters survive no more failures than ${voters - 1}. ` +
          `Use ${voters - 1} or ${voters + 1}.`,
      );
    }
  }
  if (survivesAnyZone && zones < 3) {
    checks.fail(
      'tooFewZones',
      'zones',
      `With ${zones === 1 ? 'one zone' : 'two zones'}, losing the fullest one always loses the ` +
        `majority. Use three zones, such as ${evenLayout(voters ?? 5, 3).join(', ')} voters.`,
    );
  } else if (survivesAnyZone && voters === 1) {
    checks.fail('noFaultTolerance', 'voters', 'One voter survives no failure. Use 3.');
  }
  return checks;
}

function unreachable(
  { minutesAYear, zones }: LayoutGoal,
  rates: FailureRates,
  nearest: LayoutOutcome | undefined,
): Problem {
  const best = nearest ?? layoutOutcome(evenLayout(3, zones), rates);
  const reached = Number(best.minutesAYear.toPrecision(3));
  const where = best.layout.length === 1 ? 'in one zone' : 'by zone';
  return {
    code: 'availabilityOutOfReach',
    where: 'minutesAYear',
    message:
      `No layout stays below ${minutesAYear} minutes a year without a quorum. The nearest is ` +
      `${best.layout.join(' + ')} ${best.voters === 1 ? 'voter' : 'voters'} ${where} with ` +
      `${reached} minutes a year; better servers, more zones or fewer common causes of failure ` +
      'go further than more voters.',
  };
}
