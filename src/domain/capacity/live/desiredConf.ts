import type { Evaluation } from '../plan/evaluate';
import type { PlanInput } from '../plan/inputFields';
import { short } from '../plan/report';
import type { ConfigKey } from './configDrift';

/** What the plan wants of the keys that decide about time and limits. */
export function desiredConf({ ensemble }: PlanInput, { sizing, shape }: Evaluation): ConfigKey[] {
  const { timeouts } = sizing;
  const session = `clients ask for ${short(ensemble.sessionTimeoutMs)} ms at least`;
  return [
    { key: 'tickTime', value: timeouts.tickTime, reason: 'half of the shortest session' },
    ...(shape.shape.voters === 1
      ? []
      : [
          {
            key: 'initLimit',
            value: timeouts.initLimit,
            reason: 'ticks for a follower to load the snapshot',
          },
          {
            key: 'syncLimit',
            value: timeouts.syncLimit,
            reason: 'ticks of silence before a follower is dropped',
          },
        ]),
    { key: 'minSessionTimeout', value: timeouts.minSessionTimeout, reason: session },
    { key: 'maxSessionTimeout', value: Math.ceil(timeouts.maxSessionTimeout), reason: session },
    {
      key: 'maxClientCnxns',
      value: ensemble.maxClientCnxns,
      reason: `one address opens up to ${short(ensemble.clientsPerAddress)} connections`,
    },
    {
      key: 'globalOutstandingLimit',
      value: ensemble.globalOutstandingLimit,
      reason: 'requests in process, all servers together',
    },
  ];
}
