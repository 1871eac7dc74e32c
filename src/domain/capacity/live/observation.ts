import type { Problem } from '../../placement/types';
import { type EnsembleSample, type MemberSample, sampleOf } from '../../metrics/ensembleSample';
import { type EnsembleWindow, ensembleWindow, type PingRate } from '../../metrics/ensembleWindow';
import { quorumOf } from '../../metrics/quorum';
import type { ServerWindow } from '../../metrics/serverWindow';
import { problem } from '../result';
import { short } from '../plan/report';

/** What an ensemble did between two samples, and what it holds. Rates per second. */
export interface Observation {
  readonly seconds: number;
  /** All servers together; writes by the zxid, sessions opened and closed included. */
  readonly writes: number;
  readonly writeCount: number;
  /** Servers that answer and do not tell their counters: sums are then of the others. */
  readonly silent: number;
  /** Without pings; of the servers that tell, undefined where none does. */
  readonly reads: number | undefined;
  readonly pings: number;
  /** Writes that the servers' own clients asked for, by their counters. */
  readonly localWrites: number | undefined;
  /** Means over the window and all servers, in milliseconds. */
  readonly writeMs: number | undefined;
  readonly readMs: number | undefined;
  readonly fsyncMs: number | undefined;
  /** Flushes a second of a server, and transactions in each. */
  readonly flushes: number | undefined;
  readonly batch: number | undefined;
  readonly outstanding: number | undefined;
  /** Members that vote, dead ones too, and those that are there. */
  readonly voters: number;
  readonly present: number;
  readonly observers: number;
  readonly sessions: number | undefined;
  /** Of the server that has most. */
  readonly connections: number | undefined;
  readonly znodes: number | undefined;
  readonly dataBytes: number | undefined;
  /** All servers together. */
  readonly watches: number | undefined;
}

/** How many servers answered and did not tell what they did. */
export function silentServers(
  { members }: EnsembleSample,
  { servers }: Pick<EnsembleWindow, 'servers'>,
): number {
  const isSilent = (member: MemberSample): boolean =>
    sampleOf(member) !== undefined && servers.get(member.address)?.reads === undefined;
  return members.filter(isSilent).length;
}

/** A sum over all servers; not known while one of them keeps its part to itself. */
export function whole({ silent }: Observation, sum: number | undefined): number | undefined {
  return silent === 0 ? sum : undefined;
}

const LEAST_SECONDS = 1;

/** What happened between two samples; or why they can't be compared. */
export function observe(
  before: EnsembleSample,
  after: EnsembleSample,
  pings: PingRate = () => 0,
): Observation | Problem[] {
  const window = ensembleWindow(before, after, pings);
  const { writes, writeCount } = window;
  const seconds = (window.to - window.from) / 1000;
  const problems = [...window.servers].flatMap(([address, { brokenBy }]) => {
    if (brokenBy === undefined || brokenBy === 'elected') return [];
    const what = brokenBy === 'restarted' ? 'was started anew' : 'had its counters reset (srst)';
    return [problem('reset', address, `${address} ${what} meanwhile. Measure again.`)];
  });
  const isElected = [...window.servers.values()].some(({ brokenBy }) => brokenBy === 'elected');
  if (isElected || window.leaderChanged || window.epochChanged) {
    const message = 'Another leader was elected meanwhile. Measure again once that is over.';
    problems.push(problem('leader', '', message));
  }
  if (problems.length > 0) return problems;
  if (seconds < LEAST_SECONDS || writes === undefined || writeCount === undefined) {
    const message =
      'No server told its zxid both times: is there a quorum, and do the servers answer srvr?';
    return [problem('noZxid', '', message)];
  }
  const servers = [...window.servers.values()];
  const samples = after.members.flatMap((member) => sampleOf(member) ?? []);
  const quorum = quorumOf(after);
  const flushing = servers.filter(({ flushes = 0 }) => flushes > 0);
  return {
    ...{ seconds, writes, writeCount, silent: silentServers(after, window) },
    reads: window.reads,
    pings: servers.reduce((sum, one) => sum + one.pings, 0),
    localWrites: added(servers.map((one) => one.writes)),
    writeMs: meanOf(servers, 'writeMs', 'writeCount'),
    readMs: meanOf(servers, 'readMs', 'readCount'),
    fsyncMs: meanOf(flushing, 'fsyncMs', 'flushes'),
    flushes: meanOf(flushing, 'flushes'),
    batch: meanOf(flushing, 'batch', 'flushes'),
    outstanding: added(samples.map(({ gauges }) => gauges.outstanding)),
    ...{ voters: quorum.voters, present: quorum.present, observers: quorum.observers },
    sessions: added([
      most(samples.map(({ gauges }) => gauges.sessions)),
      added(samples.map(({ gauges }) => gauges.localSessions)),
    ]),
    connections: most(samples.map(({ gauges }) => gauges.connections)),
    znodes: most(samples.map(({ gauges }) => gauges.znodes)),
    dataBytes: most(samples.map(({ gauges }) => gauges.dataBytes)),
    watches: added(samples.map(({ gauges }) => gauges.watches)),
  };
}

