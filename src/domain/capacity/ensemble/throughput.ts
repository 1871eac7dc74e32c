/** Costs of one ensemble's hardware. `write` is in microseconds of the leader's pipeline. */
export interface Costs {
  /** Reads per second of one server that serves clients. */
  readonly readsPerServer: number;
  /** 1/Xw(n) = base + perVoter·(n−1) + perPair·(n−1)² + perObserver·o. */
  readonly write: {
    readonly baseUs: number;
    readonly perVoterUs: number;
    readonly perPairUs: number;
    /** An INFORM instead of a PROPOSAL, an ACK and a COMMIT; about perVoterUs. */
    readonly perObserverUs: number;
  };
}

export interface Shape {
  readonly voters: number;
  readonly observers: number;
  /** `leaderServes`: whether clients may connect to the leader (only matters above one server). */
  readonly leaderServes: boolean;
}

/** How many servers clients can read from. */
export function servingServers({ voters, observers, leaderServes }: Shape): number {
  return (leaderServes || voters === 1 ? voters : voters - 1) + observers;
}

/** Reads per second at saturation, when nobody writes. */
export function readThroughput(costs: Costs, shape: Shape): number {
  return costs.readsPerServer * servingServers(shape);
}

/** Writes per second at saturation, when nobody reads. */
export function writeThroughput({ write }: Costs, { voters, observers }: Shape): number {
  const followers = voters - 1;
  const us =
    write.baseUs +
    write.perVoterUs * followers +
    write.perPairUs * followers * followers +
    write.perObserverUs * observers;
  return 1e6 / us;
}

/** Operations per second of a mix at saturation: the weighted harmonic mean of both. */
export function mixedThroughput(costs: Costs, shape: Shape, readShare: number): number {
  return (
    1 / ((1 - readShare) / writeThroughput(costs, shape) + readShare / readThroughput(costs, shape))
  );
}
