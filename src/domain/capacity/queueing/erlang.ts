/**
 * Erlang's loss and delay formulas (Erlang 1917). `servers` is a whole number ≥ 0, `offered` the
 * load A = λ/μ ≥ 0 in erlang; NaN outside. Inverse recursions over positive terms: no factorials that
 * overflow, no differences that cancel. O(servers).
 */

/** The probability B that all servers are busy when who finds no server goes away. */
export function erlangB(servers: number, offered: number): number {
  if (!Number.isInteger(servers) || servers < 0 || !(offered >= 0)) return NaN;
  if (offered === 0) return servers === 0 ? 1 : 0;
  let inverse = 1;
  for (let k = 1; k <= servers && inverse < Infinity; k++) inverse = 1 + (k / offered) * inverse;
  return 1 / inverse;
}

/** The probability C that an arrival waits when it waits for a server; needs offered < servers. */
export function erlangC(servers: number, offered: number): number {
  if (!(offered < servers)) return NaN;
  const loss = erlangB(servers, offered);
  return (servers * loss) / (servers - offered + offered * loss);
}
