import type { Problem } from '../../../placement/types';
import { simulateBalancing } from '../../simulation/balancing';
import type { Estimate } from '../../simulation/estimate';
import { simulateQueue } from '../../simulation/queue';
import { CONFIDENCE, CUSTOMERS } from '../../simulation/setup';
import { type Accuracy, isProblems, type Result } from '../../result';
import { type General, generalManyServers, poissonManyServers } from '../manyServers';
import { supermarketResponse } from '../supermarket';
import { addPercentiles, addStation } from './queues';
import { arrivalScv, count, lambda, mu, number, seed, servers, serviceScv } from './keys';
import { type Model, PERCENTILES, type Results, resultsOf, type Values } from './model';

const approximately = (percent: number): Accuracy => ({ kind: 'approximation', percent });
const TAIL = 20; // percent, see `General.waitTail`

const simulated = ({ low, high }: Estimate, customers: number): Accuracy => ({
  kind: 'simulation',
  low,
  high,
  confidence: CONFIDENCE,
  customers,
});

/** The memory of a queue grows like 1/(1−ρ)²; the run must be long beside it. */
const customersFor = (rho: number): number =>
  Math.round(CUSTOMERS * Math.min(10, Math.max(1, (0.15 / (1 - rho)) ** 2)));

const loadOf = (v: Values) => ({
  lambda: v.number('lambda'),
  mu: v.number('mu'),
  servers: v.number('c'),
  serviceScv: v.number('cs2'),
});

function addGeneral(results: Results, queue: General, accuracy: Accuracy): void {
  addStation(results, queue, accuracy);
  addPercentiles(results, 'wait', queue.waitQuantile, approximately(TAIL));
}

function general(v: Values): Result[] | Problem[] {
  const load = { ...loadOf(v), arrivalScv: v.number('ca2') };
  const bounds = generalManyServers(load);
  if (isProblems(bounds)) return bounds;
  const customers = customersFor(bounds.utilisation);
  const simulation = simulateQueue(load, { customers, seed: v.number('seed') });
  return resultsOf('ggc', simulation, (results, run) => {
    const known: Accuracy =
      load.arrivalScv < 1 ? { kind: 'bound', side: 'upper' } : approximately(30);
    addGeneral(results, bounds, known);
    results.add('wait.corrected', bounds.correctedWait, 's', known);
    results.add('simulated.wait', run.wait.value, 's', simulated(run.wait, customers));
    results.add('simulated.response', run.response.value, 's', simulated(run.response, customers));
    for (const [label, p] of PERCENTILES) {
      const estimate = run.responseQuantile(p);
      results.add(
        `simulated.response.${label}`,
        estimate.value,
        's',
        simulated(estimate, customers),
      );
    }
  });
}

function supermarket(v: Values): Result[] | Problem[] {
  const [rho, mu1, choices] = [v.number('rho'), v.number('mu'), v.number('d')];
  const limit = supermarketResponse({ rho, mu: mu1, choices });
  const pool = v.optional('c');
  const customers = customersFor(rho);
  const lambda1 = rho * mu1 * (pool ?? 1);
  const run =
    pool === undefined || choices > 2 || rho === 0 || isProblems(limit)
      ? undefined
      : simulateBalancing(
          {
            lambda: lambda1,
            mu: mu1,
            servers: pool,
            policy: choices === 1 ? 'random' : 'twoChoices',
          },
          { customers, seed: v.number('seed') },
        );
  if (isProblems(run)) return run;
  return resultsOf('supermarket', limit, (results, response) => {
    results.add('response', response, 's', choices === 1 ? undefined : approximately(8));
    if (run === undefined) return;
    results.add('simulated.response', run.response.value, 's', simulated(run.response, customers));
    const p99 = run.responseQuantile(0.99);
    results.add('simulated.response.p99', p99.value, 's', simulated(p99, customers));
  });
}

/** Queues that are approximated, and simulated where that says more. */
export const GENERAL: readonly Model[] = [
  {
    name: 'mgc',
    help: 'Several servers, Poisson arrivals, service known by mean and variation',
    page: 'queueing.md#mgc',
    keys: [lambda, mu, servers, serviceScv],
    compute: (v) => {
      const load = loadOf(v);
      const isExact = load.servers === 1 || load.serviceScv === 1;
      const error = load.serviceScv <= 1 ? 5 : 30;
      return resultsOf('mgc', poissonManyServers(load), (results, queue) =>
        addGeneral(results, queue, isExact ? { kind: 'exact' } : approximately(error)),
      );
    },
  },
  {
    name: 'ggc',
    help: 'Several servers, arrivals and service known by mean and variation; also simulated',
    page: 'queueing.md#ggc',
    keys: [lambda, mu, servers, arrivalScv, serviceScv, seed],
    compute: general,
  },
  {
    name: 'supermarket',
    help: 'Many servers; each request joins the shortest of d queues chosen at random',
    page: 'queueing.md#supermarket',
    keys: [
      number('rho', 'load of each server', '1', { symbol: 'ρ' }),
      mu,
      count('d', 'queues that are asked', 1000, { default: 2 }),
      count('c', 'servers, to simulate as many (d = 1 or 2)', 2000, { optional: true }),
      seed,
    ],
    compute: supermarket,
  },
];
