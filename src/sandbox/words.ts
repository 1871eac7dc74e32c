import type { Connection, Host } from './connection';
import type { Times } from './requestTimes';

/** The commands of four letters that a monitor or a human sends instead of a greeting. */

const VERSION = '3.8.0-sandbox, built on 2022-02-25 08:49 UTC';

const WORDS: Readonly<Record<string, (host: Host) => string>> = {
  ruok: () => 'imok',
  isro: () => 'rw',
  srvr: server,
  stat: (host) => server(host, clients(host, brief)),
  mntr: monitor,
  conf: configuration,
  cons: (host) => `${clients(host, full)}${residents(host)}\n`,
  wchs: watchers,
  dump: ephemerals,
};
/** Words of a real server that a sandbox does not know. */
const OTHERS = ['crst', 'dirs', 'envi', 'gtmk', 'hash', 'srst', 'stmk', 'wchc', 'wchp'];

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
  const { min, average, max } = host.db.times.all;
  return [
    `Zookeeper version: ${VERSION}`,
    ...(listed === '' ? [] : [`Clients:\n${listed}`]),
    `Latency min/avg/max: ${min.toFixed(0)}/${average.toFixed(4)}/${max.toFixed(0)}`,
    `Received: ${received}`,
    `Sent: ${sent}`,
    `Connections: ${open(host).length}`,
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

const open = ({ connections }: Host): Connection[] =>
  [...connections].filter(({ isOpen }) => isOpen);

function clients(host: Host, fieldsOf: (one: Connection, host: Host) => string): string {
  const lines = open(host).map(
    (one) => ` /${one.address}[${one.sessionId === 0n ? 0 : 1}](${fieldsOf(one, host)})\n`,
  );
  return lines.join('');
}

/**
 * Sessions of the sandbox itself. They have no connection, but whoever asks for the owner of a znode
 * shall find it; the last digits of their id stand for a port.
 */
function residents({ db }: Host): string {
  const lines = db.sessions
    .lasting()
    .map(
      (id) => ` /sandbox:${id & 0xffffn}[1](queued=0,recved=0,sent=0,sid=0x${id.toString(16)})\n`,
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

/** A metric as servers spell it; they keep whole milliseconds, of which a sandbox needs few. */
function summary(name: string, { min, average, max, count, sum }: Times): [string, string][] {
  return [
    [`avg_${name}`, average.toFixed(4)],
    [`min_${name}`, min.toFixed(0)],
    [`max_${name}`, max.toFixed(0)],
    [`cnt_${name}`, String(count)],
    [`sum_${name}`, sum.toFixed(3)],
  ];
}

function ephemerals({ db: { tree, sessions } }: Host): string {
  const owners = tree.owners();
  return [
    'SessionTracker dump:',
    `Session Sets (1)/(${sessions.size}):`,
    'ephemeral nodes dump:',
    `Sessions with Ephemerals (${owners.length}):`,
    ...owners.flatMap((id) => [
      `0x${id.toString(16)}:`,
      ...tree.ephemeralsOf(id).map((path) => `\t${path}`),
    ]),
    'Connections dump:',
    '',
  ].join('\n');
}

/** Of the watches on data alone, as by a real server. */
function watchers({ db: { watches } }: Host): string {
  const { watchers, paths, count } = watches.data;
  return `${watchers} connections watching ${paths} paths\nTotal watches:${count}\n`;
}

function monitor(host: Host): string {
  const { tree, watches, sessions, times } = host.db;
  const { received, sent } = totals(host);
  const values: [string, string | number][] = [
    ['version', VERSION],
    ['server_state', 'standalone'],
    ['uptime', host.db.now() - host.startedAt],
    ...summary('latency', times.all).slice(0, 3),
    ['packets_received', received],
    ['packets_sent', sent],
    ['num_alive_connections', open(host).length],
    ['outstanding_requests', 0],
    ['znode_count', tree.size],
    ['watch_count', watches.count],
    ['ephemerals_count', tree.ephemeralCount],
    ['approximate_data_size', tree.approximateBytes],
    ['global_sessions', sessions.size],
    ...summary('readlatency', times.reads),
    ...summary('updatelatency', times.writes),
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
