import { describe, expect, it } from 'vitest';
import { ensembleWindow, lags } from '../../../src/domain/metrics/ensembleWindow';
import type { ServerSample } from '../../../src/domain/metrics/sample';
import { type Break, breakBetween, serverWindow } from '../../../src/domain/metrics/serverWindow';
import { answered, ensembleAt, sampleWith, unreachable } from './samples';

const BEFORE = {
  ...{ uptime: 60_000, cnt_readlatency: 1000, sum_readlatency: 300 },
  ...{ cnt_updatelatency: 100, sum_updatelatency: 200, cnt_fsynctime: 50, sum_fsynctime: 60 },
  ...{ cnt_sync_processor_batch_size: 50, sum_sync_processor_batch_size: 100 },
  ...{ packets_received: 2000, cnt_election_time: 1, sum_election_time: 250 },
};
const AFTER = {
  ...{ uptime: 70_000, cnt_readlatency: 6000, sum_readlatency: 1800 },
  ...{ cnt_updatelatency: 1100, sum_updatelatency: 1700, cnt_fsynctime: 300, sum_fsynctime: 410 },
  ...{ cnt_sync_processor_batch_size: 300, sum_sync_processor_batch_size: 1100 },
  ...{ packets_received: 8100, cnt_election_time: 1, sum_election_time: 250 },
};

describe('a window of one server', () => {
  const window = serverWindow(
    sampleWith(BEFORE, { at: 1_000 }),
    sampleWith(AFTER, { at: 11_000 }),
    4,
  );

  it('has rates without pings, and means over the window', () => {
    expect(window).toMatchObject({
      brokenBy: undefined,
      reads: 496,
      pings: 4,
      writes: 100,
      readMs: 0.3,
      writeMs: 1.5,
      fsyncMs: 1.4,
      flushes: 25,
      batch: 4,
      requests: 610,
      elections: 0,
      writeCount: 1000,
    });
  });

  it('never has fewer than no reads, however many pings are expected', () => {
    const idle = serverWindow(
      sampleWith(BEFORE, { at: 0 }),
      sampleWith({ ...BEFORE, uptime: 65_000 }, { at: 5_000 }),
      10,
    );
    expect(idle).toMatchObject({ reads: 0, readMs: undefined, writes: 0 });
  });

  it('has only what both samples have', () => {
    const old = { packets_received: 100 };
    const bare = serverWindow(
      sampleWith(old, { at: 0 }),
      sampleWith({ packets_received: 150 }, { at: 1_000 }),
    );
    expect(bare).toMatchObject({ requests: 50, reads: undefined, writes: undefined });
  });
});

describe('a break', () => {
  const before = sampleWith(BEFORE);
  it.each([
    ['is a start when the uptime fell', { ...AFTER, uptime: 500 }, 'restarted'],
    ['is a reset when a counter fell', { ...AFTER, cnt_readlatency: 3 }, 'reset'],
    [
      'is a reset when the packets fell, all that old servers count',
      { packets_received: 3 },
      'reset',
    ],
    ['is none when all grew', AFTER, undefined],
    ['is none when nothing happened', BEFORE, undefined],
  ])('%s', (_, values, expected) => {
    expect(breakBetween(before, sampleWith(values))).toBe(expected);
  });

  it.each<[string, object, Partial<ServerSample>, Break]>([
    ['of another role', { uptime: 1_000, packets_received: 3 }, { role: 'leader' }, 'elected'],
    ['under another leader', { uptime: 1_000 }, { zxid: 0x3_0000_0000n }, 'elected'],
    ['after one election more', { uptime: 1_000, cnt_election_time: 2 }, {}, 'elected'],
    [
      'that counts no uptime',
      { uptime: undefined, packets_received: 3 },
      { role: 'leader' },
      'elected',
    ],
    [
      'whose process began anew',
      { uptime: 1_000, cnt_readlatency: 3 },
      { role: 'leader' },
      'restarted',
    ],
    ['whose role is not known', { uptime: 1_000 }, { role: undefined }, 'restarted'],
  ])('is told from an election by a server %s', (_, values, sample, expected) => {
    const was = sampleWith(BEFORE, { zxid: 0x2_0000_0009n });
    const is = sampleWith({ ...AFTER, ...values }, { zxid: 0x2_0000_0009n, ...sample });
    expect(breakBetween(was, is)).toBe(expected);
  });

  it('leaves the elections, which are what broke it', () => {
    const values = { ...AFTER, uptime: 500, packets_received: 1 };
    const elected = sampleWith({ ...values, cnt_election_time: 2 }, { at: 9, role: 'leader' });
    expect(serverWindow(before, elected)).toMatchObject({ brokenBy: 'elected', elections: 1 });
    const started = sampleWith({ ...values, cnt_election_time: 0 }, { at: 9 });
    expect(serverWindow(before, started).elections).toBeUndefined();
  });

  it('leaves no rates', () => {
    const after = sampleWith({ ...AFTER, uptime: 500 }, { at: 10_000 });
    expect(serverWindow(before, after)).toMatchObject({
      brokenBy: 'restarted',
      reads: undefined,
      writes: undefined,
      writeMs: undefined,
      requests: undefined,
    });
  });
});

