// @ts-check

/** @typedef {{ readonly what: string, readonly value: number, readonly goal?: number }} Measured */

/**
 * Prints measurements, each with the goal beside it and whether it was met.
 * @param {readonly Measured[]} measured goals are upper bounds
 */
export function printGoals(measured) {
  for (const { what, value, goal } of measured) {
    const line = `  ${what.padEnd(58)}${value.toFixed(2).padStart(10)}`;
    const verdict = goal === undefined ? '' : `  ≤ ${goal}`.padEnd(10) + mark(value <= goal);
    console.log((line + verdict).trimEnd());
  }
}

/** @param {boolean} isMet */
const mark = (isMet) => (isMet ? 'pass' : 'MISS');
