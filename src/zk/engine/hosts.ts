import type { HostPort } from '../connectString';

/** Waits within a round of servers are only there to spread clients that were cut off together. */
const SPREAD_MS = 100;
const FIRST_BACKOFF_MS = 250;
const MAXIMUM_BACKOFF_MS = 8_000;

/** The servers of a connection in an order of their own, so that clients spread over them. */
export class Hosts {
  private readonly hosts: HostPort[];
  private position = 0;
  private preferred: HostPort | undefined;

  constructor(hosts: readonly HostPort[], random: () => number = Math.random) {
    this.hosts = shuffled(hosts, random);
  }

  get size(): number {
    return this.hosts.length;
  }

  next(): HostPort {
    const { preferred } = this;
    this.preferred = undefined;
    const inTurn = this.hosts[this.position++ % this.hosts.length];
    if (inTurn === undefined) throw new Error('a session without hosts');
    return preferred ?? inTurn;
  }

  /** Makes `host` the next one, out of turn. */
  prefer(host: HostPort): void {
    this.preferred = host;
  }
}

/** How long to wait before an attempt; `failures` in a row have been before it. */
export function backoffMs(
  failures: number,
  hosts: number,
  limitMs: number,
  random: () => number = Math.random,
): number {
  if (failures === 0) return 0;
  const round = Math.floor(failures / hosts);
  if (round === 0 || failures % hosts !== 0) return random() * SPREAD_MS;
  const limit = Math.min(MAXIMUM_BACKOFF_MS, limitMs);
  return Math.min(limit, FIRST_BACKOFF_MS * 2 ** Math.min(round - 1, 16)) * (0.5 + random() / 2);
}

export function shuffled<T>(items: readonly T[], random: () => number = Math.random): T[] {
  const result = [...items];
  for (let last = result.length - 1; last > 0; last--) {
    const other = Math.floor(random() * (last + 1));
    [result[last], result[other]] = [result[other] as T, result[last] as T];
  }
  return result;
}
