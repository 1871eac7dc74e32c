import type { Connection, Host } from './connection';

/** The commands of four letters that a monitor or a human sends instead of a greeting. */

const VERSION = '3.8.0-sandbox, built on 2022-02-25 08:49 UTC';

const WORDS: Readonly<Record<string, (host: Host, asking: Connection) => string>> = {
  ruok: () => 'imok',
  isro: () => 'rw',
  srvr: server,
  stat: (host, asking) => server(host, asking, clients(host)),
  mntr: monitor,
};

export function isWord(text: string): boolean {
  return Object.hasOwn(WORDS, text);
}

export function answerWord(word: string, host: Host, asking: Connection): string {
  return WORDS[word]?.(host, asking) ?? '';
}

function server(host: Host, _: Connection, listed = ''): string {
  const { received, sent } = totals(host);
  return [
    `Zookeeper version: ${VERSION}`,
    ...(listed === '' ? [] : [listed]),
    'Latency min/avg/max: 0/0.0/0',
    `Received: ${received}`,
    `Sent: ${sent}`,
    `Connections: ${host.connections.size}`,
    'Outstanding: 0',
    `Zxid: 0x${host.db.zxid.toString(16)}`,
    'Mode: standalone',
    `Node count: ${host.db.tree.size}`,
    '',
  ].join('\n');
}

function clients(host: Host): string {
  const lines = [...host.connections].map(
    ({ address, received, sent, sessionId }) =>
      ` /${address}[${sessionId === 0n ? 0 : 1}](queued=0,recved=${received},sent=${sent})`,
  );
  return ['Clients:', ...lines, ''].join('\n');
}

function monitor(host: Host): string {
  const { tree, watches, sessions } = host.db;
  const { received, sent } = totals(host);
  const values: [string, string | number][] = [
    ['version', VERSION],
    ['server_state', 'standalone'],
    ['avg_latency', '0.0'],
    ['min_latency', 0],
    ['max_latency', 0],
    ['packets_received', received],
    ['packets_sent', sent],
    ['num_alive_connections', host.connections.size],
    ['outstanding_requests', 0],
    ['znode_count', tree.size],
    ['watch_count', watches.count],
    ['ephemerals_count', tree.ephemeralCount],
    ['approximate_data_size', tree.approximateBytes],
    ['global_sessions', sessions.size],
  ];
  return values.map(([key, value]) => `zk_${key}\t${value}\n`).join('');
}

function totals({ connections }: Host): { received: number; sent: number } {
  let [received, sent] = [0, 0];
  for (const one of connections) {
    received += one.received;
    sent += one.sent;
  }
  return { received, sent };
}
