import { movedByModulo, movedByRing, MISCONCEPTIONS } from '../queueing/misconceptions';
import { findPreset } from '../../placement/presets';
import type { Problem } from '../../placement/types';
import { cheapestPool, type Choice, type InstanceType } from '../pool/instances';
import { constraintName, hotShareOfServer, poolState, sizePool } from '../pool/sizing';
import { capped, exactImbalance, type Spread, spreadOf } from '../pool/spread';
import { EXACT, isProblems, problem } from '../result';
import type { Demand } from '../scenarios/demand';
import type { PlanInput, PoolInput } from './inputFields';
import { about, AT_MOST, ms, percent, type Report, short } from './report';

/** Sizes the pool that a scenario needs; undefined when it needs none. */
export function choosePool(
  { pool }: PlanInput,
  demand: Demand | undefined,
): Choice | undefined | Problem[] {
  const lambda = demand?.lambda;
  if (demand === undefined || lambda === undefined) return undefined;
  if (pool.instanceTypes.length === 0) {
    const message = 'Name at least one kind of server with its requests per second.';
    return [problem('missing', 'pool.instanceTypes', message)];
  }
  const spread = spreadWith(pool);
  if (isProblems(spread)) return spread;
  return cheapestPool(pool.instanceTypes.map(typeOf), (type) => ({
    lambda: lambda(type),
    server: type,
    spread,
    hotShare: Math.max(pool.hottestKeyShare, demand.hotShare),
    hotCopies: pool.hottestKeyCopies,
    utilisation: pool.utilisationGoal,
    percentile: pool.percentile,
    response: pool.responseGoalMs / 1000,
    failures: pool.serverFailures,
    zones: pool.zones,
    survivesZone: pool.survivesZoneLoss,
    others: demand.constraints(type, spread),
  }));
}

const typeOf = (given: PoolInput['instanceTypes'][number]): InstanceType => ({
  ...given,
  mu: given.requestsPerSecond,
  serviceScv: given.serviceVariation,
});

/** The preset's spread, at least as uneven as the servers that are known by address really are. */
function spreadWith(pool: PoolInput): Spread | Problem[] {
  const planned = spreadOf(pool.preset, pool.presetOptions);
  if (isProblems(planned)) return planned;
  const factor = pool.loadCapFactor;
  const known = pool.serverAddresses;
  const exact =
    known.length > 0 && planned.hasOwner
      ? exactImbalance(pool.preset, pool.presetOptions, known)
      : undefined;
  if (isProblems(exact)) return exact;
  const spread =
    exact === undefined
      ? planned
      : {
          ...planned,
          imbalanceAt: (servers: number) =>
            servers === known.length ? exact : planned.imbalanceAt(servers),
        };
  return factor > 0 ? capped(spread, factor) : spread;
}

const PERCENTILES = [
  ['p50', 0.5],
  ['p90', 0.9],
  ['p95', 0.95],
  ['p99', 0.99],
  ['p99.9', 0.999],
] as const;

/** Adds what is to be known about the pool. */
export function reportPool(input: PlanInput, demand: Demand, choice: Choice, report: Report): void {
  const { size, load, type } = choice;
  const { servers, survivors, binding } = size;
  const after = poolState(load, survivors);
  const all = poolState(load, servers);
  const hotServers = Math.min(load.hotCopies, survivors);
  const capacity = load.utilisation * type.slots * type.mu;
  report
    .add('pool.requestsPerSecond', load.lambda, '1/s', { model: 'pool', because: demand.because })
    .add('pool.servers', servers, '1', {
      model: 'pool',
      because: `${survivors} must be left ${failuresOf(input.pool)}; ${constraintName(binding.id)} binds: ${binding.because}`,
    })
    .add('pool.survivors', survivors, '1', { model: 'pool', because: failuresOf(input.pool) });
  for (const need of size.needs) {
    report.add(`pool.need.${need.id}`, need.servers, '1', { model: 'pool', because: need.because });
  }
  report
    .add('pool.serverLimit', capacity, '1/s', {
      model: 'pool',
      because: `utilisation times slots times rate of a slot: ${load.utilisation} times ${type.slots} times ${short(type.mu)}/s; dividing by the utilisation would give ${short((type.slots * type.mu) / load.utilisation)}/s, more than a server can do`,
    })
    .add('pool.imbalance', after.imbalance, '1', {
      model: 'imbalance',
      accuracy: load.spread.isQuantile === true ? about(0.6) : EXACT,
      because: `${load.spread.because}; ${survivors} servers`,
    })
    .add('pool.hottestKeyShare', hotShareOfServer(load, survivors), '1', {
      model: 'imbalance',
      because:
        hotServers === 1
          ? 'one key, on one server'
          : `one key, which the application keeps on ${hotServers} servers`,
    })
    .add('pool.hottestPerSecond', after.hottest, '1/s', {
      model: 'pool',
      because: 'the fullest server: the hottest key and its part of the rest',
    })
    .add('pool.utilisation', after.utilisation, '1', {
      model: 'pool',
      because: 'of the fullest server after the failures planned for',
    })
    .add('pool.utilisationAllUp', all.utilisation, '1', {
      model: 'pool',
      because: `of the fullest of ${servers}`,
    });
  const isExact = load.server.serviceScv === 1 && load.spread.queues === 'own';
  for (const [label, p] of PERCENTILES) {
    report.add(`pool.response.${label}`, after.quantile(p), 's', {
      model: isExact ? 'mmc' : 'pool',
      accuracy: isExact ? EXACT : p < 0.99 ? about(20) : AT_MOST,
      because: `at the fullest server; with all up ${ms(all.quantile(p))}`,
    });
  }
  noteHotKeyCopies(choice, report);
  reportChange(input, servers, load.lambda, report);
  reportCost(choice, report);
  report
    .atMost('pool.utilisation', after.utilisation, '1', load.utilisation, 'Add servers.')
    .atMost(`pool.response`, after.quantile(load.percentile), 's', load.response, 'Add servers.');
  const known = input.pool.serverAddresses.length;
  if (known > 0) {
    report.atLeast(
      'pool.knownServers',
      known,
      '1',
      servers,
      `Add ${Math.max(0, servers - known)} servers to the list.`,
    );
  }
}

