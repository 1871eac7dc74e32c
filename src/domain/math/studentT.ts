import { betaQuantile } from './beta';

/**
 * The half-width factor of a two-sided confidence interval: P(|T| ≤ t) = confidence for Student's t
 * with `degrees` > 0 degrees of freedom and 0 ≤ confidence < 1. NaN outside (DLMF 8.17; with
 * x = ν/(ν+t²), P(|T| > t) = I_x(ν/2, ½)).
 */
export function studentT(confidence: number, degrees: number): number {
  const x = betaQuantile(1 - confidence, degrees / 2, 0.5);
  return Math.sqrt((degrees * (1 - x)) / x);
}
