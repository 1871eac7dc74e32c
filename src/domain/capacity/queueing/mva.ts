import type { Problem } from '../../placement/types';
import {
  checkClosed,
  checkExact,
  type ClosedNetwork,
  type ClosedSolution,
  type Resource,
} from './closedNetwork';
import { convolutionSolution } from './convolution';

/**
 * Exact solution of a closed network: mean value analysis (Reiser & Lavenberg 1980; Lazowska et al.
 * ch. 6) when every resource has one server, otherwise Buzen's convolution, which stays stable where
 * the recursion over marginal probabilities loses its digits.
 */
export function exactClosed(network: ClosedNetwork): ClosedSolution | Problem[] {
  const problems = checkExact(network);
  if (problems.length > 0) return problems;
  return network.resources.some(({ servers = 1 }) => servers > 1)
    ? convolutionSolution(network)
    : meanValues(network);
}

function meanValues({ customers, think, resources }: ClosedNetwork): ClosedSolution {
  let queues = resources.map(() => 0);
  let throughput = 0;
  for (let n = 1; n <= customers; n++) {
    const waits = resources.map(({ demand }, k) => demand * (1 + (queues[k] ?? 0)));
    throughput = n / (think + sum(waits));
    queues = waits.map((wait) => throughput * wait);
  }
  return solution(throughput, queues, resources);
}

const MAX_ROUNDS = 100_000;

/**
 * Schweitzer and Bard's approximation for single servers: the queue that an arrival sees is
 * (N−1)/N of the mean one. Costs the same for any number of customers; typically within 5 % of the
 * exact throughput (Lazowska et al. §6.4.2).
 */
export function schweitzerClosed(network: ClosedNetwork): ClosedSolution | Problem[] {
  const { customers, think, resources } = network;
  const problems = checkClosed(network);
  if (resources.some(({ servers = 1 }) => servers > 1)) return [singleServersOnly];
  if (problems.length > 0) return problems;
  const seen = (customers - 1) / customers;
  let queues = resources.map(() => customers / resources.length);
  let throughput = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const waits = resources.map(({ demand }, k) => demand * (1 + seen * (queues[k] ?? 0)));
    throughput = customers / (think + sum(waits));
    const next = waits.map((wait) => throughput * wait);
    const moved = Math.max(...next.map((q, k) => Math.abs(q - (queues[k] ?? 0))));
    queues = next;
    if (moved <= 1e-14 * customers) break;
  }
  return solution(throughput, queues, resources);
}

const singleServersOnly: Problem = {
  code: 'singleServersOnly',
  where: 'resources',
  message: 'The approximation knows single servers only; solve exactly or give no servers.',
};

const sum = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

function solution(
  throughput: number,
  queues: readonly number[],
  resources: readonly Resource[],
): ClosedSolution {
  return {
    throughput,
    response: sum(queues) / throughput,
    queues,
    utilisations: resources.map(({ demand }) => throughput * demand),
  };
}
