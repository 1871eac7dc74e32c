import { createPlacement } from './createPlacement';
import type { Options, Placement, Problem, Server } from './types';

/** Changes that are tried on a placement; nothing is written anywhere. Servers go by address. */
export interface WhatIf {
  readonly removed: readonly string[];
  readonly added: readonly string[];
  /** Servers that take no keys but stay listed, as with weight 0. */
  readonly drained?: readonly string[];
  /** New weights of servers, above 0, of added ones too. */
  readonly weights?: Readonly<Record<string, number>>;
  /** Zones all of whose servers are gone; servers without a zone are in none. */
  readonly lostZones?: readonly string[];
  /** Absent: the same one. */
  readonly preset?: string;
  /** Options that differ, the number of virtual nodes among them. */
  readonly options?: Options;
}

export const NOTHING_TRIED: WhatIf = { removed: [], added: [] };

/** Whether a what-if changes nothing. */
export function isNothing({ preset, weights, options, ...lists }: WhatIf): boolean {
  const { removed, added, drained = [], lostZones = [] } = lists;
  return (
    preset === undefined &&
    [removed, added, drained, lostZones].every(({ length }) => length === 0) &&
    [weights, options].every((record) => Object.keys(record ?? {}).length === 0)
  );
}

/** The servers that are left or new, in the order of the list with added ones at its end. */
export function changedServers<S extends Server>(
  servers: readonly S[],
  { removed, added, drained = [], weights = {}, lostZones = [] }: WhatIf,
): (S | Server)[] {
  const gone = new Set(removed);
  const lost = new Set(lostZones);
  const empty = new Set(drained);
  const weightOf = new Map(Object.entries(weights));
  const known = new Set(servers.map(({ address }) => address));
  const all: (S | Server)[] = [
    ...servers.filter(
      ({ address, zone }) => !gone.has(address) && !(zone !== undefined && lost.has(zone)),
    ),
    ...added.filter((address) => !known.has(address)).map((address) => ({ address })),
  ];
  return all.map((server) => {
    const weight = weightOf.get(server.address);
    if (weight === undefined && !empty.has(server.address)) return server;
    return {
      ...server,
      ...(weight !== undefined && { weight }),
      ...(empty.has(server.address) && { down: true }),
    };
  });
}

/** The placement after a what-if; undefined when it changes nothing. */
export function tryWhatIf(now: Placement, whatIf: WhatIf): Placement | Problem[] | undefined {
  if (isNothing(whatIf)) return undefined;
  const servers = changedServers(now.servers, whatIf);
  const preset = whatIf.preset ?? now.preset.id;
  const { options = {} } = whatIf;
  if (preset !== now.preset.id) return createPlacement(preset, servers, options);
  if (Object.keys(options).length === 0) return now.withServers(servers);
  return createPlacement(preset, servers, { ...now.options, ...options });
}
