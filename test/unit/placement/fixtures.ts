import { readFileSync } from 'node:fs';

/** Placements recorded from real programs: `place[i]` indexes `labels` for `keys[i]`. */
export interface Recorded {
  readonly keys: readonly string[];
  readonly uris: readonly string[];
  readonly configs: Record<
    string,
    {
      readonly oracle: string;
      readonly hash?: string;
      readonly hash_tag?: string;
      readonly servers: readonly string[];
      readonly keys: 'keys' | 'uris';
      readonly labels: readonly string[];
      readonly place: string;
    }
  >;
  readonly numbers: Record<string, readonly string[]>;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8'));

export const recorded = read('placement-vectors') as Recorded;
/** Numbers that the projects publish in their own tests; the shape differs from entry to entry. */
export const published = read('placement-published-vectors') as {
  readonly libmemcached_ketama_weighted: {
    readonly servers: string;
    readonly rows: readonly [string, number, number, string][];
  };
  readonly libmemcached_ketama_spy_weighted: {
    readonly rows: readonly [string, number, string][];
  };
  readonly envoy_ring_xxh64_min12_ports90_95: readonly string[];
  readonly envoy_ring_murmur2_min12_ports80_85: readonly string[];
  readonly envoy_ring_hostname_90_95: readonly string[];
  readonly envoy_ring_uneven_80_81_min3: readonly string[];
  readonly envoy_ring_large_weights_1_2_3_min6144_counts6000: readonly number[];
  readonly envoy_maglev: Record<string, readonly number[]>;
  readonly kafka_murmur2: Record<string, number>;
  readonly solr_murmur3_hex: Record<string, string>;
  readonly solr_composite_4shards: Record<string, string>;
  readonly solr_contact_KISS: Record<string, number>;
  readonly elasticsearch_murmur3_utf16le: Record<string, string>;
  readonly cassandra_token: Record<string, string>;
  readonly vitess_xxhash: Record<string, string>;
  readonly jump_reference: {
    readonly golden100_keys0_19: readonly number[];
    readonly triples: readonly [string, number, number][];
  } & Record<string, readonly number[]>;
  readonly guava_vs_paper: readonly {
    readonly key: string;
    readonly n: number;
    readonly guava: number;
    readonly paper: number;
  }[];
  readonly redis_keyslot: Record<string, number>;
  readonly twemproxy_apple: Record<string, number>;
  readonly ketama_hash_server1_8: Record<string, number>;
};

export const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
