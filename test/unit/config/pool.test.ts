import { describe, expect, it } from 'vitest';
import { poolConfig, poolProgramOf, type PoolInput } from '../../../src/domain/config/pool';
import { presets } from '../../../src/domain/placement/presets';
import type { Problem, Server } from '../../../src/domain/placement/types';

const SERVERS: Server[] = [
  { address: '10.0.0.1:11211', weight: 2, zone: 'east' },
  { address: 'cache-2.example.com:11211', zone: 'west' },
  { address: '10.0.0.3:11211', down: true },
];

function textOf(input: PoolInput): string {
  const config = poolConfig(input);
  if (Array.isArray(config)) throw new Error(config[0]?.message);
  return config.text;
}

function problemsOf(input: PoolInput): string[] {
  const config = poolConfig(input);
  return Array.isArray(config) ? config.map(({ code }: Problem) => code) : [];
}

describe('pool configuration', () => {
  it('of twemproxy has hash, tag and distribution of the preset', () => {
    const options = { hash: 'murmur', hash_tag: '{}' };
    expect(textOf({ servers: SERVERS, preset: 'twemproxy-ketama', options, name: 'cache' })).toBe(
      `cache:
  listen: 127.0.0.1:22121
  hash: murmur
  hash_tag: "{}"
  distribution: ketama
  # Ejecting a server moves its keys while it is away: false keeps every key where it is.
  auto_eject_hosts: false
  timeout: 5000
  servers:
    - 10.0.0.1:11211:2
    - cache-2.example.com:11211:1
    # 10.0.0.3:11211 takes no keys
`,
    );
  });

  it('of HAProxy writes the ids that it would hash', () => {
    const servers = [...SERVERS, { address: '[::1]:80', id: 1 }];
    const text = textOf({ servers, preset: 'haproxy-consistent', maxConnections: 40 });
    expect(text.match(/ {4}server .*/g)).toEqual([
      '    server s2 10.0.0.1:11211 id 2 weight 2 maxconn 40 check',
      '    server s3 cache-2.example.com:11211 id 3 weight 1 maxconn 40 check',
      '    server s4 10.0.0.3:11211 id 4 weight 0 maxconn 40 check',
      '    server s1 [::1]:80 id 1 weight 1 maxconn 40 check',
    ]);
    expect(text).toContain('hash-type consistent sdbm avalanche');
    const map = textOf({ servers: SERVERS, preset: 'haproxy-map', options: { part: 'uri' } });
    expect(map).toContain('balance uri\n    hash-type map-based sdbm\n');
  });

  it('of nginx says consistent only where it is', () => {
    const text = textOf({ servers: SERVERS, preset: 'nginx-consistent', maxConnections: 7 });
    expect(text).toContain('hash $request_uri consistent;');
    expect(text).toContain('server 10.0.0.1:11211 weight=2 max_conns=7;');
    expect(text).toContain('server 10.0.0.3:11211 weight=1 max_conns=7 down;');
    expect(textOf({ servers: SERVERS, preset: 'nginx-hash' })).toContain('hash $request_uri;');
  });

  it('of Envoy has zones as localities, and the hash key of a name', () => {
    const text = textOf({ servers: SERVERS, preset: 'envoy-ring-hash' });
    expect(text).toContain('lb_policy: RING_HASH');
    expect(text).toContain('type: STRICT_DNS');
    expect(text).toContain('zone: "west"');
    expect(text).toContain('hash_key: "cache-2.example.com:11211"');
    expect(text.match(/hash_key/g)).toHaveLength(1);
    const maglev = textOf({ servers: SERVERS.slice(0, 1), preset: 'envoy-maglev' });
    expect(maglev).toContain('type: STATIC');
    expect(maglev).toContain('table_size: 65537');
  });

  it('can be written for what has a configuration, and nothing else', () => {
    for (const { id } of presets) {
      const program = poolProgramOf(id);
      expect(problemsOf({ servers: [{ address: '10.0.0.1:80' }], preset: id })).toEqual(
        program === undefined ? ['pool.preset'] : [],
      );
    }
  });

  it.each([
    ['a line break', { address: '10.0.0.1:80\n  evil' }],
    ['a quote', { address: '10.0.0.1:80"' }],
    ['a blank', { address: '10.0.0.1:80 backup' }],
    ['no port', { address: '10.0.0.1' }],
    ['markup', { address: '<img src=x>:80' }],
    ['a name with a line break', { address: '10.0.0.1:80', name: 'a\nb' }],
    ['too much weight', { address: '10.0.0.1:80', weight: 257 }],
  ])('refuses a server with %s', (_, server) => {
    expect(problemsOf({ servers: [server], preset: 'haproxy-consistent' })).toHaveLength(1);
  });

  it('refuses names, tags and options that are none', () => {
    const servers = [{ address: '10.0.0.1:80' }];
    const preset = 'twemproxy-ketama';
    expect(problemsOf({ servers, preset, name: 'a: b' })).toEqual(['pool.name']);
    expect(problemsOf({ servers, preset, options: { hash_tag: '{' } })).toEqual(['pool.hashTag']);
    expect(problemsOf({ servers, preset, options: { hash: 'x\ny' } })).toEqual(['option.value']);
    expect(problemsOf({ servers: [], preset })).toEqual(['servers.none']);
  });

  it('quotes zones', () => {
    const servers = [{ address: '10.0.0.1:80', zone: 'a"\n- b: c' }];
    expect(textOf({ servers, preset: 'envoy-maglev' })).toContain('zone: "a\\"\\n- b: c"');
  });
});
