import type { EnsembleSample } from './ensembleSample';
import { roleOf, sampleOf } from './ensembleSample';
import type { EnsembleWindow } from './ensembleWindow';

/** One server's part of what all together carry, against an even part. */
export interface Share {
  readonly address: string;
  readonly connections: number | undefined;
  /** 1 is fair, 2 twice as many as fair. */
  readonly connectionFactor: number | undefined;
  readonly requests: number | undefined;
  readonly requestFactor: number | undefined;
}

export interface Balance {
  readonly shares: readonly Share[];
  /** The server with far more than its part, and what it has too much of; undefined when even. */
  readonly lopsided:
    | { readonly address: string; readonly of: 'connections' | 'requests'; readonly factor: number }
    | undefined;
}

/** Fewer than these say nothing of a distribution. */
const LEAST_CONNECTIONS = 20;
const LEAST_REQUESTS = 50;
/** Random choice among three servers seldom makes one take more than this. */
const LOPSIDED = 1.5;

/** How evenly clients are spread over the servers that serve them. */
export function balanceOf(sample: EnsembleSample, window: EnsembleWindow | undefined): Balance {
  const serving = sample.members.filter((member) =>
    ['leader', 'follower', 'observer'].includes(roleOf(member)),
  );
  const rows = serving.map((member) => ({
    address: member.address,
    connections: sampleOf(member)?.gauges.connections,
    requests: requestsOf(window, member.address),
  }));
  const connections = fairPart(rows.map((row) => row.connections));
  const requests = fairPart(rows.map((row) => row.requests));
  const shares = rows.map((row) => ({
    ...row,
    connectionFactor: factorOf(row.connections, connections),
    requestFactor: factorOf(row.requests, requests),
  }));
  return { shares, lopsided: lopsidedOf(shares) };
}

function requestsOf(window: EnsembleWindow | undefined, address: string): number | undefined {
  const { reads, writes, requests } = window?.servers.get(address) ?? {};
  return reads === undefined && writes === undefined ? requests : (reads ?? 0) + (writes ?? 0);
}

/** Undefined unless every server says its number. */
function fairPart(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined);
  if (known.length < 2 || known.length < values.length) return undefined;
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

const factorOf = (value: number | undefined, fair: number | undefined): number | undefined =>
  value === undefined || fair === undefined || fair <= 0 ? undefined : value / fair;

function lopsidedOf(shares: readonly Share[]): Balance['lopsided'] {
  const total = (pick: (share: Share) => number | undefined): number =>
    shares.reduce((sum, share) => sum + (pick(share) ?? 0), 0);
  const enough = {
    connections: total((share) => share.connections) >= LEAST_CONNECTIONS,
    requests: total((share) => share.requests) >= LEAST_REQUESTS,
  };
  const candidates = shares.flatMap((share) => [
    { address: share.address, of: 'connections' as const, factor: share.connectionFactor ?? 0 },
    { address: share.address, of: 'requests' as const, factor: share.requestFactor ?? 0 },
  ]);
  return candidates
    .filter(({ of, factor }) => enough[of] && factor > LOPSIDED)
    .sort((a, b) => b.factor - a.factor)[0];
}
