import { createServer, type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Emitter } from '../../../src/base/event';
import { silentLogger } from '../../../src/base/logger';
import type { ConnectionState } from '../../../src/zk/client';
import { ZkError } from '../../../src/zk/errors';
import { LiveSampler, type Reading, steadyClock } from '../../../src/zk/ensemble/sampler';
import { EnsembleSamplers } from '../../../src/zk/ensemble/samplers';
import type { Session } from '../../../src/zk/sessions';

/** Nobody listens on port 1, so that a sample takes no time. */
const NOWHERE = '127.0.0.1:1';
const CONNECTED: ConnectionState = {
  ...{ kind: 'connected', server: NOWHERE, sessionId: 1n, sessionTimeoutMs: 30_000 },
  readOnly: false,
};

const made: LiveSampler[] = [];
afterEach(() => {
  for (const sampler of made.splice(0)) sampler.dispose();
});

function sampler(
  config: string | (() => Promise<string>) = '',
  now?: () => number,
  connectString = NOWHERE,
): LiveSampler {
  const read = typeof config === 'string' ? () => Promise.resolve(config) : config;
  const one = new LiveSampler({
    connectionId: 'x',
    client: {
      state: CONNECTED,
      getConfig: async () => ({ data: Buffer.from(await read()), stat: {} as never }),
    },
    reach: { connectString },
    adminPort: () => 1,
    intervalMs: () => 20,
    logger: silentLogger,
    ...(now ? { now } : {}),
  });
  made.push(one);
  return one;
}

