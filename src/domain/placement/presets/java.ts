import { doublePoints, equal, float32Points } from './counts';
import { MD5, spymemcachedHashes } from './hashNames';
import { choice, number, text, whole } from './options';
import { md5Ring } from './ringRules';
import { type Definition, type Input, type Rules, weightOf } from './rules';
import { hashPoints, hostPort, type NameOf, withoutMemcachedPort } from './vnodes';

/** Rings of Java and Scala clients: a TreeMap, so the last writer of a point wins. */
const last = { tie: 'last' } as const;

function spymemcached({ options, members }: Input): Rules {
  const key = spymemcachedHashes[text(options, 'hash')] ?? MD5;
  const compatible = text(options, 'format') === 'LIBMEMCACHED';
  const name: NameOf = ({ server }) =>
    `${compatible ? withoutMemcachedPort(server.address) : server.address}-`;
  if (members.some((member) => weightOf(member) !== 1)) {
    return md5Ring(key, name, float32Points, last);
  }
  if (key === MD5) return md5Ring(key, name, equal(160), last);
  const points = {
    bits: 32 as const,
    search: 'ge' as const,
    tie: 'last' as const,
    counts: equal(160),
    ...hashPoints(name, key.hash),
  };
  return {
    key,
    space: { kind: 'ring', points: { ...points, identity: (m) => `single ${name(m)}` } },
  };
}

export const java: readonly Definition[] = [
  {
    preset: {
      id: 'spymemcached-ketama',
      program: 'spymemcached',
      version: '2.12.3',
      title: 'spymemcached ketama',
      description: 'KetamaNodeLocator: 160 points per server named by InetSocketAddress.',
      options: [
        choice('hash', 'The HashAlgorithm of the locator.', Object.keys(spymemcachedHashes)),
        choice('format', 'KetamaNodeKeyFormatter.Format: how virtual nodes are named.', [
          'SPYMEMCACHED',
          'LIBMEMCACHED',
        ]),
      ],
      source: 'dustin/java-memcached-client@fd1447f KetamaNodeLocator, KetamaNodeKeyFormatter',
      status: 'proved',
      picture: 'ring',
      weighted: true,
    },
    rules: spymemcached,
  },
  {
    preset: {
      id: 'dubbo-consistent',
      program: 'Apache Dubbo',
      version: '3 (324c6255)',
      title: 'Dubbo consistenthash',
      description:
        'ConsistentHashLoadBalance: hash.nodes points per provider; weights are ignored.',
      options: [
        whole('hash.nodes', 'Points per provider, of which multiples of 4 count.', 160, 4, 100_000),
      ],
      source: 'apache/dubbo@324c6255 ConsistentHashLoadBalance.java',
      status: 'proved',
      picture: 'ring',
      virtualNodes: 'hash.nodes',
      weighted: false,
    },
    rules: ({ options }) =>
      md5Ring(
        MD5,
        ({ server }) => server.address,
        equal(Math.floor(number(options, 'hash.nodes') / 4) * 4),
        last,
      ),
  },
  {
    preset: {
      id: 'sofa-rpc-consistent',
      program: 'SOFARPC',
      version: 'master',
      title: 'SOFARPC consistentHash',
      description:
        'ConsistentHashLoadBalancer: 128 points per provider, named host, port and number.',
      options: [],
      source: 'alipay/sofa-rpc ConsistentHashLoadBalancer.java',
      status: 'experimental',
      picture: 'ring',
      weighted: false,
    },
    rules: () =>
      md5Ring(
        MD5,
        ({ server }) => {
          const { host, port } = hostPort(server.address);
          return host + port;
        },
        equal(128),
        last,
      ),
  },
  {
    preset: {
      id: 'finagle-ketama',
      program: 'Finagle',
      version: 'twitter/util develop',
      title: 'Finagle memcached ketama',
      description: 'ConsistentHashingDistributor: 160 MD5 points per server, weights in double.',
      options: [],
      source: 'twitter/util hashing/ConsistentHashingDistributor.scala',
      status: 'experimental',
      picture: 'ring',
      weighted: true,
    },
    rules: () =>
      md5Ring(
        MD5,
        ({ server }) => `${server.name ?? withoutMemcachedPort(server.address)}-`,
        doublePoints(40, 1e-10),
        last,
      ),
  },
];
