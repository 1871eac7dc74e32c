import { Table } from '../layout/table';
import type { Member } from '../layout/points';
import type { Preset } from '../types';
import { equal, float32Points, libketamaPoints } from './counts';
import { libmemcachedHashes, MD5 } from './hashNames';
import { choice, text } from './options';
import { md5Ring } from './ringRules';
import {
  type Definition,
  type Hash32,
  type Input,
  type KeyHash32,
  type Rules,
  weightOf,
} from './rules';
import { hashPoints, hostPort, type NameOf, withoutMemcachedPort } from './vnodes';

const hashOption = choice('hash', 'MEMCACHED_BEHAVIOR_HASH.', Object.keys(libmemcachedHashes));

const preset = (
  id: string,
  title: string,
  description: string,
  more: Partial<Preset> = {},
): Preset => ({
  id,
  program: 'libmemcached',
  version: '1.1.4',
  title,
  description,
  options: [hashOption],
  source: 'awesomized/libmemcached@374774d src/libmemcached/hosts.cc, hash.cc',
  status: 'proved',
  picture: 'ring',
  weighted: true,
  ...more,
});

const plainName: NameOf = ({ server }) => `${withoutMemcachedPort(server.address)}-`;

/** spymemcached's names, always with a port. */
const spyName: NameOf = ({ server }) => {
  const { host, port } = hostPort(server.address);
  return `/${host}:${port === '' ? '11211' : port}-`;
};

const keyHash = ({ options }: Input): KeyHash32 => libmemcachedHashes[text(options, 'hash')] ?? MD5;

/** 100 points by the key's own hash; any weight above 1 turns them into weighted MD5 points. */
function ketama(input: Input, name: NameOf): Rules {
  const key = keyHash(input);
  if (input.members.some((member) => weightOf(member) > 1)) {
    return md5Ring(key, name, float32Points);
  }
  return { key, space: { kind: 'ring', points: singlePoints(name, key.hash) } };
}

const singlePoints = (name: NameOf, hash: Hash32) => ({
  bits: 32 as const,
  search: 'ge' as const,
  tie: 'first' as const,
  counts: equal(100),
  ...hashPoints(name, hash),
  // The same name gives other points under weights: never reuse those.
  identity: (member: Member) => `single ${name(member)}`,
});

export const libmemcached: readonly Definition[] = [
  {
    preset: preset(
      'libmemcached-ketama',
      'libmemcached ketama',
      'MEMCACHED_DISTRIBUTION_CONSISTENT_KETAMA, 100 points per server without weights.',
    ),
    rules: (input) => ketama(input, plainName),
  },
  {
    preset: preset(
      'libmemcached-ketama-weighted',
      'libmemcached ketama, weighted',
      'MEMCACHED_BEHAVIOR_KETAMA_WEIGHTED: MD5, 160 points per server, weights in float32.',
      { options: [] },
    ),
    rules: () => md5Ring(MD5, plainName, float32Points),
  },
  {
    preset: preset(
      'libmemcached-ketama-spy',
      'libmemcached ketama for spymemcached',
      'MEMCACHED_DISTRIBUTION_CONSISTENT_KETAMA_SPY: names as spymemcached writes them.',
    ),
    rules: (input) => ketama(input, spyName),
  },
  {
    preset: preset(
      'libmemcached-modula',
      'libmemcached modula',
      'MEMCACHED_DISTRIBUTION_MODULA, the hash modulo the number of servers.',
      { picture: 'buckets', weighted: false },
    ),
    rules: (input) => {
      const key = keyHash(input);
      return {
        key,
        space: {
          kind: 'layout',
          build: (members) =>
            new Table(
              Int32Array.from(members, ({ index }) => index),
              key.range,
            ),
        },
      };
    },
  },
  {
    preset: {
      ...preset(
        'libketama',
        'libketama (last.fm)',
        'The original ketama.c: 160 MD5 points per server.',
        { options: [] },
      ),
      program: 'libketama',
      version: 'RJ/ketama master',
      source: 'RJ/ketama libketama/ketama.c',
    },
    rules: () => md5Ring(MD5, ({ server }) => `${server.address}-`, libketamaPoints),
  },
];
