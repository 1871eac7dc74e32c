import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import {
  ADMIN_COMMANDS,
  readAdminCommand,
  type AdminCommand,
  type AdminServer,
} from '../../src/zk/adminServer';
import { AdminAccess } from '../../src/zk/ensemble/adminAccess';
import { parseCons } from '../../src/zk/connectionList';
import {
  FOUR_LETTER_WORDS,
  sendFourLetterWord,
  type FourLetterWord,
} from '../../src/zk/fourLetterWords';
import { parseMntr, parseRuok, parseSrvr, parseStat, readMonitor } from '../../src/zk/metrics';
import { parseConf, parseProperties } from '../../src/zk/serverConfiguration';
import type { ServerCommandOptions } from '../../src/zk/serverExchange';
import { freePorts } from '../tools/zookeeper/ports.mjs';
import { startStandalone } from '../tools/zookeeper/server.mjs';
import { closeAll, connected, errorOf, until } from './engineSupport';
import { makeTlsFiles, PASSPHRASE, type TlsFiles } from './tlsFiles';

/** One server with everything open, TLS and HTTPS too, and one whose whitelist has only `ruok`. */

type ZkServer = Awaited<ReturnType<typeof startStandalone>>;
const HOST = '127.0.0.1';
let files: TlsFiles;
let server: ZkServer;
let strict: ZkServer;
let securePort = 0;

function keyStores(prefix: string): Record<string, string> {
  const stores = { keyStore: 'server.p12', trustStore: 'trust.p12' };
  return Object.fromEntries(
    Object.entries(stores).flatMap(([store, name]) => [
      [`${prefix}.${store}.location`, files.file(name)],
      [`${prefix}.${store}.password`, PASSPHRASE],
      [`${prefix}.${store}.type`, 'PKCS12'],
    ]),
  );
}

beforeAll(async () => {
  files = await makeTlsFiles();
  server = await startStandalone({
    extraConfig: async () => {
      [securePort = 0] = await freePorts(1);
      return {
        secureClientPort: securePort,
        serverCnxnFactory: 'org.apache.zookeeper.server.NettyServerCnxnFactory',
        'admin.portUnification': true,
        ...keyStores('ssl'),
        ...keyStores('ssl.quorum'),
        'ssl.clientAuth': 'want',
      };
    },
  });
  strict = await startStandalone({
    extraConfig: {
      ...{ '4lw.commands.whitelist': 'ruok', 'admin.forceHttps': true },
      ...keyStores('ssl.quorum'),
    },
  });
}, 120_000);
afterAll(async () => {
  await Promise.all([server.stop(), strict.stop()]);
  await files.remove();
});

const ca = (): { caFile: string } => ({ caFile: files.file('ca.crt') });
const admin = (more: Partial<AdminServer> = {}): AdminServer => ({
  host: HOST,
  port: server.adminPort,
  ...more,
});

/** A TCP server that a test scripts; it counts its connections and their ends. */
const fakes = new Set<() => void>();
afterEach(() => {
  for (const stop of fakes) stop();
  fakes.clear();
});
async function fake(script: (socket: Socket, received: Buffer) => void, onConnect = false) {
  const open = new Set<Socket>();
  const seen = { port: 0, connections: 0, open: () => open.size };
  const listener: Server = createServer((socket) => {
    seen.connections++;
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    if (onConnect) script(socket, Buffer.alloc(0));
    else socket.once('data', (chunk) => script(socket, chunk));
    socket.resume();
  });
  await new Promise<void>((done) => listener.listen(0, HOST, done));
  seen.port = (listener.address() as AddressInfo).port;
  fakes.add(() => {
    listener.close();
    for (const socket of open) socket.destroy();
  });
  return seen;
}

