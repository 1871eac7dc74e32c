import {
  readGauges,
  readLifetime,
  readTotals,
  type ServerSample,
} from '../../domain/metrics/sample';
import type { MemberSample, Refusal } from '../../domain/metrics/ensembleSample';
import { messageOf } from '../../base/assert';
import type { Reach } from '../sessions';
import { sendFourLetterWord } from '../fourLetterWords';
import { parseMntr, parseSrvr, type ServerMetrics, type ServerReport } from '../metrics';
import { ServerCommandError } from '../serverCommandError';
import type { ServerCommandOptions } from '../serverExchange';
import { numberOf } from '../serverText';
import type { AdminAccess } from './adminAccess';
import type { KnownServer } from './dynamicConfig';

export interface ReadOptions extends Pick<Reach, 'tls' | 'addressMap'> {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

/** Answers of `mntr` and `monitor` have some 500 lines; more than this is no answer. */
const MAX_BYTES = 512 * 1024;
const NO_LOOKUP = (): undefined => undefined;

/**
 * Asks one server: `srvr`, which is always allowed, for what it is, then AdminServer's `monitor`,
 * else `mntr`, for the rest. One after the other, so that the server never counts two of our
 * connections. A client port that does not answer makes it unreachable, whatever an AdminServer
 * says: several servers of a machine may share its port. Never rejects but by the signal.
 */
export async function readServer(
  server: KnownServer,
  admin: AdminAccess,
  options: ReadOptions,
): Promise<MemberSample> {
  const { address, id, isVoter } = server;
  const member = { address, id, isVoter };
  const refusals: Refusal[] = [];
  const exchange = exchangeOptions(options);
  const report = await timed(options, () => askSrvr(server, exchange));
  const told = await askMetrics(server, report.error, admin, options, refusals);
  options.signal?.throwIfAborted();
  if (report.error !== undefined && told === undefined) {
    const reason = messageOf(report.error);
    const isRunning = ServerCommandError.is(report.error, 'NotServing');
    return { ...member, kind: isRunning ? 'notServing' : 'unreachable', reason, refusals: [] };
  }
  const sample = sampleFrom(told, report.value, report.at);
  const source = told?.source ?? 'srvr';
  return { ...member, kind: 'answered', sample, source, refusals };
}

export function exchangeOptions(options: ReadOptions): ServerCommandOptions {
  const { timeoutMs, signal, tls, addressMap } = options;
  return {
    timeoutMs,
    maxBytes: MAX_BYTES,
    ...(signal && { signal }),
    ...(tls && { tls }),
    ...(addressMap && { addressMap }),
  };
}

async function askSrvr(
  { target, address }: KnownServer,
  options: ServerCommandOptions,
): Promise<ServerReport> {
  const text = await sendFourLetterWord(target.host, target.port, 'srvr', options);
  const report = parseSrvr(text);
  if (report) return report;
  throw new ServerCommandError('UnexpectedAnswer', `${address} does not answer srvr as a server`);
}

interface Metrics {
  readonly metrics: ServerMetrics;
  readonly source: 'AdminServer' | 'mntr';
  /** In the middle of the exchange that gave them: others before it may have waited in vain. */
  readonly at: number;
}

/** @param failure why `srvr` gave nothing, if so */
async function askMetrics(
  server: KnownServer,
  failure: unknown,
  admin: AdminAccess,
  options: ReadOptions,
  refusals: Refusal[],
): Promise<Metrics | undefined> {
  const exchange = exchangeOptions(options);
  // A leader that serves no clients (`leaderServes=no`) refuses all words, its AdminServer does not.
  const refusesWords = ServerCommandError.is(failure, 'NotServing');
  if (failure === undefined || refusesWords) {
    const monitor = await admin.monitor(server, exchange, options.now);
    if (monitor) return { ...monitor, source: 'AdminServer' };
  } else {
    // Another server may have taken its AdminServer's port meanwhile.
    admin.doubt(server);
  }
  if (refusesWords || isSilence(failure)) return undefined;
  const { host, port } = server.target;
  const { value, at, error } = await timed(options, async () =>
    parseMntr(await sendFourLetterWord(host, port, 'mntr', exchange)),
  );
  if (value) return { metrics: value, source: 'mntr', at };
  const isListed = ServerCommandError.is(error, 'NotWhitelisted');
  // With an AdminServer that only failed to answer this time, the word isn't needed.
  if (isListed && admin.has(server)) return undefined;
  const why = admin.problemOf(server);
  refusals.push({
    source: 'mntr',
    reason: isListed
      ? 'not in the whitelist of the server'
      : error === undefined
        ? 'no metrics in the answer'
        : messageOf(error),
    remedy: isListed ? WHITELIST_LINE : undefined,
  });
  if (why !== undefined) refusals.push({ source: 'AdminServer', reason: why, remedy: ADMIN_LINE });
  return undefined;
}

const isSilence = (failure: unknown): boolean =>
  ServerCommandError.is(failure, 'ConnectionFailed') || ServerCommandError.is(failure, 'Timeout');

/** What the ensemble view and the dashboard ask; `srvr` is allowed anyway. */
export const WHITELIST_LINE = '4lw.commands.whitelist=srvr,mntr,conf,cons,dump';
const ADMIN_LINE = 'admin.enableServer=true';

interface Timed<T> {
  /** In the middle of the exchange. */
  readonly at: number;
  readonly value?: T;
  readonly error?: unknown;
}

async function timed<T>({ now }: ReadOptions, ask: () => Promise<T>): Promise<Timed<T>> {
  const start = now();
  try {
    const value = await ask();
    return { at: (start + now()) / 2, value };
  } catch (error) {
    return { at: now(), error };
  }
}

function sampleFrom(
  told: Metrics | undefined,
  report: ServerReport | undefined,
  reportedAt: number,
): ServerSample {
  const metrics = told?.metrics;
  const values = metrics?.values;
  const lookup = values ? (key: string) => numberOf(values.get(key)) : NO_LOOKUP;
  const gauges = readGauges(lookup);
  const totals = readTotals(lookup);
  const lifetime = readLifetime(lookup);
  return {
    at: told?.at ?? reportedAt,
    role: report?.mode ?? metrics?.mode,
    version: report?.version ?? metrics?.version,
    zxid: report?.zxid,
    zxidAt: reportedAt,
    uptimeMs: lookup('uptime'),
    gauges: {
      ...gauges,
      outstanding: gauges.outstanding ?? report?.outstanding,
      connections:
        gauges.connections === undefined
          ? clientsOf(report?.connections)
          : // The AdminServer is asked on a port of its own.
            told?.source === 'AdminServer'
            ? gauges.connections
            : clientsOf(gauges.connections),
      znodes: gauges.znodes ?? report?.nodeCount,
    },
    totals: {
      ...totals,
      packetsReceived: totals.packetsReceived ?? report?.received,
      packetsSent: totals.packetsSent ?? report?.sent,
    },
    lifetime: { ...lifetime, latency: lifetime.latency ?? report?.latency },
  };
}

/** A word comes on a connection that its answer counts too. */
function clientsOf(connections: number | undefined): number | undefined {
  return connections === undefined ? undefined : Math.max(0, connections - 1);
}
