import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { AdminAccess } from '../../../src/zk/ensemble/adminAccess';
import { readServer } from '../../../src/zk/ensemble/readServer';

const SRVR = 'Zookeeper version: 3.8.0-1\nConnections: 3\nZxid: 0x5\nMode: follower\n';
const MNTR = 'zk_version\t3.8.0\nzk_server_state\tfollower\nzk_num_alive_connections\t3\n';
const NOT_SERVING = 'This ZooKeeper instance is not currently serving requests\n';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function portOf(server: Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return (server.address() as AddressInfo).port;
}

/** A client port that answers words; `asked` has at most how many at once. */
async function clientPort(answers: Readonly<Record<string, string>>) {
  const asked = { most: 0, now: 0 };
  const server = createServer((socket) => {
    asked.most = Math.max(asked.most, ++asked.now);
    socket.on('close', () => asked.now--).on('error', () => {});
    socket.on('data', (word) => socket.end(answers[word.toString()] ?? ''));
  });
  return { port: await portOf(server), asked };
}

const adminPort = (clientPort: number): Promise<number> =>
  portOf(
    createHttpServer(({ url }, response) => {
      const command = url?.split('/').at(-1);
      const more = { server_state: 'leader', num_alive_connections: 2, client_port: clientPort };
      response.setHeader('connection', 'close');
      response.end(JSON.stringify({ command, error: null, ...more }));
    }),
  );

const read = (port: number, adminAt: number, timeoutMs = 2_000) =>
  readServer(
    {
      ...{ address: `127.0.0.1:${port}`, target: { host: '127.0.0.1', port } },
      ...{ id: undefined, isVoter: undefined, ownPort: undefined },
    },
    new AdminAccess(() => adminAt),
    { timeoutMs, now: () => performance.now() },
  );

describe('a server', () => {
  it('whose client port is dead is unreachable, whatever an AdminServer says', async () => {
    const dead = createServer();
    const port = await portOf(dead);
    await new Promise((done) => dead.close(done));
    expect(await read(port, await adminPort(port))).toMatchObject({ kind: 'unreachable' });
  });

  it('that serves no clients, as a leader may, is known by its AdminServer', async () => {
    const { port } = await clientPort({ srvr: NOT_SERVING, mntr: NOT_SERVING });
    expect(await read(port, await adminPort(port))).toMatchObject({
      ...{ kind: 'answered', source: 'AdminServer', sample: { role: 'leader' } },
    });
    expect(await read(port, 1)).toMatchObject({ kind: 'notServing' });
  });

  it('is asked one thing at a time, and our own connection is not counted', async () => {
    const { port, asked } = await clientPort({ srvr: SRVR, mntr: MNTR });
    const connections = (at: number) =>
      read(port, at).then((member) => member.kind === 'answered' && member.sample.gauges);
    expect(await connections(1)).toMatchObject({ connections: 2 });
    expect(asked.most).toBe(1);
    expect(await connections(await adminPort(port))).toMatchObject({ connections: 2 });
    const refusing = await clientPort({
      ...{ srvr: SRVR, mntr: 'mntr is not executed because it is not in the whitelist.' },
    });
    expect(await read(refusing.port, 1)).toMatchObject({
      ...{ source: 'srvr', sample: { gauges: { connections: 2 } } },
    });
  });

  it('is timed by the exchange that gave its metrics, not by one before it that was in vain', async () => {
    const { port } = await clientPort({ srvr: SRVR, mntr: MNTR });
    const silent = await portOf(createServer((socket) => socket.on('error', () => {})));
    const timeoutMs = 400;
    const start = performance.now();
    const member = await read(port, silent, timeoutMs);
    expect(member).toMatchObject({ source: 'mntr' });
    expect((member.kind === 'answered' && member.sample.at) || 0).toBeGreaterThan(
      start + timeoutMs - 1,
    );
  });
});
