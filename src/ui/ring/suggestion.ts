import { setImmediate } from 'node:timers/promises';
import { suggestWeights } from '../../domain/placement/suggestWeights';
import type { Placement } from '../../domain/placement/types';

/**
 * Weights by address that even out the observed load, those that differ from the present ones. The host
 * gets its turn between two tries; undefined where weights do nothing, or when nobody wants them any more.
 */
export async function suggestedWeights(
  now: Placement,
  load: Readonly<Record<string, number>>,
  isOutdated: () => boolean,
): Promise<Readonly<Record<string, number>> | undefined> {
  const { servers } = now;
  const loads = servers.map(({ address }) =>
    Object.hasOwn(load, address) ? (load[address] ?? 0) : 0,
  );
  const search = suggestWeights(now, loads);
  let step = search.next();
  while (step.done !== true) {
    await setImmediate();
    if (isOutdated()) return undefined;
    step = search.next();
  }
  const weights = step.value;
  if (!weights) return undefined;
  const changed = servers.flatMap(({ address, weight = 1 }, i) =>
    weights[i] === weight ? [] : [[address, weights[i] ?? weight] as const],
  );
  return Object.fromEntries(changed);
}
