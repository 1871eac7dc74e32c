import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { firstOutcome, type FirstOutcome } from '../../src/ui/connections/firstOutcome';
import { testConnection } from '../../src/ui/connections/testConnection';
import type { ConnectionState } from '../../src/zk/client';
import { ZkError } from '../../src/zk/errors';
import { FakeClient } from '../fakes/client';

function deferred() {
  let resolve!: () => void;
  let reject!: (reason: Error) => void;
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** A client whose first connection is up to the test. */
class PendingClient extends FakeClient {
  readonly connecting = deferred();
  closed = 0;

  constructor() {
    super();
    this.moveTo({ kind: 'connecting', attempt: 1 });
  }
  override connect({ signal }: { signal?: AbortSignal } = {}): Promise<void> {
    signal?.addEventListener('abort', () => this.connecting.reject(signal.reason as Error));
    return this.connecting.promise;
  }
  override close(): Promise<void> {
    this.closed++;
    return super.close();
  }
}

let client: PendingClient;
beforeEach(() => {
  vi.useFakeTimers();
  client = new PendingClient();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('firstOutcome', () => {
  const wait = (hostCount = 2): Promise<FirstOutcome> =>
    firstOutcome({ client, connecting: client.connect(), hostCount, limitMs: 10_000 });
  const refused = (attempt: number): ConnectionState => ({
    kind: 'connecting',
    attempt,
    cause: `refused ${attempt - 1}`,
  });

  it('is connected when the session stands', async () => {
    const outcome = wait();
    client.connecting.resolve();
    expect(await outcome).toEqual({ kind: 'connected' });
  });

  it('is refused once each host has failed', async () => {
    const outcome = wait();
    client.moveTo(refused(2));
    client.moveTo(refused(3));
    expect(await outcome).toEqual({ kind: 'refused', cause: 'refused 2' });
  });

  it.each<[Error, FirstOutcome]>([
    [new ZkError('ConnectionLoss', 'nobody there'), { kind: 'refused', cause: 'nobody there' }],
    [new ZkError('AuthFailed', 'no'), { kind: 'authFailed' }],
    [new ZkError('Closed', 'closed'), { kind: 'closed' }],
    [new DOMException('stopped', 'AbortError'), { kind: 'closed' }],
  ])('takes %o as an outcome', async (error, expected) => {
    const outcome = wait();
    client.connecting.reject(error);
    expect(await outcome).toEqual(expected);
  });

  it('notices refused credentials', async () => {
    const outcome = wait();
    client.moveTo({ kind: 'authFailed' });
    expect(await outcome).toEqual({ kind: 'authFailed' });
  });

  it('gives up waiting at the limit, with the cause when there is one', async () => {
    const silent = wait();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await silent).toEqual({ kind: 'noAnswer', seconds: 10 });
    const failing = wait();
    client.moveTo(refused(2));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await failing).toEqual({ kind: 'refused', cause: 'refused 1' });
  });
});

describe('testConnection', () => {
  const run = (connectString: string, signal = new AbortController().signal) =>
    testConnection(() => client, { connectString }, signal);

  it('closes the client after success', async () => {
    const outcome = run('h');
    client.connecting.resolve();
    expect(await outcome).toEqual({ kind: 'connected' });
    expect(client.closed).toBe(1);
    expect(client.requests).toEqual([]);
  });

  it('looks for the chroot', async () => {
    client.connecting.resolve();
    expect(await run('h/app')).toEqual({ kind: 'connected' });

    client = new PendingClient();
    client.connecting.resolve();
    vi.spyOn(client, 'exists').mockResolvedValue(undefined);
    expect(await run('h/app')).toEqual({ kind: 'noChroot', chroot: '/app' });
  });

  it('closes the client when the test is stopped, times out or fails', async () => {
    const abort = new AbortController();
    const stopped = run('h', abort.signal);
    abort.abort();
    expect(await stopped).toEqual({ kind: 'closed' });
    expect(client.closed).toBe(1);

    client = new PendingClient();
    const late = run('h');
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await late).toEqual({ kind: 'noAnswer', seconds: 10 });
    expect(client.closed).toBe(1);

    client = new PendingClient();
    client.connecting.resolve();
    client.beforeAnswer = () => {
      throw new ZkError('ConnectionLoss', 'lost');
    };
    expect(await run('h/app')).toEqual({ kind: 'refused', cause: 'lost' });
    expect(client.closed).toBe(1);
  });
});
