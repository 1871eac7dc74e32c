import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Pacer } from '../../../src/zk/edit/pacer';
import { ZkError } from '../../../src/zk/errors';

/** A server that answers after so many ms of fake time, depending on how many it has to answer. */
class SlowServer {
  inFlight = 0;
  most = 0;
  answered = 0;

  constructor(private readonly latency: (inFlight: number) => number) {}

  readonly ask = async (): Promise<void> => {
    this.inFlight++;
    this.most = Math.max(this.most, this.inFlight);
    await new Promise((answer) => setTimeout(answer, this.latency(this.inFlight)));
    this.inFlight--;
    this.answered++;
  };
}

const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

describe('the request budget of bulk work', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  const now = (): number => Date.now();

  it('begins with 8 in flight', async () => {
    const pacer = new Pacer({ perSecond: undefined, now });
    const server = new SlowServer(() => 1_000_000);
    void pacer.forEach(times(100), server.ask, 'list');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(server.inFlight).toBe(8);
  });

  it('has more in flight while the server keeps its pace', async () => {
    const pacer = new Pacer({ perSecond: undefined, now });
    const server = new SlowServer(() => 5);
    const all = pacer.forEach(times(5_000), server.ask, 'list');
    await vi.advanceTimersByTimeAsync(10_000);
    await all;
    expect(pacer.inFlightLimit).toBeGreaterThan(100);
    expect(pacer.inFlightLimit).toBeLessThanOrEqual(256);
  });

  it('stays near what a server can do at a time when more only makes it slower', async () => {
    const pacer = new Pacer({ perSecond: undefined, now });
    const server = new SlowServer((inFlight) => 20 * Math.max(1, inFlight / 16));
    const all = pacer.forEach(times(5_000), server.ask, 'list');
    await vi.advanceTimersByTimeAsync(60_000);
    await all;
    expect(server.answered).toBe(5_000);
    expect(server.most).toBeLessThan(80);
  });

  it('halves when the server says that it is overloaded, and never stops altogether', async () => {
    const pacer = new Pacer({ perSecond: undefined, now });
    const refuse = (): Promise<void> => Promise.reject(new ZkError('Throttled', 'too much'));
    for (const expected of [4, 2, 2]) {
      await expect(pacer.run(refuse, 'write')).rejects.toMatchObject({ code: 'Throttled' });
      expect(pacer.inFlightLimit).toBe(expected);
    }
  });

  it('keeps the cap of steps a second, counting each step of a transaction', async () => {
    const pacer = new Pacer({ perSecond: 1_000, now });
    const server = new SlowServer(() => 1);
    const all = Promise.all(times(50).map(() => pacer.run(server.ask, 'write', 200)));
    await vi.advanceTimersByTimeAsync(5_000);
    expect(server.answered).toBeGreaterThanOrEqual(20);
    expect(server.answered).toBeLessThanOrEqual(27);
    await vi.advanceTimersByTimeAsync(6_000);
    await all;
  });

  it('is capped at 1,000 steps a second unless told otherwise', async () => {
    const pacer = new Pacer({ now });
    const server = new SlowServer(() => 1);
    void pacer.forEach(times(100_000), server.ask, 'list');
    await vi.advanceTimersByTimeAsync(3_000);
    expect(server.answered).toBeGreaterThan(2_800);
    expect(server.answered).toBeLessThan(3_200);
  });

  it('takes items only as fast as it can start on them', async () => {
    const pacer = new Pacer({ perSecond: undefined, now });
    let taken = 0;
    function* endless(): Generator<number> {
      for (;;) yield taken++;
    }
    void pacer.forEach(endless(), () => new Promise<void>(() => undefined), 'list');
    await vi.advanceTimersByTimeAsync(1_000);
    expect(taken).toBeLessThanOrEqual(9);
  });

  it('starts nothing after an abort, and rejects when the rest has ended', async () => {
    const abort = new AbortController();
    const pacer = new Pacer({ perSecond: undefined, now, signal: abort.signal });
    const server = new SlowServer(() => 100);
    const all = pacer.forEach(times(1_000), server.ask, 'list');
    const outcome = all.then(
      () => 'done',
      (error: unknown) => (error as Error).name,
    );
    await vi.advanceTimersByTimeAsync(150);
    const waiting = pacer.run(server.ask, 'list').catch((error: unknown) => (error as Error).name);
    abort.abort();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await outcome).toBe('AbortError');
    expect(await waiting).toBe('AbortError');
    expect(server.inFlight).toBe(0);
    expect(server.answered).toBeLessThan(40);
  });

  it('starts nothing after a failure, and rejects with it when the rest has ended', async () => {
    const pacer = new Pacer({ perSecond: undefined, now });
    const server = new SlowServer(() => 100);
    const task = async (item: number): Promise<void> => {
      await server.ask();
      if (item === 3) throw new Error('three');
    };
    const all = pacer.forEach(times(1_000), task, 'list').catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await all).toMatchObject({ message: 'three' });
    expect(server.inFlight).toBe(0);
    expect(server.answered).toBeLessThan(40);
  });

  it('tells what was found in the order of the items, whichever was first', async () => {
    const pacer = new Pacer({ perSecond: undefined, now });
    const task = async (item: number): Promise<number> => {
      await new Promise((done) => setTimeout(done, 100 - 10 * item));
      return 2 * item;
    };
    const all = pacer.map([0, 1, 2, 3, 4, 5, 6, 7, 8, 9], task, 'list');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await all).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  });
});
