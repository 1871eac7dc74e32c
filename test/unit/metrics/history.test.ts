import { describe, expect, it } from 'vitest';
import { lastElection, unreachableSince } from '../../../src/domain/metrics/history';
import { answered, ensembleAt, unreachable } from './samples';

const zxid = (epoch: bigint, count = 0n): bigint => (epoch << 32n) | count;
const led = (at: number, leader: string, epoch: bigint) =>
  ensembleAt(at, answered(leader, 'leader', { sample: { zxid: zxid(epoch) } }));
const lost = (at: number) => ensembleAt(at, unreachable('s1'), answered('s2', 'read-only'));

describe('an election', () => {
  it.each([
    ['of another leader', [led(1, 's1', 2n), led(5, 's2', 3n)], { at: 5, leader: 's2' }],
    ['of the same leader', [led(1, 's1', 2n), led(5, 's1', 3n)], { at: 5, leader: 's1' }],
    [
      'after a time without a quorum, long ago too',
      [led(1, 's1', 2n), lost(2), led(5, 's1', 3n), led(9, 's1', 3n)],
      { at: 5, leader: 's1' },
    ],
    ['is none when the leader is first seen', [lost(1), led(5, 's1', 3n)], undefined],
    ['is none when nothing changes', [led(1, 's1', 2n), led(5, 's1', 2n)], undefined],
  ])('%s', (_, samples, expected) => {
    expect(lastElection(samples)).toEqual(expected);
  });
});

it('a member is unreachable since the first sample in which it was', () => {
  const present = ensembleAt(1, answered('s1', 'follower'));
  const gone = (at: number) => ensembleAt(at, unreachable('s1'));
  expect(unreachableSince([present, gone(2), gone(3)], 's1')).toBe(2);
  expect(unreachableSince([gone(2), gone(3)], 's1')).toBeUndefined();
  expect(unreachableSince([gone(0), present], 's1')).toBeUndefined();
});
