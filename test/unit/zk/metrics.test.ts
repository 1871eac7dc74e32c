import { describe, expect, it } from 'vitest';
import { parseCons } from '../../../src/zk/connectionList';
import { parseMntr, parseRuok, parseSrvr, parseStat, readMonitor } from '../../../src/zk/metrics';
import { parseConf, parseProperties } from '../../../src/zk/serverConfiguration';

/** Texts of real servers: 3.4.14, 3.6.1 on Windows, 3.8.0, 3.9.2, ClickHouse Keeper. */

const SRVR_34 = `Zookeeper version: 3.4.14-4c25d480e66aadd371de8bd2fd8da255ac140bcf, built on 03/06/2019 16:18 GMT
Latency min/avg/max: 0/2/1650
Received: 2110310
Sent: 1526598
Connections: 10
Outstanding: 3
Zxid: 0x1800000d2f
Mode: follower
Node count: 12792
`;
const STAT_36 = [
  'Zookeeper version: 3.6.1--104dcb3e3fb464b30c5186d229e00af9f332524b, built on 04/21/2020 15:01 GMT',
  'Clients:',
  ' /127.0.0.1:62000[0](queued=0,recved=1,sent=0)',
  ' /0:0:0:0:0:0:0:1:62001[1](queued=2,recved=31,sent=30)',
  '',
  'Latency min/avg/max: 0/0.4333/4',
  'Received: 2',
  'Sent: 2',
  'Connections: 2',
  'Outstanding: 0',
  'Zxid: 0x5c',
  'Mode: standalone',
  'Node count: 8',
  '',
].join('\r\n');
const READ_ONLY_38 = `Zookeeper version: 3.8.0-\${mvngit.commit.id}, built on 2024-12-29 17:54 UTC
READ-ONLY mode; serving only read-only clients
Latency min/avg/max: 0/0.0/0
Received: 1
Sent: 0
Connections: 1
Outstanding: 0
Zxid: 0xffffffffffffffff
Mode: read-only
Node count: 5
`;
const KEEPER = `ClickHouse Keeper version: v22.9.1.15416-testing-6156f9cd99b5efd5fe1eeab391571deb4176e2af
Latency min/avg/max: 0/0/0
Zxid: 0x10
Mode: observer
Shoe size: 44
`;

describe('parseSrvr', () => {
  it('reads 3.4', () => {
    expect(parseSrvr(SRVR_34)).toEqual({
      version: '3.4.14',
      fullVersion: '3.4.14-4c25d480e66aadd371de8bd2fd8da255ac140bcf, built on 03/06/2019 16:18 GMT',
      mode: 'follower',
      zxid: 0x1800000d2fn,
      nodeCount: 12792,
      latency: { minMs: 0, avgMs: 2, maxMs: 1650 },
      received: 2110310,
      sent: 1526598,
      connections: 10,
      outstanding: 3,
    });
  });

  it.each(['leader', 'follower', 'observer', 'standalone', 'read-only'])('knows a %s', (mode) => {
    const text = SRVR_34.replace('Mode: follower', `Mode: ${mode}`);
    expect(parseSrvr(text)?.mode).toBe(mode);
  });

  it('reads a read-only server that has no transaction yet', () => {
    expect(parseSrvr(READ_ONLY_38)).toMatchObject({
      version: '3.8.0',
      mode: 'read-only',
      zxid: -1n,
      nodeCount: 5,
    });
  });

  it('reads what is there of a server like it, and passes by what it adds', () => {
    const report = parseSrvr(KEEPER);
    expect(report).toMatchObject({ version: '22.9.1.15416', mode: 'observer', zxid: 16n });
    expect(report?.nodeCount).toBeUndefined();
    expect(report?.connections).toBeUndefined();
  });

  it.each([
    ['', undefined],
    ['imok', undefined],
    ['HTTP/1.1 400 Bad Request\r\n\r\n', undefined],
  ])('is not misled by %j', (text, expected) => {
    expect(parseSrvr(text)).toBe(expected);
  });

  it('leaves out what it cannot read', () => {
    const report = parseSrvr(
      'Zookeeper version: dev\nLatency min/avg/max: 0/x/1\nReceived: 0x10\nSent: 1e999\n' +
        'Zxid: 0x123456789abcdef01\nMode: emperor\nNode count: \n',
    );
    expect(report).toEqual({ fullVersion: 'dev' });
  });
});

