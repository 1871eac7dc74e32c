import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { mapped } from '../../../src/zk/engine/dial';
import { Fifo } from '../../../src/zk/engine/fifo';
import type { ConnectReply } from '../../../src/zk/engine/handshake';
import { Heartbeat } from '../../../src/zk/engine/heartbeat';
import { backoffMs, Hosts } from '../../../src/zk/engine/hosts';
import { SessionIdentity } from '../../../src/zk/engine/identity';
import { getData } from '../../../src/zk/engine/operations';
import { Request } from '../../../src/zk/engine/request';
import { withDefaults } from '../../../src/zk/engine/settings';

describe('what an answer to a greeting means', () => {
  const reply = (id: bigint, more: Partial<ConnectReply> = {}): ConnectReply => ({
    session: { id, password: new Uint8Array(16) },
    timeoutMs: 6_000,
    readOnly: false,
    ...more,
  });
  const greet = (identity: SessionIdentity, answer: ConnectReply): string =>
    identity.greeted(identity.greeting(), answer);

  test('fresh, resumed, replaced, expired', () => {
    const identity = new SessionIdentity(10_000, false);
    expect(identity.exists).toBe(false);
    expect(greet(identity, reply(1n))).toBe('fresh');
    expect(identity.timeoutMs).toBe(6_000);
    expect(identity.greeting()).toMatchObject({ session: { id: 1n }, timeoutMs: 10_000 });
    expect(greet(identity, reply(1n))).toBe('resumed');
    expect(greet(identity, reply(2n))).toBe('replaced');
    expect(greet(identity, reply(0n, { timeoutMs: 0 }))).toBe('expired');
    expect(identity.exists).toBe(false);
    expect(identity.greeting().session.id).toBe(0n);
    expect(greet(identity, reply(0n, { timeoutMs: 0 }))).toBe('refused');
  });

  test('the session of a read-only server is shown to no other server', () => {
    const identity = new SessionIdentity(10_000, true);
    expect(greet(identity, reply(1n, { readOnly: true }))).toBe('fresh');
    expect(identity.greeting().session.id).toBe(0n);
    expect(greet(identity, reply(2n))).toBe('fresh');
    expect(identity.greeting().session.id).toBe(2n);
  });

  test('what was seen is told to the next server, until the session is forgotten for sure', () => {
    const identity = new SessionIdentity(10_000, false);
    greet(identity, reply(1n));
    identity.disconnected(77n, 1_000);
    expect(identity.greeting().lastZxid).toBe(77n);
    expect(identity.isForgotten(1_000 + 6_000)).toBe(false);
    expect(identity.isForgotten(1_000 + 8_001)).toBe(true);
    identity.forget();
    expect(identity.greeting()).toMatchObject({ lastZxid: 0n, session: { id: 0n } });
  });
});

describe('waits between attempts', () => {
  test('none at first, short within a round, doubling and jittered between rounds', () => {
    const [low, high] = [() => 0, () => 0.999];
    expect(backoffMs(0, 3, Infinity, high)).toBe(0);
    expect(backoffMs(1, 3, Infinity, high)).toBeLessThan(100);
    expect(backoffMs(3, 3, Infinity, low)).toBe(125);
    expect(backoffMs(3, 3, Infinity, high)).toBeCloseTo(250, 0);
    expect(backoffMs(4, 3, Infinity, high)).toBeLessThan(100);
    expect(backoffMs(6, 3, Infinity, high)).toBeCloseTo(500, 0);
    expect(backoffMs(3_000, 3, Infinity, high)).toBeCloseTo(8_000, -1);
    expect(backoffMs(3_000, 3, 1_000, high)).toBeLessThanOrEqual(1_000);
  });

  test('every server has its turn, and one can be preferred once', () => {
    const all = ['a', 'b', 'c'].map((host) => ({ host, port: 1 }));
    const hosts = new Hosts(all);
    const first = [hosts.next(), hosts.next(), hosts.next()];
    expect(new Set(first)).toEqual(new Set(all));
    expect(hosts.next()).toBe(first[0]);
    hosts.prefer({ host: 'x', port: 2 });
    expect(hosts.next()).toEqual({ host: 'x', port: 2 });
    expect(all).toContain(hosts.next());
  });
});

