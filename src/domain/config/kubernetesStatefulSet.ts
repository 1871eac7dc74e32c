import { type Variable, IMAGE } from './container';
import { type PlanFacts, processMiB, processReason } from './facts';
import { claims } from './kubernetesClaims';
import { places } from './kubernetesPlaces';
import { probes } from './kubernetesProbes';
import { labels } from './kubernetesServices';
import type { ServerRole } from './serverLine';
import { reason, yamlText } from './text';
import { METRICS_PORT } from './zooKeys';

/** The pods of a role: they come and go at the end of their numbers, so each role has its own. */
export interface PodSet {
  /** Of the ensemble. */
  readonly ensemble: string;
  readonly role: ServerRole;
  /** Of the StatefulSet. */
  readonly name: string;
  /** `myid` of pod 0. */
  readonly firstId: number;
  readonly replicas: number;
  /** What to know of the number, as comments. */
  readonly remarks: readonly string[];
  readonly variables: readonly Variable[];
  /** Its block in the file that is there. */
  readonly existing: string | undefined;
}

/** A StatefulSet whose servers have two disks each. */
export function statefulSet(facts: PlanFacts, set: PodSet): string[] {
  const { ensemble, role, name } = set;
  return [
    '---',
    'apiVersion: apps/v1',
    'kind: StatefulSet',
    'metadata:',
    `  name: ${name}`,
    '  labels:',
    ...labels(ensemble, '    ', role),
    'spec:',
    `  serviceName: ${ensemble}-headless`,
    ...set.remarks,
    `  replicas: ${set.replicas}`,
    `  ${reason('all start at once: a server that waits for the one before would wait for its quorum')}`,
    '  podManagementPolicy: Parallel',
    '  updateStrategy:',
    '    type: RollingUpdate',
    '  selector:',
    '    matchLabels:',
    ...labels(ensemble, '      ', role),
    '  template:',
    '    metadata:',
    '      labels:',
    ...labels(ensemble, '        ', role),
    '    spec:',
    '      terminationGracePeriodSeconds: 30',
    '      securityContext:',
    '        runAsNonRoot: true',
    '        runAsUser: 1000',
    '        runAsGroup: 1000',
    '        fsGroup: 1000',
    '        seccompProfile:',
    '          type: RuntimeDefault',
    ...places(facts, ensemble, role),
    '      containers:',
    ...container(facts, set),
    ...claims(facts, name, set.existing),
  ];
}

const PORTS = [
  ['client', 2181],
  ['quorum', 2888],
  ['election', 3888],
  ['metrics', METRICS_PORT],
] as const;

function container(facts: PlanFacts, { firstId, variables }: PodSet): string[] {
  const memory = processMiB(facts);
  return [
    '        - name: zookeeper',
    `          image: ${IMAGE}`,
    `          ${reason(`the number of the pod and ${firstId}`)}`,
    '          command:',
    '            - bash',
    '            - -c',
    `            - export ZOO_MY_ID=$((\${HOSTNAME##*-} + ${firstId})) && exec /docker-entrypoint.sh zkServer.sh start-foreground`,
    '          env:',
    ...variables.flatMap(({ name, value, reason: why }) => [
      ...(why === '' ? [] : [`            ${reason(why)}`]),
      `            - name: ${name}`,
      `              value: ${yamlText(value)}`,
    ]),
    '          ports:',
    ...PORTS.flatMap(([port, number]) => [
      `            - name: ${port}`,
      `              containerPort: ${number}`,
    ]),
    '          resources:',
    `            ${reason(`${processReason(facts)}; a server must not swap`)}`,
    '            requests:',
    `              memory: ${memory}Mi`,
    '              cpu: "1"',
    '            limits:',
    `              memory: ${memory}Mi`,
    `          ${reason('with that of the pod above, what the Pod Security Standard “restricted” asks for')}`,
    '          securityContext:',
    '            allowPrivilegeEscalation: false',
    '            capabilities:',
    '              drop: ["ALL"]',
    ...probes(facts),
    '          volumeMounts:',
    '            - name: data',
    '              mountPath: /data',
    '            - name: datalog',
    '              mountPath: /datalog',
  ];
}
