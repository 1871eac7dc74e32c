import { describe, expect, it } from 'vitest';
import { balanceOf } from '../../../src/domain/metrics/balance';
import { roleOf } from '../../../src/domain/metrics/ensembleSample';
import { ensembleWindow } from '../../../src/domain/metrics/ensembleWindow';
import { quorumOf } from '../../../src/domain/metrics/quorum';
import { Random } from '../../../src/sandbox/sample/random';
import { answered, electing, ensembleAt, ensembleOf, unreachable, type Values } from './samples';

describe('the quorum', () => {
  it.each([
    [
      'three of three',
      [answered('s1', 'leader'), answered('s2', 'follower'), answered('s3', 'follower')],
      { voters: 3, present: 3, hasQuorum: true, spare: 1 },
    ],
    [
      'two of three',
      [answered('s1', 'leader'), answered('s2', 'follower'), unreachable('s3')],
      { voters: 3, present: 2, hasQuorum: true, spare: 0 },
    ],
    [
      'one of three',
      [answered('s1', 'read-only'), unreachable('s2'), unreachable('s3')],
      { voters: 3, present: 0, hasQuorum: false, spare: 0 },
    ],
    [
      'followers of a leader that cannot be reached',
      [answered('s1', 'follower'), answered('s2', 'follower'), unreachable('s3')],
      { present: 2, hasQuorum: true, spare: 0 },
    ],
    [
      'one follower that can be reached',
      [answered('s1', 'follower'), unreachable('s2'), unreachable('s3')],
      { voters: 3, present: 2, hasQuorum: true, spare: undefined },
    ],
    [
      'an observer that serves, of voters that cannot be reached',
      [unreachable('s1'), unreachable('s2'), unreachable('s3'), answered('s4', 'observer')],
      { voters: 3, present: 2, hasQuorum: true, spare: undefined },
    ],
    [
      'followers of a leader that serves no clients',
      [electing('s1'), answered('s2', 'follower'), answered('s3', 'follower')],
      { present: 3, hasQuorum: true, spare: 1 },
    ],
    [
      'observers do not vote',
      [
        answered('s1', 'leader'),
        answered('s2', 'follower'),
        unreachable('s3'),
        answered('s4', 'observer'),
      ],
      { voters: 3, present: 2, observers: 1, spare: 0 },
    ],
    [
      'a server alone',
      [answered('s1', 'standalone')],
      { voters: 1, present: 1, hasQuorum: true, spare: 0 },
    ],
  ])('%s', (_, members, expected) => {
    expect(quorumOf(ensembleOf(...members))).toMatchObject(expected);
  });

  it('passes on what the leader says of its followers', () => {
    const leader = answered('s1', 'leader', { values: { synced_followers: 1 } });
    expect(quorumOf(ensembleOf(leader)).synced).toBe(1);
    expect(quorumOf(ensembleOf(answered('s2', 'follower'))).synced).toBeUndefined();
  });

  it('believes a leader about followers that cannot be reached', () => {
    const of = (synced: number) => {
      const leader = answered('s1', 'leader', { values: { synced_followers: synced } });
      return quorumOf(ensembleOf(leader, unreachable('s2'), unreachable('s3')));
    };
    expect(of(2)).toMatchObject({ present: 3, hasQuorum: true, spare: 1 });
    expect(of(0)).toMatchObject({ present: 1, hasQuorum: false, spare: 0 });
  });

  it('counts the members that the configuration names, though they cannot be told apart', () => {
    const member = { ...answered('s1', 'follower'), id: undefined, isVoter: undefined };
    const sample = { ...ensembleOf(member), configured: { voters: 3, observers: 1 } };
    expect(quorumOf(sample)).toMatchObject({ voters: 3, present: 2, hasQuorum: true });
    expect(quorumOf(sample).spare).toBeUndefined();
    const unnamed = quorumOf(ensembleOf(member));
    expect(unnamed).toMatchObject({ voters: 1, hasQuorum: true, spare: undefined });
  });

  it('calls a server that says no role unknown', () => {
    expect(roleOf(answered('s1', 'leader', { sample: { role: undefined } }))).toBe('unknown');
    expect(roleOf(unreachable('s1'))).toBe('unreachable');
  });
});

describe('the balance', () => {
  const connected = (...counts: number[]) =>
    ensembleOf(
      ...counts.map((count, i) =>
        answered(`s${i + 1}`, i === 0 ? 'leader' : 'follower', {
          values: { num_alive_connections: count },
        }),
      ),
    );

  it('is even when every server has about its part', () => {
    const { shares, lopsided } = balanceOf(connected(10, 12, 8), undefined);
    expect(shares.map(({ connectionFactor }) => connectionFactor)).toEqual([1, 1.2, 0.8]);
    expect(lopsided).toBeUndefined();
  });

  it('names the server with far more connections', () => {
    expect(balanceOf(connected(5, 50, 5), undefined).lopsided).toEqual({
      ...{ address: 's2', of: 'connections', factor: 2.5 },
    });
  });

  it('says nothing of a handful of connections, or of one server', () => {
    expect(balanceOf(connected(1, 9, 1), undefined).lopsided).toBeUndefined();
    expect(balanceOf(connected(900), undefined).lopsided).toBeUndefined();
    expect(balanceOf(connected(1, 9, 1), undefined).shares[1]?.connectionFactor).toBeUndefined();
  });

  it('says nothing of what clients bring about that choose by chance', () => {
    const random = new Random(1);
    const warned = (servers: number, clients: number): number => {
      let count = 0;
      for (let round = 0; round < 1000; round++) {
        const counts = new Array<number>(servers).fill(0);
        for (let i = 0; i < clients; i++) {
          const server = random.below(servers);
          counts[server] = (counts[server] ?? 0) + 1;
        }
        if (balanceOf(connected(...counts), undefined).lopsided) count++;
      }
      return count / 1000;
    };
    for (const servers of [3, 5, 7]) {
      for (const clients of [20, 40, 70]) expect(warned(servers, clients)).toBeLessThan(0.02);
    }
  });

  it('names the server with far more requests', () => {
    const values = (reads: number, clients: number): Values => ({
      ...{ cnt_readlatency: reads, sum_readlatency: 1, num_alive_connections: clients },
    });
    const at = (time: number, reads: readonly number[], clients = 5) =>
      ensembleAt(
        time,
        ...reads.map((count, i) =>
          answered(`s${i + 1}`, i === 0 ? 'leader' : 'follower', {
            values: values(count, clients),
            sample: { at: time },
          }),
        ),
      );
    const [before, after] = [at(0, [0, 0, 0]), at(1_000, [400, 10, 10])];
    const { lopsided, shares } = balanceOf(after, ensembleWindow(before, after));
    expect(lopsided).toMatchObject({ address: 's1', of: 'requests' });
    expect(shares[0]?.requestFactor).toBeCloseTo(400 / 140, 9);
    const few = at(1_000, [400, 10, 10], 2);
    expect(balanceOf(few, ensembleWindow(before, few)).lopsided).toBeUndefined();
  });
});
