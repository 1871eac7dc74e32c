import type { MembershipKind } from '../../domain/membership/detect';
import { presets } from '../../domain/placement/presets';
import type { Preset } from '../../domain/placement/types';

/** Presets that place keys on a bare list of servers. */
export const usablePresets: readonly Preset[] = presets.filter(
  ({ assignment, policy }) => assignment === undefined && policy !== true,
);

/** What the clients of a registry most likely use; most registries say nothing about it. */
export function defaultPreset(kind: MembershipKind | undefined): string {
  if (kind === 'dubbo') return 'dubbo-consistent';
  if (kind === 'sofaRpc') return 'sofa-rpc-consistent';
  return 'twemproxy-ketama';
}