describe.each<[string, (word: FourLetterWord) => Promise<string>]>([
  ['the plain port', (word) => sendFourLetterWord(HOST, server.port, word)],
  ['the TLS port', (word) => sendFourLetterWord('localhost', securePort, word, { tls: ca() })],
])('four-letter words on %s', (_, ask) => {
  test.each(FOUR_LETTER_WORDS)('%s is answered', async (word) => {
    expect((await ask(word)).trim()).not.toBe('');
  });

  test('the answers are understood', async () => {
    expect(parseRuok(await ask('ruok'))).toBe(true);
    const report = parseSrvr(await ask('srvr'));
    expect(report).toMatchObject({ version: '3.8.0', mode: 'standalone', outstanding: 0 });
    for (const [key, value] of Object.entries(report ?? {})) {
      expect(value, key).not.toBeUndefined();
    }
    expect(parseStat(await ask('stat'))?.clients.length).toBeGreaterThanOrEqual(1);
    expect(parseCons(await ask('cons')).length).toBeGreaterThanOrEqual(1);
    const metrics = parseMntr(await ask('mntr'));
    expect(metrics).toMatchObject({ version: '3.8.0', mode: 'standalone' });
    expect(metrics?.nodeCount).toBe(report?.nodeCount);
    expect(metrics?.values.size).toBeGreaterThan(400);
    const conf = parseConf(await ask('conf'));
    expect(conf).toMatchObject({ clientPort: server.port, secureClientPort: securePort });
    expect(parseProperties(await ask('envi')).get('java.version')).toBeTruthy();
  });
});

test('cons names the session of a client', async () => {
  const { client } = await connected(server.connectString);
  const { state } = client;
  if (state.kind !== 'connected') throw new Error('not connected');
  const list = parseCons(await sendFourLetterWord(HOST, server.port, 'cons'));
  const own = list.find(({ sessionId }) => sessionId === state.sessionId);
  expect(own).toMatchObject({ sessionTimeoutMs: state.sessionTimeoutMs, queued: 0 });
  const { connections } = await readAdminCommand(admin(), 'connections');
  expect(connections).toContainEqual(expect.objectContaining({ session_id: state.sessionId }));
  await closeAll();
});

describe('a strict whitelist', () => {
  test('refuses with an explanation', async () => {
    const error = await errorOf(sendFourLetterWord(HOST, strict.port, 'mntr'));
    expect(error).toMatchObject({ name: 'ServerCommandError', code: 'NotWhitelisted' });
    expect(String(error)).toMatch(/4lw\.commands\.whitelist.*srvr is always allowed/);
  });

  test('always allows srvr', async () => {
    const text = await sendFourLetterWord(HOST, strict.port, 'srvr');
    expect(parseSrvr(text)).toMatchObject({ mode: 'standalone' });
  });

  test('and without an AdminServer nobody listens on its port', async () => {
    const read = readAdminCommand({ host: HOST, port: 1 }, 'monitor');
    expect(await errorOf(read)).toMatchObject({ code: 'ConnectionFailed' });
  });
});

describe('an AdminServer that speaks HTTPS alone', () => {
  const forced = () => ({ host: 'localhost', port: strict.adminPort });

  test('is asked by HTTPS, with the certificates of the connection', async () => {
    const answer = await readAdminCommand(forced(), 'monitor', { tls: ca() });
    expect(readMonitor(answer)).toMatchObject({ mode: 'standalone' });
    const target = { host: 'localhost', port: strict.port };
    const none = { id: undefined, isVoter: undefined, ownPort: undefined };
    const known = { address: `localhost:${strict.port}`, target, ...none };
    const access = new AdminAccess(() => strict.adminPort);
    const state = async () =>
      (await access.monitor(known, { tls: ca() }, Date.now))?.metrics.values.get('server_state');
    expect([await state(), await state()]).toEqual(['standalone', 'standalone']);
    expect(await access.monitor(known, {}, Date.now)).toBeUndefined();
    expect(access.problemOf(known)).toMatch(/speaks HTTPS, but .*certificate.* no TLS options/);
  });

  test('is not trusted without them, and says what it speaks', async () => {
    const error = await errorOf(readAdminCommand(forced(), 'monitor'));
    expect(error).toMatchObject({ code: 'ConnectionFailed' });
    const plain = readAdminCommand({ ...forced(), secure: false }, 'monitor', { tls: ca() });
    expect(await errorOf(plain)).toMatchObject({ code: 'SpeaksTls' });
  });
});

