import { expect } from 'vitest';
import { createPlacement } from '../../../src/domain/placement/placement';
import type { Options } from '../../../src/domain/placement/types';
import type { OracleCase, Placements } from '../../tools/placement/oracle';
import { SEED } from './samples';

/** A configuration of a program, and what we call the same thing. */
export interface Comparison extends OracleCase {
  readonly preset: string;
  readonly options: Options;
}

/** Fails with the first key of each configuration that the program placed elsewhere. */
export function expectSameOwners(
  keys: readonly Uint8Array[],
  cases: readonly Comparison[],
  real: Placements,
): void {
  expect(real.length).toBe(cases.length);
  const all = cases.flatMap((one, index) => differences(keys, one, real[index] ?? []));
  expect(all, `repeat with ZKW_PLACEMENT_SEED=${SEED}`).toEqual([]);
  // Oracles that say the same of every key would be no oracles.
  const spread = real.filter((owners) => new Set(owners).size > 1);
  expect(spread.length).toBeGreaterThan(cases.length / 2);
}

function differences(
  keys: readonly Uint8Array[],
  { preset, options, servers, settings }: Comparison,
  real: readonly number[],
): string[] {
  const placement = createPlacement(preset, servers, options);
  const about = `${preset} ${JSON.stringify(options)} as ${settings.join(' ')}`;
  if (Array.isArray(placement)) return [`${about}: ${JSON.stringify(placement)}`];
  const ours = placement.ownersOf(keys);
  const wrong = keys.flatMap((key, i) => (real[i] === ours[i] ? [] : [{ key, i }]));
  const [first] = wrong;
  if (first === undefined) return [];
  const { key, i } = first;
  return [
    `${about}: ${wrong.length} of ${keys.length} keys differ among ${JSON.stringify(servers)}; ` +
      `key ${Buffer.from(key).toString('hex')} is at ${real[i]}, we say ${ours[i]}`,
  ];
}
