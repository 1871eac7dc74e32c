import { crc16, crc32 } from '../hashes/crc';
import { fnv1a32 } from '../hashes/fnv';
import { toHex32, toHex64 } from '../hashes/limbs';
import { murmur2Kafka } from '../hashes/murmur';
import { murmur3x64 } from '../hashes/murmur64';
import { compositeIdHash } from '../hashes/solr';
import { hashTag } from '../hashes/tags';
import { RingLayout } from '../layout/ring';
import { Table } from '../layout/table';
import type { Preset } from '../types';
import { noArcs, partitionCells, rangeArcs, slotCells, tokenArcs } from './assignment';
import { choice, number, text, whole } from './options';
import { type Definition, hash32, hash64, type Input, type KeyHash32, type Rules } from './rules';

const SIGN = 0x80000000;
const partitionsOption = whole(
  'partitions',
  'The number of partitions, unless an assignment lists them.',
  12,
  1,
  1_000_000,
);

function slots(input: Input, key: KeyHash32, count: number): Rules {
  return {
    key,
    answer: (hi) => String(hi % count),
    space: {
      kind: 'layout',
      build: () => new Table(slotCells(input, count), key.range),
    },
  };
}

function partitions(input: Input, key: KeyHash32): Rules {
  const count = input.assignment?.partitions?.length ?? number(input.options, 'partitions');
  return {
    key,
    answer: (hi) => String(hi % count),
    space: {
      kind: 'layout',
      build: () => new Table(partitionCells(input, count), key.range),
    },
  };
}

const partitioners: Record<string, KeyHash32> = {
  consistent: hash32('crc32', crc32),
  murmur2: hash32('murmur2 (Kafka)', murmur2Kafka, 2 ** 31),
  // The magnitude of the signed hash, as Sarama does it.
  fnv1a: hash32('fnv1a (Sarama)', (bytes, length) => Math.abs(fnv1a32(bytes, length) | 0), 2 ** 31),
};

/** Tokens as ring positions: the sign bit flipped, so that the least token is 0. */
const cassandraToken = hash64('murmur3 (Cassandra)', (bytes, length, out) => {
  murmur3x64(bytes, length, out, true);
  // The least number is no token: Cassandra normalises it to the greatest.
  if (out[0] === SIGN && out[1] === 0) out.fill(0xffffffff);
  else out[0] = (out[0] ?? 0) ^ SIGN;
});

const about = (
  preset: Omit<Preset, 'weighted' | 'options'> & Partial<Pick<Preset, 'options'>>,
): Preset => ({ weighted: false, options: [], ...preset });

export const assigned: readonly Definition[] = [
  {
    preset: about({
      id: 'redis-cluster',
      program: 'Redis Cluster',
      version: '7.0.15',
      title: 'Redis Cluster slots',
      description: 'CRC-16 of the key or of its {tag}, 16,384 slots.',
      source: 'Redis Cluster specification; redis-server CLUSTER KEYSLOT',
      status: 'proved',
      picture: 'slots',
      assignment: 'slots',
    }),
    rules: (input) => ({
      ...slots(input, hash32('crc16', crc16, 2 ** 16), 16_384),
      part: (key) => hashTag(key, 'wholeKey'),
    }),
  },
  {
    preset: about({
      id: 'codis',
      program: 'Codis',
      version: '3',
      title: 'Codis slots',
      description: 'CRC-32 of the key or of its {tag}, even an empty one, 1,024 slots.',
      source: 'CodisLabs/codis pkg/proxy/mapper.go',
      status: 'experimental',
      picture: 'slots',
      assignment: 'slots',
    }),
    rules: (input) => ({
      ...slots(input, hash32('crc32', crc32), 1024),
      part: (key) => hashTag(key, 'nothing'),
    }),
  },
  {
    preset: about({
      id: 'kafka-murmur2',
      program: 'Apache Kafka',
      version: 'Java client; kafka-python 2.0.2',
      title: 'Kafka default partitioner',
      description: 'murmur2 of the key, sign bit cleared, modulo the number of partitions.',
      options: [partitionsOption],
      source: 'apache/kafka Utils.murmur2, UtilsTest; kafka-python DefaultPartitioner',
      status: 'proved',
      picture: 'slots',
      assignment: 'partitions',
    }),
    rules: (input) => partitions(input, hash32('murmur2 (Kafka)', murmur2Kafka, 2 ** 31)),
  },
  {
    preset: about({
      id: 'librdkafka-consistent',
      program: 'librdkafka',
      version: '2.0.2',
      title: 'librdkafka partitioner',
      description: "The client's own default is CRC-32, so it disagrees with the Java client.",
      options: [
        choice('partitioner', 'The setting "partitioner".', Object.keys(partitioners)),
        partitionsOption,
      ],
      source: 'librdkafka rd_kafka_msg_partitioner_*',
      status: 'proved',
      picture: 'slots',
      assignment: 'partitions',
    }),
    rules: (input) =>
      partitions(input, partitioners[text(input.options, 'partitioner')] ?? hash32('crc32', crc32)),
  },
  {
    preset: about({
      id: 'solr-compositeid',
      program: 'SolrCloud',
      version: '9',
      title: 'Solr compositeId',
      description: 'murmur3 of the parts of an id, signed 32-bit ranges of shards.',
      source: 'apache/solr CompositeIdRouter.java and its tests',
      status: 'publishedVectors',
      picture: 'ranges',
      assignment: 'ranges',
    }),
    rules: (input) => ({
      // Ranges are of signed numbers: the flipped sign bit puts them in order.
      key: hash32('compositeId', (bytes, length) => (compositeIdHash(bytes, length) ^ SIGN) >>> 0),
      answer: (hi) => toHex32(hi ^ SIGN),
      space: {
        kind: 'layout',
        build: () => {
          const arcs = rangeArcs(input);
          return arcs instanceof Array ? arcs : new RingLayout(arcs, 'ge');
        },
      },
    }),
  },
  {
    preset: about({
      id: 'cassandra-murmur3',
      program: 'Apache Cassandra',
      version: 'Murmur3Partitioner',
      title: 'Cassandra tokens',
      description: 'murmur3 x64 with signed tail bytes; a node owns what lies up to its tokens.',
      source: 'apache/cassandra MurmurHash.java; python driver 3.25',
      status: 'proved',
      picture: 'ring',
      assignment: 'tokens',
    }),
    rules: (input) => ({
      key: cassandraToken,
      answer: (hi, lo) => BigInt.asIntN(64, BigInt(`0x${toHex64(hi ^ SIGN, lo)}`)).toString(),
      space: {
        kind: 'layout',
        build: () => new RingLayout(tokenArcs(input) ?? noArcs(64), 'ge'),
      },
    }),
  },
];
