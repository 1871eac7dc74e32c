import { compose } from './compose';
import type { PlanFacts } from './facts';
import type { ConfigFile, Target } from './file';
import { grafanaDashboard } from './grafana';
import { javaEnv } from './javaEnv';
import { kubernetes } from './kubernetes';
import { localEnsemble, type LocalPorts } from './local';
import { poolFiles } from './poolFiles';
import { prometheusRules } from './prometheus';
import { membershipChange } from './runbook';
import { isStandalone, type KnownServers, planServers } from './servers';
import { summary } from './summary';
import { systemd } from './systemd';
import { myids, zooCfg, zooCfgDynamic } from './zooCfg';

export interface WriteOptions {
  readonly targets: ReadonlySet<Target>;
  /** File name of the plan, as the files call it. */
  readonly planFile: string;
  /** Name of the ensemble (`isName`): of objects, units, projects and jobs. */
  readonly name: string;
  /** Servers in files that are there already. */
  readonly known: KnownServers;
  readonly localPorts?: (at: number) => LocalPorts;
}

/** All files of a plan for these targets. Equal arguments give equal files. */
export function configFiles(facts: PlanFacts, options: WriteOptions): ConfigFile[] {
  const { targets, planFile, name, known, localPorts } = options;
  const servers = planServers(facts, known);
  const hasDynamicFile = targets.has('dynamic') && !isStandalone(servers);
  const hasMetrics = targets.has('metrics');
  const change = membershipChange(known, servers);
  const writers: Partial<Record<Target, () => ConfigFile[]>> = {
    zoo: () => [zooCfg(facts, servers, { planFile, hasDynamicFile, hasMetrics })],
    dynamic: () => (hasDynamicFile ? [zooCfgDynamic(facts, servers, planFile)] : []),
    myid: () => myids(servers),
    java: () => [javaEnv(facts, planFile)],
    compose: () => [compose(facts, servers, { planFile, name })],
    kubernetes: () => [kubernetes(facts, servers, { planFile, name })],
    systemd: () => [systemd(facts, { planFile, name })],
    prometheus: () => [prometheusRules(facts, { planFile, name })],
    grafana: () => [grafanaDashboard(facts, { planFile, name })],
    pool: () => poolFiles(facts, { planFile, name }),
    summary: () => [summary(facts, servers, { planFile, change })],
    local: () =>
      localEnsemble(facts, servers, {
        planFile,
        ...(localPorts === undefined ? {} : { ports: localPorts }),
      }),
  };
  return [...targets].flatMap((target) => writers[target]?.() ?? []);
}
