import { parseAddress } from '../membership/address';
import type { Server } from '../placement/types';
import { block } from './blocks';
import type { PlanFacts } from './facts';
import type { ConfigFile, Kept } from './file';
import { poolConfig, poolProgramOf } from './pool';
import { HAPROXY_KEYS, NGINX_KEYS } from './poolWriters';
import { isProblems } from '../capacity/result';
import { reason } from './text';
import { planLine } from './zooCfg';

/** The usual ports of what the scenarios plan, for servers without a known address. */
const PORTS = { cache: 11_211, metadata: 8_020, queue: 9_092, database: 9_042 } as const;

/** How many times the slowest response in a thousand a proxy waits before it gives up. */
const PATIENCE = 3;
const LEAST_TIMEOUT_MS = 100;

/**
 * The pool behind ZooKeeper for the program that the plan's preset is of: servers, and how keys are
 * spread; none where the preset is of no program that has such a file.
 */
export function poolFiles(
  facts: PlanFacts,
  { planFile, name }: { readonly planFile: string; readonly name: string },
): ConfigFile[] {
  const { pool } = facts.computed;
  const { scenario, pool: input } = facts.input;
  if (pool === undefined || scenario === undefined) return [];
  if (poolProgramOf(input.preset) === undefined) return [];
  const { value: latest } = resultOf(facts, 'pool.response.p99.9');
  const busy = Math.ceil(
    resultOf(facts, 'pool.hottestPerSecond').value * resultOf(facts, 'pool.response.p99').value,
  );
  const timeoutMs = Math.max(LEAST_TIMEOUT_MS, input.responseGoalMs, PATIENCE * 1000 * latest);
  const config = poolConfig({
    name,
    servers: serversOf(facts, name, PORTS[scenario.kind]),
    preset: input.preset,
    options: input.presetOptions,
    maxConnections: pool.type.slots + busy,
    requestTimeoutMs: timeoutMs,
  });
  if (isProblems(config)) return [];
  const lines = [
    reason(planLine(facts, planFile)),
    reason(`${pool.size.servers} servers: ${resultOf(facts, 'pool.servers').because}`),
    reason(
      `Where the program can limit connections: ${pool.type.slots} slots, and ${busy} requests that wait at the fullest server in 99 of 100 moments.`,
    ),
    reason(
      `Where it has a timeout: ${PATIENCE} times the slowest of 1000 responses, at least the goal and ${LEAST_TIMEOUT_MS} ms.`,
    ),
    ...hints(facts, config.text),
    ...config.text.replace(/\n$/, '').split('\n'),
    ...capLines(facts),
  ];
  return [
    {
      path: `pool/${config.fileName}`,
      text: block('hash', 'pool', lines),
      merge: { kind: 'blocks', comment: 'hash', appends: false, keeps: KEYS },
    },
  ];
}

/** What the plan can't know, and where it belongs so that it stays. */
function hints(facts: PlanFacts, text: string): string[] {
  const isComplete = addressesOf(facts).length >= (facts.computed.pool?.size.servers ?? 0);
  return [
    ...(isComplete
      ? []
      : [
          reason(
            'Servers without a known address have names. Their addresses belong in pool.serverAddresses of the plan: what is typed here is written anew.',
          ),
        ]),
    ...(KEYS.some(({ below }) => text.includes(below))
      ? [reason('What your keys are stays as you write it below.')]
      : []),
  ];
}

/** What the keys are, in HAProxy and nginx. */
const KEYS: readonly Kept[] = [
  { below: HAPROXY_KEYS, part: /^\s*balance (.+)$/ },
  { below: NGINX_KEYS, part: /^\s*hash (\S.*?)(?: consistent)?;$/ },
];

const addressesOf = ({ input }: PlanFacts): string[] =>
  input.pool.serverAddresses
    .map((address) => parseAddress(address))
    .filter((address) => address !== undefined);

/** Servers by their known addresses; the others have names. */
function serversOf(facts: PlanFacts, name: string, port: number): Server[] {
  const known = addressesOf(facts);
  const count = Math.max(known.length, facts.computed.pool?.size.servers ?? 0);
  return Array.from({ length: count }, (_, at) => ({
    address: known[at] ?? `${name}-${at + 1}:${port}`,
  }));
}

/** HAProxy starts with no smaller one but 0, which is no cap. */
const LEAST_BALANCE_FACTOR = 101;

/** HAProxy's bounded loads; none of the others has them. */
function capLines({ input: { pool } }: PlanFacts): string[] {
  if (pool.loadCapFactor <= 1 || pool.preset !== 'haproxy-consistent') return [];
  return [
    `    ${reason('no server takes more than this percentage of the mean')}`,
    `    hash-balance-factor ${Math.max(LEAST_BALANCE_FACTOR, Math.round(pool.loadCapFactor * 100))}`,
  ];
}

function resultOf({ plan }: PlanFacts, name: string) {
  const { value = 0, because = '' } = plan.results.find((one) => one.name === name) ?? {};
  return { value, because };
}
