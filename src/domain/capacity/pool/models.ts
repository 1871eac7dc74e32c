import type { Problem } from '../../placement/types';
import { imbalanceQuantile } from '../../placement/balance';
import { count, lambda, mu, number, serviceScv } from '../queueing/models/keys';
import { type Model, PERCENTILES, resultsOf, type Values } from '../queueing/models/model';
import type { Result } from '../result';
import { hottestShare, MOST_SERVERS, type PoolLoad, poolState, sizePool } from './sizing';
import { EVEN, ringSpread } from './spread';

const POINTS = 1_000_000;

const points = number(
  'V',
  'points (virtual nodes) of each server on a ring; 0: an even spread',
  '1',
  {
    whole: true,
    maximum: POINTS,
    default: 0,
  },
);
const hot = number('hot', 'share of all requests for the hottest key', '1', {
  maximum: 1,
  default: 0,
});

function imbalance(v: Values): Result[] | Problem[] {
  const servers = v.number('N');
  const quantile = imbalanceQuantile(servers, v.number('V'), v.number('p'));
  return resultsOf('imbalance', quantile, (results) =>
    results
      .add('imbalance', quantile, '1', { kind: 'approximation', percent: 0.6 })
      .add('hottestShare', hottestShare(servers, quantile, v.number('hot')), '1')
      .add('movedByOneMore', 1 / (servers + 1), '1'),
  );
}

function pool(v: Values): Result[] | Problem[] {
  const virtual = v.number('V');
  const load: PoolLoad = {
    lambda: v.number('lambda'),
    server: { mu: v.number('mu'), slots: v.number('c'), serviceScv: v.number('cs2') },
    spread: virtual > 0 ? ringSpread(virtual) : EVEN,
    hotShare: v.number('hot'),
    hotCopies: 1,
    utilisation: v.number('rho'),
    percentile: v.number('p'),
    response: v.number('T'),
    failures: v.number('F'),
    zones: v.number('Z'),
    survivesZone: v.number('zoneLoss') === 1,
    others: [],
  };
  return resultsOf('pool', sizePool(load), (results, size) => {
    const state = poolState(load, size.survivors);
    results
      .add('servers', size.servers, '1')
      .add('survivors', size.survivors, '1')
      .add('imbalance', state.imbalance, '1', { kind: 'approximation', percent: 0.6 })
      .add('hottest', state.hottest, '1/s')
      .add('utilisation', state.utilisation, '1');
    for (const need of size.needs) results.add(`need.${need.id}`, need.servers, '1');
    for (const [name, p] of PERCENTILES) {
      results.add(`response.${name}`, state.quantile(p), 's', { kind: 'bound', side: 'upper' });
    }
  });
}

/** Models of server pools by name, for `zkw model` and pickers. */
export const POOL_MODELS: ReadonlyMap<string, Model> = new Map(
  [
    {
      name: 'imbalance',
      help: 'how much more than the mean the fullest server of a ring gets',
      page: 'capacity/imbalance.md',
      keys: [
        count('N', 'servers', MOST_SERVERS),
        { ...points, minimum: 1, help: 'points (virtual nodes) of each server', default: 160 },
        number('p', 'share of rings that are at least as even', '1', {
          minimum: 0.01,
          maximum: 0.99999,
          default: 0.95,
        }),
        hot,
      ],
      compute: imbalance,
    },
    {
      name: 'pool',
      help: 'servers for a rate, a percentile goal and failures',
      page: 'capacity/pool.md',
      keys: [
        lambda,
        mu,
        count('c', 'requests that a server serves at once', 1024, { default: 1 }),
        serviceScv,
        points,
        hot,
        number('rho', 'utilisation of the fullest server, at most', '1', {
          minimum: 0.01,
          maximum: 0.99,
          default: 0.7,
        }),
        number('p', 'share of responses that the goal is for', '1', {
          minimum: 0.01,
          maximum: 0.99999,
          default: 0.99,
        }),
        number('T', 'goal for their response', 's', { minimum: Number.MIN_VALUE }),
        number('F', 'servers that may be down', '1', {
          whole: true,
          maximum: MOST_SERVERS,
          default: 1,
        }),
        count('Z', 'zones', MOST_SERVERS, { default: 1 }),
        number('zoneLoss', '1 if one zone may be lost, else 0', '1', {
          whole: true,
          maximum: 1,
          default: 0,
        }),
      ],
      compute: pool,
    },
  ].map((model: Model) => [model.name, model]),
);
