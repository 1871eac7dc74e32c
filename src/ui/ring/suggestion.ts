import { suggestWeights } from '../../domain/placement/suggestWeights';
import type { RingResult } from './compute';

/** Weights that even out the observed load; undefined where weights do nothing or nothing is known. */
export function suggestedWeights(
  { now }: RingResult,
  load: Readonly<Record<string, number>>,
): Readonly<Record<string, number>> | undefined {
  const loads = now.servers.map(({ address }) =>
    Object.hasOwn(load, address) ? load[address] : 0,
  );
  const weights = suggestWeights(now, loads.map(Number));
  if (!weights) return undefined;
  const entries = now.servers.map(({ address }, i) => [address, weights[i] ?? 1] as const);
  const changed = entries.filter(([, weight], i) => weight !== (now.servers[i]?.weight ?? 1));
  return Object.fromEntries(changed);
}
