import { describe, expect, it } from 'vitest';
import { balanceOf } from '../../../src/domain/metrics/balance';
import { roleOf } from '../../../src/domain/metrics/ensembleSample';
import { ensembleWindow } from '../../../src/domain/metrics/ensembleWindow';
import { quorumOf } from '../../../src/domain/metrics/quorum';
import { answered, ensembleAt, ensembleOf, unreachable, type Values } from './samples';

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
      'followers without a leader',
      [answered('s1', 'follower'), answered('s2', 'follower'), unreachable('s3')],
      { present: 2, hasQuorum: false },
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
