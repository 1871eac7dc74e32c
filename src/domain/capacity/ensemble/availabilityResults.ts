import type { Problem } from '../../placement/types';
import { isProblems, type Result } from '../result';
import { elections, type ElectionInput } from './elections';
import { type LayoutGoal, planLayout } from './layoutPlan';
import { type FailureRates, type LayoutOutcome, layoutOutcome } from './layouts';
import { birthDeath, type RepairInput } from './repair';
import { Report, within } from './report';

/** Model `availability` of one layout, voters for each zone. */
export function availabilityResults(layout: readonly number[], rates: FailureRates): Result[] {
  return addOutcome(new Report('availability'), layoutOutcome(layout, rates)).results;
}

/** Model `layout`: the smallest one that reaches a goal. */
export function layoutResults(goal: LayoutGoal, rates: FailureRates): Result[] | Problem[] {
  const best = planLayout(goal, rates);
  if (isProblems(best)) return best;
  const report = new Report('layout').add('voters', best.voters, '1');
  best.layout.forEach((count, zone) => report.add(`zone[${zone}]`, count, '1'));
  return addOutcome(report, best).results;
}

function addOutcome(report: Report, outcome: LayoutOutcome): Report {
  return report
    .add('unavailability', outcome.unavailability, '1')
    .add('outageAYear', outcome.minutesAYear * 60, 's')
    .add('tolerated', outcome.tolerated, '1')
    .add('survivesAnyZone', Number(outcome.survivesAnyZone), '1');
}

/** Model `repair`; the input's times are hours. */
export function repairResults(input: RepairInput): Result[] {
  const chain = birthDeath(input);
  return new Report('repair')
    .add('unavailability', chain.unavailability, '1')
    .add('lossRate', chain.lossRate, '1/h')
    .add('meanOutage', chain.meanOutage, 'h')
    .add('meanTimeToLoss', chain.meanTimeToLoss, 'h').results;
}

/** Model `elections`. */
export function electionResults(input: ElectionInput): Result[] {
  const outcome = elections(input);
  return new Report('elections', within(0.3))
    .add('electionsAYear', outcome.perYear, '1')
    .add('silentDetection', outcome.silentDetectionMs / 1000, 's')
    .add('meanOutage', outcome.meanOutageMs / 1000, 's')
    .add('outageAYear', outcome.secondsAYear, 's').results;
}