/**
 * No placement keeps a key on several servers: where the plan rests on copies of the hottest key,
 * the application has to make them.
 */
function noteHotKeyCopies({ load, size }: Choice, report: Report): void {
  const { hotShare, hotCopies } = load;
  if (hotCopies === 1 || hotShare === 0) return;
  const without = sizePool({ ...load, hotCopies: 1 });
  if (!isProblems(without) && without.servers === size.servers) return;
  const instead = isProblems(without)
    ? 'no number of servers is enough'
    : `${without.servers} servers are needed instead of ${size.servers}`;
  report.note(
    'hotKeyCopies',
    `This plan counts on the application to keep the hottest key on ${Math.min(hotCopies, size.servers)} servers ` +
      '(hottestKeyCopies): write it under as many names that lie on different servers, read one of ' +
      `them at random, and change or delete all together. Without that, its server gets ` +
      `${percent(hotShare)} of all requests, and ${instead}.`,
  );
}

function failuresOf({ serverFailures, survivesZoneLoss, zones }: PoolInput): string {
  const failed = serverFailures === 1 ? 'after 1 failure' : `after ${serverFailures} failures`;
  return survivesZoneLoss ? `${failed} or the loss of one of ${zones} zones` : failed;
}

const MODULO = /modul|^nginx-hash$|^haproxy-map$/;

/** What one server more or less moves; where the placement is modulo, what is wrong with that. */
function reportChange({ pool }: PlanInput, servers: number, lambda: number, report: Report): void {
  if (findPreset(pool.preset)?.policy === true) return; // no key has a server to lose
  if (MODULO.test(pool.preset)) {
    const wrong = MISCONCEPTIONS.find(({ id }) => id === 'moduloIsNotConsistent');
    report.note(
      'moduloIsNotConsistent',
      `${pool.preset} places by remainder, which is not consistent hashing: one server more or less ` +
        `moves ${percent(movedByModulo(servers))} of the keys, a ring ${percent(movedByRing(servers))}. ` +
        (wrong?.right ?? ''),
    );
    report.add('pool.movedByOneMore', movedByModulo(servers), '1', {
      model: 'imbalance',
      because: 'keys that change their server under modulo placement, N/(N+1)',
    });
    return;
  }
  report
    .add('pool.movedByOneMore', movedByRing(servers), '1', {
      model: 'imbalance',
      because: 'keys that change their server when one joins, 1/(N+1)',
    })
    .add('pool.movedByFailurePerSecond', lambda / servers, '1/s', {
      model: 'imbalance',
      because: 'requests that find a server without their data when one fails, 1/N of all',
    });
}

const SECONDS_A_MONTH = (365.25 / 12) * 86_400;

function reportCost({ type, size, load, costPerMonth }: Choice, report: Report): void {
  if (type.pricePerMonth === 0) return;
  report
    .add('pool.costPerMonth', costPerMonth, 'USD', {
      model: 'pool',
      because: `${size.servers} servers (${type.name}) at ${short(type.pricePerMonth)} USD each`,
    })
    .add('pool.premiumPerMonth', (size.servers - size.survivors) * type.pricePerMonth, 'USD', {
      model: 'pool',
      because: 'the part that is there for failures',
    })
    .add(
      'pool.costPerMillionRequests',
      (costPerMonth / (load.lambda * SECONDS_A_MONTH)) * 1e6,
      'USD',
      {
        model: 'pool',
        because: 'if the peak lasted all month',
      },
    );
}
