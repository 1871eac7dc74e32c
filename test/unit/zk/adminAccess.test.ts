import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AdminAccess } from '../../../src/zk/ensemble/adminAccess';
import type { KnownServer } from '../../../src/zk/ensemble/dynamicConfig';

describe('an AdminServer', () => {
  let http: Server;
  beforeAll(async () => {
    http = createServer((_, response) => {
      const answer = { command: 'configuration', error: null, server_id: 2, client_port: 2181 };
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
});
