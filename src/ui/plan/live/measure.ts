import { setTimeout as sleep } from 'node:timers/promises';
import {
  ENOUGH_SECONDS,
  ENOUGH_WRITES,
  type Observation,
  observe,
} from '../../../domain/capacity/live/observation';
import type { SessionFacts } from '../../../domain/capacity/live/calibrate';
import { isProblems } from '../../../domain/capacity/result';
import type { EnsembleSample } from '../../../domain/metrics/ensembleSample';
import type { ServerSample } from '../../../domain/metrics/sample';
import { type ClientSession, listSessions, pingsOf } from '../../../zk/ensemble/clients';
import type { EnsembleSampler } from '../../../zk/ensemble/sampler';

/** A measurement of an ensemble, long enough to rely on. */
export interface Measurement {
  readonly seen: Observation;
  readonly sample: EnsembleSample;
  readonly sessions: SessionFacts;
}

/** How far a measurement is. */
export interface Progress {
  readonly seconds: number;
  readonly writes: number | undefined;
}

const TIMEOUT_MS = 5_000;
/** Shorter ones would count whole milliseconds of the clock. */
const LEAST_SECONDS = 5;
const LOOK_EVERY_MS = 1_000;

/**
 * Two samples, until there are enough writes or the time is over. Waits no longer than it has to: a
 * new leader, a restart or a reset of counters ends it at once, with an error that says so.
 */
export async function measure(
  sampler: EnsembleSampler,
  signal: AbortSignal,
  tell: (progress: Progress) => void,
  most = ENOUGH_SECONDS,
): Promise<Measurement> {
  const { sample: first } = await sampler.sampleNow();
  for (;;) {
    await sleep(LOOK_EVERY_MS, undefined, { signal });
    const { sample } = await sampler.sampleNow();
    signal.throwIfAborted();
    const seconds = (sample.at - first.at) / 1000;
    const seen = observe(first, sample);
    if (isProblems(seen)) {
      if (seconds < LEAST_SECONDS && seen[0]?.code === 'noZxid') continue;
      throw new Error(seen[0]?.message);
    }
    tell({ seconds, writes: seen.writeCount });
    const isEnough = seconds >= LEAST_SECONDS && seen.writeCount >= ENOUGH_WRITES;
    if (!isEnough && seconds < most) continue;
    return finish(sampler, first, sample, signal);
  }
}

/** Lists the sessions once, for the pings that servers count as reads. */
async function finish(
  sampler: EnsembleSampler,
  first: EnsembleSample,
  sample: EnsembleSample,
  signal: AbortSignal,
): Promise<Measurement> {
  const options = { ...sampler.reach, timeoutMs: TIMEOUT_MS, now: Date.now, signal };
  const lists = await Promise.all(
    sampler.servers.map(async (server) => {
      const list = await listSessions(server, sampler.admin, options);
      return [server.address, list.kind === 'known' ? list.value : undefined] as const;
    }),
  );
  const byServer = new Map(lists);
  const all = [...byServer.values()].flatMap((sessions) => sessions ?? []);
  const typical = all.length > 0 ? pingsOf(all) / all.length : 0;
  const pings = (address: string, { gauges }: ServerSample): number => {
    const own = byServer.get(address);
    return own ? pingsOf(own) : typical * (gauges.connections ?? 0);
  };
  const seen = observe(first, sample, pings);
  if (isProblems(seen)) throw new Error(seen[0]?.message);
  return { seen, sample, sessions: factsOf(byServer, sampler.ownSession) };
}

/** @param own our session, which is no client that the plan is for */
export function factsOf(
  byServer: ReadonlyMap<string, readonly ClientSession[] | undefined>,
  own: bigint | undefined,
): SessionFacts {
  let shortestTimeoutMs: number | undefined;
  let mostPerAddress: number | undefined;
  for (const sessions of byServer.values()) {
    const counts = new Map<string, number>();
    for (const { id, address, timeoutMs } of sessions ?? []) {
      if (id === own) continue;
      if (timeoutMs !== undefined && timeoutMs > 0) {
        shortestTimeoutMs = Math.min(shortestTimeoutMs ?? Infinity, timeoutMs);
      }
      const host = address.slice(0, Math.max(0, address.lastIndexOf(':')));
      const count = (counts.get(host) ?? 0) + 1;
      counts.set(host, count);
      mostPerAddress = Math.max(mostPerAddress ?? 0, count);
    }
  }
  return { shortestTimeoutMs, mostPerAddress };
}
