import { isPlannedAlone, type PlanFacts } from '../facts';
import { isServerKey } from '../serverLine';
import { cfgNumber, type ZooCfg } from '../zooCfgParse';
import { diskKeys, ensembleKeys, leaderServes, limitKeys, timeoutKeys } from '../zooKeys';
import { isOneMachine, votersOf } from './ensemble';
import type { Finding } from './finding';
import { setValue } from './fixes';

/** Where the file says something else than the plan beside it. */
export function lintAgainstPlan(cfg: ZooCfg, facts: PlanFacts, planFile: string): Finding[] {
  const keys = [
    ...timeoutKeys(facts),
    ...limitKeys(facts),
    ...diskKeys(facts),
    ...(isPlannedAlone(facts) ? [] : ensembleKeys(leaderServes(facts) || isOneMachine(cfg))),
  ];
  const differing = keys.flatMap(({ key, value, reason }): Finding[] => {
    const entry = cfg.values.get(key);
    if (entry === undefined) return [];
    const isSame =
      typeof value === 'number' ? cfgNumber(cfg, key) === value : entry.value === value;
    if (isSame) return [];
    return [
      {
        code: 'planValue',
        args: [key, String(value), planFile, reason],
        severity: 'warning',
        range: entry.valueRange,
        fix: setValue(entry, String(value)),
      },
    ];
  });
  return [...differing, ...voters(cfg, facts, planFile)];
}

function voters(cfg: ZooCfg, { computed }: PlanFacts, planFile: string): Finding[] {
  const count = votersOf(cfg);
  const planned = computed.shape.shape.voters;
  const first = [...cfg.values.values()].find(({ key }) => isServerKey(key));
  if (first === undefined || count === undefined || count === planned) return [];
  const args = [String(count), String(planned), planFile];
  return [{ code: 'planVoters', args, severity: 'warning', range: first.keyRange }];
}
