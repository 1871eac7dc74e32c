import type { ClosedNetwork, ClosedSolution, Resource } from './closedNetwork';

/**
 * A closed network with multi-server resources by Buzen's convolution (1973). The normalising
 * constants G(n) are kept as logarithms: they span more powers than a double. Every term is
 * positive, so nothing cancels, whatever the number of customers.
 */
export function convolutionSolution({
  customers,
  think,
  resources,
}: ClosedNetwork): ClosedSolution {
  const thinking = thinkingOnly(customers, think);
  const all = resources.reduce(addResource, thinking);
  const ratio = (all[customers - 1] ?? 0) - (all[customers] ?? 0);
  const throughput = Math.exp(ratio);
  const queues = resources.map((resource, k) => {
    const others = resources.filter((_, i) => i !== k).reduce(addResource, thinking);
    return meanQueue(resource, others, all[customers] ?? 0);
  });
  return {
    throughput,
    response: queues.reduce((sum, queue) => sum + queue, 0) / throughput,
    queues,
    utilisations: resources.map(({ demand, servers = 1 }) => (throughput * demand) / servers),
  };
}

/** ln of Z^n/n!, n = 0 … customers. */
function thinkingOnly(customers: number, think: number): Float64Array {
  const logs = new Float64Array(customers + 1);
  for (let n = 1; n <= customers; n++) logs[n] = (logs[n - 1] ?? 0) + Math.log(think / n);
  return logs;
}

/**
 * The constants with one more resource. Its weights f(j) = D^j/Π min(i, m) turn geometric with the
 * ratio D/m at j = m, which makes the sum over j a recursion: h(n) = (D/m)·h(n−1) +
 * Σ_{j<m} (f(j) − (D/m)·f(j−1))·g(n−j), and f(j) = f(j−1)·D/j ≥ f(j−1)·D/m there.
 */
function addResource(g: Float64Array, { demand, servers = 1 }: Resource): Float64Array {
  const limit = Math.min(servers, g.length);
  const own = new Float64Array(limit); // ln of the coefficients above
  for (let j = 1, log = 0; j < limit; j++) {
    own[j] = log + Math.log(demand) + Math.log(1 / j - 1 / servers);
    log += Math.log(demand / j);
  }
  const ratio = Math.log(demand / servers);
  const h = new Float64Array(g.length);
  for (let n = 0; n < g.length; n++) {
    const before = n === 0 ? -Infinity : (h[n - 1] ?? 0) + ratio;
    let top = before;
    for (let j = 0; j < limit && j <= n; j++) top = Math.max(top, (own[j] ?? 0) + (g[n - j] ?? 0));
    let total = Math.exp(before - top);
    for (let j = 0; j < limit && j <= n; j++) {
      total += Math.exp((own[j] ?? 0) + (g[n - j] ?? 0) - top);
    }
    h[n] = top === -Infinity ? -Infinity : top + Math.log(total);
  }
  return h;
}

/** Σ j·f(j)·G₋ₖ(N−j)/G(N), the resource's marginal distribution times j. */
function meanQueue(
  { demand, servers = 1 }: Resource,
  others: Float64Array,
  normalisation: number,
): number {
  const customers = others.length - 1;
  let mean = 0;
  for (let j = 1, log = 0; j <= customers; j++) {
    log += Math.log(demand / Math.min(j, servers));
    mean += j * Math.exp(log + (others[customers - j] ?? 0) - normalisation);
  }
  return mean;
}
