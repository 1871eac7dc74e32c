import { encodeUtf8 } from '../textCoding';
import { flowBetween } from './layout/flow';
import type { HashedKeys, Placement, Server } from './types';

/** What changes owner between two memberships. */
export interface Movement {
  /** The moved part, 0 to 1: of the hash space, or of the keys or their popularity. */
  readonly moved: number;
  /** What each server of the later membership receives, in the same unit. */
  readonly gains: Float64Array;
  /** What each server of the earlier membership gives away. */
  readonly losses: Float64Array;
  /** 0 when exact; otherwise half the width of the 95 % confidence interval of `moved`. */
  readonly error: number;
}

/** Keys for estimates where two hash spaces cannot be compared: error below 0.3 % of all keys. */
const SAMPLE = 100_000;

/**
 * The part of the hash space that changes owner, and what each server gains and loses. Servers are the
 * same when their address is, or else their name. Exact by arcs or cells when both placements hash
 * keys alike and divide the hash space in the same way; estimated from sample keys otherwise.
 */
export function movement(before: Placement, after: Placement): Movement {
  const same = sameServer(before.servers, after.servers);
  const flow =
    before.hashName === after.hashName && before.decidesByHash && after.decidesByHash
      ? flowBetween(before.layout, after.layout, (owner) => same[owner] ?? -1)
      : undefined;
  if (flow === undefined) {
    const keys = Array.from({ length: SAMPLE }, (_, i) => encodeUtf8(`sample:${i}`));
    const sampled = compareOwners(before, after, before.ownersOf(keys), after.ownersOf(keys));
    const error = 1.96 * Math.sqrt((sampled.moved * (1 - sampled.moved)) / SAMPLE);
    return { ...sampled, error };
  }
  const gains = new Float64Array(after.servers.length);
  const losses = new Float64Array(before.servers.length);
  let gained = 0;
  let lost = 0;
  flow((from, to, share) => {
    if (from >= 0 ? to >= 0 && same[to] === from : to < 0) return;
    if (from >= 0) {
      losses[from] = (losses[from] ?? 0) + share;
      lost += share;
    }
    if (to >= 0) {
      gains[to] = (gains[to] ?? 0) + share;
      gained += share;
    }
  });
  return { moved: Math.max(gained, lost), gains, losses, error: 0 };
}

/** What one server gains and loses, in the unit of the movement. */
export type ServerMovement = {
  readonly address: string;
  readonly gains: number;
  readonly loses: number;
};

/** A movement by server: those of the earlier membership in their order, then those that are new. */
export function movementByServer(
  before: Placement,
  after: Placement,
  { gains, losses }: Movement,
): ServerMovement[] {
  const gained = new Map(after.servers.map(({ address }, i) => [address, gains[i] ?? 0]));
  const lost = new Map(before.servers.map(({ address }, i) => [address, losses[i] ?? 0]));
  return [...new Set([...lost.keys(), ...gained.keys()])].map((address) => ({
    address,
    gains: gained.get(address) ?? 0,
    loses: lost.get(address) ?? 0,
  }));
}

/**
 * The part of a key list that changes owner; `popularity` is in the order of the list. `keys` must
 * come from `before.hashKeys`; where `after` hashes differently, its own list is made.
 */
export function keyMovement(
  before: Placement,
  after: Placement,
  keys: HashedKeys,
  popularity?: ArrayLike<number>,
): Movement {
  if (before.hashName === after.hashName) {
    const owners = [before.ownersOfHashed(keys), after.ownersOfHashed(keys)] as const;
    return compareOwners(before, after, ...owners, popularity, keys.order);
  }
  const owners = [before.ownersOf(keys.keys), after.ownersOf(keys.keys)] as const;
  return compareOwners(before, after, ...owners, popularity);
}

function compareOwners(
  before: Placement,
  after: Placement,
  from: Int32Array,
  to: Int32Array,
  popularity?: ArrayLike<number>,
  order?: Uint32Array,
): Movement {
  const same = sameServer(before.servers, after.servers);
  const gains = new Float64Array(after.servers.length);
  const losses = new Float64Array(before.servers.length);
  let moved = 0;
  let total = 0;
  for (let i = 0; i < from.length; i++) {
    const weight = popularity === undefined ? 1 : (popularity[order?.[i] ?? i] ?? 0);
    total += weight;
    const [owner, next] = [from[i] ?? -1, to[i] ?? -1];
    if ((next < 0 ? -1 : (same[next] ?? -1)) === owner && next < 0 === owner < 0) continue;
    moved += weight;
    if (owner >= 0) losses[owner] = (losses[owner] ?? 0) + weight;
    if (next >= 0) gains[next] = (gains[next] ?? 0) + weight;
  }
  const scale = total === 0 ? 0 : 1 / total;
  for (const list of [gains, losses]) for (const i of list.keys()) list[i] = (list[i] ?? 0) * scale;
  return { moved: moved * scale, gains, losses, error: 0 };
}

/** For each server of the later list its index in the earlier one, -1 for new ones. */
function sameServer(before: readonly Server[], after: readonly Server[]): Int32Array {
  const byAddress = new Map(before.map(({ address }, i) => [address, i]));
  const byName = new Map(
    before.flatMap(({ name }, i) => (name === undefined ? [] : [[name, i] as const])),
  );
  const taken = new Set(after.map(({ address }) => byAddress.get(address)));
  return Int32Array.from(after, ({ address, name }) => {
    const found = byAddress.get(address);
    if (found !== undefined) return found;
    const named = name === undefined ? undefined : byName.get(name);
    // A server that kept its address is not also another one's old name.
    return named === undefined || taken.has(named) ? -1 : named;
  });
}
