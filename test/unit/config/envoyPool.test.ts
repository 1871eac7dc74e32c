import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { poolConfig } from '../../../src/domain/config/pool';
import type { Server } from '../../../src/domain/placement/types';

type Schema = Readonly<Record<string, unknown>>;

/** A message of Envoy's API with the fields that a pool may have: others would be refused there too. */
const message = (
  properties: Readonly<Record<string, Schema>>,
  required: string[] = [],
): Schema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
});
const listOf = (items: Schema): Schema => ({ type: 'array', items, minItems: 1 });
const text: Schema = { type: 'string', minLength: 1 };
const whole = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });
const UINT32 = 4_294_967_295;
const RING = 8_388_608;

// Names, types and limits are those of envoyproxy/envoy api/envoy/config/cluster/v3/cluster.proto and
// circuit_breaker.proto, endpoint/v3/endpoint_components.proto, core/v3/address.proto and base.proto.
const endpoint = message(
  {
    endpoint: message({
      address: message({
        socket_address: message({ address: text, port_value: whole(0, 65_535) }, [
          ...['address', 'port_value'],
        ]),
      }),
    }),
    load_balancing_weight: whole(1, UINT32),
    metadata: message({
      filter_metadata: message({ 'envoy.lb': message({ hash_key: text }, ['hash_key']) }),
    }),
  },
  ['endpoint'],
);
const cluster = message(
  {
    name: text,
    type: { enum: ['STATIC', 'STRICT_DNS'] },
    connect_timeout: { type: 'string', pattern: '^[0-9]+(\\.[0-9]{1,9})?s$' },
    lb_policy: { enum: ['RING_HASH', 'MAGLEV'] },
    ring_hash_lb_config: message({
      hash_function: { enum: ['XX_HASH', 'MURMUR_HASH_2'] },
      minimum_ring_size: whole(0, RING),
      maximum_ring_size: whole(0, RING),
    }),
    maglev_lb_config: message({ table_size: whole(2, 5_000_011) }),
    circuit_breakers: message({
      per_host_thresholds: listOf(message({ max_connections: whole(0, UINT32) })),
    }),
    load_assignment: message(
      {
        cluster_name: text,
        endpoints: listOf(
          message({ locality: message({ zone: text }), lb_endpoints: listOf(endpoint) }),
        ),
      },
      ['cluster_name', 'endpoints'],
    ),
  },
  ['name', 'type', 'lb_policy', 'load_assignment'],
);
const bootstrap = message({ static_resources: message({ clusters: listOf(cluster) }) });

const ajv = new Ajv({ strict: false, allErrors: true });
const isBootstrap = ajv.compile(bootstrap);

const SERVERS: Server[] = [
  { address: '10.0.0.1:80', weight: 3, zone: 'a"\n- b: c' },
  { address: '[::1]:80', zone: 'no' },
  { address: 'cache.example.com:80', name: '1e3' },
  { address: '10.0.0.9:80', down: true },
];

describe('a cluster of Envoy', () => {
  it.each(['envoy-ring-hash', 'envoy-maglev'])('holds by the schema of its API: %s', (preset) => {
    const config = poolConfig({ servers: SERVERS, preset, maxConnections: 9, name: 'null.1' });
    if (Array.isArray(config)) throw new Error(config[0]?.message);
    const document = parse(config.text) as unknown;
    expect(isBootstrap(document), ajv.errorsText(isBootstrap.errors)).toBe(true);
    expect(config.text.match(/^.*socket_address/gm)).toHaveLength(3);
    expect(JSON.stringify(document)).toContain(JSON.stringify('a"\n- b: c'));
    expect(JSON.stringify(document)).toContain('"hash_key":"1e3"');
    const wrong = parse(config.text.replace('lb_endpoints', 'endpoints')) as unknown;
    expect(isBootstrap(wrong)).toBe(false);
  });

  it('keeps names that YAML would take for something else', () => {
    for (const name of ['1', 'null', 'true', '1e3', '0x1F']) {
      const config = poolConfig({ servers: SERVERS, preset: 'envoy-maglev', name });
      if (Array.isArray(config)) throw new Error(config[0]?.message);
      expect(isBootstrap(parse(config.text)), name).toBe(true);
    }
  });
});
