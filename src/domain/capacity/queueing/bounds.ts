import type { Problem } from '../../placement/types';
import { checkClosed, type ClosedNetwork } from './closedNetwork';

export interface ClosedBounds {
  /** Requests per second that no arrangement exceeds. */
  readonly throughput: number;
  /** Seconds that no request can stay below on average. */
  readonly response: number;
  /** The number of customers at which the busiest resource begins to limit. */
  readonly knee: number;
}

/**
 * Asymptotic bounds (Lazowska et al. §5.2): X ≤ min(1/D_max, N/(D+Z)), R ≥ max(D, N·D_max − Z),
 * knee (D+Z)/D_max, with D_max the largest demand per server.
 */
export function closedBounds(network: ClosedNetwork): ClosedBounds | Problem[] {
  const { customers, think, resources } = network;
  const problems = checkClosed(network);
  if (problems.length > 0) return problems;
  const total = resources.reduce((sum, { demand }) => sum + demand, 0);
  const largest = Math.max(...resources.map(({ demand, servers = 1 }) => demand / servers));
  return {
    throughput: Math.min(1 / largest, customers / (total + think)),
    response: Math.max(total, customers * largest - think),
    knee: (total + think) / largest,
  };
}
