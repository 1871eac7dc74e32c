import { parseAddress } from '../membership/address';
import { createPlacement, isProblems } from '../placement/createPlacement';
import type { Options, Problem, Server } from '../placement/types';
import {
  type CheckedPool,
  writeEnvoy,
  writeHaproxy,
  writeNginx,
  writeTwemproxy,
} from './poolWriters';

/** A pool of servers and how a program shall divide keys among them. */
export interface PoolInput {
  /** Letters, digits, `_`, `.` and `-`; `pool` when absent. */
  readonly name?: string;
  readonly servers: readonly Server[];
  /** Id of a preset of a program in `POOL_PROGRAMS`. */
  readonly preset: string;
  readonly options?: Options;
  /** Connections to each server, where the program can limit them. */
  readonly maxConnections?: number;
  readonly connectTimeoutMs?: number;
  readonly requestTimeoutMs?: number;
}

/** One configuration file, or the part of one that describes the pool. */
export interface PoolConfig {
  readonly program: string;
  /** A name for the file. */
  readonly fileName: string;
  readonly text: string;
}

interface PoolProgram {
  readonly program: string;
  readonly presets: readonly string[];
  readonly ending: string;
  readonly maxWeight: number;
  readonly write: (pool: CheckedPool) => string;
}

const POOL_PROGRAMS: readonly PoolProgram[] = [
  {
    program: 'twemproxy',
    presets: ['twemproxy-ketama', 'twemproxy-modula'],
    ending: 'twemproxy.yml',
    maxWeight: 1_000_000,
    write: writeTwemproxy,
  },
  {
    program: 'HAProxy',
    presets: ['haproxy-consistent', 'haproxy-map'],
    ending: 'haproxy.cfg',
    maxWeight: 256,
    write: writeHaproxy,
  },
  {
    program: 'nginx',
    presets: ['nginx-consistent', 'nginx-hash'],
    ending: 'upstream.conf',
    maxWeight: 65_535,
    write: writeNginx,
  },
  {
    program: 'Envoy',
    presets: ['envoy-ring-hash', 'envoy-maglev'],
    ending: 'envoy.yaml',
    maxWeight: 4_294_967_295,
    write: writeEnvoy,
  },
];

const NAME = /^[A-Za-z0-9_][\w.-]{0,62}$/;
const MAX_PROBLEMS = 20;

/** The program whose pool configuration can be written for a preset; undefined for none. */
export function poolProgramOf(preset: string): string | undefined {
  return POOL_PROGRAMS.find(({ presets }) => presets.includes(preset))?.program;
}

/**
 * The configuration under which the program places keys as the preset does, or what is wrong. Servers
 * that are down get no keys under it. Anything that could end a word or a line there is refused.
 */
export function poolConfig(input: PoolInput): PoolConfig | Problem[] {
  const found = POOL_PROGRAMS.find(({ presets }) => presets.includes(input.preset));
  if (!found) {
    const message = `No configuration can be written for the preset "${input.preset}".`;
    return [{ code: 'pool.preset', message, where: 'preset' }];
  }
  const placement = createPlacement(input.preset, input.servers, input.options);
  if (isProblems(placement)) return placement;
  const problems = [...nameProblems(input), ...input.servers.flatMap(serverProblems(found))];
  if (problems.length > 0) return problems.slice(0, MAX_PROBLEMS);
  const { name = 'pool', connectTimeoutMs = 1_000, requestTimeoutMs = 5_000 } = input;
  const text = found.write({
    name,
    servers: input.servers.map((server) => ({ ...server, weight: server.weight ?? 1 })),
    preset: input.preset,
    options: placement.options,
    maxConnections: input.maxConnections && Math.max(1, Math.round(input.maxConnections)),
    connectTimeoutMs: Math.max(1, Math.round(connectTimeoutMs)),
    requestTimeoutMs: Math.max(1, Math.round(requestTimeoutMs)),
  });
  return { program: found.program, fileName: `${name}.${found.ending}`, text };
}

function nameProblems({ name = 'pool', options = {} }: PoolInput): Problem[] {
  const problems: Problem[] = [];
  if (!NAME.test(name)) {
    const message = 'The name of a pool has up to 63 letters, digits, "_", "." and "-".';
    problems.push({ code: 'pool.name', message, where: 'name' });
  }
  const tag = options['hash_tag'];
  if (tag !== undefined && tag !== '' && !/^[!-~]{2}$/.test(String(tag))) {
    const message = 'A hash tag is two visible ASCII characters.';
    problems.push({ code: 'pool.hashTag', message, where: 'options.hash_tag' });
  }
  return problems;
}

function serverProblems({ program, maxWeight }: PoolProgram) {
  return ({ address, name, weight = 1 }: Server, i: number): Problem[] => {
    const where = `servers[${i}]`;
    const problems: Problem[] = [];
    const add = (code: string, message: string): void =>
      void problems.push({ code, message, where });
    if (parseAddress(address) !== address) {
      add('pool.address', `Server ${i + 1} has no address of the form host:port.`);
    }
    if (name !== undefined && !NAME.test(name)) {
      add('pool.serverName', `Server ${i + 1} has a name that cannot be written.`);
    }
    if (!Number.isInteger(weight) || weight > maxWeight) {
      add('pool.weight', `${program} takes whole weights up to ${maxWeight}.`);
    }
    return problems;
  };
}
