import { describe, expect, it } from 'vitest';
import { createPlacement } from '../../../src/domain/placement/createPlacement';
import { keyBytes } from '../../../src/domain/placement/keyText';
import { presets } from '../../../src/domain/placement/presets';
import type { Options, Server } from '../../../src/domain/placement/types';
import { keyWarnings } from '../../../src/domain/placement/warnings';
import { bytesOf } from './fixtures';
import { addresses, ok, place, servers } from './place';

const problems = (
  preset: string,
  list: readonly Server[],
  options: Options = {},
  assignment?: unknown,
): unknown[] => {
  const result = createPlacement(preset, list, options, assignment);
  return Array.isArray(result) ? result.map(({ code, where }) => `${code} ${where}`) : [];
};

describe('bad input', () => {
  it.each<[string, string, Server[], Options, unknown, string]>([
    ['an unknown preset', 'ketama', servers(1), {}, undefined, 'preset.unknown preset'],
    ['no servers', 'jump', [], {}, undefined, 'servers.none servers'],
    ['a double', 'jump', addresses('a', 'a'), {}, undefined, 'server.duplicate servers[1]'],
    ['no address', 'jump', addresses(' '), {}, undefined, 'server.address servers[0].address'],
    [
      'weight 0',
      'libketama',
      servers(2, (i) => i),
      {},
      undefined,
      'server.weight servers[0].weight',
    ],
    ['weight NaN', 'jump', servers(1, () => NaN), {}, undefined, 'server.weight servers[0].weight'],
    [
      'weight 1.5',
      'nginx-hash',
      servers(1, () => 1.5),
      {},
      undefined,
      'server.weight servers[0].weight',
    ],
    ['huge weights', 'nginx-hash', servers(1, () => 1e9), {}, undefined, 'server.weight servers'],
    [
      'a huge ring',
      'haproxy-consistent',
      servers(2, () => 1e6),
      {},
      undefined,
      'points.tooMany servers',
    ],
    ['all down', 'jump', [{ address: 'a', down: true }], {}, undefined, 'servers.down servers'],
    ['id 0', 'haproxy-map', [{ address: 'a', id: 0 }], {}, undefined, 'server.id servers[0].id'],
    [
      'an unknown option',
      'jump',
      servers(1),
      { size: 1 },
      undefined,
      'option.unknown options.size',
    ],
    ['a wrong value', 'jump', servers(1), { hash: 'md6' }, undefined, 'option.value options.hash'],
    [
      'a wrong type',
      'envoy-maglev',
      servers(1),
      { table_size: '7' },
      undefined,
      'option.value options.table_size',
    ],
    [
      'a composite size',
      'envoy-maglev',
      servers(1),
      { table_size: 9 },
      undefined,
      'maglev.prime options.table_size',
    ],
    [
      'an inherited option',
      'jump',
      servers(1),
      { constructor: 1 },
      undefined,
      'option.unknown options.constructor',
    ],
    ['an assignment to a ring', 'jump', servers(1), {}, {}, 'assignment.unwanted assignment'],
    ['text as assignment', 'codis', [], {}, 'x', 'assignment.shape assignment'],
    [
      'a bad slot',
      'codis',
      [],
      {},
      { slots: [{ from: 0, to: 1024, owner: 'a' }] },
      'assignment.entry assignment.slots[0]',
    ],
    [
      'overlapping slots',
      'codis',
      [],
      {},
      {
        slots: [
          { from: 0, to: 1023, owner: 'a' },
          { from: 0, to: 1, owner: 'b' },
        ],
      },
      'assignment.overlap assignment.slots',
    ],
    [
      'a bad range',
      'solr-compositeid',
      [],
      {},
      { ranges: [{ from: '1', to: '80000000', name: 's' }] },
      'assignment.entry assignment.ranges[0]',
    ],
    [
      'overlapping ranges',
      'solr-compositeid',
      [],
      {},
      {
        ranges: [
          { from: '0', to: '9', name: 's' },
          { from: '9', to: 'a', name: 't' },
        ],
      },
      'assignment.overlap assignment.ranges',
    ],
    [
      'a bad token',
      'cassandra-murmur3',
      [],
      {},
      { tokens: [{ token: '9223372036854775808', owner: 'a' }] },
      'assignment.entry assignment.tokens[0]',
    ],
    [
      'an unknown owner',
      'kafka-murmur2',
      addresses('a'),
      {},
      { partitions: ['b'] },
      'assignment.owner assignment',
    ],
  ])('%s is a problem', (_, preset, list, options, assignment, expected) => {
    expect(problems(preset, list, options, assignment)).toEqual([expected]);
  });

  it('of keys names the encoding', () => {
    expect(keyBytes('4', 'hex')).toMatchObject([{ code: 'key.hex' }]);
    expect(keyBytes('a', 'base64')).toMatchObject([{ code: 'key.base64' }]);
  });
});

