import { afterAll, describe, expect, it } from 'vitest';
import { presets } from '../../../src/domain/placement/presets';
import type { Options, Server } from '../../../src/domain/placement/types';
import { bytesOf, recorded } from './fixtures';
import { place } from './place';

type Config = (typeof recorded.configs)[string];
interface Case {
  readonly preset: string;
  readonly options?: Options;
  readonly server: (text: string) => Server;
}

const TWEMPROXY = /^(.*?):(\d+)(?: (\S+))?$/;
const twemproxyServer = (text: string): Server => {
  const [, address = '', weight, name] = TWEMPROXY.exec(text) ?? [];
  return { address, weight: Number(weight), ...(name === undefined ? {} : { name }) };
};
const weighed =
  (separator: RegExp) =>
  (text: string): Server => {
    const [address = '', weight] = text.split(separator);
    return weight === undefined ? { address } : { address, weight: parseInt(weight, 10) };
  };
const lastColon = (text: string): Server => {
  const [, address = '', weight, down] = /^(.*):(\d+)( down)?$/.exec(text) ?? [];
  return { address, weight: Number(weight), down: down !== undefined };
};

/** Which preset and options a recording belongs to, by its name. */
function caseOf(name: string, { hash, hash_tag }: Config): Case {
  const [program = '', kind = '', a = '', b = ''] = name.split('/');
  switch (program) {
    case 'twemproxy': {
      const options = { hash: hash ?? '', ...(hash_tag === undefined ? {} : { hash_tag }) };
      return { preset: `twemproxy-${kind}`, options, server: twemproxyServer };
    }
    case 'haproxy': {
      const server = lastColon;
      if (kind === 'uri') return { preset: 'haproxy-consistent', options: { part: 'uri' }, server };
      const options = a === 'default' ? {} : { hash: a, avalanche: b === 'aval' };
      return { preset: `haproxy-${kind}`, options, server };
    }
    case 'nginx':
      return { preset: kind === 'plain' ? 'nginx-hash' : 'nginx-consistent', server: lastColon };
    case 'libmemcached': {
      if (kind === 'ketama_weighted')
        return { preset: 'libmemcached-ketama-weighted', server: weighed(/ /) };
      const preset = kind === 'spy' ? 'ketama-spy' : kind;
      return { preset: `libmemcached-${preset}`, options: { hash: a }, server: weighed(/ /) };
    }
    case 'libketama':
      return { preset: 'libketama', server: weighed(/\t/) };
    case 'spymemcached':
      return { preset: 'spymemcached-ketama', options: { hash: kind }, server: weighed(/ /) };
    case 'uhashring':
      return {
        preset: kind === 'ketama' ? 'uhashring-ketama' : 'uhashring',
        server: weighed(/=/),
      };
    case 'dubbo':
      return {
        preset: 'dubbo-consistent',
        options: { 'hash.nodes': Number(kind) },
        server: weighed(/ /),
      };
    default:
      throw new Error(`no preset for ${name}`);
  }
}

/** Recordings name a server by its address or only by its port. */
const matches = (address: string, label: string): boolean =>
  address === label || `/${address}` === label || address.endsWith(`:${label}`);

const count = { placements: 0, configurations: 0 };
const proved = new Set<string>();
afterAll(() => {
  console.log(`${count.placements} placements of ${count.configurations} configurations match`);
});

describe('recorded placements of real programs', () => {
  const cases = Object.entries(recorded.configs);
  it.each(cases)('%s', (name, config) => {
    const { preset, options, server } = caseOf(name, config);
    const keys = recorded[config.keys];
    const expected = config.place.split(',').map((label) => config.labels[Number(label)] ?? '?');
    expect(expected).toHaveLength(keys.length);
    const placement = place(preset, config.servers.map(server), options);
    const wrong = keys.filter((key, i) => {
      const owner = placement.servers[placement.ownerOf(bytesOf(key))]?.address ?? '';
      return !matches(owner, expected[i] ?? '');
    });
    expect(wrong).toEqual([]);
    count.placements += keys.length;
    count.configurations++;
    proved.add(preset);
  });

  const numbers: [string, string, Options][] = [
    ['redis/keyslot', 'redis-cluster', {}],
    ['kafka/partition/12', 'kafka-murmur2', { partitions: 12 }],
    ['librdkafka/consistent(crc32)/12', 'librdkafka-consistent', { partitions: 12 }],
    ['librdkafka/fnv1a/12', 'librdkafka-consistent', { partitioner: 'fnv1a', partitions: 12 }],
    ['cassandra/murmur3token', 'cassandra-murmur3', {}],
  ];
  it.each(numbers)('%s', (name, preset, options) => {
    const placement = place(preset, [], options);
    expect(recorded.keys.map((key) => placement.answerOf(bytesOf(key)))).toEqual(
      recorded.numbers[name],
    );
    count.placements += recorded.keys.length;
    count.configurations++;
    proved.add(preset);
  });

  it('guava/murmur3_128.long→consistentHash/1000', () => {
    const list = Array.from({ length: 1000 }, (_, i) => ({ address: `s${i}` }));
    const placement = place('guava-consistent-hash', list);
    const owners = recorded.keys.map((key) => String(placement.ownerOf(bytesOf(key))));
    expect(owners).toEqual(recorded.numbers['guava/murmur3_128.long→consistentHash/1000']);
    count.placements += owners.length;
    count.configurations++;
    proved.add('guava-consistent-hash');
  });

  it('cover every preset that claims to be proved, but npm hashring, which has its own test', () => {
    const claimed = presets.filter(({ status }) => status === 'proved').map(({ id }) => id);
    expect([...proved, 'hashring-npm'].sort()).toEqual(claimed.sort());
  });
});
