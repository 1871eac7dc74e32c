/** Means of one queue in the steady state. Times in seconds, rates per second. */
export interface Station {
  /** Share of the servers' time that is busy, ρ. */
  readonly utilisation: number;
  /** Departures per second. */
  readonly throughput: number;
  /** Mean time before service, Wq. */
  readonly wait: number;
  /** Mean time in the system, W = Wq + service. */
  readonly response: number;
  /** Mean number waiting, Lq. */
  readonly queue: number;
  /** Mean number in the system, L. */
  readonly population: number;
}

/** A station from its mean wait by Little's law (Little 1961), L = λ·W. */
export function stationOf(
  wait: number,
  { lambda, service, servers }: { lambda: number; service: number; servers: number },
): Station {
  return {
    utilisation: (lambda * service) / servers,
    throughput: lambda,
    wait,
    response: wait + service,
    queue: lambda * wait,
    population: lambda * (wait + service),
  };
}