describe('parseStat and parseCons', () => {
  it('reads the report and the clients of 3.6', () => {
    const stat = parseStat(STAT_36);
    expect(stat).toMatchObject({
      version: '3.6.1',
      mode: 'standalone',
      latency: { minMs: 0, avgMs: 0.4333, maxMs: 4 },
      zxid: 0x5cn,
    });
    expect(stat?.clients).toEqual([
      { address: '127.0.0.1:62000', queued: 0, received: 1, sent: 0 },
      { address: '0:0:0:0:0:0:0:1:62001', queued: 2, received: 31, sent: 30 },
    ]);
  });

  it('reads connections in full, with session ids beyond what a number holds', () => {
    const text =
      ' /[0:0:0:0:0:0:0:1]:51724[1](queued=0,recved=4,sent=5,sid=0xff00a1b2c3d4e5f7,lop=GETD,' +
      'est=1795359851123,to=30000,lcxid=0x2,lzxid=0xffffffffffffffff,lresp=1795359852000,' +
      'llat=1,minlat=0,avglat=2,maxlat=7)\n zk.example/10.0.0.7:1[0](queued=0,recved=1,sent=0)\n' +
      'null[0](queued=0)\n\n\n';
    expect(parseCons(text)).toEqual([
      {
        address: '[0:0:0:0:0:0:0:1]:51724',
        queued: 0,
        received: 4,
        sent: 5,
        sessionId: -0xff5e4d3c2b1a09n,
        sessionTimeoutMs: 30_000,
        establishedAt: 1_795_359_851_123,
        lastResponseAt: 1_795_359_852_000,
        lastOperation: 'GETD',
        lastZxid: -1n,
        lastLatencyMs: 1,
        minLatencyMs: 0,
        avgLatencyMs: 2,
        maxLatencyMs: 7,
      },
      { address: '10.0.0.7:1', queued: 0, received: 1, sent: 0 },
      { address: 'null', queued: 0 },
    ]);
  });
});

describe('parseMntr', () => {
  it('reads a leader of 3.4', () => {
    const metrics = parseMntr(
      'zk_version\t3.4.14-4c25, built on 03/06/2019 16:18 GMT\nzk_avg_latency\t0\n' +
        'zk_max_latency\t1650\nzk_min_latency\t0\nzk_num_alive_connections\t10\n' +
        'zk_outstanding_requests\t0\nzk_server_state\tleader\nzk_znode_count\t12792\n' +
        'zk_watch_count\t45966\nzk_ephemerals_count\t4\nzk_approximate_data_size\t1522220\n' +
        'zk_followers\t2\nzk_synced_followers\t2\n',
    );
    expect(metrics).toMatchObject({
      version: '3.4.14',
      mode: 'leader',
      latency: { minMs: 0, avgMs: 0, maxMs: 1650 },
      nodeCount: 12792,
      watchCount: 45966,
      ephemeralCount: 4,
      dataBytes: 1522220,
      connections: 10,
      outstanding: 0,
      syncedFollowers: 2,
    });
    expect(metrics?.values.get('followers')).toBe('2');
  });

  it('keeps every key, of 3.8 and of the Prometheus provider too', () => {
    const metrics = parseMntr(
      'zk_avg_latency\t0.0416\nzk_min_latency\t0\nzk_max_latency\t1.0E-5\n' +
        'zk_p99_readlatency\t7\nzk_readlatency{quantile="0.5",}\tNaN\nzk_null\tnull\nnoise\n',
    );
    expect(metrics?.latency).toEqual({ minMs: 0, avgMs: 0.0416, maxMs: 1e-5 });
    expect(metrics?.values.get('p99_readlatency')).toBe('7');
    expect(metrics?.values.get('readlatency{quantile="0.5",}')).toBe('NaN');
    expect(metrics?.values.size).toBe(6);
    expect(metrics?.mode).toBeUndefined();
  });

  it('takes names of the language for what they are: keys', () => {
    const metrics = parseMntr('zk___proto__\t1\nzk_constructor\t2\n');
    expect([...(metrics?.values ?? [])]).toEqual([
      ['__proto__', '1'],
      ['constructor', '2'],
    ]);
    expect(({} as Record<string, unknown>)['1']).toBeUndefined();
  });

  it('is undefined for anything else', () => {
    expect(parseMntr('mntr is not executed because it is not in the whitelist.\n')).toBe(undefined);
  });

  it('reads the same of the AdminServer', () => {
    const metrics = readMonitor({
      version: '3.8.0-x',
      server_state: 'follower',
      avg_latency: 0.5,
      min_latency: 0,
      max_latency: 9,
      znode_count: 5,
      last_proposal: 9_007_199_254_740_993n,
      command: 'monitor',
      error: null,
      nested: {},
    });
    expect(metrics).toMatchObject({
      version: '3.8.0',
      mode: 'follower',
      latency: { minMs: 0, avgMs: 0.5, maxMs: 9 },
      nodeCount: 5,
    });
    expect(metrics.values.get('last_proposal')).toBe('9007199254740993');
    expect(metrics.values.size).toBe(7);
  });
});

