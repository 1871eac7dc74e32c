import { describe, expect, it } from 'vitest';
import { quorumOf } from '../../src/domain/metrics/quorum';
import type { VoteRule } from '../../src/domain/metrics/voteGroups';
import { serverWindow } from '../../src/domain/metrics/serverWindow';
import { factsOf } from '../../src/ui/ensemble/facts';
import { amount, describeMember, milliseconds } from '../../src/ui/ensemble/text';
import { describeNeed, describeQuorum } from '../../src/ui/quorumText';
import { englishL10n as l10n } from '../fakes/userInput';
import { answered, electing, ensembleOf, sampleWith, unreachable } from './metrics/samples';

const quorumText = (...members: Parameters<typeof ensembleOf>): string => {
  const sample = ensembleOf(...members);
  return describeQuorum(sample, quorumOf(sample), l10n);
};
const [leader, follower, third] = [
  answered('s1', 'leader'),
  answered('s2', 'follower'),
  answered('s3', 'follower'),
];

/** Three groups of which the first has one server that is seen and the last none. */
const ROWS: VoteRule = { groups: [[1], [2, 3], [4]], weights: new Map([[3, 0]]) };
const ONE: VoteRule = { groups: [[1, 2, 3]], weights: new Map() };

describe('rows of the Ensemble view', () => {
  it.each([
    [[leader, follower, third], 'quorum 3 of 3 · survives 1 failure'],
    [[leader, follower, unreachable('s3')], 'quorum 2 of 3 · survives no further failure'],
    [[unreachable('s1'), follower, unreachable('s3')], 'quorum 2 of 3 · failures not judged'],
    [[unreachable('s1')], 'no server answers'],
    [[answered('s1', 'standalone')], 'one server, survives no failure'],
    [
      [leader, follower, third, answered('s4', 'observer')],
      'quorum 3 of 3 · survives 1 failure · 1 observer',
    ],
    [
      [leader, follower, third, answered('s4', 'observer'), unreachable('s5', false)],
      'quorum 3 of 3 · survives 1 failure · 1 of 2 observers',
    ],
    [[electing('s1'), electing('s2'), unreachable('s3')], 'no quorum: 2 of 3, 2 needed'],
  ])('say how the ensemble stands: %#', (members, expected) => {
    expect(quorumText(...members)).toBe(expected);
  });

  it.each([
    ['unreadable', [leader, follower, third], 'quorum 3 of 3 · failures not judged'],
    ['unreadable', [electing('s2'), unreachable('s1')], 'no quorum: 1 of 2'],
    [ROWS, [leader, follower, third], 'quorum in 2 of 3 groups · survives no further failure'],
    [ROWS, [electing('s1'), unreachable('s2')], 'no quorum: 0 of 3 groups, 2 needed'],
    [ONE, [leader, follower, third], 'quorum 3 of 3 · survives 1 failure'],
    [ONE, [unreachable('s1'), follower, third], 'quorum 2 of 3 · survives no further failure'],
  ] as const)('say how it stands where votes don’t count alike: %#', (votes, members, expected) => {
    const sample = { ...ensembleOf(...members), votes };
    expect(describeQuorum(sample, quorumOf(sample), l10n)).toBe(expected);
    expect(describeNeed(quorumOf(sample), l10n)).not.toMatch(/undefined|\d voters/);
  });

  it('say what a server is and how quick', () => {
    const values = { num_alive_connections: 1, outstanding_requests: 7 };
    const writes = (count: number, sum: number) =>
      sampleWith({ cnt_updatelatency: count, sum_updatelatency: sum }, { at: 1000 * count });
    const window = serverWindow(writes(0, 0), writes(10, 19));
    expect(describeMember(answered('s1', 'leader', { values }), window, undefined, l10n)).toBe(
      'leader · writes 1.9 ms · 1 connection · 7 outstanding',
    );
    const lost = (since?: string) => describeMember(unreachable('s1'), undefined, since, l10n);
    expect(lost()).toBe('unreachable');
    expect(lost('12:04:05')).toBe('unreachable since 12:04:05');
  });

  it('have a line for each thing that the server tells, and no others', () => {
    const around = { window: undefined, share: undefined, lag: 1, voters: 3 };
    const bare = factsOf(
      answered('s1', 'follower', { sample: { zxid: 0x10000000an } }),
      around,
      l10n,
    );
    expect(bare.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      'Last transaction: 0x10000000a · 1 transaction behind',
      'Version: 3.8.0 · told by mntr',
    ]);
    const values = { synced_followers: 1, znode_count: 5, ephemerals_count: 1, uptime: 7_300_000 };
    const full = factsOf(answered('s1', 'leader', { values }), around, l10n);
    expect(full.map(({ name, value }) => `${name}: ${value}`)).toEqual([
      ...['Znodes: 5 · 1 ephemeral', 'Followers: 1 of 2 in sync'],
      'Version: 3.8.0 · in this role for 2 hours · told by mntr',
    ]);
  });

  it.each([
    [0, '0', '< 1 ms'],
    [0.004, '< 0.01', '< 0.01 ms'],
    [0.314, '0.31', '0.31 ms'],
    [1249.6, '1,250', '1,250 ms'],
  ])('have a number for people: %d', (value, number, time) => {
    expect([amount(value), milliseconds(value)]).toEqual([number, time]);
  });

  it('say none where nothing was asked', () => {
    const idle = (at: number) => sampleWith({ cnt_readlatency: 7, sum_readlatency: 7 }, { at });
    const around = { window: serverWindow(idle(0), idle(9)), share: undefined, lag: 0, voters: 3 };
    const [requests] = factsOf(answered('s1', 'follower'), around, l10n);
    expect(requests).toMatchObject({ name: 'Requests', value: 'none' });
  });

  it('say that a server was started anew instead of a rate', () => {
    const window = serverWindow(sampleWith({ uptime: 9 }), sampleWith({ uptime: 1 }, { at: 5 }));
    const around = { window, share: undefined, lag: undefined, voters: 1 };
    const facts = factsOf(answered('s1', 'standalone'), around, l10n);
    expect(facts[0]).toMatchObject({ name: 'Requests', value: 'the server was started anew' });
    const version = factsOf(
      answered('s1', 'standalone', { values: { uptime: 9_000 } }),
      around,
      l10n,
    );
    expect(version.at(-1)?.value).toBe('3.8.0 · up 9 s · told by mntr');
  });

  it('do not call a server started anew that an election gave another role', () => {
    const window = serverWindow(
      sampleWith({ uptime: 9, packets_received: 9 }),
      sampleWith({ uptime: 1, packets_received: 1 }, { at: 5, role: 'leader' }),
    );
    const around = { window, share: undefined, lag: undefined, voters: 3 };
    const facts = factsOf(answered('s1', 'leader'), around, l10n);
    expect(facts[0]?.value).toBe('counters began anew with the election');
  });
});
