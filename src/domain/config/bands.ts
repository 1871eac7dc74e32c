import { outstandingPerServer } from '../capacity/ensemble/limits';
import { majority } from '../capacity/ensemble/quorum';
import { bytes, ms, short } from '../capacity/plan/report';
import { because, heapMiB, isPlannedAlone, type PlanFacts } from './facts';

/** A measured quantity and where the plan ends. */
export interface Band {
  /** Stable; names the alert and the panel. */
  readonly id: string;
  readonly title: string;
  /** PromQL for what is measured, `SELECTOR` in place of the label matchers. */
  readonly measure: string;
  /** PromQL unit of Grafana. */
  readonly unit: 'reqps' | 's' | 'short' | 'bytes' | 'percentunit';
  /** Above this (or below, when `below`) reality has left the plan. */
  readonly limit: number;
  readonly below?: boolean;
  readonly severity: 'warning' | 'critical';
  /** How long it lasts before someone is told. */
  readonly lasting: string;
  readonly reason: string;
}

/** A limit as people read it, in the band's unit. */
export function limitText({ unit, limit }: Pick<Band, 'unit' | 'limit'>): string {
  switch (unit) {
    case 'reqps':
      return `${short(limit)}/s`;
    case 's':
      return ms(limit);
    case 'bytes':
      return bytes(limit);
    case 'percentunit':
      return `${short(100 * limit)} %`;
    case 'short':
      return short(limit, 6);
  }
}

/** Reality may exceed the planned load by half, and planned state by a fifth, before it is news. */
const LOAD = 1.5;
const STATE = 1.2;

/** Never below this: plans of tiny loads would alert at each restart. */
const LEAST_RATE = 10;

const rounded = (value: number): number => Number(value.toPrecision(3));

/** Rate of a counter of every server, and mean of a summary in milliseconds as seconds. */
const rate = (counter: string): string => `rate(${counter}{SELECTOR}[5m])`;
const mean = (summary: string): string =>
  `rate(${summary}_sum{SELECTOR}[5m]) / clamp_min(rate(${summary}_count{SELECTOR}[5m]), 0.001) / 1000`;

/** What the plan expects of the load and of the time that it takes. */
export function loadBands(facts: PlanFacts): Band[] {
  const { input, computed } = facts;
  const { shape, load, sizing } = computed;
  const writes = Math.max(LEAST_RATE, LOAD * load.writes);
  const reads = Math.max(LEAST_RATE, LOAD * shape.reads);
  // Only a leader counts proposals: of a server alone they stay 0.
  const written = rate(isPlannedAlone(facts) ? 'updatelatency_count' : 'proposal_count');
  return [
    {
      id: 'Writes',
      title: 'Writes per second',
      measure: `sum(${written})`,
      unit: 'reqps',
      limit: rounded(writes),
      severity: 'warning',
      lasting: '15m',
      reason: `1.5 times the planned writes, at least ${LEAST_RATE}: ${because(facts, 'zooKeeper.writes')}`,
    },
    {
      id: 'Reads',
      title: 'Reads per second, pings included',
      measure: `sum(${rate('readlatency_count')})`,
      unit: 'reqps',
      limit: rounded(reads),
      severity: 'warning',
      lasting: '15m',
      reason: `1.5 times the planned reads with pings, at least ${LEAST_RATE}`,
    },
    {
      id: 'Capacity',
      title: 'Operations per second',
      measure: `sum(${rate('readlatency_count')}) + sum(${written})`,
      unit: 'reqps',
      limit: rounded(input.ensemble.utilisationGoal * shape.capacity),
      severity: 'critical',
      lasting: '5m',
      reason: `${input.ensemble.utilisationGoal} of the throughput: ${because(facts, 'ensemble.capacity')}`,
    },
    {
      id: 'WriteLatency',
      title: 'Mean time of a write',
      measure: `max(${mean('updatelatency')})`,
      unit: 's',
      limit: rounded(input.ensemble.writeGoalMs / 1000),
      severity: 'warning',
      lasting: '10m',
      reason: `the goal; the plan computes ${rounded(shape.write.total * 1000)} ms`,
    },
    {
      id: 'Fsync',
      title: 'Mean fsync of the log',
      measure: `max(${mean('fsynctime')})`,
      unit: 's',
      // Times are whole milliseconds: below two, half of them say nothing.
      limit: rounded(Math.max(0.002, 1.5 * shape.fsync)),
      severity: 'warning',
      lasting: '10m',
      reason: `1.5 times the planned ${rounded(shape.fsync * 1000)} ms, at least the 2 ms that can be measured`,
    },
    {
      id: 'Outstanding',
      title: 'Requests that wait at a server',
      measure: 'max(outstanding_requests{SELECTOR})',
      unit: 'short',
      limit: outstandingPerServer(input.ensemble.globalOutstandingLimit, shape.shape.voters),
      severity: 'critical',
      lasting: '2m',
      reason: 'the server’s part of globalOutstandingLimit: it reads no more from busy connections',
    },
    {
      id: 'Connections',
      title: 'Connections of a server',
      measure: 'max(num_alive_connections{SELECTOR})',
      unit: 'short',
      limit: Math.ceil(Math.max(LEAST_RATE, STATE * sizing.connections)),
      severity: 'warning',
      lasting: '15m',
      reason: '1.2 times the planned connections with one server down',
    },
  ];
}

