import { array, assert, integer, property, tuple } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quorumOf } from '../../../src/domain/metrics/quorum';
import {
  groupQuorum,
  type VoteGroups,
  type VoteRule,
} from '../../../src/domain/metrics/voteGroups';
import { answered, electing, ensembleOf, unreachable } from './samples';

/** As `containsQuorum` of ZooKeeper's QuorumHierarchical decides it, with its integer division. */
function containsQuorum({ groups, weights }: VoteGroups, ids: readonly number[]): boolean {
  const weightOf = (id: number): number => weights.get(id) ?? 1;
  const total = (some: readonly number[]): number =>
    some.reduce((sum, id) => sum + weightOf(id), 0);
  const counting = groups.filter((group) => total(group) !== 0);
  const won = groups.filter(
    (group) => total(group.filter((id) => ids.includes(id))) > Math.floor(total(group) / 2),
  );
  return won.length > Math.floor(counting.length / 2);
}

/** The most failures after any of which there is a quorum, by trying all. */
function survived(votes: VoteGroups, present: readonly number[]): number {
  for (let failures = present.length; failures >= 0; failures--) {
    let isSafe = true;
    for (let mask = 0; mask < 1 << present.length && isSafe; mask++) {
      const left = present.filter((_, at) => ((mask >> at) & 1) === 0);
      if (present.length - left.length === failures) isSafe = containsQuorum(votes, left);
    }
    if (isSafe) return failures;
  }
  return 0;
}

const five = [
  answered('s1', 'leader'),
  answered('s2', 'follower'),
  answered('s3', 'follower'),
  unreachable('s4'),
  unreachable('s5'),
];
const standing = (votes: VoteRule | undefined, members = five) =>
  quorumOf({ ...ensembleOf(...members), votes });
const groupsOf = (groups: number[][], weights: [number, number][] = []): VoteGroups => ({
  groups,
  weights: new Map(weights),
});

describe('groups and weights', () => {
  it('decide as ZooKeeper does, with as many failures as any of which are survived', () => {
    const server = tuple(integer({ min: 0, max: 3 }), integer({ min: 0, max: 3 }));
    assert(
      property(array(server, { minLength: 1, maxLength: 8 }), integer({ min: 0 }), (all, down) => {
        const groups = [0, 1, 2, 3]
          .map((group) => all.flatMap(([own], id) => (own === group ? [id] : [])))
          .filter((ids) => ids.length > 0);
        const votes = groupsOf(
          groups,
          all.map(([, weight], id) => [id, weight]),
        );
        const present = all.map((_, id) => id).filter((id) => ((down >> id) & 1) === 0);
        const { present: won, needed, spare } = groupQuorum(votes, new Set(present));
        expect(won >= needed).toBe(containsQuorum(votes, present));
        expect(spare).toBe(won >= needed ? survived(votes, present) : 0);
      }),
      { numRuns: 300 },
    );
  });

  it('say no quorum survives where heads alone would say that it does', () => {
    // Three of five by heads, and two of three groups of which each hangs on one server.
    const four = [...five.slice(0, 3), answered('s4', 'follower'), unreachable('s5')];
    expect(standing(undefined, four)).toMatchObject({ needed: 3, spare: 1 });
    expect(standing(groupsOf([[1, 2], [3, 4], [5]]), four)).toMatchObject({
      ...{ hasQuorum: true, spare: 0, needed: undefined },
      groups: { present: 2, of: 3, needed: 2 },
    });
  });

  it('pass by servers and groups without weight', () => {
    const light: [number, number][] = [
      [4, 0],
      [5, 0],
    ];
    expect(standing(groupsOf([[1, 2, 3, 4, 5]], light))).toMatchObject({ spare: 1 });
    expect(standing(groupsOf([[1], [2, 3], [4, 5]], light)).groups).toMatchObject({
      ...{ present: 2, of: 2, needed: 2 },
    });
  });

  it('are not judged where they can’t be read or servers can’t be told apart', () => {
    expect(standing('unreadable')).toMatchObject({ hasQuorum: true, spare: undefined });
    const nameless = five.map((member) => ({ ...member, id: undefined }));
    expect(standing(groupsOf([[1, 2, 3]]), nameless)).toMatchObject({
      ...{ hasQuorum: true, spare: undefined, groups: undefined },
    });
    const dead = [electing('s1'), electing('s2')];
    expect(standing('unreadable', dead)).toMatchObject({ hasQuorum: false, spare: 0 });
  });

  it('are nothing to a server alone', () => {
    const alone = [answered('s1', 'standalone')];
    expect(standing(groupsOf([[1, 2]]), alone)).toMatchObject({ hasQuorum: true, voters: 1 });
  });
});
