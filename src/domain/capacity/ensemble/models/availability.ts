import type { Problem } from '../../../placement/types';
import { number } from '../../queueing/models/keys';
import { type Model, type Results, resultsOf, type Values } from '../../queueing/models/model';
import type { Result } from '../../result';
import { hierarchicalUnavailability, MINUTES_A_YEAR } from '../availability';
import { elections } from '../elections';
import { planLayout } from '../layoutPlan';
import { type FailureRates, type LayoutOutcome, layoutOutcome } from '../layouts';
import { MOST_VOTERS } from '../quorum';
import { birthDeath } from '../repair';
import { commonCause, seconds, serverDown, share, voters, within, yes, zoneDown } from './keys';

const ratesOf = (v: Values): FailureRates => ({
  serverDown: v.number('serverDown'),
  zoneDown: v.number('zoneDown'),
  commonCause: v.number('commonCause'),
});

function addOutcome(results: Results, outcome: LayoutOutcome): void {
  results
    .add('unavailability', outcome.unavailability, '1')
    .add('outageAYear', outcome.minutesAYear * 60, 's')
    .add('tolerated', outcome.tolerated, '1')
    .add('survivesAnyZone', Number(outcome.survivesAnyZone), '1');
}

function availability(v: Values): Result[] | Problem[] {
  const layout = v.list('layout').filter((count) => count > 0);
  const total = layout.reduce((sum, count) => sum + count, 0);
  if (total < 1 || total > MOST_VOTERS) {
    const message = `layout has ${total} voters; give 1 to ${MOST_VOTERS}, a number for each zone.`;
    return [{ code: 'outOfRange', where: 'layout', message }];
  }
  return resultsOf('availability', layoutOutcome(layout, ratesOf(v)), addOutcome);
}

function hierarchy(v: Values): Result[] | Problem[] {
  const groups = v.rows('groups').map((weights) => ({ weights }));
  const servers = groups.reduce((sum, { weights }) => sum + weights.length, 0);
  const votes = groups.flatMap(({ weights }) => weights).reduce((sum, weight) => sum + weight, 0);
  if (servers > MOST_VOTERS || votes === 0) {
    const message = `groups has ${servers} servers with ${votes} votes; give up to ${MOST_VOTERS} servers, some with weight.`;
    return [{ code: 'outOfRange', where: 'groups', message }];
  }
  const down = hierarchicalUnavailability(groups, v.number('serverDown'), v.number('zoneDown'));
  return resultsOf('hierarchy', down, (results) =>
    results.add('unavailability', down, '1').add('outageAYear', down * MINUTES_A_YEAR * 60, 's'),
  );
}

function bestLayout(v: Values): Result[] | Problem[] {
  const count = v.optional('voters');
  const goal = {
    zones: v.number('zones'),
    survivesAnyZone: v.number('survivesAnyZone') === 1,
    minutesAYear: v.number('outageAYear') / 60,
    ...(count === undefined ? {} : { voters: count }),
  };
  return resultsOf('layout', planLayout(goal, ratesOf(v)), (results, best) => {
    results.add('voters', best.voters, '1');
    best.layout.forEach((inZone, zone) => results.add(`zone[${zone}]`, inZone, '1'));
    addOutcome(results, best);
  });
}

function repair(v: Values): Result[] | Problem[] {
  const chain = birthDeath({
    voters: v.number('voters'),
    mtbf: v.number('mtbf'),
    mttr: v.number('mttr'),
    crew: v.number('crewForEach') === 1 ? 'parallel' : 'single',
  });
  return resultsOf('repair', chain, (results) =>
    results
      .add('unavailability', chain.unavailability, '1')
      .add('lossRate', chain.lossRate, '1/h')
      .add('meanOutage', chain.meanOutage, 'h')
      .add('meanTimeToLoss', chain.meanTimeToLoss, 'h'),
  );
}

function leaderLoss(v: Values): Result[] | Problem[] {
  const outcome = elections({
    mtbfHours: v.number('mtbf'),
    tickMs: v.number('tickTime') * 1000,
    syncLimit: v.number('syncLimit'),
    silentShare: v.number('silent'),
    electionMs: v.number('election') * 1000,
    syncMs: v.number('sync') * 1000,
  });
  return resultsOf('elections', outcome, (results) =>
    results
      .add('electionsAYear', outcome.perYear, '1')
      .add('silentDetection', outcome.silentDetectionMs / 1000, 's')
      .add('meanOutage', outcome.meanOutageMs / 1000, 's', within(0.3))
      .add('outageAYear', outcome.secondsAYear, 's', within(0.3)),
  );
}

const hours = { minimum: 1e-3, maximum: 1e9 };
const mtbf = number('mtbf', 'mean hours between failures of a server', 'h', hours);

/** How often an ensemble cannot decide. */
export const AVAILABILITY: readonly Model[] = [
  {
    name: 'availability',
    help: 'Share of time without a majority, for voters in zones',
    page: 'capacity/availability.md',
    keys: [
      number('layout', 'voters in each zone', '1', {
        shape: 'list',
        whole: true,
        maximum: MOST_VOTERS,
      }),
      serverDown,
      zoneDown,
      commonCause,
    ],
    compute: availability,
  },
  {
    name: 'hierarchy',
    help: 'Share of time without a hierarchical quorum, each group in its own zone',
    page: 'capacity/availability.md',
    keys: [
      number('groups', 'weights of the servers of each group', '1', {
        shape: 'rows',
        whole: true,
        maximum: 100,
      }),
      serverDown,
      zoneDown,
    ],
    compute: hierarchy,
  },
  {
    name: 'layout',
    help: 'The fewest voters, and where to put them, for a goal',
    page: 'capacity/layout.md',
    keys: [
      { ...voters, name: 'zones', help: 'zones that fail independently' },
      yes('survivesAnyZone', 'the loss of any one zone must be survived', 1),
      seconds('outageAYear', 'most seconds a year without a majority', { default: 300 }),
      { ...voters, optional: true },
      serverDown,
      zoneDown,
      commonCause,
    ],
    compute: bestLayout,
  },
  {
    name: 'repair',
    help: 'Loss of the quorum from the times between failures and to repair',
    page: 'capacity/repair.md',
    keys: [
      voters,
      mtbf,
      number('mttr', 'mean hours to repair a server', 'h', hours),
      yes('crewForEach', 'failed servers are repaired at the same time', 1),
    ],
    compute: repair,
  },
  {
    name: 'elections',
    help: 'Stalls because the leader was lost',
    page: 'capacity/elections.md',
    keys: [
      mtbf,
      seconds('tickTime', 'one tick', { default: 2 }),
      number('syncLimit', 'ticks until a silent leader is given up', '1', { default: 5 }),
      share('silent', 'share of losses that close no connection', { default: 1 }),
      seconds('election', 'the election itself', { default: 0.3 }),
      seconds('sync', 'until followers have caught up', { default: 0 }),
    ],
    compute: leaderLoss,
  },
];
