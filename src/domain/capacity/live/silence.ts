import type { Observation } from './observation';

/** Why something is not known: `no server tells it`, `1 of 3 servers does not tell its reads`. */
export function silenceText({ silent, present, observers }: Observation, what: string): string {
  const all = present + observers;
  if (silent === 0 || silent >= all) return `no server tells ${what}`;
  return `${silent} of ${all} servers ${silent === 1 ? 'does' : 'do'} not tell ${what}`;
}
