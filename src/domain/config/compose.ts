import { isProblems } from '../capacity/result';
import type { Problem } from '../placement/types';
import { block } from './blocks';
import { type ContainerOptions, imageVariables, IMAGE, serversVariable } from './container';
import { containerServers } from './containerServers';
import { openFilesReason, processMiB, processReason, type PlanFacts } from './facts';
import type { ConfigFile } from './file';
import { isStandalone, type PlannedServer, planServers } from './servers';
import { reason, yamlText } from './text';
import { type Written, writtenStep } from './written';
import { planLine } from './zooCfg';
import { stepReasons, voterStep } from './voterStep';
import { METRICS_PORT } from './zooKeys';

const PATH = 'docker-compose.yml';

/**
 * `docker-compose.yml` with the official image, reachable from this machine alone. Its servers keep
 * their ids, by which their volumes are called.
 */
export function compose(
  facts: PlanFacts,
  { planFile, name, existing }: ContainerOptions,
): Written | Problem[] {
  const known = containerServers(PATH, existing, { list: 'settings', ids: 'services' });
  if (isProblems(known)) return known;
  const { voters, observers } = facts.computed.shape.shape;
  const step = voterStep(PATH, known, voters);
  const servers = planServers(facts, known, { voters: step.voters, observers });
  const isAlone = isStandalone(servers);
  const hosts = servers.map(({ id, line: { role } }) => ({ id, role, host: `zk${id}` }));
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
    `  ${reason(processReason(facts))}`,
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
    ...imageVariables(facts, { isAlone, clientsAtLeader: true }).flatMap(
      ({ name: variable, value, reason: why }) => [
        `  ${reason(why)}`,
        `  ${variable}: ${yamlText(value)}`,
      ],
    ),
    ...stepReasons(step, COMMANDS),
    ...(isAlone ? [] : [`  ZOO_SERVERS: ${yamlText(serversVariable(hosts))}`]),
  ];
  const services = ['services:', ...servers.flatMap((server, at) => service(server, at))];
  const volumes = [
    'volumes:',
    ...servers.flatMap(({ id }) => [`  zk${id}-data:`, `  zk${id}-datalog:`]),
  ];
  const text = [
    block('hash', 'settings', head),
    block('hash', 'services', services),
    block('hash', 'volumes', volumes),
  ].join('\n');
  const file: ConfigFile = {
    path: PATH,
    text,
    merge: { kind: 'blocks', comment: 'hash', appends: false },
  };
  return writtenStep(file, step);
}

const COMMANDS = {
  check: 'docker compose ps shows them healthy, and srvr answers with a Mode',
  stop: 'docker compose down, without -v,',
  removed:
    'docker compose up -d --remove-orphans ends the server that is taken out; its volumes stay.',
  indent: '  ',
};

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
