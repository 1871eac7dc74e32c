import { majority } from '../capacity/ensemble/quorum';
import { isVoteKey } from '../config/serverLine';

/** `group.N` and `weight.N` of a dynamic configuration (ZooKeeper's QuorumHierarchical). */
export interface VoteGroups {
  /** Ids of the servers of each group. */
  readonly groups: readonly (readonly number[])[];
  /** By id of a server; 1 where there is none. */
  readonly weights: ReadonlyMap<number, number>;
}

/** How votes count when they don't count alike; `unreadable` when that can't be told. */
export type VoteRule = VoteGroups | 'unreadable';

const GROUP = /^group\.\d{1,19}$/;
const WEIGHT = /^weight\.(\d{1,15})$/;
const MOST_SERVERS = 1_000;

/**
 * Reads how votes count from the entries of a dynamic configuration; undefined when each voter has
 * one vote and a majority decides.
 */
export function readVoteRule(
  entries: Iterable<readonly [key: string, value: string]>,
): VoteRule | undefined {
  const own = [...entries].filter(([key]) => isVoteKey(key));
  if (own.length === 0) return undefined;
  const groups = new Map<string, readonly number[]>();
  const weights = new Map<number, number>();
  for (const [key, value] of own) {
    const server = WEIGHT.exec(key)?.[1];
    if (GROUP.test(key) && /^\d{1,15}(?::\d{1,15})*$/.test(value)) {
      groups.set(key, value.split(':').map(Number));
    } else if (server !== undefined && /^\d{1,9}$/.test(value)) {
      weights.set(Number(server), Number(value));
    } else {
      return 'unreadable';
    }
  }
  const servers = [...groups.values()].flat();
  // ZooKeeper refuses a server in two groups, and no ensemble has so many.
  const isReadable =
    new Set(servers).size === servers.length && servers.length + weights.size <= MOST_SERVERS;
  return isReadable ? { groups: [...groups.values()], weights } : 'unreadable';
}

/** How groups stand. */
export interface GroupQuorum {
  /** Groups in which those that are there have more than half of the weight. */
  readonly present: number;
  /** Groups that count: those without any weight don't. */
  readonly of: number;
  /** A majority of them decides. */
  readonly needed: number;
  /** Voters that may still fail, whichever they are; 0 without a quorum. */
  readonly spare: number;
}

/**
 * How groups stand when these voters are there. A quorum has, in more than half of the groups, more
 * than half of the group's weight; groups of no weight don't count (`containsQuorum` of
 * QuorumHierarchical). The failures that end it soonest are those of the heaviest servers of the
 * groups in which the fewest have to fail, which makes `spare` exact.
 */
export function groupQuorum(
  { groups, weights }: VoteGroups,
  present: ReadonlySet<number>,
): GroupQuorum {
  const weightOf = (id: number): number => weights.get(id) ?? 1;
  const counting = groups
    .map((ids) => ({ ids, half: Math.floor(sum(ids.map(weightOf)) / 2) }))
    .filter(({ ids }) => ids.some((id) => weightOf(id) > 0));
  const needed = majority(counting.length);
  const failures = counting
    .map(({ ids, half }) => failuresTo(half, ids.filter((id) => present.has(id)).map(weightOf)))
    .filter((count) => count > 0)
    .sort((a, b) => a - b);
  const broken = failures.length - needed + 1;
  return {
    present: failures.length,
    of: counting.length,
    needed,
    spare: Math.max(0, sum(failures.slice(0, Math.max(0, broken))) - 1),
  };
}

/** How many servers must fail, the heaviest first, until no more than `half` is left. */
function failuresTo(half: number, weights: readonly number[]): number {
  let left = sum(weights);
  let count = 0;
  for (const weight of [...weights].sort((a, b) => b - a)) {
    if (left <= half) break;
    left -= weight;
    count++;
  }
  return count;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);