describe.each<[string, () => [AdminServer, ServerCommandOptions]]>([
  ['HTTP', () => [admin(), {}]],
  ['HTTPS', () => [admin({ host: 'localhost', secure: true }), { tls: ca() }]],
])('the AdminServer over %s', (_, ways) => {
  test.each(ADMIN_COMMANDS.filter((command) => command !== 'leader'))(
    'answers %s',
    async (command) => {
      const [base, options] = ways();
      expect(await readAdminCommand(base, command, options)).toMatchObject({
        command,
        error: null,
      });
    },
  );

  test('says why when a command has no answer', async () => {
    const [base, options] = ways();
    const error = await errorOf(readAdminCommand(base, 'leader', options));
    expect(error).toMatchObject({ code: 'Refused' });
    expect(String(error)).toContain('server is not initialized');
  });

  test('gives the same metrics as mntr', async () => {
    const [base, options] = ways();
    const metrics = readMonitor(await readAdminCommand(base, 'monitor', options));
    expect(metrics).toMatchObject({ version: '3.8.0', mode: 'standalone' });
    const words = parseMntr(await sendFourLetterWord(HOST, server.port, 'mntr'));
    expect([...metrics.values.keys()].sort()).toEqual([...(words?.values.keys() ?? [])].sort());
  });
});

test('a forbidden AdminServer command is refused before anything is sent', async () => {
  const listener = await fake((socket) => socket.end());
  const read = readAdminCommand({ host: HOST, port: listener.port }, 'stat_reset' as AdminCommand);
  expect(await errorOf(read)).toMatchObject({ code: 'Forbidden' });
  expect(listener.connections).toBe(0);
});

/** Both ways to ask, for faults that concern both. */
const WAYS: [string, (port: number, options?: ServerCommandOptions) => Promise<unknown>][] = [
  ['a word', (port, options) => sendFourLetterWord(HOST, port, 'mntr', options)],
  ['AdminServer', (port, options) => readAdminCommand({ host: HOST, port }, 'monitor', options)],
];
const OK = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n';

