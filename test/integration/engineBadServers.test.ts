import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, describe, expect, test } from 'vitest';
import { ROOT } from '../../src/domain/znode/path';
import { closeAll, connected, errorOf, newClient, path, until } from './engineSupport';
import { startFakeServer, type FakeRequest, type FakeServer } from './fakeServer';

/** Servers that no real one can be made into: other protocols, other versions, broken ones. */

let server: FakeServer | undefined;
afterEach(async () => {
  await closeAll();
  server?.stop();
});

const UNIMPLEMENTED = -6;
const [EXISTS, GET_DATA, ADD_WATCH, SET_WATCHES, SET_WATCHES_2] = [3, 4, 106, 101, 105];

async function fake(script: Parameters<typeof startFakeServer>[0]): Promise<string> {
  server = await startFakeServer(script);
  return server.connectString;
}

const noStat = (request: FakeRequest): void =>
  request.connection.reply(request.xid, 0, (w) => {
    for (let i = 0; i < 17; i++) w.int(0);
  });

describe('D13: what is not the protocol is an error with a reason', () => {
  const answers: [string, string | Buffer, RegExp][] = [
    ['HTTP', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', /HTTP server/],
    ['SSH', 'SSH-2.0-OpenSSH_9.2\r\n', /SSH server/],
    ['TLS', Buffer.from('15030300020228', 'hex'), /speaks TLS/],
    ['a negative length', Buffer.from('ffffffff00000000', 'hex'), /message length -1/],
    ['an oversized frame', Buffer.from('0800000000000000', 'hex'), /over the limit/],
    ['an empty frame', Buffer.from('00000000', 'hex'), /malformed record/],
    ['a truncated greeting', Buffer.from('0000000800000000000007d0', 'hex'), /malformed record/],
    [
      'a read-only refusal',
      Buffer.from(`00000010${'00'.repeat(12)}ffffff89`, 'hex'),
      /NotReadOnly/,
    ],
    ['nothing, and closes', Buffer.alloc(0), /closed the connection without a greeting/],
  ];
  test.each(answers)('%s', async (_, answer, reason) => {
    const address = await fake({ onConnect: ({ socket }) => socket.end(answer) });
    const { client } = newClient(address);
    const error = await errorOf(client.connect());
    expect(error).toMatchObject({ name: 'ZkError', code: 'ConnectionLoss' });
    expect(String(error)).toMatch(reason);
  });

  test('an HTTP server that listens to the end', async () => {
    const http = createServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
    const { port } = http.address() as { port: number };
    const { client } = newClient(`127.0.0.1:${port}`);
    expect(String(await errorOf(client.connect()))).toMatch(/HTTP server/);
    http.close();
  });

  const replies: [string, (request: FakeRequest) => void][] = [
    ['a truncated record', ({ connection, xid }) => connection.reply(xid, 0, (w) => w.int(1_000))],
    ['a length that lies', ({ connection, xid }) => connection.reply(xid, 0, (w) => w.int(-5))],
    ['the reply to another request', ({ connection, xid }) => connection.reply(xid + 1)],
    ['half a header', ({ connection }) => connection.message((w) => w.int(1))],
  ];
  test.each(replies)(
    '%s fails its request and the connection, not the client',
    async (_, answer) => {
      const address = await fake({
        onRequest: (request) => (request.type === GET_DATA ? answer(request) : noStat(request)),
      });
      const { client } = await connected(address);
      const error = await errorOf(client.getData(ROOT));
      expect(error).toMatchObject({ name: 'ZkError' });
      expect(['MarshallingError', 'ConnectionLoss']).toContain((error as { code: string }).code);
      expect(await client.exists(ROOT)).toMatchObject({ version: 0 });
    },
  );

  test('an answer that nobody asked for', async () => {
    const address = await fake({
      onRequest: (request) => {
        noStat(request);
        request.connection.reply(request.xid + 7);
      },
    });
    const watched = await connected(address);
    await watched.client.exists(ROOT);
    await until('reconnected', () => (server?.accepted ?? 0) > 1);
    expect(watched.states.find(({ kind }) => kind === 'suspended')).toMatchObject({
      cause: expect.stringContaining('was expected') as string,
    });
  });
});

describe('D2: codes', () => {
  test.each([
    [-125, 'QuotaExceeded'],
    [-127, 'Throttled'],
    [-118, 'SessionMoved'],
    [-119, 'NotReadOnly'],
    [-120, 'EphemeralOnLocalSession'],
    [-13, 'NewConfigNoQuorum'],
    [-1, 'SystemError'],
    [-4711, 'Unknown'],
    [12, 'Unknown'],
  ])('%i is %s', async (serverCode, code) => {
    const address = await fake({ onRequest: (r) => r.connection.reply(r.xid, serverCode) });
    const { client } = await connected(address);
    for (const request of [client.exists(ROOT), client.getChildren(ROOT), client.whoAmI()]) {
      await expect(request).rejects.toMatchObject({ name: 'ZkError', code, serverCode });
    }
    expect(server?.accepted).toBe(1);
  });
});

describe('older servers', () => {
  /** As servers do with requests that they don't know. */
  const unknown = ({ connection, xid }: FakeRequest): void => {
    connection.reply(xid, UNIMPLEMENTED);
    connection.socket.end();
  };

  test('an operation that is not implemented, and costs the connection, is asked for once', async () => {
    const asked: number[] = [];
    const address = await fake({
      onRequest: (request) => {
        asked.push(request.type);
        if (request.type === ADD_WATCH) unknown(request);
        else noStat(request);
      },
    });
    const { client } = await connected(address);
    for (let i = 0; i < 5; i++) {
      const adding = client.addWatch(ROOT, 'persistent');
      await expect(adding).rejects.toMatchObject({ code: 'Unimplemented' });
      // The first one may still go out on the connection that is about to end.
      await client.exists(ROOT).catch(() => client.exists(ROOT));
    }
    expect(asked.filter((type) => type === ADD_WATCH)).toHaveLength(1);
    expect(server?.accepted).toBe(2);
  });

  test('persistent watches that cannot be left again are reported, the others are left', async () => {
    const asked: number[] = [];
    const address = await fake({
      onRequest: (request) => {
        asked.push(request.type);
        if (request.type === SET_WATCHES_2) unknown(request);
        else if (request.type === EXISTS && asked.length === 3) request.connection.socket.destroy();
        else noStat(request);
      },
    });
    const { client } = await connected(address);
    const lost: unknown[] = [];
    client.onDidLoseWatches((watches) => lost.push(...watches));
    await client.addWatch(path('/a'), 'recursive');
    await client.exists(path('/b'), { watch: true });
    await expect(client.exists(path('/c'))).rejects.toMatchObject({ code: 'ConnectionLoss' });
    await client.exists(path('/c'));
    expect(asked).toEqual([ADD_WATCH, EXISTS, EXISTS, SET_WATCHES_2, SET_WATCHES, EXISTS]);
    expect(lost).toEqual([{ path: '/a', mode: 'recursive' }]);
    expect(client.watchCounts).toEqual({ oneShot: 1, persistent: 0, recursive: 0 });
    expect(server?.accepted).toBe(3);
  });
});

describe('sessions', () => {
  test('another session, handed out without a word, counts as expiry', async () => {
    const address = await fake({
      onGreeting: (connection) => connection.greet(BigInt(connection.number)),
      onRequest: (request) =>
        request.type === GET_DATA ? request.connection.socket.destroy() : noStat(request),
    });
    const { client, states } = await connected(address);
    await errorOf(client.getData(ROOT));
    await client.exists(ROOT).catch(() => client.exists(ROOT));
    const kinds = states.map(({ kind }) => kind);
    expect(kinds).toEqual(['connected', 'suspended', 'expired', 'connected']);
    expect(client.state).toMatchObject({ sessionId: 2n });
  });

  test('a server that grants no session is not asked in a tight loop', async () => {
    const address = await fake({ onGreeting: (connection) => connection.greet(0n, 0) });
    const { client, states } = newClient(address);
    expect(String(await errorOf(client.connect()))).toContain('no session was granted');
    await sleep(1_000);
    expect(server?.accepted).toBeLessThan(8);
    expect(states.map(({ kind }) => kind)).not.toContain('expired');
  });

  test('a server that greets, and then answers nothing but pings, meets the deadline', async () => {
    const address = await fake({});
    const { client } = await connected(address, { requestTimeoutMs: 300 });
    await expect(client.getData(ROOT)).rejects.toMatchObject({ code: 'OperationTimeout' });
    expect(client.state.kind).toBe('connected');
  });

  test('a required SASL identity is final', async () => {
    const address = await fake({
      onRequest: ({ connection, xid }) => {
        connection.reply(xid, -124);
        connection.socket.end();
      },
    });
    const { client } = await connected(address);
    const error = errorOf(client.getData(ROOT));
    expect(await error).toMatchObject({ code: 'SessionClosedRequireSaslAuth' });
    expect(client.state.kind).toBe('authFailed');
    await sleep(300);
    expect(server?.accepted).toBe(1);
  });

  test('a closing server that confirms nothing does not hold up close', async () => {
    const address = await fake({});
    const { client } = await connected(address);
    const start = performance.now();
    await client.close();
    expect(performance.now() - start).toBeLessThan(5_000);
  });
});
