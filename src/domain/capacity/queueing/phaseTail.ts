/**
 * The response time of an accepted customer of M/M/c/K, by uniformisation: with events at rate cμ,
 * who waits moves up one place an event, who is served leaves with probability 1/c. Only positive
 * terms. The returned tail P(T > t) takes x = cμt.
 * `probabilities`: of the number in the system, from 0 to K.
 */
export function phaseTail(probabilities: Float64Array, servers: number): (x: number) => number {
  const stays = stayingAfter(probabilities, servers);
  const last = stays.length - 1;
  const ratio = 1 - 1 / servers;
  const staysAt = (step: number): number =>
    step <= last ? (stays[step] ?? 0) : (stays[last] ?? 0) * Math.pow(ratio, step - last);
  return (x) => poissonMean(x, staysAt);
}

/** The mean of f(number of events) when x ≥ 0 are expected; Poisson weights from their mode outward. */
function poissonMean(x: number, f: (events: number) => number): number {
  const mode = Math.floor(x);
  let weights = 0;
  let sum = 0;
  for (let j = mode, weight = 1; weight > 1e-18; j++, weight *= x / j) {
    weights += weight;
    sum += weight * f(j);
  }
  for (let j = mode, weight = 1; j > 0 && weight > 1e-18; j--) {
    weight *= j / x;
    weights += weight;
    sum += weight * f(j - 1);
  }
  return sum / weights;
}

/** The probability to be still there after 0, 1, … events; geometric once nobody can be waiting. */
function stayingAfter(probabilities: Float64Array, servers: number): Float64Array {
  const room = probabilities.length - 1;
  const found = probabilities.subarray(0, room);
  const accepted = found.reduce((sum, p) => sum + p, 0);
  const waiting = new Float64Array(room - servers + 1); // after each number of events
  for (let n = room - 1; n >= servers; n--) {
    waiting[n - servers] = (waiting[n - servers + 1] ?? 0) + (found[n] ?? 0) / accepted;
  }
  let served = found.subarray(0, servers).reduce((sum, p) => sum + p, 0) / accepted;
  return waiting.map((waits, step) => {
    const stays = waits + served;
    served = served * (1 - 1 / servers) + (found[servers + step] ?? 0) / accepted;
    return stays;
  });
}