describe('parseConf, parseProperties and parseRuok', () => {
  it('reads a member of an ensemble', () => {
    const conf = parseConf(
      'clientPort=20210\nsecureClientPort=-1\ntickTime=500\nmaxClientCnxns=60\n' +
        'minSessionTimeout=1000\nmaxSessionTimeout=40000\nserverId=3\nfuture=a=b\n' +
        'membership: \nserver.1=127.0.0.1:1:2:participant;127.0.0.1:24084\n' +
        'server.3=127.0.0.1:3:4:observer;127.0.0.1:20210\nversion=10000000a',
    );
    expect(conf).toMatchObject({
      serverId: 3,
      clientPort: 20210,
      secureClientPort: -1,
      tickTimeMs: 500,
      minSessionTimeoutMs: 1000,
      maxSessionTimeoutMs: 40000,
      maxClientConnections: 60,
      version: 0x10000000an,
    });
    expect(conf?.members).toEqual(
      new Map([
        [1, '127.0.0.1:1:2:participant;127.0.0.1:24084'],
        [3, '127.0.0.1:3:4:observer;127.0.0.1:20210'],
      ]),
    );
    expect(conf?.values.get('future')).toBe('a=b');
  });

  it('reads a standalone server of 3.4', () => {
    const conf = parseConf('clientPort=2181\ndataDir=/var/lib/zookeeper/version-2\nserverId=0\n');
    expect(conf).toMatchObject({ clientPort: 2181, serverId: 0, members: new Map() });
    expect(conf?.tickTimeMs).toBeUndefined();
    expect(parseConf('nothing of the kind')).toBeUndefined();
  });

  it('reads the environment', () => {
    const environment = parseProperties(
      'Environment:\r\nhost.name=zk1\r\nos.memory.free=197MB\r\n',
    );
    expect(Object.fromEntries(environment)).toEqual({
      'host.name': 'zk1',
      'os.memory.free': '197MB',
    });
  });

  it('knows imok', () => {
    expect([parseRuok('imok'), parseRuok('imok\n'), parseRuok('imnotok')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('hostile text', () => {
  const MANY = 4 * 1024 * 1024;
  it.each([
    ['one endless line', 'a'.repeat(MANY)],
    ['nothing but line ends', '\n'.repeat(MANY)],
    ['blanks', ' '.repeat(MANY)],
    ['a line of brackets', '[0]('.repeat(MANY / 4)],
    ['fields without end', ` /a[0](${'a=1,'.repeat(MANY / 4)})`],
    ['a number without end', `Zookeeper version: ${'1'.repeat(MANY)}\nZxid: 0x${'f'.repeat(MANY)}`],
  ])('is read in linear time: %s', (_, text) => {
    const start = performance.now();
    for (const read of [parseStat, parseCons, parseMntr, parseConf, parseRuok]) read(text);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
