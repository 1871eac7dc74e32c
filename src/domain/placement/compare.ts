import { type Balance, balanceOf, keyLoads } from './balance';
import { createPlacement, isProblems } from './createPlacement';
import { keyMovement, movement } from './movement';
import type { Options, Placement, Problem, Server } from './types';

export interface Candidate {
  readonly preset: string;
  readonly options?: Options;
}

/** One row of the comparison: a preset with the same members and keys as the others. */
export interface ComparisonRow {
  readonly preset: string;
  readonly options: Options;
  /** Balance of the hash space relative to weights where the preset knows them. */
  readonly shares: Balance;
  /** Balance of the keys, when there are any. */
  readonly keys: Balance | undefined;
  /** The part of the hash space that the change of members moves. */
  readonly moved: number;
  /** The part of the keys that it moves. */
  readonly movedKeys: number | undefined;
  readonly warnings: readonly string[];
}

/** Presets side by side: how they balance these servers and keys, and what a change would move. */
export function comparePresets(
  candidates: readonly Candidate[],
  servers: readonly Server[],
  changed: readonly Server[],
  keys: readonly Uint8Array[],
): (ComparisonRow | { readonly preset: string; readonly problems: Problem[] })[] {
  return candidates.map(({ preset, options }) => {
    const before = createPlacement(preset, servers, options);
    if (isProblems(before)) return { preset, problems: before };
    const after = before.withServers(changed);
    if (isProblems(after)) return { preset, problems: after };
    return row(before, after, keys);
  });
}

function row(before: Placement, after: Placement, keys: readonly Uint8Array[]): ComparisonRow {
  const hashed = keys.length === 0 ? undefined : before.hashKeys(keys);
  const weights = before.preset.weighted
    ? before.servers.map(({ weight, down }) => (down === true ? 0 : (weight ?? 1)))
    : before.servers.map(({ down }) => (down === true ? 0 : 1));
  // Servers that are down take nothing and would only spoil the mean.
  const up = [...weights.keys()].filter((i) => weights[i] !== 0);
  const live = (loads: Float64Array): Balance =>
    balanceOf(
      up.map((i) => loads[i] ?? 0),
      up.map((i) => weights[i] ?? 0),
    );
  return {
    preset: before.preset.id,
    options: before.options,
    shares: live(before.shares()),
    keys: hashed && live(keyLoads(before, hashed)),
    moved: movement(before, after).moved,
    movedKeys: hashed && keyMovement(before, after, hashed).moved,
    warnings: before.warnings.map(({ code }) => code),
  };
}
