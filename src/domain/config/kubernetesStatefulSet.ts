import { bytes } from '../capacity/plan/report';
import { imageVariables, IMAGE, serversVariable } from './container';
import { processMiB, type PlanFacts } from './facts';
import { labels } from './kubernetesServices';
import { isStandalone, type PlannedServer } from './servers';
import { reason, yamlText } from './text';
import { leaderServes, METRICS_PORT } from './zooKeys';

const GIB = 2 ** 30;

/** The servers, each with two disks. */
export function statefulSet(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  name: string,
): string[] {
  const { input, computed } = facts;
  const memory = processMiB(facts);
  // Pods are numbered from 0 and servers from 1; their order is that of their ids.
  const hosts = serversVariable(
    servers.map((server, at) => ({ ...server, id: at + 1 })),
    (_, at) => `${name}-${at}.${name}-headless`,
  );
  const variables = imageVariables(facts, servers, leaderServes(facts));
  return [
    '---',
    'apiVersion: apps/v1',
    'kind: StatefulSet',
    'metadata:',
    `  name: ${name}`,
    '  labels:',
    ...labels(name, '    '),
    'spec:',
    `  serviceName: ${name}-headless`,
    `  ${reason(`${computed.shape.shape.voters} voters and ${computed.shape.shape.observers} observers`)}`,
    `  replicas: ${servers.length}`,
    `  ${reason('all start at once: a server that waits for the one before would wait for its quorum')}`,
    '  podManagementPolicy: Parallel',
    '  updateStrategy:',
    '    type: RollingUpdate',
    '  selector:',
    '    matchLabels:',
    ...labels(name, '      '),
    '  template:',
    '    metadata:',
    '      labels:',
    ...labels(name, '        '),
    '    spec:',
    '      terminationGracePeriodSeconds: 30',
    '      securityContext:',
    '        runAsNonRoot: true',
    '        runAsUser: 1000',
    '        runAsGroup: 1000',
    '        fsGroup: 1000',
    ...spreading(facts, name),
    '      containers:',
    '        - name: zookeeper',
    `          image: ${IMAGE}`,
    `          ${reason('the number of the pod and one')}`,
    '          command:',
    '            - bash',
    '            - -c',
    '            - export ZOO_MY_ID=$((${HOSTNAME##*-} + 1)) && exec /docker-entrypoint.sh zkServer.sh start-foreground',
    '          env:',
    ...variables.flatMap(({ name: variable, value, reason: why }) => [
      `            ${reason(why)}`,
      `            - name: ${variable}`,
      `              value: ${yamlText(value)}`,
    ]),
    ...(isStandalone(servers)
      ? []
      : ['            - name: ZOO_SERVERS', `              value: ${yamlText(hosts)}`]),
    '          ports:',
    ...[
      ['client', 2181],
      ['quorum', 2888],
      ['election', 3888],
      ['metrics', METRICS_PORT],
    ].flatMap(([port, number]) => [
      `            - name: ${port}`,
      `              containerPort: ${number}`,
    ]),
    '          resources:',
    `            ${reason('heap, a quarter more for what Java has beside it, and 128 MiB; a server must not swap')}`,
    '            requests:',
    `              memory: ${memory}Mi`,
    '              cpu: "1"',
    '            limits:',
    `              memory: ${memory}Mi`,
    ...probe('readinessProbe', readinessCheck(facts), 5),
    ...probe('livenessProbe', ALIVE, 20),
    '          volumeMounts:',
    '            - name: data',
    '              mountPath: /data',
    '            - name: datalog',
    '              mountPath: /datalog',
    '  volumeClaimTemplates:',
    ...claim(
      'data',
      storageGiB(facts),
      `snapshots; ${bytes(computed.sizing.disk.neededBytes)} with the logs`,
    ),
    ...claim(
      'datalog',
      storageGiB(facts),
      input.ensemble.dedicatedLogDevice
        ? 'the plan counts on a device of its own for the log'
        : 'the log',
    ),
  ];
}

/** Logs and snapshots together, for each of the two: purging may lag. */
const storageGiB = ({ computed }: PlanFacts): number =>
  Math.max(1, Math.ceil(computed.sizing.disk.neededBytes / GIB));

function spreading({ input }: PlanFacts, name: string): string[] {
  const { zones, survivesZoneLoss } = input.ensemble;
  return [
    '      topologySpreadConstraints:',
    `        ${reason('two servers on one host would fail together')}`,
    '        - maxSkew: 1',
    '          topologyKey: kubernetes.io/hostname',
    '          whenUnsatisfiable: DoNotSchedule',
    '          labelSelector:',
    '            matchLabels:',
    ...labels(name, '              '),
    ...(zones === 1
      ? []
      : [
          `        ${reason(`${zones} zones; ${survivesZoneLoss ? 'the loss of any one must leave a quorum' : 'as even as possible'}`)}`,
          '        - maxSkew: 1',
          '          topologyKey: topology.kubernetes.io/zone',
          `          whenUnsatisfiable: ${survivesZoneLoss ? 'DoNotSchedule' : 'ScheduleAnyway'}`,
          '          labelSelector:',
          '            matchLabels:',
          ...labels(name, '              '),
        ]),
  ];
}

const ALIVE = 'echo ruok | nc -w 2 127.0.0.1 2181 | grep -q imok';

/**
 * Whether a server serves or leads, for bash. A leader that leaves clients to others says through
 * the client port that it doesn't serve; its AdminServer knows better.
 */
export const readinessCheck = (facts: PlanFacts): string =>
  leaderServes(facts)
    ? 'echo srvr | nc -w 2 127.0.0.1 2181 | grep -q "^Mode"'
    : "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /commands/monitor HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q server_state <&3";

function probe(kind: 'readinessProbe' | 'livenessProbe', check: string, seconds: number): string[] {
  return [
    `          ${kind}:`,
    '            exec:',
    '              command:',
    '                - bash',
    '                - -c',
    `                - ${yamlText(check)}`,
    `            periodSeconds: ${seconds}`,
    '            timeoutSeconds: 5',
    '            failureThreshold: 3',
    '            initialDelaySeconds: 10',
  ];
}

function claim(volume: string, gib: number, why: string): string[] {
  return [
    '    - metadata:',
    `        name: ${volume}`,
    '      spec:',
    '        accessModes: ["ReadWriteOnce"]',
    '        resources:',
    '          requests:',
    `            ${reason(why)}`,
    `            storage: ${gib}Gi`,
  ];
}
