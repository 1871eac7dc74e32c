import type { WhatIf } from '../../src/domain/placement/whatIf';
import { displayName } from '../../src/domain/znode/displayName';
import type { RingSnapshot } from '../../src/protocol/ring';
import { fill } from '../shared/text';

const MAX_NAME = 60;

/** One thing that is tried, and the what-if without it. */
export interface Chip {
  readonly text: string;
  /** What its button does, in words. */
  readonly takeBack: string;
  readonly without: WhatIf;
}

/** A what-if without anything about a server; one of a lost zone brings back the zone. */
export function restored(
  { removed, added, drained = [], weights = {}, lostZones = [], ...rest }: WhatIf,
  address: string,
  snapshot: RingSnapshot | undefined,
): WhatIf {
  const others = (list: readonly string[]): string[] => list.filter((one) => one !== address);
  const server = snapshot?.placement?.servers.find((one) => one.address === address);
  return {
    ...rest,
    removed: others(removed),
    added: others(added),
    drained: others(drained),
    weights: Object.fromEntries(Object.entries(weights).filter(([name]) => name !== address)),
    lostZones: lostZones.filter((one) => one !== server?.zone),
  };
}

/** Everything that is tried, in words. */
export function chipsOf(whatIf: WhatIf, snapshot: RingSnapshot): Chip[] {
  const { strings, servers, zones, presets } = snapshot;
  const { removed, added, drained = [], weights = {}, lostZones = [], preset, options } = whatIf;
  const nameOf = (address: string): string =>
    servers.find((server) => server.address === address)?.label ?? displayName(address, MAX_NAME);
  const chip = (text: string, without: WhatIf): Chip => ({
    text,
    takeBack: fill(strings.restore, text),
    without,
  });
  const list = (
    name: 'removed' | 'added' | 'drained',
    addresses: readonly string[],
    text: string,
  ): Chip[] =>
    addresses.map((address) =>
      chip(fill(text, nameOf(address)), {
        ...whatIf,
        [name]: addresses.filter((one) => one !== address),
      }),
    );
  const title = presets.find(({ id }) => id === preset)?.title ?? preset ?? '';
  const changed = Object.entries(options ?? {}).map(([name, value]) => `${name} ${String(value)}`);
  return [
    ...list('removed', removed, strings.triedRemoved),
    ...list('added', added, strings.triedAdded),
    ...list('drained', drained, strings.triedDrained),
    ...Object.entries(weights).map(([address, weight]) => {
      const rest = Object.entries(weights).filter(([name]) => name !== address);
      return chip(fill(strings.triedWeight, nameOf(address), weight), {
        ...whatIf,
        weights: Object.fromEntries(rest),
      });
    }),
    ...lostZones.map((zone) =>
      chip(
        fill(
          strings.triedZone,
          zones.find(({ id }) => id === zone)?.label ?? displayName(zone, MAX_NAME),
        ),
        {
          ...whatIf,
          lostZones: lostZones.filter((one) => one !== zone),
        },
      ),
    ),
    ...(preset !== undefined || changed.length > 0
      ? [chip([title, ...changed].filter((text) => text !== '').join(', '), sameRules(whatIf))]
      : []),
  ];
}

/** The same servers under the placement as it is. */
export function sameRules({ removed, added, drained, weights, lostZones }: WhatIf): WhatIf {
  return {
    removed,
    added,
    ...(drained && { drained }),
    ...(weights && { weights }),
    ...(lostZones && { lostZones }),
  };
}
