import type { Advice } from '../advice/advice';
import type { Evaluation } from '../plan/evaluate';

/**
 * What an improvement changes in the price of the pool, USD a month, negative when it saves.
 * Undefined when it does not change the number of servers or they have no price.
 */
export function priceOf({ effect }: Advice, { pool }: Evaluation): number | undefined {
  const price = pool?.type.pricePerMonth ?? 0;
  if (price === 0 || effect.name !== 'pool.servers') return undefined;
  return (effect.after - effect.before) * price;
}
