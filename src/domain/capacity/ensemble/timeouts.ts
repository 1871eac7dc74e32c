import type { Problem } from '../../placement/types';
import { Checks, digits } from '../queueing/checks';

/** What timeouts have to outlast. Times in milliseconds, worst cases (99.9 %). */
export interface TimeoutLoad {
  /** The shortest session timeout that a client asks for. */
  readonly sessionMs: number;
  /** Round trip between servers, and between a client and its server. */
  readonly roundTripMs: number;
  readonly clientRoundTripMs: number;
  readonly fsyncMs: number;
  readonly gcPauseMs: number;
  /** A reply at its slowest, without the pause. */
  readonly latencyMs: number;
  readonly snapshotBytes: number;
  readonly znodes: number;
  /** Bytes per second. */
  readonly networkBandwidth: number;
  readonly diskBandwidth: number;
  /** Transactions in the log that a start replays, at most snapCount. */
  readonly replayed: number;
  readonly writeRate: number;
  /** How long a server that is restarted is away. */
  readonly restartSeconds: number;
  readonly sessions: number;
}

export interface Timeouts {
  readonly tickTime: number;
  /** In ticks. */
  readonly initLimit: number;
  readonly syncLimit: number;
  readonly connectToLearnerMasterLimit: number;
  readonly minSessionTimeout: number;
  readonly maxSessionTimeout: number;
  /** The shortest session that survives the worst pause. */
  readonly neededSessionMs: number;
  readonly commitLogCount: number;
  /** A follower's way from its connection to serving, the reason for initLimit. */
  readonly followerStartMs: number;
  /** Idle sessions ping every third of their timeout; servers count pings as reads. */
  readonly pingsPerSecond: number;
}

const DEFAULT_TICK_MS = 2000;
/** Measured on a small machine: a znode is loaded in 4.5 µs, a transaction replayed in 16 µs. */
const LOAD_MS_PER_ZNODE = 4.5e-3;
const REPLAY_MS_PER_TRANSACTION = 16e-3;
const LEARNER_CONNECT_MS = 5000;
const DEFAULT_COMMIT_LOG = 500;

/**
 * Timeouts from the workload, never below ZooKeeper's defaults where those cost nothing. Rules of
 * QuorumPeerConfig, Learner and ClientCnxn: sessions last 2 to 20 ticks, a follower is dropped
 * after syncLimit ticks of silence, and it loads *and writes* a snapshot within initLimit ticks.
 * Fails when the session timeout is shorter than the pauses that it has to outlast.
 */
export function timeouts(load: TimeoutLoad): Timeouts | Problem[] {
  const neededSessionMs = neededSession(load);
  const { problems } = checked(load, neededSessionMs);
  if (problems.length > 0) return problems;
  const tickTime = Math.min(DEFAULT_TICK_MS, Math.max(1, Math.floor(load.sessionMs / 2)));
  const ticks = (ms: number, least: number): number =>
    Math.max(least, Math.ceil((2 * ms) / tickTime));
  const followerStartMs =
    (load.snapshotBytes / load.networkBandwidth + load.snapshotBytes / load.diskBandwidth) * 1000 +
    load.znodes * LOAD_MS_PER_ZNODE +
    load.replayed * REPLAY_MS_PER_TRANSACTION;
  const initLimit = ticks(followerStartMs, 10);
  return {
    tickTime,
    initLimit,
    syncLimit: ticks(load.roundTripMs + load.fsyncMs + load.gcPauseMs, 5),
    connectToLearnerMasterLimit: Math.min(initLimit, Math.ceil(LEARNER_CONNECT_MS / tickTime)),
    minSessionTimeout: 2 * tickTime,
    maxSessionTimeout: Math.max(20 * tickTime, load.sessionMs),
    neededSessionMs,
    commitLogCount: Math.max(DEFAULT_COMMIT_LOG, Math.ceil(load.writeRate * load.restartSeconds)),
    followerStartMs,
    pingsPerSecond: load.sessions / (load.sessionMs / 3000),
  };
}

/**
 * Three times the worst silence, since a client pings after a third of the timeout and gives up
 * after two; and two ticks, each no shorter than two round trips between servers.
 */
function neededSession(load: TimeoutLoad): number {
  const silence = load.latencyMs + load.clientRoundTripMs + load.gcPauseMs;
  return Math.max(3 * silence, 4 * load.roundTripMs);
}

const AT_LEAST_ZERO = [
  'roundTripMs',
  'clientRoundTripMs',
  'fsyncMs',
  'gcPauseMs',
  'latencyMs',
  'snapshotBytes',
  'znodes',
  'replayed',
  'writeRate',
  'restartSeconds',
  'sessions',
] as const;

function checked(load: TimeoutLoad, neededSessionMs: number): Checks {
  const checks = new Checks()
    .positive('sessionMs', load.sessionMs)
    .positive('networkBandwidth', load.networkBandwidth)
    .positive('diskBandwidth', load.diskBandwidth);
  for (const name of AT_LEAST_ZERO) checks.notNegative(name, load[name]);
  if (checks.problems.length === 0 && load.sessionMs < neededSessionMs) {
    checks.fail(
      'sessionTooShort',
      'sessionMs',
      `A session of ${digits(load.sessionMs)} ms does not outlast the longest pause three times. ` +
        `Use at least ${digits(neededSessionMs)} ms, or shorten the pauses.`,
    );
  }
  return checks;
}
