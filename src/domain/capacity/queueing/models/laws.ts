import type { Problem } from '../../../placement/types';
import type { Result } from '../../result';
import { backlogDrain } from '../drain';
import { lruHitRatio } from '../lruCache';
import { fitUsl, uslPeak, uslThroughput } from '../usl';
import { zipfShare } from '../zipf';
import { count, lambda, mu, number, servers } from './keys';
import { lengthProblem, type Model, resultsOf, type Values } from './model';

const MAX_ITEMS = 1e15;
const items = count('n', 'items', MAX_ITEMS);
const exponent = number('s', 'Zipf exponent of the popularity, 0 uniform', '1', { maximum: 10 });

function scaling(v: Values): Result[] | Problem[] {
  const [x, y] = [v.list('N'), v.list('X')];
  if (x.length !== y.length) return [lengthProblem('X', x.length)];
  const points = x.map((n, i) => ({ x: n, y: y[i] ?? NaN }));
  return resultsOf('usl', fitUsl(points), (results, fit) => {
    results
      .add('lambda', fit.lambda, '1/s')
      .add('sigma', fit.sigma, '1')
      .add('kappa', fit.kappa, '1')
      .add('r2', fit.r2, '1');
    const peak = Math.max(1, uslPeak(fit));
    if (peak < Infinity) {
      results.add('peak', peak, '1').add('peak.throughput', uslThroughput(fit, peak), '1/s');
    }
    const at = v.optional('at');
    if (at === undefined) return;
    results.add('throughput', uslThroughput(fit, at), '1/s');
    results.add('response', at / uslThroughput(fit, at), 's');
  });
}

/** Laws without a queue: scaling, popularity, caches, backlogs. */
export const LAWS: readonly Model[] = [
  {
    name: 'usl',
    help: 'Universal scalability law, fitted to measured throughputs',
    page: 'queueing.md#usl',
    keys: [
      number('N', 'users, threads or nodes of each measurement', '1', {
        shape: 'list',
        field: 'x',
        minimum: 1,
        maximum: 1e9,
      }),
      number('X', 'throughput of each', '1/s', {
        shape: 'list',
        field: 'y',
        minimum: Number.MIN_VALUE,
      }),
      number('at', 'where to predict', '1', { minimum: 1, maximum: 1e9, optional: true }),
    ],
    compute: scaling,
  },
  {
    name: 'che',
    help: 'Hit ratio of an LRU cache under Zipf requests',
    page: 'queueing.md#che',
    keys: [
      items,
      number('C', 'items that fit into the cache', '1', { field: 'capacity' }),
      exponent,
    ],
    compute: (v) =>
      resultsOf(
        'che',
        lruHitRatio({
          items: v.number('n'),
          capacity: v.number('C'),
          exponent: v.number('s'),
        }),
        (results, hits) => {
          const accuracy = { kind: 'approximation', percent: 1 } as const;
          results.add('hitRatio', hits, '1', accuracy).add('missRatio', 1 - hits, '1', accuracy);
        },
      ),
  },
  {
    name: 'zipf',
    help: 'Share of the requests that the most popular items get',
    page: 'queueing.md#zipf',
    keys: [items, exponent, count('top', 'how many of them', MAX_ITEMS, { default: 1 })],
    compute: (v) => {
      const [n, s] = [v.number('n'), v.number('s')];
      return resultsOf('zipf', zipfShare(v.number('top'), n, s), (results, share) =>
        results.add('share', share, '1').add('hottest', zipfShare(1, n, s), '1'),
      );
    },
  },
  {
    name: 'drain',
    help: 'Backlog of an outage, and how long it takes to work it off',
    page: 'queueing.md#drain',
    keys: [lambda, mu, servers, number('outage', 'how long nothing is served', 's')],
    compute: (v) =>
      resultsOf(
        'drain',
        backlogDrain({
          lambda: v.number('lambda'),
          mu: v.number('mu'),
          servers: v.number('c'),
          outage: v.number('outage'),
        }),
        (results, { backlog, time, longestWait }) =>
          results
            .add('backlog', backlog, '1')
            .add('time', time, 's')
            .add('longestWait', longestWait, 's'),
      ),
  },
];