describe('a sampler', () => {
  it('asks the members that the configuration names', async () => {
    const config =
      'server.1=127.0.0.1:3:4;127.0.0.1:1\nserver.2=127.0.0.1:5:6:observer;127.0.0.1:2\n';
    const { sample } = await sampler(config).sampleNow();
    expect(sample.members).toMatchObject([
      { address: '127.0.0.1:1', id: 1, isVoter: true, kind: 'unreachable' },
      { address: '127.0.0.1:2', id: 2, isVoter: false, kind: 'unreachable' },
    ]);
  });

  it.each([
    ['at once where there was no answer', new ZkError('ConnectionLoss', 'cut'), 2],
    ['later where the server said no', ZkError.fromServer(-101, 'getData'), 1],
  ])('asks for the configuration again, %s', async (_, error, asked) => {
    let count = 0;
    const one = sampler(() => (count++, Promise.reject(error)));
    await one.sampleNow();
    await one.sampleNow();
    expect(count).toBe(asked);
  });

  it('knows how votes count', async () => {
    const config = 'server.1=127.0.0.1:3:4;127.0.0.1:1\ngroup.1=1\nweight.1=2\n';
    const { sample } = await sampler(config).sampleNow();
    expect(sample.votes).toEqual({ groups: [[1]], weights: new Map([[1, 2]]) });
  });

  it('asks the names that the user connects by where the members own cannot be reached', async () => {
    const server = createServer((socket) => {
      socket.on('error', () => {});
      socket.on('data', (word) => socket.end(answers[word.toString()] ?? ''));
    });
    const srvr = 'Zookeeper version: 3.8.0-1\nZxid: 0x5\nMode: follower\nNode count: 5\n';
    const refused = 'is not executed because it is not in the whitelist.\n';
    let answers: Record<string, string> = { srvr, conf: 'serverId=2\nclientPort=2181\n' };
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const address = `127.0.0.1:${port}`;
    const config = 'server.1=127.0.0.1:3:4;127.0.0.1:1\nserver.2=127.0.0.1:5:6;127.0.0.1:2\n';
    const told = await sampler(config, undefined, address).sampleNow();
    expect(told.sample.members).toMatchObject([
      { address: '127.0.0.1:1', id: 1, kind: 'unreachable' },
      { address, id: 2, kind: 'answered' },
    ]);
    answers = { srvr, conf: `conf ${refused}`, mntr: `mntr ${refused}` };
    const silent = await sampler(config, undefined, address).sampleNow();
    expect(silent.sample.members).toMatchObject([{ address, kind: 'answered', source: 'srvr' }]);
    expect(silent.sample.configured).toEqual({ voters: 2, observers: 0 });
    server.close();
  });

  it('asks members by their own names where one name stands for several of them', async () => {
    const srvr = 'Zookeeper version: 3.8.0-1\nZxid: 0x5\nMode: follower\nNode count: 5\n';
    const start = async (answers: Record<string, string>) => {
      const server = createServer((socket) => {
        socket.on('error', () => {});
        socket.on('data', (word) => socket.end(answers[word.toString()] ?? ''));
      });
      await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
      return { server, address: `127.0.0.1:${(server.address() as AddressInfo).port}` };
    };
    const [own, shared] = [await start({ srvr }), await start({ srvr, conf: 'serverId=1\n' })];
    const config = `server.1=127.0.0.1:3:4;${own.address}\nserver.2=127.0.0.1:5:6;127.0.0.1:2\n`;
    const { sample } = await sampler(config, undefined, shared.address).sampleNow();
    expect(sample.members).toMatchObject([
      { address: own.address, id: 1, kind: 'answered' },
      { address: '127.0.0.1:2', id: 2, kind: 'unreachable' },
    ]);
    own.server.close();
    shared.server.close();
  });

  it('goes by a clock that never goes back, and catches up after a sleep of the machine', () => {
    let [elapsed, timeOfDay] = [100, 1_000_000];
    const now = steadyClock(
      () => elapsed,
      () => timeOfDay,
    );
    expect(now()).toBe(1_000_000);
    [elapsed, timeOfDay] = [1_100, 999_000]; // set back
    expect(now()).toBe(1_001_000);
    [elapsed, timeOfDay] = [1_200, 1_003_000]; // set a little forward
    expect(now()).toBe(1_001_100);
    timeOfDay = 29_800_000; // slept
    expect(now()).toBe(29_800_000);
    elapsed += 5;
    expect(now()).toBe(29_800_005);
  });

  it('samples only while somebody holds it', async () => {
    const one = sampler();
    let wake = (): void => {};
    one.onDidSample(() => wake());
    const next = (): Promise<void> => new Promise((done) => (wake = done));
    const [first, second] = [one.hold(), one.hold()];
    await next();
    first.dispose();
    first.dispose();
    await next();
    second.dispose();
    await one.sampleNow(); // what may have been under way
    const { length } = one.readings;
    await new Promise((done) => setTimeout(done, 100)); // five intervals in which nothing may come
    expect(one.readings).toHaveLength(length);
  });

  it('asks for the members as soon as the connection stands', async () => {
    const client = {
      state: { kind: 'connecting' } as ConnectionState,
      getConfig: () =>
        Promise.resolve({ data: Buffer.from('server.1=h:3:4;127.0.0.1:1'), stat: {} as never }),
    };
    const changes = new Emitter<string>();
    const session = { client, options: { connectString: NOWHERE } } as unknown as Session;
    const samplers = new EnsembleSamplers({
      sessions: { get: () => session, onDidChange: changes.event },
      ...{ adminPort: () => 1, intervalMs: () => 3_600_000, logger: silentLogger },
    });
    const one = samplers.of('x');
    const ids = (): (number | undefined)[] | undefined =>
      one?.latest?.sample.members.map(({ id }) => id);
    one?.hold();
    await expect.poll(ids).toEqual([undefined]);
    client.state = CONNECTED;
    changes.fire('x');
    await expect.poll(ids).toEqual([1]);
    samplers.dispose();
  });

  it('takes one sample at a time, whoever asks', async () => {
    const one = sampler();
    const [a, b] = await Promise.all([one.sampleNow(), one.sampleNow()]);
    expect(a).toBe(b);
    expect(one.readings).toHaveLength(1);
  });

  it('keeps an hour, and makes no window of a gap', async () => {
    let time = 1_000;
    const one = sampler('', () => time);
    const readings: Reading[] = [];
    one.onDidSample((reading) => readings.push(reading));
    await one.sampleNow();
    time += 20;
    await one.sampleNow();
    time += 3_600_000;
    await one.sampleNow();
    expect(readings.map(({ window }) => window !== undefined)).toEqual([false, true, false]);
    expect(one.readings).toHaveLength(2);
    time += 1;
    await one.sampleNow();
    expect(one.latest?.window).toBeUndefined();
    expect(one.readings.map(({ sample }) => sample.at - time)).toEqual([-1, 0]);
  });

  it('ends when it is disposed', async () => {
    const one = sampler();
    one.hold();
    one.dispose();
    await expect(one.sampleNow()).rejects.toThrow();
  });
});