describe.each(WAYS)('faults: %s', (way, ask) => {
  const isWord = way === 'a word';

  test('a silent server is a time-out, and the connection is closed', async () => {
    const silent = await fake(() => {});
    const start = performance.now();
    const error = await errorOf(ask(silent.port, { timeoutMs: 300 }));
    expect(error).toMatchObject({ code: 'Timeout' });
    expect(performance.now() - start).toBeLessThan(4_500);
    await until('closed', () => silent.open() === 0);
  });

  test('a server that trickles is a time-out too', async () => {
    const trickle = await fake((socket) => {
      socket.write(isWord ? '' : OK);
      const timer = setInterval(() => socket.write(' '), 20);
      socket.on('close', () => clearInterval(timer));
    });
    expect(await errorOf(ask(trickle.port, { timeoutMs: 300 }))).toMatchObject({ code: 'Timeout' });
    await until('closed', () => trickle.open() === 0);
  });

  test('an oversized answer is cut off', async () => {
    const flood = await fake((socket) => {
      if (!isWord) socket.write(OK);
      const more = (): void => {
        while (!socket.destroyed && socket.write(Buffer.alloc(65_536, 'x')));
      };
      socket.on('drain', more);
      more();
    });
    expect(await errorOf(ask(flood.port, { maxBytes: 100_000 }))).toMatchObject({
      code: 'TooLarge',
    });
    expect(await errorOf(ask(flood.port))).toMatchObject({ code: 'TooLarge' });
    await until('closed', () => flood.open() === 0);
  });

  test('the limit is for the answer: one that just fits is taken', async () => {
    const body = isWord ? 'zk_a\t1\n' : '{"command":"monitor"}';
    const fits = await fake((socket) => socket.end(isWord ? body : OK + body));
    await ask(fits.port, { maxBytes: body.length });
    expect(await errorOf(ask(fits.port, { maxBytes: body.length - 1 }))).toMatchObject({
      code: 'TooLarge',
    });
  });

  test('nobody listens', async () => {
    const [port = 0] = await freePorts(1);
    expect(await errorOf(ask(port))).toMatchObject({ code: 'ConnectionFailed' });
  });

  test('closed without a word', async () => {
    const mute = await fake((socket) => socket.end());
    expect(await errorOf(ask(mute.port))).toMatchObject({ code: 'NoAnswer' });
  });

  test('reset in the middle', async () => {
    const reset = await fake((socket) => {
      socket.write(isWord ? 'zk_version' : `${OK}{"comm`, () =>
        setTimeout(() => socket.resetAndDestroy(), 50),
      );
    });
    expect(await errorOf(ask(reset.port))).toMatchObject({ code: 'ConnectionFailed' });
  });

  test('the caller can end it, before and during', async () => {
    const silent = await fake(() => {});
    const reason = new Error('not wanted any more');
    expect(await errorOf(ask(silent.port, { signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(silent.connections).toBe(0);
    const abort = new AbortController();
    const asked = errorOf(ask(silent.port, { signal: abort.signal }));
    await until('connected', () => silent.connections === 1);
    abort.abort(reason);
    expect(await asked).toBe(reason);
    await until('closed', () => silent.open() === 0);
  });

  test('the address map leads elsewhere', async () => {
    const target = isWord ? server.port : server.adminPort;
    const addressMap = { [`${HOST}:1`]: `${HOST}:${target}` };
    await ask(1, { addressMap });
  });
});

describe('wrong ports', () => {
  test('a word to an AdminServer, AdminServer to a client port', async () => {
    const word = sendFourLetterWord(HOST, server.adminPort, 'srvr', { timeoutMs: 2_000 });
    expect(['UnexpectedAnswer', 'NoAnswer', 'Timeout']).toContain(
      ((await errorOf(word)) as { code?: string }).code,
    );
    const read = readAdminCommand({ host: HOST, port: strict.port }, 'monitor');
    expect(await errorOf(read)).toMatchObject({ code: 'NoAnswer' });
  });

  test('not an HTTP server', async () => {
    const ssh = await fake((socket) => socket.write('SSH-2.0-OpenSSH_9.6\r\n'), true);
    const read = readAdminCommand({ host: HOST, port: ssh.port }, 'monitor');
    expect(await errorOf(read)).toMatchObject({ code: 'UnexpectedAnswer' });
  });

  test('another web server, and one that redirects, which is not followed', async () => {
    const elsewhere = await fake((socket) => socket.end(`${OK}{"command":"monitor"}`));
    const answers = [
      'HTTP/1.1 404 Not Found\r\nContent-Length: 4\r\n\r\n<p/>',
      `HTTP/1.1 302 Found\r\nLocation: http://${HOST}:${elsewhere.port}/\r\nContent-Length: 0\r\n\r\n`,
    ];
    for (const answer of answers) {
      const web = await fake((socket) => socket.end(answer));
      const read = readAdminCommand({ host: HOST, port: web.port }, 'monitor');
      expect(await errorOf(read)).toMatchObject({ code: 'UnexpectedAnswer' });
    }
    expect(elsewhere.connections).toBe(0);
  });

  test('plain text to the TLS port, TLS to the plain port', async () => {
    const plain = sendFourLetterWord(HOST, securePort, 'srvr', { timeoutMs: 2_000 });
    expect(['UnexpectedAnswer', 'NoAnswer', 'Timeout']).toContain(
      ((await errorOf(plain)) as { code?: string }).code,
    );
    const tls = sendFourLetterWord(HOST, strict.port, 'srvr', { tls: ca(), timeoutMs: 2_000 });
    expect(await errorOf(tls)).toMatchObject({ code: 'ConnectionFailed' });
  });
});

describe('TLS that cannot be trusted', () => {
  const reasons: [string, () => ServerCommandOptions, RegExp][] = [
    [
      'another authority',
      () => ({ tls: { caFile: files.file('other-ca.crt') } }),
      /verif|self|issuer/,
    ],
    ['no authority of ours', () => ({ tls: {} }), /verif|self|issuer/],
    ['a missing file', () => ({ tls: { caFile: '/nowhere/ca.crt' } }), /\/nowhere\/ca\.crt/],
  ];
  test.each(reasons)('%s', async (_, options, reason) => {
    for (const ask of [
      () => sendFourLetterWord('localhost', securePort, 'srvr', options()),
      () => readAdminCommand(admin({ host: 'localhost', secure: true }), 'ruok', options()),
    ]) {
      const error = await errorOf(ask());
      expect(error).toMatchObject({ code: 'ConnectionFailed' });
      expect(String(error)).toMatch(reason);
    }
  });

  test('a certificate for another host, unless that is switched off', async () => {
    const addressMap = { 'zk.example:2281': `${HOST}:${securePort}` };
    const ask = (tls: ServerCommandOptions['tls']): Promise<string> =>
      sendFourLetterWord('zk.example', 2281, 'ruok', { addressMap, ...(tls && { tls }) });
    const error = await errorOf(ask(ca()));
    expect(error).toMatchObject({ code: 'ConnectionFailed' });
    expect(String(error)).toContain('zk.example');
    expect(await ask({ ...ca(), verifyServerName: false })).toBe('imok');
  });
});
