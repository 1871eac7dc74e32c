import type { Random } from './random';

/**
 * A sampler of times with the given mean (> 0) and squared coefficient of variation (≥ 0): constant
 * for 0, gamma below 1 (Erlang for 1/k), exponential for 1, and above 1 the mix of two exponentials
 * with balanced means (Tijms, A First Course in Stochastic Models, app. B).
 */
export function durations(mean: number, scv: number, random: Random): () => number {
  if (scv === 0) return () => mean;
  if (scv === 1) return () => -mean * Math.log(random());
  if (scv < 1) return gamma(1 / scv, mean * scv, random);
  const often = (1 + Math.sqrt((scv - 1) / (scv + 1))) / 2;
  const [short, long] = [mean / (2 * often), mean / (2 * (1 - often))];
  return () => -(random() < often ? short : long) * Math.log(random());
}

/** Gamma with shape ≥ 1 by rejection (Marsaglia & Tsang, ACM TOMS 26(3), 2000). */
function gamma(shape: number, scale: number, random: Random): () => number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  return () => {
    for (;;) {
      const z = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
      const v = (1 + c * z) ** 3;
      if (v > 0 && Math.log(random()) < z ** 2 / 2 + d * (1 - v + Math.log(v)))
        return d * v * scale;
    }
  };
}
