import { presets } from '../../placement/presets';
import { choice, flag, group, list, real, share, whole } from './fields';

const MIB = 2 ** 20;
const GIB = 2 ** 30;
/** Less memory or disk than this is a number without its unit. */
const LEAST_STORAGE = 16 * MIB;

const instanceType = group('A kind of server that the pool may be built of.', {
  name: { kind: 'text', help: 'Its name, for the report.' },
  requestsPerSecond: real(
    'Requests per second of one busy server; where it has several slots, of one of them.',
    { least: 1e-3, most: 1e9, typical: [1000, 100_000] },
  ),
  slots: whole('Slots: requests that a server works on at the same time, one on each core, say.', {
    ...{ least: 1, most: 1024, default: 1 },
  }),
  serviceVariation: real(
    'Variance over squared mean of the service time: 0 constant, 1 exponential.',
    { most: 1000, default: 1 },
  ),
  memoryBytes: real('Memory that a server has for the service; less means more servers.', {
    ...{ least: LEAST_STORAGE, default: 8 * GIB, typical: [4 * GIB, 256 * GIB] },
  }),
  diskBytes: real('Disk that a server has for the service; less means more servers.', {
    ...{ least: LEAST_STORAGE, default: 100 * GIB, typical: [100e9, 20e12] },
  }),
  pricePerMonth: real('Price in USD a month; 0 when unknown.', { most: 1e9, default: 0 }),
});

export const pool = group('The servers behind ZooKeeper that carry the scenario.', {
  preset: choice(
    'How requests find their server, which decides how even the load is.',
    presets.map(({ id }) => id),
    'random',
  ),
  presetOptions: {
    kind: 'options',
    help: 'Options of the preset where they differ from its defaults.',
  },
  serverAddresses: list(
    'Addresses of the servers where they are known: their exact shares are used.',
    { kind: 'text', help: 'host:port' },
  ),
  loadCapFactor: real(
    'No server takes more than this times the mean (HAProxy hash-balance-factor / 100); 0: no cap.',
    { most: 100, default: 0 },
  ),
  hottestKeyShare: share(
    'Share of all requests that goes to one key, if the popularity given does not say more.',
    0,
  ),
  hottestKeyCopies: whole('Servers over which the hottest key is split or replicated.', {
    least: 1,
    most: 10_000,
    default: 1,
  }),
  percentile: real('The share of responses that the response goal is for.', {
    least: 0.5,
    most: 0.9999,
    default: 0.99,
  }),
  responseGoalMs: real(
    'Nearly all responses (99 % unless changed) come within this time, queueing included.',
    { least: 1e-3, most: 1e7, default: 20, typical: [2, 200] },
  ),
  utilisationGoal: real('The fullest server is busy at most this share of its time.', {
    least: 0.01,
    most: 0.99,
    default: 0.7,
  }),
  serverFailures: whole('Servers that may be down while all goals hold.', {
    most: 1000,
    default: 1,
  }),
  zones: whole('Zones that the servers are spread over evenly.', {
    least: 1,
    most: 100,
    default: 1,
  }),
  survivesZoneLoss: flag('Whether all goals hold while one zone is down.', false),
  instanceTypes: list('Kinds of servers; the cheapest pool is taken.', instanceType),
});

export const coordination = group('How the servers of the pool and their clients use ZooKeeper.', {
  clients: whole('Client processes that watch the list of servers; each has a session.', {
    ...{ most: 1e7, default: 100, typical: [10, 5000] },
  }),
  parentPathBytes: whole('Length of the path under which members register.', {
    least: 1,
    most: 10_000,
    default: 30,
  }),
  memberNameBytes: whole('Length of the name of a member.', { least: 1, most: 1000, default: 20 }),
  memberDataBytes: whole('Data of a member.', { most: 1e6, default: 100 }),
  restartsPerHour: real('Restarts of members an hour, all together.', { most: 1e6, default: 2 }),
});
