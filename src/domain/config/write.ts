import { isProblems } from '../capacity/result';
import type { Problem } from '../placement/types';
import { compose } from './compose';
import type { Existing } from './existing';
import type { PlanFacts } from './facts';
import type { Target } from './file';
import { grafanaDashboard } from './grafana';
import { javaEnv } from './javaEnv';
import { kubernetes } from './kubernetes';
import { localEnsemble, type LocalPorts } from './local';
import { poolFiles } from './poolFiles';
import { prometheusRules } from './prometheus';
import { membershipChange } from './runbook';
import { type ServerList, serverList } from './serverList';
import { countOf, isStandalone, type PlannedServer, planServers } from './servers';
import { summary } from './summary';
import { systemd } from './systemd';
import { type WriteNote, written, type Written } from './written';
import { myids, zooCfg, zooCfgDynamic } from './zooCfg';

export interface WriteOptions {
  readonly targets: ReadonlySet<Target>;
  /** File name of the plan, as the files call it. */
  readonly planFile: string;
  /** Name of the ensemble (`isName`): of objects, units, projects and jobs. */
  readonly name: string;
  /** What is there already; it names servers, which keep their places. */
  readonly existing: Existing;
  readonly localPorts?: (at: number) => LocalPorts;
}

/** All files of a plan for these targets, or why none can be written. Equal arguments give equal files. */
export function configFiles(facts: PlanFacts, options: WriteOptions): Written | Problem[] {
  const { existing, planFile, name, localPorts } = options;
  const usesList = LISTED.some((target) => options.targets.has(target));
  const list = serverList(usesList ? existing : new Map());
  if (isProblems(list)) return list;
  const servers = planServers(facts, list.known, list.isFixed ? countOf(list.known) : undefined);
  const dynamicFile = dynamicFileOf(list, servers, options.targets);
  const zoo = { planFile, dynamicFile, list, existing: existing.get('zoo.cfg') };
  const containers = (path: string) => ({ planFile, name, existing: existing.get(path) });
  const writers: Partial<Record<Target, () => Written | Problem[]>> = {
    zoo: () =>
      written(zooCfg(facts, servers, { ...zoo, hasMetrics: options.targets.has('metrics') })),
    dynamic: () => written(...zooCfgDynamic(facts, servers, zoo)),
    myid: () => written(...myids(servers)),
    java: () => written(javaEnv(facts, planFile)),
    compose: () => compose(facts, containers('docker-compose.yml')),
    kubernetes: () => kubernetes(facts, containers('kubernetes.yml')),
    systemd: () => written(systemd(facts, { planFile, name })),
    prometheus: () => written(prometheusRules(facts, { planFile, name })),
    grafana: () => written(grafanaDashboard(facts, { planFile, name })),
    pool: () => written(...poolFiles(facts, { planFile, name })),
    summary: () => written(summary(facts, servers, { planFile, list, zooCfg: zoo.existing })),
    local: () =>
      written(
        ...localEnsemble(facts, servers, {
          planFile,
          ...(localPorts === undefined ? {} : { ports: localPorts }),
        }),
      ),
  };
  const targets = new Set(options.targets);
  // Where zoo.cfg names a file for the list, the two belong together.
  if (targets.has('zoo') && list.isDynamic) targets.add('dynamic');
  const listNotes = targets.has('zoo') || targets.has('dynamic') ? notesOf(list, servers) : [];
  // Once the list is written, nobody could tell any more how to get there.
  if (listNotes.some(({ kind }) => kind === 'listChanged')) targets.add('summary');
  const parts = [...targets].map((target) => writers[target]?.() ?? written());
  const problems = parts.filter(isProblems).flat();
  if (problems.length > 0) return problems;
  const done = parts.filter((part): part is Written => !isProblems(part));
  return {
    files: done.flatMap(({ files }) => files),
    notes: [...listNotes, ...done.flatMap(({ notes }) => notes)],
  };
}

function notesOf(list: ServerList, servers: readonly PlannedServer[]): WriteNote[] {
  const path = list.isDynamic ? list.dynamicFile : 'zoo.cfg';
  if (list.isFixed) return [{ kind: 'listKept', path }];
  const change = membershipChange(list.known, servers);
  return change === undefined ? [] : [{ kind: 'listChanged', path }];
}

/** Targets with servers by the ids and addresses of `zoo.cfg`. */
export const LISTED: readonly Target[] = ['zoo', 'dynamic', 'myid', 'summary', 'local'];

function dynamicFileOf(
  { isDynamic, isFixed, dynamicFile }: ServerList,
  servers: readonly PlannedServer[],
  targets: ReadonlySet<Target>,
): string | undefined {
  const hasFile = isDynamic || (targets.has('dynamic') && !isFixed);
  return hasFile && (isFixed || !isStandalone(servers)) ? dynamicFile : undefined;
}
