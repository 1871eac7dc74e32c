/** Workers that each wait for an answer before they ask again. Times in seconds. */
export interface ClosedLoopInput {
  readonly clients: number;
  readonly think: number;
  /** Mean response at a rate, growing with it. */
  readonly response: (rate: number) => number;
  /** Rates stay below this. */
  readonly limit: number;
}

export interface ClosedLoop {
  /** Operations per second. */
  readonly rate: number;
  readonly response: number;
}

/**
 * The rate at which the clients' own waiting holds the load: X·(Z + R(X)) = N (Little's law),
 * by bisection below the limit.
 */
export function closedLoop({ clients, think, response, limit }: ClosedLoopInput): ClosedLoop {
  let low = 0;
  let high = limit;
  for (;;) {
    const rate = (low + high) / 2;
    if (rate <= low || rate >= high) return { rate: low, response: clients / low - think };
    if (rate * (think + response(rate)) > clients) high = rate;
    else low = rate;
  }
}

/** Milliseconds: base + perVoter·(n−1) + (queue + queuePerVoter·(n−1))·(N−1)^exponent. */
export interface CreateLatencyFit {
  readonly base: number;
  readonly perVoter: number;
  readonly queue: number;
  readonly queuePerVoter: number;
  readonly exponent: number;
}

/** The fit of Table 2 of Hunt et al. 2010, creates of 1 KB by 1–20 workers on 3–9 servers. */
export const ATC10_CREATES: CreateLatencyFit = {
  base: 1.25785666,
  perVoter: 0.0159851547,
  queue: 0.544032724,
  queuePerVoter: 0.0590961105,
  exponent: 0.759055286,
};

/** Creates per second of workers that wait for each one. */
export function createsPerSecond(fit: CreateLatencyFit, workers: number, voters: number): number {
  const followers = voters - 1;
  const queued = (fit.queue + fit.queuePerVoter * followers) * (workers - 1) ** fit.exponent;
  return (1000 * workers) / (fit.base + fit.perVoter * followers + queued);
}