/** What the plan expects of state and machines. */
export function stateBands(facts: PlanFacts): Band[] {
  const { computed } = facts;
  const { load, sizing, shape } = computed;
  const { voters } = shape.shape;
  const paths = sizing.snapshotBytes - 76 * sizing.znodes;
  const state = (
    id: string,
    title: string,
    metric: string,
    planned: number,
    least: number,
    text: (value: number) => string = (value) => String(rounded(value)),
  ): Band => ({
    id,
    title,
    measure: `max(${metric}{SELECTOR})`,
    unit: 'short',
    limit: Math.ceil(Math.max(least, STATE * planned)),
    severity: 'warning',
    lasting: '30m',
    reason: `1.2 times the planned ${text(planned)}, at least ${text(least)}: heap and start time are sized for it`,
  });
  return [
    state('Znodes', 'Znodes', 'znode_count', sizing.znodes, 1000),
    state('Watches', 'Watches of a server', 'watch_count', load.watches, 1000),
    {
      ...state('DataSize', 'Paths and data', 'approximate_data_size', paths, 2 ** 20, bytes),
      unit: 'bytes',
    },
    {
      id: 'Heap',
      title: 'Heap in use',
      measure:
        'max(jvm_memory_bytes_used{SELECTOR,area="heap"} / jvm_memory_bytes_max{SELECTOR,area="heap"})',
      unit: 'percentunit',
      limit: 0.9,
      severity: 'warning',
      lasting: '15m',
      reason: `of ${heapMiB(facts)} MiB, after collections it should be half`,
    },
    {
      id: 'OpenFiles',
      title: 'Open files',
      measure: 'max(open_file_descriptor_count{SELECTOR} / max_file_descriptor_count{SELECTOR})',
      unit: 'percentunit',
      limit: 0.8,
      severity: 'warning',
      lasting: '5m',
      reason: `of ${facts.input.ensemble.openFiles} that LimitNOFILE allows`,
    },
    {
      id: 'Elections',
      title: 'Elections in an hour',
      measure: 'max(increase(election_time_count{SELECTOR}[1h]))',
      unit: 'short',
      limit: 2,
      severity: 'warning',
      lasting: '1m',
      reason: `the plan expects ${rounded(sizing.elections.perYear)} losses of the leader a year`,
    },
    ...(voters === 1 ? [] : quorumBands(voters)),
  ];
}

function quorumBands(voters: number): Band[] {
  return [
    {
      id: 'Followers',
      title: 'Followers in sync',
      measure: 'max(synced_followers{SELECTOR})',
      unit: 'short',
      limit: voters - 1,
      below: true,
      severity: 'warning',
      lasting: '5m',
      reason: `${voters} voters: a leader and ${voters - 1} followers`,
    },
    {
      id: 'Leader',
      title: 'Leaders',
      // Only a leader has this metric.
      measure: 'count(synced_followers{SELECTOR}) or vector(0)',
      unit: 'short',
      limit: 1,
      below: true,
      severity: 'critical',
      lasting: '30s',
      reason: `no leader: fewer than ${majority(voters)} of ${voters} voters reach each other, or an election lasts`,
    },
  ];
}
