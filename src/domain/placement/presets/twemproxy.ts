import { Table } from '../layout/table';
import type { Member } from '../layout/points';
import type { Options } from '../types';
import { encodeUtf8 } from '../../textCoding';
import { float32Points } from './counts';
import { MD5, twemproxyHashes } from './hashNames';
import { choice, text } from './options';
import { md5Ring, weightedCells } from './ringRules';
import type { Definition, KeyHash } from './rules';
import { withoutMemcachedPort } from './vnodes';

const hashOption = choice(
  'hash',
  'The setting "hash:" of the pool.',
  Object.keys(twemproxyHashes),
  'fnv1a_64',
);
const tagOption = {
  name: 'hash_tag',
  help: 'The setting "hash_tag:": two characters; only what lies between them is hashed.',
  default: '',
};
const source =
  'twitter/twemproxy@60aaf85 src/hashkit/nc_ketama.c, nc_modula.c, src/nc_server.c, nc_conf.c';

/** An empty key is never hashed: its value is 0. */
function keyHash(options: Options): KeyHash {
  const found = twemproxyHashes[text(options, 'hash')] ?? MD5;
  return {
    ...found,
    hash: (bytes: Uint8Array, length: number) => (length === 0 ? 0 : found.hash(bytes, length)),
  };
}

/** What lies between the first `open` and the first `close` after it, when that is not empty. */
function insideTag(tag: string): ((key: Uint8Array) => Uint8Array) | undefined {
  const [open, close] = encodeUtf8(tag);
  if (open === undefined || close === undefined) return undefined;
  return (key) => {
    const start = key.indexOf(open);
    const end = start < 0 ? -1 : key.indexOf(close, start + 1);
    return end - start > 1 ? key.subarray(start + 1, end) : key;
  };
}

const tagPart = (tag: string) => {
  const part = insideTag(tag);
  return part === undefined ? {} : { part };
};

const serverName = ({ server }: Member): string =>
  server.name ?? withoutMemcachedPort(server.address);

/**
 * The order that a pool has after twemproxy has looked for names that occur twice, by sorting it:
 * short names first, equally long ones by bytes (nc_conf.c conf_validate_server, string_compare).
 */
function inPoolOrder(members: readonly Member[]): Member[] {
  const named = members.map((member) => ({ member, name: encodeUtf8(serverName(member)) }));
  return named.sort((a, b) => compareNames(a.name, b.name)).map(({ member }) => member);
}

function compareNames(a: Uint8Array, b: Uint8Array): number {
  if (a.length !== b.length) return a.length - b.length;
  const i = a.findIndex((byte, at) => byte !== b[at]);
  return i < 0 ? 0 : (a[i] ?? 0) - (b[i] ?? 0);
}

export const twemproxy: readonly Definition[] = [
  {
    preset: {
      id: 'twemproxy-ketama',
      program: 'twemproxy (nutcracker)',
      version: '0.5.0',
      title: 'twemproxy ketama',
      description: 'distribution: ketama, 160 MD5 points per server, weights in float32.',
      options: [hashOption, tagOption],
      source,
      status: 'proved',
      picture: 'ring',
      weighted: true,
    },
    wholeWeights: true,
    rules: ({ options }) => ({
      ...md5Ring(keyHash(options), (member) => `${serverName(member)}-`, float32Points),
      ...tagPart(text(options, 'hash_tag')),
    }),
  },
  {
    preset: {
      id: 'twemproxy-modula',
      program: 'twemproxy (nutcracker)',
      version: '0.5.0',
      title: 'twemproxy modula',
      description:
        'distribution: modula, the hash modulo the sum of weights; servers in the order of their names.',
      options: [hashOption, tagOption],
      source,
      status: 'proved',
      picture: 'buckets',
      weighted: true,
    },
    wholeWeights: true,
    rules: ({ options }) => {
      const key = keyHash(options);
      return {
        key,
        ...tagPart(text(options, 'hash_tag')),
        space: {
          kind: 'layout',
          build: (members) => new Table(weightedCells(inPoolOrder(members)), key.range),
        },
      };
    },
  },
];
