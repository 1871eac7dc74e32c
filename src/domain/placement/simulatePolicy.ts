import type { Problem } from './types';

const MAX_REQUESTS = 10_000_000;

/**
 * Requests per server under a policy that has no stable owner for keys, for its balance only: each
 * request stays open, so that load is the number received. `random` gives numbers in [0, 1).
 */
export function simulatePolicy(
  policy: string,
  servers: number,
  requests: number,
  random: () => number,
): Float64Array | Problem[] {
  const problem = (code: string, message: string, where: string): Problem[] => [
    { code, message, where },
  ];
  if (!(servers >= 1 && requests >= 0 && servers <= MAX_REQUESTS && requests <= MAX_REQUESTS)) {
    const message = `Simulate at least one server and at most ${MAX_REQUESTS} requests.`;
    return problem('policy.size', message, 'requests');
  }
  const loads = new Float64Array(Math.floor(servers));
  const draw = (): number => Math.min(loads.length - 1, Math.floor(random() * loads.length));
  const load = (server: number): number => loads[server] ?? 0;
  const choose: Record<string, (request: number) => number> = {
    random: draw,
    'round-robin': (request) => request % loads.length,
    // With equal servers whose requests stay open, the fewest open ones are at the next in turn.
    'least-request': (request) => request % loads.length,
    'power-of-two-choices': () => {
      const [one, other] = [draw(), draw()];
      return load(other) < load(one) ? other : one;
    },
  };
  const next = choose[policy];
  if (next === undefined) return problem('policy.unknown', `No policy "${policy}".`, 'policy');
  for (let request = 0; request < requests; request++) {
    const server = next(request);
    loads[server] = load(server) + 1;
  }
  return loads;
}
