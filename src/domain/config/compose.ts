import { block } from './blocks';
import { imageVariables, IMAGE, serversVariable } from './container';
import { openFilesReason, processMiB, type PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { isStandalone, type PlannedServer } from './servers';
import { reason, yamlText } from './text';
import { planLine } from './zooCfg';
import { METRICS_PORT } from './zooKeys';

/** `docker-compose.yml` with the official image, reachable from this machine alone. */
export function compose(
  facts: PlanFacts,
  servers: readonly PlannedServer[],
  { planFile, name }: { readonly planFile: string; readonly name: string },
): ConfigFile {
  const head = [
    reason(planLine(facts, planFile)),
    reason(
      'What stands between the marks is written anew; add to it in docker-compose.override.yml.',
    ),
    `name: ${name}`,
    '',
    'x-zookeeper: &zookeeper',
    `  image: ${IMAGE}`,
    '  restart: unless-stopped',
    `  ${reason('heap, a quarter more for what Java has beside it, and 128 MiB')}`,
    `  mem_limit: ${processMiB(facts)}m`,
    '  stop_grace_period: 30s',
    '  ulimits:',
    `    ${reason(openFilesReason(facts))}`,
    `    nofile: ${facts.input.ensemble.openFiles}`,
    '  healthcheck:',
    '    test: ["CMD-SHELL", "echo ruok | nc -w 2 127.0.0.1 2181 | grep -q imok"]',
    '    interval: 10s',
    '    timeout: 5s',
    '    start_period: 30s',
    '',
    'x-environment: &environment',
    ...imageVariables(facts, servers, true).flatMap(({ name: variable, value, reason: why }) => [
      `  ${reason(why)}`,
      `  ${variable}: ${yamlText(value)}`,
    ]),
    ...(isStandalone(servers)
      ? []
      : [`  ZOO_SERVERS: ${yamlText(serversVariable(servers, ({ id }) => `zk${id}`))}`]),
  ];
  const services = ['services:', ...servers.flatMap((server, at) => service(server, at))];
  const volumes = [
    'volumes:',
    ...servers.flatMap(({ id }) => [`  zk${id}-data:`, `  zk${id}-datalog:`]),
  ];
  return {
    path: 'docker-compose.yml',
    text: [
      block('hash', 'settings', head),
      block('hash', 'services', services),
      block('hash', 'volumes', volumes),
    ].join('\n'),
    merge: { kind: 'blocks', comment: 'hash', appends: false },
  };
}

function service({ id, zone, line }: PlannedServer, at: number): string[] {
  return [
    `  ${reason(`zone ${zone}, ${line.role}`)}`,
    `  zk${id}:`,
    '    <<: *zookeeper',
    `    hostname: zk${id}`,
    '    environment:',
    '      <<: *environment',
    `      ZOO_MY_ID: ${id}`,
    '    ports:',
    `      - "127.0.0.1:${2181 + at}:2181"`,
    `      - "127.0.0.1:${METRICS_PORT + at}:${METRICS_PORT}"`,
    '    volumes:',
    `      - zk${id}-data:/data`,
    `      - zk${id}-datalog:/datalog`,
  ];
}