describe('a window of an ensemble', () => {
  const zxid = (epoch: bigint, count: bigint): bigint => (epoch << 32n) | count;
  const at = (time: number, zxidNow: bigint) => ({ at: time, zxidAt: time + 20, zxid: zxidNow });

  it('counts writes by the zxid of the server that is farthest', () => {
    const before = ensembleAt(
      0,
      answered('s1', 'leader', { sample: at(0, zxid(2n, 100n)) }),
      answered('s2', 'follower', { sample: at(0, zxid(2n, 90n)) }),
    );
    const after = ensembleAt(
      10_000,
      answered('s1', 'leader', { sample: at(10_000, zxid(2n, 1100n)) }),
      answered('s2', 'follower', { sample: at(10_000, zxid(2n, 1000n)) }),
    );
    expect(ensembleWindow(before, after)).toMatchObject({
      writes: 100,
      writeCount: 1000,
      leaderChanged: false,
      epochChanged: false,
    });
    expect([...lags(after)]).toEqual([
      ['s1', 0],
      ['s2', 100],
    ]);
  });

  it('says that the leader changed, and counts no writes over the change', () => {
    const before = ensembleAt(
      0,
      answered('s1', 'leader', { sample: at(0, zxid(2n, 100n)) }),
      answered('s2', 'follower', { sample: at(0, zxid(2n, 100n)) }),
    );
    const after = ensembleAt(
      5_000,
      unreachable('s1'),
      answered('s2', 'leader', { sample: at(5_000, zxid(3n, 5n)) }),
    );
    const window = ensembleWindow(before, after);
    expect(window).toMatchObject({ leaderChanged: true, epochChanged: true, writes: undefined });
    expect([...window.servers.keys()]).toEqual(['s2']);
  });

  it('counts no writes by a follower that has not heard of the new leader yet', () => {
    const late = (time: number, count: bigint) =>
      answered('s1', 'follower', { sample: at(time, zxid(2n, count)) });
    const before = ensembleAt(0, late(0, 100n));
    const elected = answered('s2', 'leader', { sample: at(5_000, zxid(3n, 5n)) });
    const after = ensembleAt(5_000, late(5_000, 150n), elected);
    expect(ensembleWindow(before, after).writes).toBeUndefined();
  });

  it('calls no follower behind that waits for the first write of a new leader', () => {
    const elected = (counter: bigint) =>
      ensembleAt(
        0,
        answered('s1', 'leader', { sample: at(0, zxid(3n, counter)) }),
        answered('s2', 'follower', { sample: at(0, zxid(2n, 70n)) }),
        answered('s3', 'read-only', { sample: at(0, zxid(3n, 0n)) }),
      );
    expect([...lags(elected(0n))]).toEqual([
      ['s1', 0],
      ['s2', 0],
    ]);
    expect(lags(elected(4n)).get('s2')).toBe(4);
  });

  it('calls no server behind for what was written between two questions', () => {
    // One zxid for all, 2000 writes a second; the third server is asked 60 ms later than the others.
    const sample = ensembleAt(
      0,
      answered('s1', 'leader', { sample: at(1_000, zxid(1n, 2_000n)) }),
      answered('s2', 'follower', { sample: at(1_000, zxid(1n, 2_000n)) }),
      answered('s3', 'follower', { sample: at(1_060, zxid(1n, 2_120n)) }),
      answered('s4', 'follower', { sample: at(1_000, zxid(1n, 1_500n)) }),
    );
    expect([...lags(sample, 2_000).values()]).toEqual([0, 0, 0, 467]);
    expect([...lags(sample).values()]).toEqual([0, 120, 0, 620]);
  });

  it('calls no epoch new that was seen before', () => {
    const follower = answered('s2', 'follower', { sample: at(0, zxid(1n, 9n)) });
    const leader = answered('s1', 'leader', { sample: at(0, zxid(2n, 0n)) });
    const [all, some] = [
      ensembleAt(0, leader, follower),
      ensembleAt(5, unreachable('s1'), follower),
    ];
    expect(ensembleWindow(all, some).epochChanged).toBe(false);
    expect(ensembleWindow(some, all).epochChanged).toBe(true);
  });

  it('is not misled by a server that has seen no transaction', () => {
    const sample = ensembleAt(
      0,
      answered('s1', 'read-only', { sample: at(0, -1n) }),
      answered('s2', 'leader', { sample: at(0, zxid(1n, 4n)) }),
    );
    expect([...lags(sample)]).toEqual([['s2', 0]]);
    expect(ensembleWindow(sample, { ...sample, at: 5 }).epochChanged).toBe(false);
  });

  it('takes 2^31 transactions and more of an epoch for what they are', () => {
    const before = ensembleAt(
      0,
      answered('s1', 'leader', { sample: at(0, zxid(1n, 0x8000_0000n)) }),
    );
    const after = ensembleAt(
      1_000,
      answered('s1', 'leader', { sample: at(1_000, zxid(1n, 0x8000_0064n)) }),
    );
    expect(ensembleWindow(before, after).writes).toBe(100);
  });
});
