import { atLeast, binomial, type Counts, convolve, countsOf } from './binomial';
import { majority, tolerated } from './quorum';

/** A mean year of 365.25 days. */
export const MINUTES_A_YEAR = 525_960;

/**
 * The probability that a majority is missing when each of `voters` is down with `serverDown`,
 * independently of the others.
 */
export function unavailability(voters: number, serverDown: number): number {
  return atLeast(binomial(voters, serverDown), tolerated(voters) + 1);
}

/**
 * The same with zones that fail as a whole: `layout` counts the voters of each zone, a zone is down
 * with `zoneDown`, a server of a zone that is up with `serverDown`.
 */
export function zonesUnavailability(
  layout: readonly number[],
  serverDown: number,
  zoneDown: number,
): number {
  const voters = layout.reduce((sum, count) => sum + count, 0);
  const down = layout.reduce<Counts>(
    (sum, count) => convolve(sum, downInZone(count, serverDown, zoneDown)),
    [1],
  );
  return atLeast(down, tolerated(voters) + 1);
}

function downInZone(voters: number, serverDown: number, zoneDown: number): Counts {
  return binomial(voters, serverDown).map(
    (p, down) => (1 - zoneDown) * p + (down === voters ? zoneDown : 0),
  );
}

/**
 * The β-factor model: a share `commonCause` of the failures of a server hits all of them at once
 * (a bad release, a config, a certificate), the rest is independent, as `independent` computes it.
 */
export function withCommonCause(
  serverDown: number,
  commonCause: number,
  independent: (serverDown: number) => number,
): number {
  const together = commonCause * serverDown;
  return together + (1 - together) * independent((1 - commonCause) * serverDown);
}

/** A group of a hierarchical quorum, all of it in one zone. */
export interface VoterGroup {
  /** `weight.N` of each server; whole numbers, 0 takes no part. */
  readonly weights: readonly number[];
}

/**
 * Hierarchical quorums (zookeeperHierarchicalQuorums.md): a majority of the groups with weight,
 * each with more than half of its votes. Each group is a zone, down with `zoneDown`.
 */
export function hierarchicalUnavailability(
  groups: readonly VoterGroup[],
  serverDown: number,
  zoneDown: number,
): number {
  const voting = groups.filter((group) => votes(group) > 0);
  const groupDown = voting.map(
    (group) => zoneDown + (1 - zoneDown) * groupWithoutMajority(group, serverDown),
  );
  return atLeast(countsOf(groupDown), voting.length - majority(voting.length) + 1);
}

const votes = (group: VoterGroup): number => group.weights.reduce((sum, w) => sum + w, 0);

function groupWithoutMajority(group: VoterGroup, serverDown: number): number {
  let lost: Counts = [1];
  for (const weight of group.weights.filter((weight) => weight > 0)) {
    const one = new Array<number>(weight + 1).fill(0);
    one[0] = 1 - serverDown;
    one[weight] = serverDown;
    lost = convolve(lost, one);
  }
  return atLeast(lost, votes(group) - majority(votes(group)) + 1);
}
