import { writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { located, readCertificateFile } from '../../src/ui/connections/certificateFiles';
import { clientOptions } from '../../src/ui/connections/clientOptions';
import { testConnection } from '../../src/ui/connections/testConnection';
import { askForConnection } from '../../src/ui/connections/wizard';
import type { ConnectionAnswers } from '../../src/ui/connections/wizardDraft';
import { createNodeClient } from '../../src/zk/nodeClient';
import { englishL10n, ScriptedUser, type Answer } from '../fakes/userInput';
import { freePorts } from '../tools/zookeeper/ports.mjs';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { bytes, closeAll, connected, path } from './engineSupport';
import { makeTlsFiles, PASSPHRASE, type TlsFiles } from './tlsFiles';
import { zkw, type Outcome } from './zkwProcess';

/** What the connection wizard and `zkw` make of TLS, client certificates, SASL and several identities. */

type Server = Awaited<ReturnType<typeof startStandalone>>;

let tls: TlsFiles;
let server: Server;
let securePort = 0;
let overIpv6: Server;
let ipv6Port = 0;

const secureServer = (jaas: string, address: string, onPort: (port: number) => void) =>
  startStandalone({
    extraConfig: async () => {
      const [port = 0] = await freePorts(1);
      onPort(port);
      return {
        secureClientPort: port,
        secureClientPortAddress: address,
        serverCnxnFactory: 'org.apache.zookeeper.server.NettyServerCnxnFactory',
        'ssl.keyStore.location': tls.file('server.p12'),
        'ssl.keyStore.password': PASSPHRASE,
        'ssl.keyStore.type': 'PKCS12',
        'ssl.trustStore.location': tls.file('trust.p12'),
        'ssl.trustStore.password': PASSPHRASE,
        'ssl.trustStore.type': 'PKCS12',
        'ssl.clientAuth': 'want',
        'authProvider.1': 'org.apache.zookeeper.server.auth.SASLAuthenticationProvider',
        'authProvider.2': 'org.apache.zookeeper.server.auth.X509AuthenticationProvider',
      };
    },
    jvmFlags: [`-Djava.security.auth.login.config=${jaas}`],
  });

const digest = (login: string) => [{ scheme: 'digest', auth: bytes(login) }];

beforeAll(async () => {
  tls = await makeTlsFiles();
  const jaas = tls.file('jaas.conf');
  const module = 'org.apache.zookeeper.server.auth.DigestLoginModule required';
  await writeFile(jaas, `Server { ${module} user_bob="bob secret"; };`);
  [server, overIpv6] = await Promise.all([
    secureServer(jaas, '127.0.0.1', (port) => (securePort = port)),
    secureServer(jaas, '::1', (port) => (ipv6Port = port)),
  ]);
  const { client } = await connected(server.connectString);
  await client.create(path('/app'), bytes(''));
  const readers = { x509: 'CN=zk-client', sasl: 'bob' };
  for (const [scheme, id] of Object.entries(readers)) {
    const acl = [{ scheme, id, permissions: 1 }];
    await client.create(path(`/app/${scheme}`), bytes(''), { acl });
  }
  await client.create(path('/app/digest'), bytes(''));
  for (const name of ['ann', 'eve']) {
    const own = await connected(server.connectString, { credentials: digest(`${name}:x`) });
    const acl = [{ scheme: 'auth', id: '', permissions: 31 }];
    await own.client.create(path(`/app/digest/${name}`), bytes('mine'), { acl });
  }
  await closeAll();
}, 120_000);
afterAll(async () => {
  await Promise.all([server.stop(), overIpv6.stop()]);
  await tls.remove();
});
afterEach(closeAll);

const secure = (): string => `localhost:${securePort}/app`;

describe('the connection wizard', () => {
  const files = {
    folders: () => ({ home: homedir(), workspace: undefined }),
    read: readCertificateFile,
  };
  const CHECK = { pick: 'Check the server name' };
  const ANONYMOUS: Answer[] = ['accept', { pick: 'No credentials' }, { pick: 'Read only' }];
  const type = (text: string): Answer => ({ type: text });
  const file = (name: string): Answer => type(tls.file(name));

  async function wizard(answers: Answer[]) {
    const user = new ScriptedUser(...answers);
    const result = await askForConnection(
      { title: 'Add Connection', takenNames: [] },
      {
        ...{ ui: user, l10n: englishL10n, files },
        test: (options, signal) => testConnection(createNodeClient, options, signal),
      },
    );
    user.finish();
    return { user, ...result };
  }

  async function identities(result: Awaited<ReturnType<typeof wizard>>): Promise<string[]> {
    expect(result.works).toBe(true);
    const profile: ConnectionAnswers = located(result.answers, files);
    const options = clientOptions(profile, result.secret, {});
    const { client } = await connected(options.connectString, options);
    return (await client.whoAmI()).map(({ scheme, user }) => `${scheme}:${user}`);
  }

  test('connects by TLS with an authority of ours', async () => {
    const answers = [type(secure()), { pick: 'TLS' }, file('ca.crt'), CHECK, ...ANONYMOUS];
    expect(await identities(await wizard(answers))).toEqual(['ip:127.0.0.1']);
  });

  test.each<[string, string[]]>([
    ['PEM with a locked key', ['client.crt', 'client-locked.key', PASSPHRASE]],
    ['one PEM file', ['client.pem', '']],
    ['PKCS#12', ['client.p12', PASSPHRASE]],
  ])('connects with a client certificate: %s', async (_, own) => {
    const [certificate = '', ...more] = own;
    const result = await wizard([
      ...[type(secure()), { pick: 'TLS with a client certificate' }, file('ca.crt'), CHECK],
      file(certificate),
      ...more.map((text) => (text.startsWith('client') ? file(text) : type(text))),
      ...ANONYMOUS,
    ]);
    expect(await identities(result)).toContain('x509:CN=zk-client');
  });

  test('refuses the passphrase of another PKCS#12 file, and a file that is none', async () => {
    await wizard([
      ...[type(secure()), { pick: 'TLS with a client certificate' }, file('ca.crt'), CHECK],
      { type: tls.file('jaas.conf'), refused: /jaas\.conf has no certificate/ },
      file('client.p12'),
      { type: 'wrong', refused: /does not open .*client\.p12/ },
      type(PASSPHRASE),
      ...ANONYMOUS,
    ]);
  });

  test('connects by SASL and by several digest identities, over TLS', async () => {
    const reach = [type(secure()), { pick: 'TLS' }, file('ca.crt'), CHECK, 'accept' as const];
    const sasl = await wizard([
      ...[...reach, { pick: 'SASL DIGEST-MD5' }, type('bob'), type('bob secret'), 'pickActive'],
    ] as Answer[]);
    expect(await identities(sasl)).toContain('sasl:bob');
    const several = await wizard([
      ...[...reach, { pick: 'Several users and passwords' }, type('ann'), type('x')],
      ...[{ pick: 'Add another identity' }, type('eve'), type('x'), { pick: 'Continue' }],
      'pickActive',
    ]);
    expect(await identities(several)).toEqual(expect.arrayContaining(['digest:ann', 'digest:eve']));
  });

  test('says why it does not work, and goes back to change it', async () => {
    const { user, works } = await wizard([
      ...[type(secure()), { pick: 'TLS' }, file('other-ca.crt'), CHECK, ...ANONYMOUS],
      ...(['pickActive', 'back', 'back', 'back', 'back'] as Answer[]),
      ...([file('ca.crt'), CHECK, 'accept', { pick: 'SASL DIGEST-MD5' }] as Answer[]),
      ...([type('bob'), type('wrong'), 'pickActive', 'pickActive', 'back'] as Answer[]),
      ...([type('bob secret'), 'pickActive'] as Answer[]),
    ]);
    const outcomes = user.asked.filter((text) => /failed|refused/.test(text));
    expect(outcomes[0]).toMatch(/The connection failed: .*(verif|self|issuer)/);
    expect(outcomes[1]).toMatch(/refused the credentials/);
    expect(works).toBe(true);
  });
});

describe('zkw walk', () => {
  const walk = (connectString: string, args: string[] = [], env: Record<string, string> = {}) =>
    zkw(['walk', connectString, '/', '--timeout', '5', ...args], env);
  const ca = (): string[] => ['--ca', tls.file('ca.crt')];
  const pathsOf = ({ stdout }: Outcome): string[] =>
    stdout.split('\n').flatMap((line) => line.split('\t').slice(0, 1).filter(Boolean));
  const matching = (text: RegExp): unknown => expect.stringMatching(text);
  const DONE = { code: 0, stderr: '' };

  test('goes below a chroot over TLS, and only there', async () => {
    const outcome = await walk(`localhost:${securePort}/app/digest`, ca(), {
      ZKW_AUTH: 'ann:x\neve:x',
    });
    expect(outcome).toMatchObject(DONE);
    expect(pathsOf(outcome)).toEqual(['/', '/ann', '/eve']);
  });

  test('needs every identity of several', async () => {
    const place = server.connectString + '/app/digest';
    expect(await walk(place, [], { ZKW_AUTH: 'ann:x\neve:x' })).toMatchObject(DONE);
    const outcome = await walk(place, [], { ZKW_AUTH: 'ann:x' });
    expect(outcome).toMatchObject({ code: 1, stderr: matching(/\/eve: .*NoAuth/) });
  });

  test('shows its certificate: PEM, locked, PKCS#12', async () => {
    const place = `127.0.0.1:${securePort}/app/x509`;
    const cert = ['--cert', tls.file('client.crt')];
    const env = { ZKW_PASSPHRASE: PASSPHRASE };
    for (const own of [
      [...cert, '--key', tls.file('client.key')],
      [...cert, '--key', tls.file('client-locked.key')],
      ['--pfx', tls.file('client.p12')],
    ]) {
      expect(await walk(place, [...ca(), ...own], env)).toMatchObject(DONE);
    }
    expect(await walk(place, ca())).toMatchObject({ code: 1 });
  });

  test('logs in by SASL, with TLS and without', async () => {
    const env = { ZKW_SASL: 'bob:bob secret' };
    const place = server.connectString + '/app/sasl';
    expect(await walk(place, [], env)).toMatchObject(DONE);
    expect(await walk(`localhost:${securePort}/app/sasl`, ca(), env)).toMatchObject(DONE);
    const refused = await walk(place, [], { ZKW_SASL: 'bob:guess' });
    expect(refused.code).toBe(1);
    expect(refused.stderr).not.toContain('guess');
  });

  test('reaches [::1], whose name the certificate must have unless told otherwise', async () => {
    const place = `[::1]:${ipv6Port}`;
    const refused = await walk(place, ca());
    expect(refused).toMatchObject({ code: 1, stderr: matching(/::1/) });
    const outcome = await walk(place, [...ca(), '--insecure-server-name']);
    expect(outcome).toMatchObject(DONE);
    expect(pathsOf(outcome)).toContain('/zookeeper');
  });

  test('trusts nobody by default, and says which file is missing', async () => {
    const stranger = await walk(secure(), ['--tls']);
    expect(stranger).toMatchObject({ code: 1, stderr: matching(/verif|self|issuer/) });
    const missing = await walk(secure(), ['--ca', '/nowhere/ca.crt']);
    expect(missing).toMatchObject({ code: 1, stderr: matching(/\/nowhere\/ca\.crt/) });
    const usage = await walk(secure(), ['--key', '/k']);
    expect(usage).toMatchObject({ code: 2, stderr: matching(/--cert/) });
  });
});
