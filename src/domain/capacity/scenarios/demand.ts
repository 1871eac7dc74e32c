import type { Problem } from '../../placement/types';
import type { Choice, InstanceType } from '../pool/instances';
import type { Constraint } from '../pool/sizing';
import type { Spread } from '../pool/spread';
import { bytes, type Report } from '../plan/report';
import type { ZooKeeperLoad } from './load';

/** What a scenario asks of the servers behind ZooKeeper, and of ZooKeeper. */
export interface Demand {
  /** Requests per second at peak, all servers together; undefined when there is no pool. */
  readonly lambda: ((type: InstanceType) => number) | undefined;
  /** Where that rate comes from. */
  readonly because: string;
  /** Share of the requests for the most popular key, before it is split. */
  readonly hotShare: number;
  /** Items that a cache holds for its hit ratio: dear to compute, and the same at any load. */
  readonly itemsHeld?: number;
  /** What else the servers that are left after failures have to satisfy. */
  constraints(type: InstanceType, spread: Spread): Constraint[];
  /** Adds what only this scenario can say, once the pool is known. */
  explain(report: Report, pool: Choice | undefined): Problem[];
  /** The load on ZooKeeper beyond the membership of the pool. */
  zooKeeper(servers: number): ZooKeeperLoad;
}

/** Bytes that have to lie on the servers; the fullest holds `imbalance` times the mean. */
export function storage(
  id: 'memory' | 'disk',
  needed: number,
  usable: number,
  imbalanceAt: (servers: number) => number,
): Constraint {
  const room = (servers: number): number => (servers * usable) / imbalanceAt(servers);
  return {
    id,
    fits: (servers) => room(servers) >= needed,
    because: (servers) =>
      `${bytes(needed)} have to lie on ${servers} servers, whose ${id} holds ${bytes(room(servers))} ` +
      'as evenly as requests are spread',
    remedy: `Use servers with more ${id}, or store less.`,
  };
}

/** Copies of one piece of data are on servers of their own. */
export const replicas = (count: number): Constraint => ({
  id: 'replicas',
  fits: (servers) => servers >= count,
  because: () => `${copiesText(count)}, on as many servers`,
  remedy: 'Use fewer copies.',
});

export const copiesText = (count: number): string => (count === 1 ? '1 copy' : `${count} copies`);

export const EVENLY = (): number => 1;
