import type { Movement } from './movement';
import type { Placement } from './types';

/**
 * The load to expect of each server of `after`, in the unit of `loads`, which was observed of those of
 * `before`. What a server keeps goes on costing what it cost per share of the hash space there; what
 * moves costs the mean of all that moves. A server without a share has nothing to give.
 */
export function expectedLoads(
  before: Placement,
  after: Placement,
  { gains, losses }: Movement,
  loads: readonly number[],
): number[] {
  const shares = before.shares();
  const heat = (i: number): number => {
    const share = shares[i] ?? 0;
    return share > 0 ? (loads[i] ?? 0) / share : 0;
  };
  let moved = 0;
  let movedLoad = 0;
  losses.forEach((loss, i) => {
    moved += loss;
    movedLoad += loss * heat(i);
  });
  const movedHeat = moved > 0 ? movedLoad / moved : 0;
  const indexOf = new Map(before.servers.map(({ address }, i) => [address, i]));
  return after.servers.map(({ address }, j) => {
    const i = indexOf.get(address);
    const kept = i === undefined ? 0 : Math.max(0, (shares[i] ?? 0) - (losses[i] ?? 0)) * heat(i);
    return kept + (gains[j] ?? 0) * movedHeat;
  });
}
