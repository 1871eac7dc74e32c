import type { EnsembleSample } from './ensembleSample';
import { roleOf, sampleOf } from './ensembleSample';
import type { EnsembleWindow } from './ensembleWindow';

/** One server's part of what all together carry, as a multiple of an even part: 1 is fair. */
export interface Share {
  readonly address: string;
  /** Undefined where there are too few to speak of a distribution. */
  readonly connectionFactor: number | undefined;
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
const CLIENTS_A_SERVER = 3;
/** Less is not worth a word. */
const LOPSIDED = 1.5;
/** Standard deviations that no server of a few exceeds where clients choose by chance. */
const BY_CHANCE = 4;

/** How evenly clients are spread over the servers that serve them. */
export function balanceOf(sample: EnsembleSample, window: EnsembleWindow | undefined): Balance {
  const serving = sample.members.filter((member) =>
    ['leader', 'follower', 'observer'].includes(roleOf(member)),
  );
  const addresses = serving.map(({ address }) => address);
  const counts = serving.map((member) => sampleOf(member)?.gauges.connections);
  const connections = fairPart(counts, LEAST_CONNECTIONS);
  // A handful of clients can't be even, however they choose.
  const clients = counts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
  const requests =
    clients < CLIENTS_A_SERVER * counts.length
      ? []
      : fairPart(requestsOf(addresses, window), LEAST_REQUESTS);
  const shares = addresses.map((address, at) => ({
    address,
    connectionFactor: connections[at],
    requestFactor: requests[at],
  }));
  return { shares, lopsided: lopsidedOf(shares, clients) };
}

/** Reads and writes where all servers tell them, else packets of all: never one against the other. */
function requestsOf(
  addresses: readonly string[],
  window: EnsembleWindow | undefined,
): (number | undefined)[] {
  const windows = addresses.map((address) => window?.servers.get(address));
  const exact = windows.map((one) =>
    one?.reads === undefined ? undefined : one.reads + (one.writes ?? 0),
  );
  return exact.includes(undefined) ? windows.map((one) => one?.requests) : exact;
}

/** Each value over their mean; nothing unless all are known and there are `least` together. */
function fairPart(
  values: readonly (number | undefined)[],
  least: number,
): readonly (number | undefined)[] {
  const known = values.filter((value) => value !== undefined);
  const sum = known.reduce((total, value) => total + value, 0);
  if (known.length < 2 || known.length < values.length || sum < least) return [];
  return known.map((value) => (value * known.length) / sum);
}

/** What is more than clients that choose a server by chance, each for itself, bring about. */
function lopsidedOf(shares: readonly Share[], clients: number): Balance['lopsided'] {
  const byChance = 1 + BY_CHANCE * Math.sqrt((shares.length - 1) / Math.max(1, clients));
  return shares
    .flatMap(({ address, connectionFactor = 0, requestFactor = 0 }) => [
      { address, of: 'connections' as const, factor: connectionFactor },
      { address, of: 'requests' as const, factor: requestFactor },
    ])
    .filter(({ factor }) => factor > Math.max(LOPSIDED, byChance))
    .sort((a, b) => b.factor - a.factor)[0];
}
