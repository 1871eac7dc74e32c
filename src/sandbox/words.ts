import type { Connection, Host } from './connection';

/** The commands of four letters that a monitor or a human sends instead of a greeting. */

const VERSION = '3.8.0-sandbox, built on 2022-02-25 08:49 UTC';

const WORDS: Readonly<Record<string, (host: Host) => string>> = {
  ruok: () => 'imok',
  isro: () => 'rw',
  srvr: server,
  stat: (host) => server(host, clients(host, brief)),
  mntr: monitor,
  conf: configuration,
  cons: (host) => `${clients(host, full)}\n`,
  wchs: watchers,
};
/** Words of a real server that a sandbox does not know. */
const OTHERS = ['crst', 'dirs', 'dump', 'envi', 'gtmk', 'hash', 'srst', 'stmk', 'wchc', 'wchp'];

export function isWord(text: string): boolean {
  return Object.hasOwn(WORDS, text) || OTHERS.includes(text);
}

export function answerWord(word: string, host: Host): string {
  const answer = WORDS[word];
  if (answer) return answer(host);
  return `${word} is not executed because it is not in the whitelist.\n`;
}

function server(host: Host, listed = ''): string {
  const { received, sent } = totals(host);
  return [
    `Zookeeper version: ${VERSION}`,
    ...(listed === '' ? [] : [`Clients:\n${listed}`]),
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

function configuration({ port, limits }: Host): string {
  const lines = [
    `clientPort=${port}`,
    'secureClientPort=-1',
    `tickTime=${limits.minTimeoutMs / 2}`,
    'maxClientCnxns=0',
    `minSessionTimeout=${limits.minTimeoutMs}`,
    `maxSessionTimeout=${limits.maxTimeoutMs}`,
    'serverId=0',
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function clients(host: Host, fieldsOf: (one: Connection, host: Host) => string): string {
  const lines = [...host.connections].map(
    (one) => ` /${one.address}[${one.sessionId === 0n ? 0 : 1}](${fieldsOf(one, host)})\n`,
  );
  return lines.join('');
}

function brief({ received, sent }: Connection): string {
  return `queued=0,recved=${received},sent=${sent}`;
}

function full(one: Connection, { db }: Host): string {
  const { sessionId, establishedAt, lastResponseAt } = one;
  if (sessionId === 0n) return brief(one);
  const timeoutMs = db.sessions.timeoutOf(sessionId) ?? 0;
  const id = `0x${sessionId.toString(16)}`;
  return `${brief(one)},sid=${id},est=${establishedAt},to=${timeoutMs},lresp=${lastResponseAt}`;
}

/** Of the watches on data alone, as by a real server. */
function watchers({ db: { watches } }: Host): string {
  const { watchers, paths, count } = watches.data;
  return `${watchers} connections watching ${paths} paths\nTotal watches:${count}\n`;
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