describe('keys', () => {
  it('are bytes of UTF-8, UTF-16LE, hexadecimal or base64', () => {
    expect(keyBytes('é')).toEqual(Uint8Array.of(0xc3, 0xa9));
    expect(keyBytes('é!', 'utf16le')).toEqual(Uint8Array.of(0xe9, 0, 0x21, 0));
    expect(keyBytes('00 fF', 'hex')).toEqual(Uint8Array.of(0, 255));
    for (const text of ['', 'a', 'ab', 'abc', 'ключ']) {
      const base64 = Buffer.from(text).toString('base64');
      expect(keyBytes(base64, 'base64')).toEqual(bytesOf(text));
    }
  });
});

describe('warnings', () => {
  const codes = (preset: string, list: Server[], options: Options = {}): string[] =>
    place(preset, list, options).warnings.map(({ code }) => code);

  it.each<[string, string, Server[], Options]>([
    ['hash.15bit', 'libmemcached-ketama', servers(3), { hash: 'crc' }],
    ['hash.raw', 'haproxy-consistent', servers(3), { avalanche: false }],
    ['hash.clustering', 'twemproxy-ketama', servers(3), {}],
    ['points.few', 'haproxy-consistent', servers(3), {}],
    ['points.156', 'twemproxy-ketama', servers(25), {}],
    ['libmemcached.limit', 'libmemcached-ketama', servers(101), {}],
    ['weights.ignored', 'dubbo-consistent', servers(3, (i) => i + 1), {}],
  ])('%s: %s', (code, preset, list, options) => {
    expect(codes(preset, list, options)).toContain(code);
  });

  it('are silent where all is well', () => {
    expect(codes('spymemcached-ketama', servers(5))).toEqual([]);
    expect(
      codes(
        'nginx-consistent',
        servers(5, (i) => i + 1),
      ),
    ).toEqual([]);
    expect(
      codes(
        'haproxy-consistent',
        servers(5, () => 10),
      ),
    ).toEqual([]);
  });

  it('tell where bytes above ASCII matter', () => {
    const of = (preset: string, options: Options, key: string): string[] =>
      keyWarnings(place(preset, servers(2), options), [bytesOf(key)]).map(({ code }) => code);
    expect(of('twemproxy-ketama', {}, 'ключ')).toEqual(['key.signed']);
    expect(of('twemproxy-ketama', { hash: 'md5' }, 'ключ')).toEqual([]);
    expect(of('dubbo-consistent', {}, 'ключ')).toEqual(['key.charset']);
    expect(of('twemproxy-ketama', {}, 'key')).toEqual([]);
  });
});

