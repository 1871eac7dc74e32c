import { createServer, type Server } from 'node:http';
import { createServer as createTcpServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminAccess } from '../../../src/zk/ensemble/adminAccess';
import type { KnownServer } from '../../../src/zk/ensemble/dynamicConfig';

describe('an AdminServer', () => {
  let http: Server;
  let isDown = false;
  let refusal: string | undefined;
  beforeAll(async () => {
    http = createServer(({ url }, response) => {
      if (isDown) return void response.destroy();
      response.setHeader('connection', 'close');
      const command = url?.split('/').at(-1);
      const error = command === 'configuration' ? null : (refusal ?? null);
      const answer = { command, error, server_id: 2, client_port: 2181 };
      response.end(JSON.stringify({ ...answer, secure_client_port: 2281 }));
    });
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
    return () => new Promise((done) => http.close(done));
  });
  afterAll(() => http.closeAllConnections());

  const isUsed = async (server: Partial<KnownServer>, port = 2181): Promise<boolean> => {
    const admin = new AdminAccess(() => (http.address() as AddressInfo).port);
    const target = { host: '127.0.0.1', port };
    const none = { id: undefined, isVoter: undefined, ownPort: undefined };
    const known = { address: `127.0.0.1:${port}`, target, ...none, ...server };
    const answer = await admin.ask(known, 'configuration', { timeoutMs: 2_000 });
    if (answer === undefined) expect(admin.problemOf(known)).toMatch(/belongs to another server/);
    return answer !== undefined;
  };

  it('is known by the client port, plain or secure, and by the number where there is one', async () => {
    expect(await isUsed({})).toBe(true);
    expect(await isUsed({}, 2281)).toBe(true);
    expect(await isUsed({}, 2182)).toBe(false);
    expect(await isUsed({ id: 2 })).toBe(true);
    expect(await isUsed({ id: 3 })).toBe(false);
    expect(await isUsed({ id: 0 })).toBe(true); // a standalone server has none
  });

  it('of another ensemble is not taken for that of the server with the same number', async () => {
    expect(await isUsed({ id: 2 }, 2191)).toBe(false);
  });

  it('is known by the port that the server listens on, where another one leads there', async () => {
    expect(await isUsed({ id: 2, ownPort: 2181 }, 12_181)).toBe(true);
    expect(await isUsed({ id: 2, ownPort: 2191 }, 2181)).toBe(false);
  });

  it('is tried again at once on another port, or when all is forgotten', async () => {
    let port = 1;
    const admin = new AdminAccess(() => port);
    const target = { host: '127.0.0.1', port: 2181 };
    const none = { id: undefined, isVoter: undefined, ownPort: undefined };
    const ask = () =>
      admin.ask({ address: 'a:2181', target, ...none }, 'configuration', { timeoutMs: 2_000 });
    expect(await ask()).toBeUndefined();
    port = (http.address() as AddressInfo).port;
    expect(await ask()).toMatchObject({ client_port: 2181 });
    isDown = true;
    expect(await ask()).toBeUndefined();
    isDown = false;
    expect(await ask()).toBeUndefined();
    admin.forget();
    expect(await ask()).toBeDefined();
  });

  it('that refuses one answer, or has a longer one than is read, is asked again', async () => {
    const admin = new AdminAccess(() => (http.address() as AddressInfo).port);
    const target = { host: '127.0.0.1', port: 2181 };
    const none = { id: undefined, isVoter: undefined, ownPort: undefined };
    const known = { address: 'a:2181', target, ...none };
    const options = { timeoutMs: 2_000 };
    const isAnswered = async (command: 'monitor' | 'connections', maxBytes = 10_000) =>
      (await admin.ask(known, command, { ...options, maxBytes })) !== undefined;
    expect(await isAnswered('monitor')).toBe(true);
    refusal = 'This ZooKeeper instance is not currently serving requests';
    expect(await isAnswered('monitor')).toBe(false);
    refusal = undefined;
    expect(await isAnswered('monitor')).toBe(true);
    expect(await isAnswered('connections', 10)).toBe(false);
    expect(await isAnswered('monitor')).toBe(true);
    expect(admin.has(known)).toBe(true);
  });

  it('that speaks HTTPS alone is asked by HTTPS, and its certificate is checked', async () => {
    const hellos: number[] = [];
    const alert = createTcpServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (bytes) => {
        hellos.push(bytes[0] ?? -1);
        socket.end(Buffer.from('15030300020250', 'hex'));
      });
    });
    await new Promise<void>((done) => alert.listen(0, '127.0.0.1', done));
    const { port } = alert.address() as AddressInfo;
    const admin = new AdminAccess(() => port);
    const known = {
      ...{ address: 'a:2181', target: { host: '127.0.0.1', port: 2181 } },
      ...{ id: undefined, isVoter: undefined, ownPort: undefined },
    };
    expect(await admin.ask(known, 'monitor', { timeoutMs: 2_000 })).toBeUndefined();
    expect(hellos).toEqual([0x47, 0x16]); // G of GET, then a handshake of TLS
    expect(admin.problemOf(known)).toMatch(/speaks HTTPS, but gives no secure connection/);
    alert.close();
  });
});
