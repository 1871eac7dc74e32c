import type { Member, PointRules } from '../layout/points';
import type { Rules } from './rules';
import type { KeyHash } from './rules';
import { type NameOf, md5Points } from './vnodes';

/** A ring of MD5 points: four from each text, first point at or after the key unless told otherwise. */
export function md5Ring(
  key: KeyHash,
  name: NameOf,
  counts: (members: readonly Member[]) => number[],
  differences: Partial<Pick<PointRules, 'search' | 'tie'>> = {},
): Rules {
  return {
    key,
    space: {
      kind: 'ring',
      points: { bits: 32, search: 'ge', tie: 'first', counts, ...md5Points(name), ...differences },
    },
  };
}

/** Each member as often as its weight says, in order: `hash % total weight`. */
export function weightedCells(members: readonly Member[]): Int32Array {
  return Int32Array.from(
    members.flatMap(({ index, server }) =>
      new Array<number>(Math.round(server.weight ?? 1)).fill(index),
    ),
  );
}
