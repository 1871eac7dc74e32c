import { splitZxid } from '../znode/format';
import { type ServerSample, type Totals } from './sample';
import type { Total } from './spellings';

/**
 * Why two samples of a server don't make a window: it was started anew, its counters were set back
 * (`srst`), or it began to serve anew after an election, with which some of its counters, and what
 * it calls its uptime, begin too. Rates over such a time would be nonsense.
 */
export type Break = 'restarted' | 'reset' | 'elected';

/** What a server did between two samples. Rates per second, times in milliseconds. */
export interface ServerWindow {
  readonly from: number;
  readonly to: number;
  readonly brokenBy: Break | undefined;
  /** Without pings, as far as they are known. */
  readonly reads: number | undefined;
  readonly writes: number | undefined;
  readonly pings: number;
  /** Means over the window, of reads and of writes that this server's clients made. */
  readonly readMs: number | undefined;
  readonly writeMs: number | undefined;
  readonly fsyncMs: number | undefined;
  readonly flushes: number | undefined;
  /** Transactions per flush. */
  readonly batch: number | undefined;
  readonly quorumAckMs: number | undefined;
  /** Every packet from clients, our own questions included; all that servers before 3.6 count. */
  readonly requests: number | undefined;
  /** Also over a break, which an election is, where the count did not fall. */
  readonly elections: number | undefined;
  /** Writes, for confidence: ±1.96·√n. */
  readonly writeCount: number | undefined;
  readonly readCount: number | undefined;
}

/**
 * The difference of two samples of one server. `pings` is how many pings a second its sessions send
 * (3 in each session timeout when idle): servers count them as reads.
 */
export function serverWindow(before: ServerSample, after: ServerSample, pings = 0): ServerWindow {
  const seconds = (after.at - before.at) / 1000;
  const brokenBy = breakBetween(before, after);
  const delta = (pick: (totals: Totals) => Total | undefined): Total | undefined =>
    brokenBy === undefined ? deltaOf(pick(before.totals), pick(after.totals)) : undefined;
  const rate = (count: number | undefined): number | undefined =>
    count === undefined || seconds <= 0 ? undefined : count / seconds;
  const reads = delta((totals) => totals.reads);
  const writes = delta((totals) => totals.writes);
  const fsync = delta((totals) => totals.fsync);
  const readRate = rate(reads?.count);
  const packets =
    brokenBy === undefined
      ? difference(before.totals.packetsReceived, after.totals.packetsReceived)
      : undefined;
  return {
    from: before.at,
    to: after.at,
    brokenBy,
    pings,
    reads: readRate === undefined ? undefined : Math.max(0, readRate - pings),
    writes: rate(writes?.count),
    readMs: meanOf(reads),
    writeMs: meanOf(writes),
    fsyncMs: meanOf(fsync),
    flushes: rate(fsync?.count),
    batch: meanOf(delta((totals) => totals.batch)),
    quorumAckMs: meanOf(delta((totals) => totals.quorumAck)),
    requests: rate(packets),
    elections: electionsBetween(before, after),
    writeCount: writes?.count,
    readCount: reads?.count,
  };
}

/**
 * A start is a fall of the uptime; a reset is a fall of any counter. Both are seen after an
 * election too: `ServerStats`, which counts packets and the uptime, belongs to a role, the other
 * metrics belong to the process (`ServerMetrics`) and go on.
 */
export function breakBetween(before: ServerSample, after: ServerSample): Break | undefined {
  const keys = Object.keys(before.totals) as (keyof Totals)[];
  const fallen = keys.filter((key) =>
    fell(countIn(before.totals[key]), countIn(after.totals[key])),
  );
  const isYounger = fell(before.uptimeMs, after.uptimeMs);
  if (!isYounger && fallen.length === 0) return undefined;
  const goesOn = fallen.every((key) => key === 'packetsReceived' || key === 'packetsSent');
  if (goesOn && wasElection(before, after)) return 'elected';
  return isYounger ? 'restarted' : 'reset';
}

/** Another role or another epoch, or one election more by the server's own count. */
function wasElection(before: ServerSample, after: ServerSample): boolean {
  const roles = [before.role, after.role];
  if (!roles.includes(undefined) && before.role !== after.role) return true;
  if ((electionsBetween(before, after) ?? 0) > 0) return true;
  const [was, is] = [before.zxid, after.zxid].map((zxid) =>
    zxid === undefined || zxid < 0n ? undefined : splitZxid(zxid).epoch,
  );
  return was !== undefined && is !== undefined && was < is;
}

function electionsBetween(before: ServerSample, after: ServerSample): number | undefined {
  const [was, is] = [before.totals.elections?.count, after.totals.elections?.count];
  return was === undefined || is === undefined || is < was ? undefined : is - was;
}

const countIn = (value: Total | number | undefined): number | undefined =>
  typeof value === 'object' ? value.count : value;

const fell = (was: number | undefined, is: number | undefined): boolean =>
  was !== undefined && is !== undefined && is < was;

function deltaOf(before: Total | undefined, after: Total | undefined): Total | undefined {
  if (before === undefined || after === undefined) return undefined;
  return { count: after.count - before.count, sum: after.sum - before.sum };
}

const difference = (was: number | undefined, is: number | undefined): number | undefined =>
  was === undefined || is === undefined ? undefined : is - was;

/** No values, no mean. */
const meanOf = (total: Total | undefined): number | undefined =>
  total === undefined || total.count <= 0 ? undefined : total.sum / total.count;