test.each([
  ['a:1', 'b:2', { host: 'b', port: 2 }],
  ['a:1', '[::1]:2', { host: '::1', port: 2 }],
  ['a:1', 'b', { host: 'b', port: 1 }],
])('an address map sends %s to %s', (from, to, target) => {
  expect(mapped({ host: 'a', port: 1 }, { [from]: to })).toEqual(target);
  expect(mapped({ host: 'z', port: 1 }, { [from]: to })).toEqual({ host: 'z', port: 1 });
});

test('the connect timeout leaves time for every server', () => {
  const hosts = [1, 2, 3].map((port) => ({ host: 'h', port }));
  expect(withDefaults({ hosts, sessionTimeoutMs: 12_000 }).connectTimeoutMs).toBe(4_000);
  expect(withDefaults({ hosts, sessionTimeoutMs: 1_500 }).connectTimeoutMs).toBe(1_000);
  expect(withDefaults({ hosts, sessionTimeoutMs: 90_000 }).connectTimeoutMs).toBe(10_000);
});

describe('the heartbeat', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  test('pings while only receiving: a flood of events is no sign of life of ours', () => {
    const [ping, onSilent] = [vi.fn(() => beat.sent()), vi.fn()];
    const beat: Heartbeat = new Heartbeat(3_000, ping, onSilent);
    for (let i = 0; i < 100; i++) {
      vi.advanceTimersByTime(100);
      beat.received();
    }
    expect(ping.mock.calls.length).toBeGreaterThanOrEqual(9);
    expect(onSilent).not.toHaveBeenCalled();
    beat.dispose();
  });

  test('does not ping while sending', () => {
    const ping = vi.fn();
    const beat = new Heartbeat(3_000, ping, vi.fn());
    for (let i = 0; i < 100; i++) {
      vi.advanceTimersByTime(100);
      beat.sent();
      beat.received();
    }
    expect(ping).not.toHaveBeenCalled();
    beat.dispose();
  });

  test('gives up after two thirds of the session timeout without a byte', () => {
    const onSilent = vi.fn();
    const beat: Heartbeat = new Heartbeat(3_000, () => beat.sent(), onSilent);
    vi.advanceTimersByTime(1_900);
    expect(onSilent).not.toHaveBeenCalled();
    vi.advanceTimersByTime(200);
    expect(onSilent).toHaveBeenCalledOnce();
    beat.dispose();
  });

  test('is silent once disposed', () => {
    const ping = vi.fn();
    new Heartbeat(3_000, ping, ping).dispose();
    vi.advanceTimersByTime(60_000);
    expect(ping).not.toHaveBeenCalled();
  });
});

describe('a request', () => {
  const make = (signal?: AbortSignal) => {
    const callback = vi.fn();
    return { callback, request: new Request(getData, { path: '/a' }, callback, 0, signal) };
  };

  test('is settled once, whatever comes later', () => {
    const { callback, request } = make();
    request.failWith('ConnectionLoss', 'cut');
    request.succeed({} as never);
    request.expire();
    expect(callback).toHaveBeenCalledOnce();
    expect(callback.mock.calls[0]?.[0]).toMatchObject({ code: 'ConnectionLoss', path: '/a' });
    expect(String(callback.mock.calls[0]?.[0])).toBe('ZkError: getData /a: cut');
  });

  test('fails with the reason of its signal, and lets go of the signal', () => {
    const controller = new AbortController();
    const { callback, request } = make(controller.signal);
    const reason = new Error('enough');
    controller.abort(reason);
    controller.abort(reason);
    expect(callback.mock.calls).toEqual([[reason]]);
    expect(request.isSettled).toBe(true);
  });

  test('does not start when its signal is aborted already', () => {
    expect(make(AbortSignal.abort()).request.isSettled).toBe(true);
  });
});

test('a queue of 200,000 empties in order and in linear time', () => {
  const queue = new Fifo<number>();
  const start = performance.now();
  for (let i = 0; i < 200_000; i++) queue.push(i);
  for (let i = 0; i < 200_000; i++) if (queue.shift() !== i) throw new Error('order');
  expect(queue.shift()).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(15_000);
});
