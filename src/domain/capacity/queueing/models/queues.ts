import { constantService } from '../constantService';
import { erlangB, erlangC } from '../erlang';
import { finiteRoom } from '../finiteRoom';
import { multiServer } from '../multiServer';
import { priorityWaits } from '../priority';
import { singleServer } from '../singleServer';
import type { Station } from '../station';
import { Checks } from '../checks';
import type { Accuracy } from '../../result';
import { lambda, mu, offered, room, servers, service, serviceScv } from './keys';
import { lengthProblem, type Model, PERCENTILES, type Results, resultsOf } from './model';

/** The means of a station, in the order in which people ask for them. */
export function addStation(results: Results, station: Station, accuracy?: Accuracy): void {
  results
    .add('utilisation', station.utilisation, '1')
    .add('wait', station.wait, 's', accuracy)
    .add('response', station.response, 's', accuracy)
    .add('queue', station.queue, '1', accuracy)
    .add('population', station.population, '1', accuracy);
}

/** `name.p50` … `name.p99.9`. */
export function addPercentiles(
  results: Results,
  name: string,
  quantile: (p: number) => number,
  accuracy?: Accuracy,
): void {
  for (const [label, p] of PERCENTILES) results.add(`${name}.${label}`, quantile(p), 's', accuracy);
}

const multi = (name: string, load: Parameters<typeof multiServer>[0]) =>
  resultsOf(name, multiServer(load), (results, queue) => {
    addStation(results, queue);
    results.add('waitProbability', queue.waitProbability, '1');
    results.add('emptyProbability', queue.emptyProbability, '1');
    addPercentiles(results, 'response', queue.responseQuantile);
    addPercentiles(results, 'wait', queue.waitQuantile);
  });

/** Queues with an exact solution. */
export const QUEUES: readonly Model[] = [
  {
    name: 'mm1',
    help: 'One server, Poisson arrivals, exponential service',
    page: 'queueing.md#mmc',
    keys: [lambda, mu],
    compute: (v) => multi('mm1', { lambda: v.number('lambda'), mu: v.number('mu'), servers: 1 }),
  },
  {
    name: 'mmc',
    help: 'Several servers with one queue, Poisson arrivals, exponential service',
    page: 'queueing.md#mmc',
    keys: [lambda, mu, servers],
    compute: (v) =>
      multi('mmc', { lambda: v.number('lambda'), mu: v.number('mu'), servers: v.number('c') }),
  },
  {
    name: 'erlangb',
    help: 'Probability of finding all servers busy when nobody waits',
    page: 'queueing.md#erlang',
    keys: [servers, offered],
    compute: (v) =>
      resultsOf('erlangb', erlangB(v.number('c'), v.number('A')), (results, loss) =>
        results.add('lossProbability', loss, '1'),
      ),
  },
  {
    name: 'erlangc',
    help: 'Probability of having to wait for a server',
    page: 'queueing.md#erlang',
    keys: [servers, offered],
    compute: (v) => {
      const [c, load] = [v.number('c'), v.number('A')];
      const { problems } = new Checks().stable({ lambda: load, mu: 1, servers: c }, 'A');
      return resultsOf('erlangc', problems.length > 0 ? problems : erlangC(c, load), (r, waits) =>
        r.add('waitProbability', waits, '1'),
      );
    },
  },
  {
    name: 'mmck',
    help: 'Several servers with limited room; who finds it full is turned away',
    page: 'queueing.md#mmck',
    keys: [lambda, mu, servers, room],
    compute: (v) =>
      resultsOf(
        'mmck',
        finiteRoom({
          lambda: v.number('lambda'),
          mu: v.number('mu'),
          servers: v.number('c'),
          room: v.number('K'),
        }),
        (results, queue) => {
          addStation(results, queue);
          results.add('throughput', queue.throughput, '1/s');
          results.add('lossProbability', queue.lossProbability, '1');
          results.add('emptyProbability', queue.emptyProbability, '1');
          addPercentiles(results, 'response', queue.responseQuantile);
        },
      ),
  },
  {
    name: 'mg1',
    help: 'One server, Poisson arrivals, service known by mean and variation',
    page: 'queueing.md#mg1',
    keys: [lambda, service, serviceScv],
    compute: (v) =>
      resultsOf(
        'mg1',
        singleServer({
          lambda: v.number('lambda'),
          service: v.number('S'),
          serviceScv: v.number('cs2'),
        }),
        (results, queue) => addStation(results, queue),
      ),
  },
  {
    name: 'md1',
    help: 'One server, Poisson arrivals, every service takes the same time',
    page: 'queueing.md#md1',
    keys: [lambda, service],
    compute: (v) =>
      resultsOf(
        'md1',
        constantService({ lambda: v.number('lambda'), service: v.number('S') }),
        (results, queue) => {
          addStation(results, queue);
          addPercentiles(results, 'response', queue.responseQuantile);
          addPercentiles(results, 'wait', queue.waitQuantile);
        },
      ),
  },
  {
    name: 'priority',
    help: 'Classes of customers at one server, the first served first',
    page: 'queueing.md#priority',
    keys: [
      { ...lambda, shape: 'list', field: 'classes', help: 'arrivals per second of each class' },
      { ...service, shape: 'list', help: 'mean service time of each class' },
      serviceScv,
    ],
    compute: (v) => {
      const [rates, services] = [v.list('lambda'), v.list('S')];
      if (rates.length !== services.length) return [lengthProblem('S', rates.length)];
      const classes = rates.map((rate, k) => ({
        lambda: rate,
        service: services[k] ?? NaN,
        serviceScv: v.number('cs2'),
      }));
      return resultsOf('priority', priorityWaits(classes), (results, waits) => {
        waits.forEach((wait, k) => {
          results.add(`wait[${k}]`, wait, 's');
          results.add(`response[${k}]`, wait + (services[k] ?? NaN), 's');
        });
      });
    },
  },
];
