import type * as vscode from 'vscode';
import type { FieldPath, ScenarioKind } from '../../../domain/capacity/plan/paths';
import { parsePath } from '../../../domain/capacity/plan/paths';

type T = typeof vscode.l10n.t;

/** What a wizard plans; `ensemble` is the ensemble alone, the others put servers behind it. */
export type PlanKind = 'ensemble' | ScenarioKind;

/** A wizard: what it asks first, and with which values it starts. */
export interface PlanScenario {
  readonly kind: PlanKind;
  readonly title: (t: T) => string;
  /** The title of the plan, and what its file is called. */
  readonly planTitle: (t: T) => string;
  readonly fileName: string;
  /** Inputs that are asked for; all others are under *More options*. */
  readonly asked: readonly FieldPath[];
  /** Inputs that start from something else than the field's own default. */
  readonly start: Readonly<Record<string, unknown>>;
}

const paths = (...texts: string[]): FieldPath[] => texts.map(parsePath);
const GIB = 2 ** 30;
const server = (fields: object = {}): object => ({
  instanceTypes: [{ name: 'server', requestsPerSecond: 10_000, ...fields }],
});

const ENSEMBLE: PlanScenario = {
  kind: 'ensemble',
  title: (t) => t('Plan ZooKeeper Ensemble'),
  planTitle: (t) => t('ZooKeeper ensemble'),
  fileName: 'ensemble',
  asked: paths(
    'otherLoad.sessions',
    'otherLoad.readsPerSecond',
    'otherLoad.writesPerSecond',
    'otherLoad.znodes',
    'otherLoad.dataBytes',
    'otherLoad.watches',
    'ensemble.zones',
    'ensemble.outageGoalMinutesPerYear',
    'ensemble.logDevice',
  ),
  start: {
    otherLoad: {
      sessions: 200,
      readsPerSecond: 2000,
      writesPerSecond: 200,
      znodes: 10_000,
      watches: 2000,
    },
  },
};

const CACHE: PlanScenario = {
  kind: 'cache',
  title: (t) => t('Plan Distributed Cache'),
  planTitle: (t) => t('Distributed cache'),
  fileName: 'cache',
  asked: paths(
    'scenario.getsPerSecond',
    'scenario.setsPerSecond',
    'scenario.items',
    'scenario.itemBytes',
    'scenario.hitRatioGoal',
    'pool.preset',
    'pool.instanceTypes[0].requestsPerSecond',
    'pool.instanceTypes[0].memoryBytes',
    'pool.responseGoalMs',
    'coordination.clients',
  ),
  start: {
    scenario: { getsPerSecond: 20_000, setsPerSecond: 2000, items: 10e6, itemBytes: 1000 },
    // The most popular of ten million keys needs more than one copy as soon as it is that busy.
    pool: { preset: 'twemproxy-ketama', hottestKeyCopies: 4, responseGoalMs: 5, ...server() },
  },
};

const METADATA: PlanScenario = {
  kind: 'metadata',
  title: (t) => t('Plan File-System Metadata'),
  planTitle: (t) => t('File-system metadata'),
  fileName: 'metadata',
  asked: paths(
    'scenario.inZooKeeper',
    'scenario.files',
    'scenario.directories',
    'scenario.busyClients',
    'scenario.thinkMs',
    'scenario.leaseSeconds',
    'pool.instanceTypes[0].requestsPerSecond',
    'pool.instanceTypes[0].memoryBytes',
    'pool.responseGoalMs',
    'coordination.clients',
  ),
  start: {
    scenario: { files: 10e6, directories: 500_000, busyClients: 200 },
    pool: server({ memoryBytes: 16 * GIB }),
  },
};

const QUEUE: PlanScenario = {
  kind: 'queue',
  title: (t) => t('Plan Message Queue'),
  planTitle: (t) => t('Message queue'),
  fileName: 'queue',
  asked: paths(
    'scenario.messagesPerSecond',
    'scenario.messageBytes',
    'scenario.partitions',
    'scenario.replicationFactor',
    'scenario.retentionHours',
    'scenario.processingMs',
    'pool.instanceTypes[0].requestsPerSecond',
    'pool.instanceTypes[0].diskBytes',
    'coordination.clients',
  ),
  start: {
    scenario: { messagesPerSecond: 5000, messageBytes: 1000, partitions: 60, processingMs: 2 },
    pool: server({ requestsPerSecond: 20_000, diskBytes: 4e12 }),
  },
};

const DATABASE: PlanScenario = {
  kind: 'database',
  title: (t) => t('Plan Distributed Database'),
  planTitle: (t) => t('Distributed database'),
  fileName: 'database',
  asked: paths(
    'scenario.readsPerSecond',
    'scenario.writesPerSecond',
    'scenario.datasetBytes',
    'scenario.growthPerYear',
    'scenario.replicationFactor',
    'pool.instanceTypes[0].requestsPerSecond',
    'pool.instanceTypes[0].diskBytes',
    'pool.responseGoalMs',
    'coordination.clients',
  ),
  start: {
    scenario: { readsPerSecond: 5000, writesPerSecond: 500, datasetBytes: 1e12 },
    pool: server({ requestsPerSecond: 3000, diskBytes: 1e12 }),
  },
};

export const PLAN_SCENARIOS: Readonly<Record<PlanKind, PlanScenario>> = {
  ensemble: ENSEMBLE,
  cache: CACHE,
  metadata: METADATA,
  queue: QUEUE,
  database: DATABASE,
};
