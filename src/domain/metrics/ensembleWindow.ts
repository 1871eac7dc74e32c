import { type EnsembleSample, leaderOf, memberAt, roleOf, sampleOf } from './ensembleSample';
import { splitZxid } from '../znode/format';
import type { ServerSample } from './sample';
import { serverWindow, type ServerWindow } from './serverWindow';

/** What the ensemble did between two samples. Rates per second. */
export interface EnsembleWindow {
  readonly from: number;
  readonly to: number;
  /** By address; only of servers that answered both times. */
  readonly servers: ReadonlyMap<string, ServerWindow>;
  /**
   * Transactions of the whole ensemble by its zxid, exact, sessions opened and closed included;
   * undefined when the epoch changed, since every leader counts anew.
   */
  readonly writes: number | undefined;
  readonly writeCount: number | undefined;
  /** Of all servers that answered, without pings. */
  readonly reads: number | undefined;
  /** Another server leads than before. */
  readonly leaderChanged: boolean;
  /** A new reign began, perhaps of the same leader. */
  readonly epochChanged: boolean;
}

/** Pings a second that the sessions of a server send. */
export type PingRate = (address: string, sample: ServerSample) => number;

/** Compares two samples; the later one second. */
export function ensembleWindow(
  before: EnsembleSample,
  after: EnsembleSample,
  pings: PingRate = () => 0,
): EnsembleWindow {
  const servers = new Map<string, ServerWindow>();
  for (const member of after.members) {
    const was = sampleOf(memberAt(before, member.address));
    const is = sampleOf(member);
    if (was && is && is.at > was.at) {
      servers.set(member.address, serverWindow(was, is, pings(member.address, is)));
    }
  }
  const [first, second] = [leaderOf(before), leaderOf(after)];
  const transactions = transactionsBetween(before, after);
  const reads = [...servers.values()].flatMap(({ reads }) => reads ?? []);
  return {
    from: before.at,
    to: after.at,
    servers,
    writes: transactions === undefined ? undefined : transactions.count / transactions.seconds,
    writeCount: transactions?.count,
    reads: reads.length === 0 ? undefined : reads.reduce((sum, rate) => sum + rate, 0),
    leaderChanged: first !== undefined && second !== undefined && first !== second,
    epochChanged: epochChanged(before, after),
  };
}

/** The highest epoch that a server has seen. */
function latestEpoch(sample: EnsembleSample): number | undefined {
  const epochs = sample.members.flatMap((member) => {
    const zxid = sampleOf(member)?.zxid;
    // A server that is read-only from its start has seen none: -1.
    return zxid === undefined || zxid < 0n ? [] : [splitZxid(zxid).epoch];
  });
  return epochs.length === 0 ? undefined : Math.max(...epochs);
}

function epochChanged(before: EnsembleSample, after: EnsembleSample): boolean {
  const [was, is] = [latestEpoch(before), latestEpoch(after)];
  // The one server that has seen the latest may be silent for a while.
  return was !== undefined && is !== undefined && was < is;
}

/** By the server that is nearest to the leader's own count, the same one in both samples. */
function transactionsBetween(
  before: EnsembleSample,
  after: EnsembleSample,
): { count: number; seconds: number } | undefined {
  let best: { count: number; seconds: number; zxid: bigint } | undefined;
  for (const member of after.members) {
    const was = sampleOf(memberAt(before, member.address));
    const is = sampleOf(member);
    if (was?.zxid === undefined || is?.zxid === undefined || is.zxid < 0n) continue;
    const seconds = (is.zxidAt - was.zxidAt) / 1000;
    const [first, last] = [splitZxid(was.zxid), splitZxid(is.zxid)];
    if (seconds <= 0 || first.epoch !== last.epoch) continue;
    if (best !== undefined && is.zxid <= best.zxid) continue;
    const count = last.counter - first.counter;
    if (count >= 0) best = { count, seconds, zxid: is.zxid };
  }
  return epochChanged(before, after) ? undefined : best;
}

/** Standard deviations of a Poisson count: what chance may add. */
const BY_CHANCE = 3;

/**
 * How many transactions of the latest epoch each server is behind the one that is farthest, by
 * address. A follower keeps the last zxid of the old epoch until the first write of the new one. A
 * server that is read-only has no leader to be behind of, and the leader is behind nobody.
 * @param writes transactions a second: servers are asked at different moments, and what may have been
 *   written in between is no lag
 */
export function lags(sample: EnsembleSample, writes = 0): ReadonlyMap<string, number> {
  const told = sample.members.flatMap((member) => {
    const { zxid, zxidAt = 0 } = sampleOf(member) ?? {};
    const role = roleOf(member);
    return zxid === undefined || zxid < 0n || role === 'read-only'
      ? []
      : [{ address: member.address, role, zxidAt, ...splitZxid(zxid) }];
  });
  const [farthest] = [...told].sort((a, b) => b.epoch - a.epoch || b.counter - a.counter);
  return new Map(
    told.map(({ address, role, zxidAt, epoch, counter }) => {
      if (farthest === undefined || role === 'leader') return [address, 0];
      const meanwhile = (writes * Math.max(0, farthest.zxidAt - zxidAt)) / 1000;
      const behind = farthest.counter - (epoch === farthest.epoch ? counter : 0);
      return [
        address,
        Math.max(0, Math.floor(behind - meanwhile - BY_CHANCE * Math.sqrt(meanwhile))),
      ];
    }),
  );
}
