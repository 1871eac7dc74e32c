import type { PlanFacts } from './facts';
import { labels } from './kubernetesServices';
import type { ServerRole } from './serverLine';
import { reason } from './text';

/** Where the pods of a role may run. Quorums are of voters: only they must not share a host or zone. */
export function places(facts: PlanFacts, name: string, role: ServerRole): string[] {
  const { zones, survivesZoneLoss } = facts.input.ensemble;
  const mustSpread = role === 'participant' && survivesZoneLoss;
  return [
    ...(role === 'participant' ? ownHost(name) : []),
    ...(role === 'participant' && zones === 1 ? [] : ['      topologySpreadConstraints:']),
    ...(role === 'participant' ? [] : spread('kubernetes.io/hostname', name, role, ANYWAY)),
    ...(zones === 1
      ? []
      : [
          `        ${reason(`${zones} zones; ${mustSpread ? 'the loss of any one must leave a quorum; minDomains needs Kubernetes 1.30' : 'as even as possible'}`)}`,
          ...spread('topology.kubernetes.io/zone', name, role, [
            ...(mustSpread
              ? [`          minDomains: ${zones}`, '          whenUnsatisfiable: DoNotSchedule']
              : ANYWAY),
          ]),
        ]),
  ];
}

const ANYWAY = ['          whenUnsatisfiable: ScheduleAnyway'];

const ownHost = (name: string): string[] => [
  '      affinity:',
  '        podAntiAffinity:',
  `          ${reason('two voters on one host would fail together')}`,
  '          requiredDuringSchedulingIgnoredDuringExecution:',
  '            - topologyKey: kubernetes.io/hostname',
  '              labelSelector:',
  '                matchLabels:',
  ...labels(name, '                  ', 'participant'),
];

const spread = (
  key: string,
  name: string,
  role: ServerRole,
  rules: readonly string[],
): string[] => [
  '        - maxSkew: 1',
  `          topologyKey: ${key}`,
  ...rules,
  '          labelSelector:',
  '            matchLabels:',
  ...labels(name, '              ', role),
];