type WindowKey = 'writeMs' | 'readMs' | 'fsyncMs' | 'flushes' | 'batch';

/** Weighted by how often, or plain; of the servers that tell. */
function meanOf(
  servers: readonly ServerWindow[],
  key: WindowKey,
  weight?: 'writeCount' | 'readCount' | 'flushes',
): number | undefined {
  let [sum, weights] = [0, 0];
  for (const server of servers) {
    const value = server[key];
    const own = weight === undefined ? 1 : (server[weight] ?? 0);
    if (value === undefined) continue;
    sum += own * value;
    weights += own;
  }
  return weights > 0 ? sum / weights : undefined;
}

function added(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : known.reduce((sum, value) => sum + value, 0);
}

function most(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? undefined : Math.max(...known);
}

/** Whether what the servers say fits together; a measurement that doesn't is not to be trusted. */
export interface Consistency {
  readonly name: 'flushes' | 'local' | 'little' | 'enough';
  readonly holds: boolean;
  readonly text: string;
}

const SHARE = 0.05;
/**
 * A gauge that is looked at once, while clients send in bursts, may be far above its mean; by
 * Markov's inequality it is above so many times as much less than once in a hundred looks.
 */
const BURST = 100;
/** Requests that are worth no word, however little there is to do. */
const FEW = 10;

/** The identities that any honest measurement satisfies, of those that can be computed. */
export function consistency(seen: Observation): Consistency[] {
  const { writes, writeCount, flushes, batch, outstanding } = seen;
  const localWrites = whole(seen, seen.localWrites);
  const checks: Consistency[] = [];
  const compare = (
    name: Consistency['name'],
    value: number,
    expected: number,
    what: string,
  ): void => {
    // A handful of events says nothing to within 5 %.
    const slack = Math.max(SHARE * expected, 3 / seen.seconds);
    const holds = Math.abs(value - expected) <= slack;
    checks.push({ name, holds, text: `${what}: ${short(value)}/s against ${short(expected)}/s` });
  };
  if (flushes !== undefined && batch !== undefined) {
    compare('flushes', flushes * batch, writes, 'flushes × transactions a flush, against writes');
  }
  if (localWrites !== undefined) {
    compare('local', localWrites, writes, 'writes that clients asked for, against the zxid');
  }
  const waiting = ((seen.reads ?? 0) * (seen.readMs ?? 0) + writes * (seen.writeMs ?? 0)) / 1000;
  if (outstanding !== undefined && seen.writeMs !== undefined) {
    const holds = outstanding <= BURST * waiting + FEW;
    const text = `requests that wait: ${short(outstanding)} seen, ${short(waiting)} by Little’s law`;
    checks.push({ name: 'little', holds, text });
  }
  const interval = writeCount > 0 ? 1.96 / Math.sqrt(writeCount) : 1;
  checks.push({
    name: 'enough',
    holds: writeCount >= ENOUGH_WRITES,
    text: `${short(writeCount)} writes in ${short(seen.seconds)} s: the rate is known to ±${short(100 * interval)} %`,
  });
  return checks;
}

/** So many writes make the rate known to ±10 % with 95 % confidence. */
export const ENOUGH_WRITES = 400;
/** As long is waited for them. */
export const ENOUGH_SECONDS = 30;
