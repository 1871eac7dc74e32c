import { afterAll, describe, expect, it } from 'vitest';
import { toHex64 } from '../../../src/domain/placement/hashes/limbs';
import { murmur2 } from '../../../src/domain/placement/hashes/murmur';
import { compositeIdHash } from '../../../src/domain/placement/hashes/solr';
import { jumpBucket } from '../../../src/domain/placement/layout/jump';
import type { Options, Placement, Server } from '../../../src/domain/placement/types';
import { bytesOf, published } from './fixtures';
import { addresses, place } from './place';

/** Numbers that projects publish in their own tests. */
let checked = 0;
afterAll(() => {
  console.log(`${checked} published values match`);
});
const same = (actual: unknown, expected: unknown): void => {
  expect(actual).toEqual(expected);
  checked += Array.isArray(expected) ? expected.length : 1;
};

const weightedServers: Server[] = published.libmemcached_ketama_weighted.servers
  .split(',')
  .map((text) => {
    const [address = '', weight] = text.split(' ');
    return { address, weight: Number(weight) };
  });
const ownerHost = (placement: Placement, key: string): string =>
  placement.servers[placement.ownerOf(bytesOf(key))]?.address.replace(/:\d+$/, '') ?? '';

describe('published numbers', () => {
  it('libmemcached: hashes, points and servers of the weighted ring', () => {
    const placement = place('libmemcached-ketama-weighted', weightedServers);
    expect(placement.ring?.points).toHaveLength(1264);
    for (const [key, hash, point, host] of published.libmemcached_ketama_weighted.rows) {
      const { hashHex, pointHex } = placement.explain(bytesOf(key));
      same(
        [parseInt(hashHex, 16), parseInt(pointHex ?? '', 16), ownerHost(placement, key)],
        [hash, point, host],
      );
    }
    const wrap = placement.explain(bytesOf('VDEAAAAA'));
    same(
      [wrap.hashHex, wrap.pointHex],
      ['fffcd1b5', placement.ring?.points[0]?.toString(16).padStart(8, '0')],
    );
  });

  it('libmemcached: servers of the weighted ring for spymemcached', () => {
    const placement = place('libmemcached-ketama-spy', weightedServers, { hash: 'md5' });
    for (const [key, hash, host] of published.libmemcached_ketama_spy_weighted.rows) {
      const { hashHex } = placement.explain(bytesOf(key));
      same([parseInt(hashHex, 16), ownerHost(placement, key)], [hash, host]);
    }
  });

  it('spymemcached: servers of its locator test', () => {
    const local = (count: number) =>
      place(
        'spymemcached-ketama',
        addresses(...Array.from({ length: count }, (_, i) => `127.0.0.1:${10_000 + i}`)),
      );
    const of = (count: number, keys: readonly string[]): number[] => {
      const placement = local(count);
      return keys.map((key) => placement.ownerOf(bytesOf(key)));
    };
    const keys = ['dustin', 'noelani', 'some other key', 'V5XS8C8N', '8KR2DKR2', 'L9KH6X4X'];
    same(of(4, keys), [0, 2, 0, 3, 3, 3]);
    same(local(4).ring?.points.at(-1), 4294887009);
    same(of(5, ['some other key', '36', '10037', '22051', '49044']), [4, 2, 3, 1, 4]);
  });

  it('ketama: the points of server1-8', () => {
    const placement = place('libketama', addresses('server1'));
    const points = [...(placement.ring?.points ?? [])];
    expect(points).toEqual(expect.arrayContaining(Object.values(published.ketama_hash_server1_8)));
    checked += 2;
  });

  const local = (from: number, to: number, names = false): Server[] =>
    Array.from({ length: to - from + 1 }, (_, i) => ({
      address: `127.0.0.1:${from + i}`,
      ...(names ? { name: String(from + i) } : {}),
    }));
  const ringText = (placement: Placement): string[] => {
    const { layout } = placement;
    if (layout.kind !== 'ring') return [];
    const { hi, lo, owners } = layout.points;
    return [...hi].map((upper, i) => {
      const port = placement.servers[owners[i] ?? 0]?.address.split(':')[1] ?? '';
      return `${port}:${BigInt(`0x${toHex64(upper, lo?.[i] ?? 0)}`)}`;
    });
  };
  const envoy = (servers: Server[], minimum: number, options: Options = {}): string[] =>
    ringText(place('envoy-ring-hash', servers, { minimum_ring_size: minimum, ...options }));

  it('Envoy: whole rings, and the balance of a big one', () => {
    same(envoy(local(90, 95), 12), published.envoy_ring_xxh64_min12_ports90_95);
    same(
      envoy(local(80, 85), 12, { hash_function: 'MURMUR_HASH_2' }),
      published.envoy_ring_murmur2_min12_ports80_85,
    );
    same(envoy(local(90, 95, true), 12), published.envoy_ring_hostname_90_95);
    same(envoy(local(80, 81), 3), published.envoy_ring_uneven_80_81_min3);
    const placement = place(
      'envoy-ring-hash',
      local(90, 92).map((server, i) => ({ ...server, weight: i + 1 })),
      { minimum_ring_size: 6144 },
    );
    const step = (2n ** 64n - 1n) / 6000n;
    const counts = [0, 0, 0];
    for (let i = 0n; i < 6000n; i++) {
      const hash = i * step;
      const owner = placement.layout.find(Number(hash >> 32n), Number(hash & 0xffffffffn));
      counts[owner] = (counts[owner] ?? 0) + 1;
    }
    same(counts, published.envoy_ring_large_weights_1_2_3_min6144_counts6000);
  });

  it('Envoy: Maglev tables', () => {
    const tables = {
      'ports90_95,M=7': [local(90, 95), 7],
      'hostnames90_95,M=7': [local(90, 95, true), 7],
      'ports90,91 w1,2 M=17': [local(90, 91).map((s, i) => ({ ...s, weight: i + 1 })), 17],
      'ports90,91 equal M=17': [local(90, 91), 17],
      'ports90,91 w8,2 M=17': [local(90, 91).map((s, i) => ({ ...s, weight: [8, 2][i] ?? 0 })), 17],
    } satisfies Record<string, [Server[], number]>;
    for (const [name, [servers, table_size]] of Object.entries(tables)) {
      const { table } = place('envoy-maglev', servers, { table_size });
      same([...(table ?? [])], published.envoy_maglev[name]);
    }
  });

  it('Kafka: murmur2, and so partitions', () => {
    const { table } = place('kafka-murmur2', [], { partitions: 1000 });
    expect(table).toHaveLength(1000);
    const placement = place('kafka-murmur2', [], { partitions: 1000 });
    for (const [key, hash] of Object.entries(published.kafka_murmur2)) {
      const bytes = bytesOf(key);
      same(murmur2(bytes, bytes.length, 0x9747b28c) | 0, hash);
      same(placement.answerOf(bytes), String((hash & 0x7fffffff) % 1000));
    }
  });

  it('Solr: composite ids in four shards', () => {
    const bounds = ['80000000-bfffffff', 'c0000000-ffffffff', '0-3fffffff', '40000000-7fffffff'];
    const ranges = bounds.map((range, i) => {
      const [from = '', to = ''] = range.split('-');
      return { from, to, name: `shard${i + 1}` };
    });
    const placement = place('solr-compositeid', [], {}, { ranges });
    for (const [id, shard] of Object.entries(published.solr_composite_4shards)) {
      same(placement.answerOf(bytesOf(id)), shard);
    }
    for (const [id, hash] of Object.entries(published.solr_contact_KISS)) {
      const bytes = bytesOf(id);
      same(compositeIdHash(bytes, bytes.length) | 0, hash);
    }
    for (const [id, hex] of Object.entries(published.solr_murmur3_hex)) {
      same(place('solr-compositeid', []).answerOf(bytesOf(id)), hex);
    }
  });

  it('Cassandra: tokens of byte strings', () => {
    const placement = place('cassandra-murmur3', []);
    for (const [hex, token] of Object.entries(published.cassandra_token)) {
      same(placement.answerOf(Uint8Array.from(Buffer.from(hex, 'hex'))), token);
    }
  });

  it('Redis: slots with tags', () => {
    const placement = place('redis-cluster', []);
    for (const [key, slot] of Object.entries(published.redis_keyslot)) {
      same(placement.answerOf(bytesOf(key)), String(slot));
    }
  });

  const halves = (key: bigint): [number, number] => [
    Number(BigInt.asUintN(32, key >> 32n)),
    Number(BigInt.asUintN(32, key)),
  ];
  it('jump hash: the reference tables and the long jumps', () => {
    const { golden100_keys0_19, triples, ...tables } = published.jump_reference;
    for (const [key, buckets] of Object.entries(tables)) {
      const of = (count: number): number => jumpBucket(...halves(BigInt(key)), count);
      same(
        buckets.map((_, i) => of(i + 1)),
        buckets,
      );
    }
    const golden = golden100_keys0_19.map((_, key) => jumpBucket(0, key, 100));
    same(golden, golden100_keys0_19);
    for (const [key, count, bucket] of triples) {
      same(jumpBucket(...halves(BigInt(key)), count), bucket);
    }
  });

  it('Guava: where its rounding leaves the paper', () => {
    for (const { key, n, guava, paper } of published.guava_vs_paper) {
      same(jumpBucket(...halves(BigInt(key)), n, true), guava);
      same(jumpBucket(...halves(BigInt(key)), n), paper);
    }
    const list = Array.from({ length: 10 }, (_, i) => ({ address: `s${i}` }));
    const decimal = { hash: 'decimal' };
    const key = bytesOf('-1378172617505958997');
    same(place('guava-consistent-hash', list, decimal).ownerOf(key), 0);
    same(place('jump', list, decimal).ownerOf(key), 3);
  });

  it.each([
    ['twemproxy-ketama', [25, 47, 50, 55, 61, 71, 94, 100], 120],
    ['libmemcached-ketama-weighted', [25, 47, 50, 55, 61, 71, 94, 100], 120],
    ['hashring-npm', [7, 14, 28, 49, 56, 98, 103, 112], 120],
    ['libketama', [61, 122, 237, 244, 474, 488, 933, 948], 1000],
  ])('%s: rounding leaves 156 points at %j servers', (preset, sizes, most) => {
    const all = addresses(...Array.from({ length: most }, (_, i) => `10.9.${i >> 8}.${i & 255}:1`));
    const found: number[] = [];
    const sample = most > 200 ? [...sizes, 60, 62, 121, 123, 500, 947, 1000] : undefined;
    for (let n = 1; n <= most; n++) {
      if (sample !== undefined && !sample.includes(n)) continue;
      const points = place(preset, all.slice(0, n)).ring?.points.length ?? 0;
      expect([156 * n, 160 * n]).toContain(points);
      if (points === 156 * n) found.push(n);
    }
    // Research lists the sizes up to 100 for the float32 rule; the others are complete.
    const upTo = preset.startsWith('hashring') || preset === 'libketama' ? most : 100;
    same(
      found.filter((n) => n <= upTo),
      sizes,
    );
  });
});
