import type { Problem } from '../../../placement/types';
import { isProblems, type Result } from '../../result';
import { closedBounds } from '../bounds';
import { MAX_CUSTOMERS } from '../closedNetwork';
import { jackson } from '../jackson';
import { exactClosed, schweitzerClosed } from '../mva';
import { count, number, think } from './keys';
import { lengthProblem, type Model, resultsOf, type Values } from './model';

const demands = number('D', 'service each request needs at each resource', 's', {
  shape: 'list',
  field: 'resources',
});
const parallel = count('m', 'servers of each resource, 1 each unless given', MAX_CUSTOMERS, {
  shape: 'list',
  optional: true,
});

function closed(v: Values): Result[] | Problem[] {
  const m = v.list('m');
  const needs = v.list('D');
  if (m.length > 0 && m.length !== needs.length) return [lengthProblem('m', needs.length)];
  const network = {
    customers: v.number('N'),
    think: v.number('Z'),
    resources: needs.map((demand, k) => ({ demand, servers: m[k] ?? 1 })),
  };
  const bounds = closedBounds(network);
  if (isProblems(bounds)) return bounds;
  const isApproximate = v.number('approximate') === 1;
  const outcome = isApproximate ? schweitzerClosed(network) : exactClosed(network);
  return resultsOf('mva', outcome, (results, solution) => {
    const accuracy = isApproximate ? ({ kind: 'approximation', percent: 5 } as const) : undefined;
    results.add('throughput', solution.throughput, '1/s', accuracy);
    results.add('response', solution.response, 's', accuracy);
    solution.queues.forEach((q, k) => results.add(`queue[${k}]`, q, '1', accuracy));
    solution.utilisations.forEach((u, k) => results.add(`utilisation[${k}]`, u, '1', accuracy));
    results.add('throughput.bound', bounds.throughput, '1/s', { kind: 'bound', side: 'upper' });
    results.add('response.bound', bounds.response, 's', { kind: 'bound', side: 'lower' });
    results.add('knee', bounds.knee, '1');
  });
}

function open(v: Values): Result[] | Problem[] {
  const [arrivals, rates, m] = [v.list('lambda'), v.list('mu'), v.list('m')];
  for (const [name, list] of [
    ['mu', rates],
    ...(m.length > 0 ? [['m', m] as const] : []),
  ] as const) {
    if (list.length !== arrivals.length) return [lengthProblem(name, arrivals.length)];
  }
  const stations = arrivals.map((rate, k) => ({
    arrivals: rate,
    mu: rates[k] ?? NaN,
    servers: m[k] ?? 1,
  }));
  return resultsOf('jackson', jackson({ stations, routing: v.rows('P') }), (results, solution) => {
    results.add('response', solution.response, 's').add('population', solution.population, '1');
    solution.stations.forEach((station, k) => {
      results
        .add(`visits[${k}]`, solution.visits[k] ?? NaN, '1')
        .add(`throughput[${k}]`, station.throughput, '1/s')
        .add(`utilisation[${k}]`, station.utilisation, '1')
        .add(`response[${k}]`, station.response, 's')
        .add(`population[${k}]`, station.population, '1');
    });
  });
}

/** Networks of queues. */
export const NETWORKS: readonly Model[] = [
  {
    name: 'mva',
    help: 'Clients that think, ask and wait: throughput and response of a closed network',
    page: 'queueing.md#mva',
    keys: [
      count('N', 'customers', MAX_CUSTOMERS, { field: 'customers' }),
      think,
      demands,
      parallel,
      count('approximate', '1: Schweitzer’s approximation, for very many customers', 1, {
        minimum: 0,
        default: 0,
      }),
    ],
    compute: closed,
  },
  {
    name: 'jackson',
    help: 'Requests that wander between stations, each with a queue of its own',
    page: 'queueing.md#jackson',
    keys: [
      number('lambda', 'arrivals from outside at each station', '1/s', {
        shape: 'list',
        field: 'stations',
      }),
      number('mu', 'services per second of one server of each', '1/s', {
        shape: 'list',
        minimum: Number.MIN_VALUE,
      }),
      parallel,
      number('P', 'routing: row i has the probabilities to go from i to each', '1', {
        shape: 'rows',
        field: 'routing',
        maximum: 1,
      }),
    ],
    compute: open,
  },
];
