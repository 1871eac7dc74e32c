import { balanceOf, fairShares, keyLoads, type Balance } from './balance';
import { createPlacement, isProblems } from './createPlacement';
import { keyMovement, movement } from './movement';
import { presets } from './presets';
import { simulatePolicy } from './simulatePolicy';
import type { Placement, Preset, Server } from './types';

/** Requests that show how a policy without owners spreads load. */
const REQUESTS = 100_000;
/** Keys looked up to time a lookup. */
const TIMED = 2_000;
const JOINER = '192.0.2.254:11211';

/** One way of placing keys on given servers. Parts are 0 to 1, of the keys when there are any. */
export interface Strategy {
  readonly preset: Preset;
  readonly balance: Balance;
  /** What moves when one server more joins and when the last one leaves; not of policies. */
  readonly joinMoves?: number;
  readonly leaveMoves?: number;
  /** Mean time of a lookup, in units of the clock. */
  readonly lookupTime?: number;
  /** How the time of a lookup grows with the number n of servers. */
  readonly lookup: '1' | 'log n' | 'n';
  /** Why it can't place keys on these servers. */
  readonly problem?: string;
}

export interface StrategyInput {
  readonly servers: readonly Server[];
  /** Empty: the hash space is compared. */
  readonly keys: readonly Uint8Array[];
  /** Zipf weights of the keys, in their order. */
  readonly popularity?: ArrayLike<number> | undefined;
  /** A clock that only rises, in any unit. */
  readonly clock: () => number;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

/**
 * Every preset that needs nothing but servers, then policies without owners, one by one so that others
 * get their turn between them. Servers that are down take part in none.
 */
export function* strategies(input: StrategyInput): Generator<Strategy, void> {
  const servers = input.servers.filter(({ down }) => down !== true);
  for (const preset of presets) {
    if (preset.assignment !== undefined) continue;
    yield preset.policy === true
      ? policy(preset, servers.length, input.random)
      : placed(preset, { ...input, servers });
  }
}

const EVEN: Balance = { maxOverMean: 1, minOverMean: 1, variation: 0 };

function policy(preset: Preset, servers: number, random: () => number): Strategy {
  const loads = simulatePolicy(preset.id, servers, REQUESTS, random);
  const lookup = preset.id === 'least-request' ? 'n' : '1';
  return { preset, lookup, balance: Array.isArray(loads) ? EVEN : balanceOf(loads) };
}

function placed(preset: Preset, input: StrategyInput): Strategy {
  const { servers, keys, popularity } = input;
  const now = createPlacement(preset.id, servers);
  if (isProblems(now)) {
    return { preset, lookup: '1', balance: EVEN, problem: now[0]?.message ?? '' };
  }
  const joined = now.withServers([...servers, { address: JOINER }]);
  const left = servers.length > 1 ? now.withServers(servers.slice(0, -1)) : undefined;
  const hashed = keys.length > 0 ? now.hashKeys(keys) : undefined;
  const moved = (after: Placement): number =>
    hashed ? keyMovement(now, after, hashed, popularity).moved : movement(now, after).moved;
  const loads = hashed ? keyLoads(now, hashed, popularity) : now.shares();
  return {
    preset,
    balance: balanceOf(loads, fairShares(now)),
    ...(!isProblems(joined) && { joinMoves: moved(joined) }),
    ...(left && !isProblems(left) && { leaveMoves: moved(left) }),
    lookupTime: lookupTime(now, input),
    lookup: costOf(now),
  };
}

function lookupTime(now: Placement, { keys, clock }: StrategyInput): number {
  const some = keys.length > 0 ? keys.slice(0, TIMED) : SAMPLE_KEYS;
  // The first round is for the compiler.
  now.ownersOf(some);
  const begin = clock();
  now.ownersOf(some);
  return (clock() - begin) / some.length;
}

const SAMPLE_KEYS = Array.from({ length: TIMED }, (_, i) =>
  Uint8Array.of(i & 0xff, i >> 8, 0x6b, 0x65, 0x79),
);

/** Rings are searched by halving, jump hash jumps log n times, a race asks every server. */
function costOf({ layout }: Placement): Strategy['lookup'] {
  switch (layout.kind) {
    case 'table':
      return '1';
    case 'race':
      return 'n';
    default:
      return 'log n';
  }
}
