import type { RingRates } from './choices';

/**
 * ρ = λ·share/(c·μ) of a server that gets `share` (0 to 1) of all requests: the part of its time that
 * it works. From 1 on its queue grows without end.
 */
export function utilisation({ arrivals, parallel, service }: RingRates, share: number): number {
  return (arrivals * share) / (parallel * service);
}
