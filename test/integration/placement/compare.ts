import { expect } from 'vitest';
import { createPlacement } from '../../../src/domain/placement/createPlacement';
import type { Options, Placement, Problem } from '../../../src/domain/placement/types';
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
  const message = `${all.length} differences, repeat with ZKW_PLACEMENT_SEED=${SEED}`;
  expect(all.slice(0, 3), message).toEqual([]);
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
  return Object.entries(ways(placement, keys)).flatMap(([way, ours]) => {
    if (Array.isArray(ours)) return [`${about}, ${way}: ${JSON.stringify(ours)}`];
    const wrong = keys.flatMap((key, i) => (real[i] === ours[i] ? [] : [{ key, i }]));
    const [first] = wrong;
    if (first === undefined) return [];
    const { key, i } = first;
    return [
      `${about}, ${way}: ${wrong.length} of ${keys.length} keys differ; ` +
        `key ${Buffer.from(key).toString('hex')} is at ${real[i]}, we say ${ours[i]}, ` +
        `among ${JSON.stringify(servers)}`,
    ];
  });
}

/** The ways to ask for owners: key by key, after hashing them all, after a change of servers. */
function ways(
  placement: Placement,
  keys: readonly Uint8Array[],
): Record<string, Int32Array | Problem[]> {
  const hashed = placement.hashKeys(keys);
  const inOrder = placement.ownersOfHashed(hashed);
  const sorted = new Int32Array(keys.length);
  hashed.order.forEach((key, i) => (sorted[key] = inOrder[i] ?? -1));
  return { alone: placement.ownersOf(keys), sorted, changed: afterChange(placement, keys) };
}

function afterChange(placement: Placement, keys: readonly Uint8Array[]): Int32Array | Problem[] {
  const [first, ...others] = placement.servers;
  const stranger = { ...first, address: '127.0.0.9:9', name: 'stranger', id: 999_999 };
  const before = placement.withServers([...others, stranger]);
  const after = Array.isArray(before) ? before : before.withServers(placement.servers);
  return Array.isArray(after) ? after : after.ownersOf(keys);
}
