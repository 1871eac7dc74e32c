import { isIpAddress, splitAddress } from '../membership/address';
import { membersOf } from '../placement/members';
import type { Options, Server } from '../placement/types';

/** A pool whose every text and number may be written as it is. */
export interface CheckedPool {
  readonly name: string;
  readonly servers: readonly (Server & { readonly weight: number })[];
  readonly preset: string;
  /** All of them, defaults filled in. */
  readonly options: Options;
  readonly maxConnections: number | undefined;
  readonly connectTimeoutMs: number;
  readonly requestTimeoutMs: number;
}

type PoolServer = CheckedPool['servers'][number];

const lines = (...texts: readonly (string | false | undefined)[]): string =>
  `${texts.filter((text) => typeof text === 'string').join('\n')}\n`;
const seconds = (ms: number): string => `${ms / 1000}s`;
const isUp = ({ down }: PoolServer): boolean => down !== true;
/** Servers that programs without a word for it do not get to see. */
const leftOut = ({ servers }: CheckedPool, indent: string): string[] =>
  servers.filter((one) => !isUp(one)).map(({ address }) => `${indent}# ${address} takes no keys`);

/** Above what no plan knows, and a person sets. */
export const HAPROXY_KEYS = '# What your keys are in: this header, or any other expression.';
export const NGINX_KEYS = '# What your keys are: this variable, or any other.';

/** A pool of twemproxy (nutcracker), with names only where they replace addresses in the hash. */
export function writeTwemproxy(pool: CheckedPool): string {
  const { options, preset, servers } = pool;
  const tag = options['hash_tag'];
  return lines(
    `${pool.name}:`,
    '  listen: 127.0.0.1:22121',
    `  hash: ${options['hash']}`,
    tag !== '' && `  hash_tag: ${JSON.stringify(tag)}`,
    `  distribution: ${preset === 'twemproxy-modula' ? 'modula' : 'ketama'}`,
    '  # Ejecting a server moves its keys while it is away: false keeps every key where it is.',
    '  auto_eject_hosts: false',
    `  timeout: ${pool.requestTimeoutMs}`,
    pool.maxConnections !== undefined && `  server_connections: ${pool.maxConnections}`,
    '  servers:',
    ...servers
      .filter(isUp)
      .map(({ address, weight, name }) => `    - ${address}:${weight}${name ? ` ${name}` : ''}`),
    ...leftOut(pool, '    '),
  );
}

/** A backend of HAProxy. The ids are what it hashes, so they are written out. */
export function writeHaproxy(pool: CheckedPool): string {
  const { options, preset, servers } = pool;
  const isUri = options['part'] === 'uri';
  const hasNames = servers.some(({ address }) => !isIpAddress(splitAddress(address).host));
  const method = preset === 'haproxy-map' ? 'map-based' : 'consistent';
  return lines(
    `backend ${pool.name}`,
    '    mode http',
    !isUri && `    ${HAPROXY_KEYS}`,
    `    balance ${isUri ? 'uri' : 'hdr(x-key)'}`,
    `    hash-type ${method} ${options['hash']}${options['avalanche'] === true ? ' avalanche' : ''}`,
    `    timeout connect ${pool.connectTimeoutMs}ms`,
    `    timeout server ${pool.requestTimeoutMs}ms`,
    hasNames && '    # Names that cannot be resolved at the start are no reason not to start.',
    hasNames && '    default-server init-addr last,libc,none',
    ...membersOf(servers).map(({ server, id }) => {
      const limit = pool.maxConnections === undefined ? '' : ` maxconn ${pool.maxConnections}`;
      const weight = server.down === true ? 0 : (server.weight ?? 1);
      return `    server s${id} ${server.address} id ${id} weight ${weight}${limit} check`;
    }),
  );
}

/** An upstream of nginx. */
export function writeNginx(pool: CheckedPool): string {
  const limit = pool.maxConnections === undefined ? '' : ` max_conns=${pool.maxConnections}`;
  return lines(
    `upstream ${pool.name} {`,
    `    ${NGINX_KEYS}`,
    `    hash $request_uri${pool.preset === 'nginx-consistent' ? ' consistent' : ''};`,
    ...pool.servers.map((server) => {
      const down = isUp(server) ? '' : ' down';
      return `    server ${server.address} weight=${server.weight}${limit}${down};`;
    }),
    '}',
  );
}

/** A cluster of Envoy (API v3) in a bootstrap configuration; zones become localities. */
export function writeEnvoy(pool: CheckedPool): string {
  const { options, servers, preset } = pool;
  const up = servers.filter(isUp);
  const isStatic = up.every(({ address }) => isIpAddress(splitAddress(address).host));
  const zones = [...new Set(up.map(({ zone }) => zone))];
  return lines(
    'static_resources:',
    '  clusters:',
    `    - name: ${JSON.stringify(pool.name)}`,
    `      type: ${isStatic ? 'STATIC' : 'STRICT_DNS'}`,
    `      connect_timeout: ${seconds(pool.connectTimeoutMs)}`,
    ...(preset === 'envoy-maglev'
      ? [
          '      lb_policy: MAGLEV',
          '      maglev_lb_config:',
          `        table_size: ${options['table_size']}`,
        ]
      : [
          '      lb_policy: RING_HASH',
          '      ring_hash_lb_config:',
          `        hash_function: ${options['hash_function']}`,
          `        minimum_ring_size: ${options['minimum_ring_size']}`,
          `        maximum_ring_size: ${options['maximum_ring_size']}`,
        ]),
    '      # Routes name what is hashed by their hash_policy.',
    ...(pool.maxConnections === undefined
      ? []
      : [
          '      circuit_breakers:',
          '        per_host_thresholds:',
          `          - max_connections: ${pool.maxConnections}`,
        ]),
    '      load_assignment:',
    `        cluster_name: ${JSON.stringify(pool.name)}`,
    '        endpoints:',
    ...zones.flatMap((zone) => [
      ...(zone === undefined
        ? ['          - lb_endpoints:']
        : [
            '          - locality:',
            `              zone: ${JSON.stringify(zone)}`,
            '            lb_endpoints:',
          ]),
      ...up.filter((server) => server.zone === zone).flatMap(endpoint),
    ]),
    ...leftOut(pool, '          '),
  );
}

function endpoint({ address, weight, name }: PoolServer): string[] {
  const { host, port } = splitAddress(address);
  const key = name ?? (isIpAddress(host) ? undefined : address);
  return [
    '              - endpoint:',
    '                  address:',
    '                    socket_address:',
    `                      address: ${JSON.stringify(host)}`,
    `                      port_value: ${port}`,
    `                load_balancing_weight: ${weight}`,
    // Envoy hashes the address that a name resolves to unless it is told a key.
    ...(key === undefined
      ? []
      : [
          '                metadata:',
          '                  filter_metadata:',
          '                    envoy.lb:',
          `                      hash_key: ${JSON.stringify(key)}`,
        ]),
  ];
}
