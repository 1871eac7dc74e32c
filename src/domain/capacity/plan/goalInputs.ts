import { parsePath, type FieldPath } from './paths';

/** The input that sets the limit of a goal, by the goal's name. */
const INPUTS: Readonly<Record<string, string>> = {
  'pool.utilisation': 'pool.utilisationGoal',
  'pool.response': 'pool.responseGoalMs',
  'pool.knownServers': 'pool.serverAddresses',
  'cache.backingStore': 'scenario.backingStorePerSecond',
  'database.connections': 'scenario.connections',
  'metadata.largestDirectory': 'scenario.largestDirectory',
  'ensemble.outage': 'ensemble.outageGoalMinutesPerYear',
  'ensemble.utilisation': 'ensemble.utilisationGoal',
  'ensemble.writeLatency': 'ensemble.writeGoalMs',
  'ensemble.heap': 'ensemble.memoryBytes',
  'ensemble.leaderOut': 'ensemble.networkBytesPerSecond',
  'ensemble.slowQuorum': 'ensemble.dedicatedLogDevice',
  'limit.children': 'ensemble.maxBufferBytes',
  'limit.data': 'ensemble.maxBufferBytes',
  'limit.connectionsPerAddress': 'ensemble.maxClientCnxns',
  'limit.openFiles': 'ensemble.openFiles',
  'limit.outstanding': 'ensemble.globalOutstandingLimit',
};

/** Of any other goal the part of the document that its name begins with. */
export function inputOfGoal(name: string): FieldPath {
  return parsePath(INPUTS[name] ?? name.split('.')[0] ?? '');
}