describe('explanation', () => {
  it('leads from bytes to hash, point, virtual node, server and fallbacks', () => {
    const placement = place(
      'libmemcached-ketama-weighted',
      addresses('10.0.1.1:11211', '10.0.1.2:11212', '10.0.1.3:11213'),
    );
    const { virtualNode, pointHex, ...rest } = placement.explain(bytesOf('user:42'));
    expect(rest).toMatchObject({ keyHex: '757365723a3432', hashName: 'md5', hashHex: '18dfda56' });
    expect(virtualNode).toMatch(
      /^10\.0\.1\.1-\d+\[[0-3]\]$|^10\.0\.1\.[23]:1121[23]-\d+\[[0-3]\]$/,
    );
    expect(parseInt(pointHex ?? '', 16)).toBeGreaterThanOrEqual(parseInt(rest.hashHex, 16));
    expect([rest.owner, ...rest.fallbacks].sort()).toEqual([0, 1, 2]);
    expect(rest.sentence).toContain(`point ${virtualNode ?? ''} at 0x${pointHex ?? ''}`);
  });

  it('names the part that is hashed and the slot', () => {
    const assignment = { slots: [{ from: 0, to: 16_383, owner: 'redis:1' }] };
    const placement = place('redis-cluster', [], {}, assignment);
    expect(placement.explain(bytesOf('foo{bar}baz'))).toMatchObject({
      hashedHex: '626172',
      cell: 5061,
      answer: 'redis:1',
      owner: 0,
    });
    expect([...placement.shares()]).toEqual([1]);
  });

  it('exists for every preset and agrees with the lookup', () => {
    for (const { id, assignment, policy } of presets) {
      if (policy === true) continue;
      const placement = place(id, assignment === undefined ? servers(4) : []);
      const { owner, answer } = placement.explain(bytesOf('key'));
      expect([id, owner, answer]).toEqual([
        id,
        placement.ownerOf(bytesOf('key')),
        placement.answerOf(bytesOf('key')),
      ]);
      expect(answer).not.toBe('');
    }
  });
});

describe('fallbacks', () => {
  const list = servers(6).map((server, i) => ({ ...server, zone: `zone${i % 3}` }));

  it.each([
    'spymemcached-ketama',
    'haproxy-consistent',
    'nginx-consistent',
    'uhashring',
    'rendezvous',
  ])('%s: the next is the owner once the first is down', (preset) => {
    const ids = list.map((server, i) => ({ ...server, id: i + 1 }));
    const placement = place(preset, ids);
    for (let i = 0; i < 300; i++) {
      const key = bytesOf(`key:${i}`);
      const owner = placement.ownerOf(key);
      const down = ids.map((server, j) => ({ ...server, down: j === owner }));
      const [next, ...others] = placement.fallbacks(key, 9);
      expect(ok(placement.withServers(down)).ownerOf(key)).toBe(next);
      expect(new Set([owner, next, ...others]).size).toBe(6);
    }
  });

  it('take one server of each zone', () => {
    const placement = place('spymemcached-ketama', list);
    const key = bytesOf('key');
    const replicas = [placement.ownerOf(key), ...placement.fallbacks(key, 9, true)];
    expect(replicas.map((i) => list[i]?.zone).sort()).toEqual(['zone0', 'zone1', 'zone2']);
  });
});

describe('assignments', () => {
  it('of tokens give a node what lies up to its tokens', () => {
    const tokens = [
      { token: '-9223372036854775808', owner: 'a' },
      { token: '0', owner: 'b' },
      { token: '6339893720897220837', owner: 'c' },
    ];
    const placement = place('cassandra-murmur3', [], {}, { tokens });
    // Recorded tokens: user:0 is 6339893720897220837, user:2 negative.
    expect(placement.answerOf(bytesOf('user:0'))).toBe('c');
    expect(placement.answerOf(bytesOf('user:2'))).toBe('b');
    const [a = 0, b = 0] = placement.shares();
    expect(b).toBeCloseTo(0.5, 9);
    expect(a).toBeCloseTo(0.5 - Number(6339893720897220837n) / 2 ** 64, 9);
  });

  it('of partitions may leave some without a leader', () => {
    const placement = place('kafka-murmur2', [], {}, { partitions: ['a', null, 'b'] });
    expect([...placement.shares()].map((share) => share.toFixed(4))).toEqual(['0.3333', '0.3333']);
    expect([...(placement.table ?? [])]).toEqual([0, -1, 1]);
  });
});
