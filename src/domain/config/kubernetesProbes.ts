import type { PlanFacts } from './facts';
import { reason, yamlText } from './text';
import { leaderServes } from './zooKeys';

const ALIVE = 'echo ruok | nc -w 2 127.0.0.1 2181 | grep -q imok';

/**
 * Whether a server serves or leads, for bash. A leader that leaves clients to others says through
 * the client port that it doesn't serve; its AdminServer knows better.
 */
export const readinessCheck = (facts: PlanFacts): string =>
  leaderServes(facts)
    ? 'echo srvr | nc -w 2 127.0.0.1 2181 | grep -q "^Mode"'
    : "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /commands/monitor HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q server_state <&3";

const START_PERIOD = 10;

/** When a server is ready for clients, and when it is killed. */
export function probes(facts: PlanFacts): string[] {
  const { initLimit, tickTime } = facts.computed.sizing.timeouts;
  const start = Math.ceil((initLimit * tickTime) / 1000);
  // Java starts, and what is on disk is read, before the time of initLimit runs.
  const tries = Math.ceil(start / START_PERIOD) + 3;
  return [
    `          ${reason(`a server answers nothing while it loads its snapshot, for which it has initLimit × tickTime = ${start} s`)}`,
    ...probe('startupProbe', ALIVE, START_PERIOD, tries),
    ...probe('readinessProbe', readinessCheck(facts), 5, 3),
    ...probe('livenessProbe', ALIVE, 20, 3),
  ];
}

function probe(kind: string, check: string, seconds: number, failures: number): string[] {
  return [
    `          ${kind}:`,
    '            exec:',
    '              command:',
    '                - bash',
    '                - -c',
    `                - ${yamlText(check)}`,
    `            periodSeconds: ${seconds}`,
    '            timeoutSeconds: 5',
    `            failureThreshold: ${failures}`,
  ];
}
