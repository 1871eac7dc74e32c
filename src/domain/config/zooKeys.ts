import { DEFAULT_MAX_BUFFER } from '../capacity/ensemble/limits';
import { bytes, ms, short } from '../capacity/plan/report';
import { because, missedGoal, type PlanFacts } from './facts';

/** One line of `zoo.cfg`, with what it was derived from. */
export interface ConfigKey {
  readonly key: string;
  readonly value: string | number;
  readonly reason: string;
}

/**
 * Keys that the files of a plan may have, besides those of servers. Whatever else stands below a
 * reason was typed there by a person.
 */
export const PLAN_KEYS: ReadonlySet<string> = new Set([
  'tickTime',
  'initLimit',
  'syncLimit',
  'connectToLearnerMasterLimit',
  'minSessionTimeout',
  'maxSessionTimeout',
  'dataDir',
  'dataLogDir',
  'maxClientCnxns',
  'globalOutstandingLimit',
  'watchManagerName',
  'snapCount',
  'preAllocSize',
  'commitLogCount',
  'autopurge.snapRetainCount',
  'autopurge.purgeInterval',
  '4lw.commands.whitelist',
  'clientPort',
  'clientPortAddress',
  'standaloneEnabled',
  'leaderServes',
  'metricsProvider.className',
  'metricsProvider.httpPort',
  'metricsProvider.exportJvmInfo',
  'dynamicConfigFile',
  'admin.serverAddress',
  'admin.serverPort',
]);

const TICKS_OF_A_LONG_SESSION = 20;

/** Timeouts. In milliseconds or ticks, as ZooKeeper takes them. */
export function timeoutKeys(facts: PlanFacts): ConfigKey[] {
  const { sizing } = facts.computed;
  const times = sizing.timeouts;
  const { sessionTimeoutMs } = facts.input.ensemble;
  const shortest = `clients ask for ${short(sessionTimeoutMs)} ms at least`;
  return [
    { key: 'tickTime', value: times.tickTime, reason: because(facts, 'ensemble.tickTime') },
    { key: 'initLimit', value: times.initLimit, reason: because(facts, 'ensemble.initLimit') },
    { key: 'syncLimit', value: times.syncLimit, reason: because(facts, 'ensemble.syncLimit') },
    {
      key: 'connectToLearnerMasterLimit',
      value: times.connectToLearnerMasterLimit,
      reason: `ticks; a leader that does not answer is given up after ${ms((times.connectToLearnerMasterLimit * times.tickTime) / 1000)}, not after initLimit`,
    },
    {
      key: 'minSessionTimeout',
      value: times.minSessionTimeout,
      reason: `two ticks; ${shortest}, and the longest silence needs ${short(times.neededSessionMs)} ms`,
    },
    {
      key: 'maxSessionTimeout',
      value: Math.ceil(times.maxSessionTimeout),
      reason: `${TICKS_OF_A_LONG_SESSION} ticks, or what clients ask for when that is longer`,
    },
  ];
}

/** What one address, one server and the ensemble take on at once. */
export function limitKeys(facts: PlanFacts): ConfigKey[] {
  const { input, computed } = facts;
  const { ensemble } = input;
  const { sizing, shape } = computed;
  const { name, because: why } = watchManagerOf(sizing.watchManager);
  return [
    {
      key: 'maxClientCnxns',
      value: ensemble.maxClientCnxns,
      reason: perAddressReason(facts),
    },
    {
      key: 'globalOutstandingLimit',
      value: ensemble.globalOutstandingLimit,
      reason: `${short(shape.reads + computed.load.writes)} operations/s, a write takes ${ms(shape.write.total)}; all servers together${outstandingWarning(facts)}`,
    },
    { key: 'watchManagerName', value: name, reason: why },
  ];
}

function perAddressReason(facts: PlanFacts): string {
  const { maxClientCnxns, clientsPerAddress } = facts.input.ensemble;
  const opened = `${short(clientsPerAddress, 6)} connections`;
  if (missedGoal(facts, 'limit.connectionsPerAddress') !== undefined) {
    return `below the ${opened} that one address opens to a server: clients will be refused`;
  }
  return maxClientCnxns === 0
    ? `0 is no limit; one address opens up to ${opened} to a server`
    : `one address opens up to ${opened} to a server; 0 would be no limit`;
}

