import { ensemble } from './ensembleFields';
import { group, real, type ValueOf, whole } from './fields';
import { coordination, pool } from './poolFields';
import { SCENARIO_TITLES, SCENARIOS } from './scenarioFields';

const otherLoad = group('What the ensemble carries besides the scenario; without one, all of it.', {
  sessions: whole('Open sessions of clients; each takes a connection, heap and pings.', {
    ...{ most: 1e7, default: 0, typical: [50, 5000] },
  }),
  readsPerSecond: real('Reads per second of all clients; the server asked answers each alone.', {
    ...{ most: 1e9, default: 0, typical: [100, 50_000] },
  }),
  writesPerSecond: real('Writes per second of all clients; a majority must store each on disk.', {
    ...{ most: 1e7, default: 0, typical: [10, 5000] },
  }),
  znodes: whole('Znodes of the whole tree; every server holds all of them in memory.', {
    ...{ most: 1e10, default: 0, typical: [1000, 1e6] },
  }),
  pathBytes: whole('Mean length of the paths of znodes.', {
    ...{ least: 1, most: 100_000, default: 40 },
  }),
  nameBytes: whole('Mean length of the last names of those paths.', {
    ...{ least: 1, most: 10_000, default: 12 },
  }),
  dataBytes: whole('Mean size of the data in a znode; it sets heap, log and snapshots.', {
    ...{ most: 1e8, default: 100, typical: [50, 10_000] },
  }),
  watchedPaths: whole('Different paths that are watched; each takes heap.', {
    ...{ most: 1e9, default: 0 },
  }),
  watches: whole('Watches of all clients; each takes heap, and an event when it fires.', {
    ...{ most: 1e10, default: 0, typical: [100, 100_000] },
  }),
  mostChildren: whole('Children of the fullest parent; their list must fit into one answer.', {
    ...{ most: 1e9, default: 0 },
  }),
});

/** The whole input document. */
export const PLAN_FIELD = group(
  'A capacity plan of ZooKeeper Workbench: inputs, and results once computed.',
  {
    title: { kind: 'text', help: 'What is planned.', default: '' },
    scenario: {
      kind: 'variant',
      help: 'What the servers behind ZooKeeper do; leave it out to plan the ensemble alone.',
      variants: SCENARIOS,
      about: SCENARIO_TITLES,
    },
    pool,
    coordination,
    otherLoad,
    ensemble,
  },
);

export type PlanInput = ValueOf<typeof PLAN_FIELD>;
export type PoolInput = PlanInput['pool'];
export type CoordinationInput = PlanInput['coordination'];
export type EnsembleInput = PlanInput['ensemble'];
export type ScenarioInput = NonNullable<PlanInput['scenario']>;
export type InputOf<K extends ScenarioInput['kind']> = Extract<ScenarioInput, { readonly kind: K }>;
