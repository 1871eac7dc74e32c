import type { ServerRole } from './serverLine';
import { reason } from './text';
import { METRICS_PORT } from './zooKeys';

/** What marks and finds the pods of an ensemble, all or those of a role. */
export const labels = (name: string, indent: string, role?: ServerRole): string[] => [
  `${indent}app.kubernetes.io/name: zookeeper`,
  `${indent}app.kubernetes.io/instance: ${name}`,
  ...(role === undefined ? [] : [`${indent}app.kubernetes.io/component: ${role}`]),
];

/** A Service for clients, and one by which servers find each other. */
export function services(name: string): string[] {
  const ports = [
    ['client', 2181],
    ['metrics', METRICS_PORT],
    ['quorum', 2888],
    ['election', 3888],
  ] as const;
  const service = (suffix: string, spec: readonly string[], shown: number): string[] => [
    '---',
    'apiVersion: v1',
    'kind: Service',
    'metadata:',
    `  name: ${name}${suffix}`,
    '  labels:',
    ...labels(name, '    '),
    'spec:',
    ...spec,
    '  selector:',
    ...labels(name, '    '),
    '  ports:',
    ...ports
      .slice(0, shown)
      .flatMap(([port, number]) => [`    - name: ${port}`, `      port: ${number}`]),
  ];
  return [
    ...service('', ['  type: ClusterIP'], 2),
    ...service(
      '-headless',
      [
        '  clusterIP: None',
        `  ${reason('servers find each other before they are ready: readiness needs a quorum')}`,
        '  publishNotReadyAddresses: true',
      ],
      ports.length,
    ),
  ];
}

/** At most one server is taken away on purpose, voters and observers together. */
export function budget(name: string): string[] {
  return [
    '---',
    'apiVersion: policy/v1',
    'kind: PodDisruptionBudget',
    'metadata:',
    `  name: ${name}`,
    '  labels:',
    ...labels(name, '    '),
    'spec:',
    `  ${reason('one at a time, whatever the size: the next one waits until this one is in sync')}`,
    '  maxUnavailable: 1',
    '  selector:',
    '    matchLabels:',
    ...labels(name, '      '),
  ];
}