/** Beyond its part of the limit a server stops reading from connections with a request in process. */
function outstandingWarning(facts: PlanFacts): string {
  const needed = missedGoal(facts, 'limit.outstanding')?.remedy?.value;
  return needed === undefined
    ? ''
    : `, which ask for at least ${short(needed, 6)}: clients will be slowed down`;
}

function watchManagerOf(name: string): { name: string; because: string } {
  return {
    name: `org.apache.zookeeper.server.watch.${name}`,
    because: 'the smaller one for this number of watchers of a path',
  };
}

/** Log, snapshots, and how long they stay. */
export function diskKeys(facts: PlanFacts): ConfigKey[] {
  const { input, computed } = facts;
  const { ensemble } = input;
  const { sizing } = computed;
  return [
    {
      key: 'snapCount',
      value: ensemble.snapCount,
      reason: `transactions; a snapshot is ${bytes(sizing.snapshotBytes)}, written after 0.5 to 1 times as many`,
    },
    {
      key: 'preAllocSize',
      value: Math.ceil(ensemble.preAllocBytes / 1024),
      reason: `KiB by which a log file grows; ${bytes(sizing.disk.logBytesPerDay)} of log a day`,
    },
    {
      key: 'commitLogCount',
      value: sizing.timeouts.commitLogCount,
      reason: because(facts, 'ensemble.commitLogCount'),
    },
    {
      key: 'autopurge.snapRetainCount',
      value: ensemble.snapshotsKept,
      reason: `snapshots kept with their logs; ${bytes(sizing.disk.neededBytes)} of disk in all`,
    },
    {
      key: 'autopurge.purgeInterval',
      value: ensemble.purgeIntervalHours,
      reason: 'hours; without it, logs and snapshots would fill the disk',
    },
  ];
}

/**
 * What the servers of an ensemble need besides. A leader that leaves clients to others answers no
 * words either: where all servers share one machine, nothing speaks for that.
 */
export const ensembleKeys = (leaderServes: boolean): ConfigKey[] => [
  {
    key: 'standaloneEnabled',
    value: 'false',
    reason: 'a server whose list is wrong must not serve alone',
  },
  {
    key: 'leaderServes',
    value: leaderServes ? 'yes' : 'no',
    reason: leaderServes
      ? 'clients may use the leader'
      : 'more writes than reads: the leader is left to them',
  },
];

/** What a server alone needs where its file says otherwise: without a list it would not start. */
export const ALONE: ConfigKey = {
  key: 'standaloneEnabled',
  value: 'true',
  reason: 'a server without a list serves alone',
};

/** Whether clients may use the leader, by the plan. */
export const leaderServes = ({ computed }: PlanFacts): boolean => computed.shape.shape.leaderServes;

/** Words that checks and monitoring ask for; `srvr` alone is on by default. */
export const WORDS: ConfigKey = {
  key: '4lw.commands.whitelist',
  value: 'srvr,ruok,mntr,conf',
  reason: 'read-only words that checks between steps and the Ensemble view ask for',
};

export const METRICS_PORT = 7000;

/** The Prometheus metrics provider, which Debian's builds lack. */
export const METRICS_KEYS: readonly ConfigKey[] = [
  {
    key: 'metricsProvider.className',
    value: 'org.apache.zookeeper.metrics.prometheus.PrometheusMetricsProvider',
    reason: 'for the alert rules and the dashboard; a build without this class does not start',
  },
  { key: 'metricsProvider.httpPort', value: METRICS_PORT, reason: 'where Prometheus asks' },
  {
    key: 'metricsProvider.exportJvmInfo',
    value: 'true',
    reason: 'heap and open files, which have alerts',
  },
];

/** The system property of the largest packet when the plan differs from ZooKeeper's default. */
export const maxBufferFlag = ({ input }: PlanFacts): string | undefined =>
  input.ensemble.maxBufferBytes === DEFAULT_MAX_BUFFER
    ? undefined
    : `-Djute.maxbuffer=${input.ensemble.maxBufferBytes}`;
