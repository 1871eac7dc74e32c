/** A formula in common circulation that is wrong, and the right one. */
export interface Misconception {
  readonly id: string;
  readonly wrong: string;
  readonly right: string;
  readonly why: string;
  /** The same inputs through both formulas, to show beside each other. */
  readonly example: { readonly inputs: string; readonly wrong: number; readonly right: number };
}

/** Share of the keys that modulo placement moves when a server joins `servers` others: N/(N+1). */
export const movedByModulo = (servers: number): number => servers / (servers + 1);

/** The same on a hash ring, on average: 1/(N+1). */
export const movedByRing = (servers: number): number => 1 / (servers + 1);

/** λ = ρ·c·μ: the arrival rate that loads `servers` of rate `mu` (1/s) to `rho` (0–1). */
export const arrivalRateAt = (rho: number, mu: number, servers: number): number =>
  rho * servers * mu;

export const MISCONCEPTIONS: readonly Misconception[] = [
  {
    id: 'moduloIsNotConsistent',
    wrong: 'server = hash(key) mod P + 1',
    right: 'owner = first virtual node clockwise from hash(key); E[moved] = 1/(N+1)',
    why:
      'Modulo placement is not consistent hashing. When one of N + 1 servers joins, a key stays only ' +
      'if both remainders agree, so N/(N+1) of all keys move. On a ring only those keys move that ' +
      'the new server takes. Keys with a common stride also collide under modulo.',
    example: {
      inputs: 'keys moved from 5 to 6 servers',
      wrong: movedByModulo(5),
      right: movedByRing(5),
    },
  },
  {
    id: 'arrivalRateFromLoad',
    wrong: 'λ = μ/ρ',
    right: 'λ = ρ·c·μ, since ρ = λ/(c·μ)',
    why:
      'Utilisation is arrivals over capacity. Dividing by ρ < 1 gives an arrival rate above the ' +
      'service rate: a queue that grows without end, which contradicts the ρ it started from.',
    example: {
      inputs: 'arrivals per second for μ = 100/s, ρ = 0.8, c = 1',
      wrong: 100 / 0.8,
      right: arrivalRateAt(0.8, 100, 1),
    },
  },
];
