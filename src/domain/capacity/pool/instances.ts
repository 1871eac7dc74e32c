import type { Problem } from '../../placement/types';
import { isProblems } from '../result';
import type { PoolServer } from './response';
import { type PoolLoad, type PoolSize, sizePool } from './sizing';

/** A kind of server that a pool can be built of. */
export interface InstanceType extends PoolServer {
  readonly name: string;
  readonly memoryBytes: number;
  readonly diskBytes: number;
  /** USD; 0 when unknown. */
  readonly pricePerMonth: number;
}

export interface Choice {
  readonly type: InstanceType;
  readonly load: PoolLoad;
  readonly size: PoolSize;
  readonly costPerMonth: number;
}

/**
 * The cheapest pool over all kinds of servers, by number of servers where a price is missing; with
 * no possible one, what is wrong with the first kind.
 */
export function cheapestPool(
  types: readonly InstanceType[],
  loadWith: (type: InstanceType) => PoolLoad,
): Choice | Problem[] {
  const tried = types.map((type) => {
    const load = loadWith(type);
    const size = sizePool(load);
    return isProblems(size)
      ? size
      : { type, load, size, costPerMonth: size.servers * type.pricePerMonth };
  });
  const possible = tried.filter((one): one is Choice => !isProblems(one));
  const priced = possible.every(({ type }) => type.pricePerMonth > 0);
  const cost = ({ costPerMonth, size }: Choice): number => (priced ? costPerMonth : size.servers);
  const [first] = possible.sort((a, b) => cost(a) - cost(b));
  return first ?? tried.find(isProblems) ?? [];
}
