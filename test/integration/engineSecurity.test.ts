import { writeFile } from 'node:fs/promises';
import { connect, createServer, type AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { ROOT } from '../../src/domain/znode/path';
import type { SaslOptions, TlsOptions } from '../../src/zk/client';
import { freePorts } from '../tools/zookeeper/ports.mjs';
import { startProxy } from '../tools/zookeeper/proxy.mjs';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { bytes, closeAll, connected, errorOf, newClient, path, until } from './engineSupport';
import { makeTlsFiles, PASSPHRASE, type TlsFiles } from './tlsFiles';

/** One server with a TLS port, SASL DIGEST-MD5, X.509 identities and enforced quotas. */

let files: TlsFiles;
let server: Awaited<ReturnType<typeof startStandalone>>;
let securePort = 0;

beforeAll(async () => {
  files = await makeTlsFiles();
  const jaas = files.file('jaas.conf');
  await writeFile(
    jaas,
    'Server { org.apache.zookeeper.server.auth.DigestLoginModule required ' +
      'user_super="adminsecret" user_bob="bob \\"secret\\""; };',
  );
  server = await startStandalone({
    extraConfig: async () => {
      [securePort = 0] = await freePorts(1);
      return {
        secureClientPort: securePort,
        serverCnxnFactory: 'org.apache.zookeeper.server.NettyServerCnxnFactory',
        'ssl.keyStore.location': files.file('server.p12'),
        'ssl.keyStore.password': PASSPHRASE,
        'ssl.keyStore.type': 'PKCS12',
        'ssl.trustStore.location': files.file('trust.p12'),
        'ssl.trustStore.password': PASSPHRASE,
        'ssl.trustStore.type': 'PKCS12',
        'ssl.clientAuth': 'want',
        'authProvider.1': 'org.apache.zookeeper.server.auth.SASLAuthenticationProvider',
        'authProvider.2': 'org.apache.zookeeper.server.auth.X509AuthenticationProvider',
        enforceQuota: true,
      };
    },
    jvmFlags: [`-Djava.security.auth.login.config=${jaas}`],
  });
}, 120_000);
afterAll(async () => {
  await server.stop();
  await files.remove();
});
afterEach(closeAll);

const secure = (host = 'localhost'): string => `${host}:${securePort}`;
const identities = async (address: string, tls: TlsOptions): Promise<string[]> => {
  const { client } = await connected(address, { tls });
  return (await client.whoAmI()).map(({ scheme, user }) => `${scheme}:${user}`);
};

describe('TLS', () => {
  test('works with the name and with the address that the certificate is for', async () => {
    const tls = { caFile: files.file('ca.crt') };
    for (const host of ['localhost', '127.0.0.1']) {
      expect(await identities(secure(host), tls)).toEqual(['ip:127.0.0.1']);
    }
  });

  test('carries large requests and replies', async () => {
    const { client } = await connected(secure(), { tls: { caFile: files.file('ca.crt') } });
    const data = Buffer.alloc(1_000_000, 'z');
    await client.create(path('/large'), data, { mode: 'ephemeral' });
    expect(Buffer.compare((await client.getData(path('/large'))).data, data)).toBe(0);
  });

  test('names the client by its certificate: PEM, one PEM file, locked key, PKCS#12', async () => {
    const caFile = files.file('ca.crt');
    const certFile = files.file('client.crt');
    const own: TlsOptions[] = [
      { certFile, keyFile: files.file('client.key') },
      { certFile: files.file('client.pem') },
      { certFile, keyFile: files.file('client-locked.key'), passphrase: PASSPHRASE },
      { pfxFile: files.file('client.p12'), passphrase: PASSPHRASE },
    ];
    for (const tls of own) {
      expect(await identities(secure(), { caFile, ...tls })).toContain('x509:CN=zk-client');
    }
  });

  const refusals: [string, () => TlsOptions | undefined, RegExp][] = [
    [
      'an authority that is not trusted',
      () => ({ caFile: files.file('other-ca.crt') }),
      /verif|self|issuer/,
    ],
    ['no authority of ours at all', () => ({}), /verif|self|issuer/],
    ['a file that is not there', () => ({ caFile: '/nowhere/ca.crt' }), /\/nowhere\/ca\.crt/],
    [
      'a wrong passphrase',
      () => ({ pfxFile: files.file('client.p12'), passphrase: 'wrong' }),
      /mac verify|password/i,
    ],
    ['plain text on the TLS port', () => undefined, /without a greeting|no greeting|TLS/],
  ];
  test.each(refusals)('is refused, with the reason: %s', async (_, tls, reason) => {
    const options = tls();
    const { client } = newClient(secure(), {
      ...(options && { tls: options }),
      connectTimeoutMs: 2_000,
    });
    const error = await errorOf(client.connect());
    expect(error).toMatchObject({ name: 'ZkError', code: 'ConnectionLoss' });
    expect(String(error)).toMatch(reason);
  });

  test('TLS on the plain port is refused', async () => {
    const tls = { caFile: files.file('ca.crt') };
    const { client } = newClient(server.connectString, { tls, connectTimeoutMs: 2_000 });
    expect(await errorOf(client.connect())).toMatchObject({ code: 'ConnectionLoss' });
  });

  test('the server must be the one that we connect to, unless that is switched off', async () => {
    const caFile = files.file('ca.crt');
    const addressMap = { 'zk.example:2281': secure('127.0.0.1') };
    const { client } = newClient('zk.example:2281', { tls: { caFile }, addressMap });
    expect(String(await errorOf(client.connect()))).toMatch(/zk\.example/);
    const tls = { caFile, verifyServerName: false };
    await connected('zk.example:2281', { tls, addressMap });
  });

  test('a reset in the middle is a lost connection like any other', async () => {
    const proxy = await startProxy({ host: '127.0.0.1', port: securePort });
    const tls = { caFile: files.file('ca.crt') };
    const { client, states } = await connected(proxy.connectString, { tls });
    await client.create(path('/reset'), new Uint8Array(5_000), { mode: 'ephemeral' });
    for (const after of [1, 700, 3_000]) {
      proxy.cutAfter('client', after);
      await expect(client.getData(path('/reset'))).rejects.toMatchObject({
        code: 'ConnectionLoss',
      });
      expect((await client.getData(path('/reset'))).data).toHaveLength(5_000);
    }
    proxy.cutAfter('client', 1_500); // in the middle of the next handshake
    proxy.cutAll();
    await until('suspended', () => client.state.kind === 'suspended');
    await client.exists(ROOT);
    expect(states.map(({ kind }) => kind)).not.toContain('expired');
    await client.close();
    proxy.stop();
  }, 20_000);
});

describe('SASL', () => {
  const bob: SaslOptions = { mechanism: 'DIGEST-MD5', username: 'bob', password: 'bob "secret"' };

  test('DIGEST-MD5 identifies us before anything that waits', async () => {
    const proxy = await startProxy(server);
    const { client } = newClient(proxy.connectString, { sasl: bob });
    const acl = [{ scheme: 'sasl', id: 'bob', permissions: 31 }];
    const created = client.create(path('/sasl'), bytes(''), { acl, mode: 'ephemeral' });
    const read = client.getData(path('/sasl'));
    await client.connect();
    expect(await created).toBe('/sasl');
    await read;
    expect(await client.whoAmI()).toContainEqual({ scheme: 'sasl', user: 'bob' });
    proxy.requests.length = 0;
    proxy.cutAll();
    await until('suspended', () => client.state.kind === 'suspended');
    await client.getData(path('/sasl'));
    expect(proxy.requests.map(({ type }) => type)).toEqual(['connect', 102, 102, 4]);
    const { client: nobody } = await connected(server.connectString);
    await expect(nobody.getData(path('/sasl'))).rejects.toMatchObject({ code: 'NoAuth' });
    await client.close();
    proxy.stop();
  });

  test('works over TLS and beside digest identities', async () => {
    const { client } = await connected(secure(), {
      tls: { caFile: files.file('ca.crt') },
      sasl: bob,
      credentials: [{ scheme: 'digest', auth: bytes('eve:y') }],
    });
    const users = (await client.whoAmI()).map(({ scheme, user }) => `${scheme}:${user}`);
    expect(users).toEqual(expect.arrayContaining(['sasl:bob', 'digest:eve']));
  });

  test.each([
    ['a wrong password', { ...bob, password: 'x' }],
    ['an unknown user', { ...bob, username: 'nobody', password: 'x' }],
  ])('%s is final', async (_, sasl) => {
    const { client } = newClient(server.connectString, { sasl });
    expect(await errorOf(client.connect())).toMatchObject({ code: 'AuthFailed' });
    expect(client.state).toMatchObject({ kind: 'authFailed' });
  });

  test('Kerberos says that it is not supported, and what is', async () => {
    const { client } = newClient(server.connectString, { sasl: { mechanism: 'GSSAPI' } });
    const error = await errorOf(client.connect());
    expect(error).toMatchObject({ code: 'NotSupported' });
    expect(String(error)).toMatch(/Kerberos.*DIGEST-MD5/);
  });
});

test('a hard quota is enforced, with its own error', async () => {
  const { client } = await connected(server.connectString);
  await client.create(path('/limited'), bytes(''));
  await client.setQuota(path('/limited'), { countHardLimit: 2, bytesHardLimit: 10 });
  await client.create(path('/limited/a'), bytes(''));
  await expect(client.create(path('/limited/b'), bytes(''))).rejects.toMatchObject({
    code: 'QuotaExceeded',
    serverCode: -125,
  });
  await expect(client.setData(path('/limited'), new Uint8Array(11), -1)).rejects.toMatchObject({
    code: 'QuotaExceeded',
  });
  await client.setQuota(path('/limited'), undefined);
});

test('IPv6 addresses work, in connect strings and address maps', async () => {
  const pipe = createServer((socket) => {
    const onward = connect(server.port, server.host);
    socket.pipe(onward).pipe(socket);
    for (const side of [socket, onward]) side.on('error', () => side.destroy());
  });
  await new Promise<void>((done) => pipe.listen(0, '::1', done));
  const { port } = pipe.address() as AddressInfo;
  const { client } = await connected(`[::1]:${port}/zookeeper`);
  expect((await client.getChildren(ROOT)).names).toEqual(expect.arrayContaining(['quota']));
  expect(client.state).toMatchObject({ server: `[::1]:${port}` });
  const addressMap = { 'zk-1:2181': `[::1]:${port}` };
  const mapped = await connected('zk-1:2181', { addressMap });
  expect(mapped.client.state).toMatchObject({ server: 'zk-1:2181' });
  await closeAll();
  pipe.close();
});
