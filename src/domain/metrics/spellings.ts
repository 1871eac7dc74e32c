/** A metric of a server by its key without `zk_`; undefined where it has none or no number. */
export type Lookup = (key: string) => number | undefined;

/** How many values there were and what they add up to, since the start or the last reset. */
export interface Total {
  readonly count: number;
  readonly sum: number;
}

/** As the server keeps them: over its whole life, not over a window. Units of the metric. */
export interface Percentiles {
  readonly p50: number | undefined;
  readonly p99: number | undefined;
  readonly p999: number | undefined;
}

/**
 * The count and sum of a summary in its three spellings: `cnt_x` and `sum_x` of the default
 * provider (3.6 to 3.9), `x_count` and `x_sum` of the Prometheus provider and of 3.10. Undefined
 * where only percentiles are kept, or nothing.
 */
export function totalOf(lookup: Lookup, name: string): Total | undefined {
  const count = lookup(`cnt_${name}`) ?? lookup(`${name}_count`);
  const sum = lookup(`sum_${name}`) ?? lookup(`${name}_sum`);
  return count === undefined || sum === undefined ? undefined : { count, sum };
}

/** `p99_x`, or `x{quantile="0.99"}` with the comma that some versions leave behind. */
export function percentilesOf(lookup: Lookup, name: string): Percentiles | undefined {
  const quantile = (short: string, long: string): number | undefined =>
    lookup(`${short}_${name}`) ??
    lookup(`${name}{quantile="${long}"}`) ??
    lookup(`${name}{quantile="${long}",}`);
  const found = {
    p50: quantile('p50', '0.5'),
    p99: quantile('p99', '0.99'),
    p999: quantile('p999', '0.999'),
  };
  return Object.values(found).every((value) => value === undefined) ? undefined : found;
}

/** A counter, which the Prometheus provider may spell with `_total`. */
export function counterOf(lookup: Lookup, name: string): number | undefined {
  return lookup(name) ?? lookup(`${name}_total`);
}
