import type { Member } from '../../domain/membership/member';
import { balanceOf } from '../../domain/placement/balance';
import { createPlacement, isProblems } from '../../domain/placement/createPlacement';
import { movement } from '../../domain/placement/movement';
import type { Options, Placement, Problem, Server } from '../../domain/placement/types';
import { displayName } from '../../domain/znode/displayName';
import type {
  RingAfter,
  RingPicture,
  RingServer,
  RingSummary,
  RingView,
  WhatIf,
} from '../../protocol/ring';

const LABEL_LENGTH = 60;

export interface RingInput {
  readonly members: readonly Member[];
  readonly preset: string;
  readonly options: Options;
  readonly whatIf: WhatIf;
}

/** Members under a preset and, beside it, under a what-if. */
export interface RingResult {
  readonly now: Placement;
  readonly after: Placement | undefined;
  readonly servers: readonly RingServer[];
  readonly view: RingView;
  readonly afterView: RingAfter | undefined;
  /** For each server of `after` its index in `servers`. */
  readonly afterRows: readonly number[];
}

/** The sentence about an imbalance, by how much the busiest server has above the mean. */
export type Verdict = (maxOverMean: number) => string;

/** Everything that the picture shows, or what is wrong with the input. */
export function computeRing(input: RingInput, verdict: Verdict): RingResult | Problem[] {
  const { members, preset, options, whatIf } = input;
  const now = createPlacement(preset, members, options);
  if (isProblems(now)) return now;
  const after = afterOf(input, now);
  if (isProblems(after)) return after;
  const rowOf = new Map(members.map(({ address }, i) => [address, i]));
  for (const { address } of after?.servers ?? []) {
    if (!rowOf.has(address)) rowOf.set(address, rowOf.size);
  }
  const afterRows = (after?.servers ?? []).map(({ address }) => rowOf.get(address) ?? 0);
  const moves = after && movement(now, after);
  const view = viewOf(now, [...members.keys()], verdict);
  const afterView = after &&
    moves && { ...viewOf(after, afterRows, verdict), moved: moves.moved, error: moves.error };
  const shares = now.shares();
  const fair = fairShares(now);
  const lost = new Set(whatIf.removed);
  const afterShares = after?.shares();
  const afterFair = after && fairShares(after);
  const indexAfter = new Map(afterRows.map((row, i) => [row, i]));
  const servers = [...rowOf].map(([address, row]): RingServer => {
    const member = members[row];
    const later = indexAfter.get(row) ?? -1;
    return {
      address,
      label: displayName(address, LABEL_LENGTH),
      weight: member?.weight ?? 1,
      zone: displayName(member?.zone ?? '', LABEL_LENGTH),
      state: member?.state ?? '',
      share: shares[row] ?? 0,
      fair: fair[row] ?? 0,
      ...(moves && {
        after: {
          share: afterShares?.[later] ?? 0,
          fair: afterFair?.[later] ?? 0,
          gain: moves.gains[later] ?? 0,
          loss: moves.losses[row] ?? 0,
        },
      }),
      ...(member === undefined && { change: 'added' as const }),
      ...(lost.has(address) && { change: 'removed' as const }),
    };
  });
  return { now, after, servers, view, afterView, afterRows };
}

function afterOf(input: RingInput, now: Placement): Placement | Problem[] | undefined {
  const { members, preset, options, whatIf } = input;
  const { removed, added, preset: other } = whatIf;
  if (removed.length === 0 && added.length === 0 && other === undefined) return undefined;
  const gone = new Set(removed);
  const known = new Set(members.map(({ address }) => address));
  const servers: Server[] = [
    ...members.filter(({ address }) => !gone.has(address)),
    ...added.filter((address) => !known.has(address)).map((address) => ({ address })),
  ];
  if (other === undefined || other === preset) return now.withServers(servers);
  return createPlacement(other, servers, preset === other ? options : {});
}

/** What each server had if the hash space were divided by weight, or evenly where weights do nothing. */
export function fairShares({ preset, servers }: Placement): number[] {
  const weights = servers.map(({ weight = 1, down }) =>
    down === true ? 0 : preset.weighted ? weight : 1,
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => (sum === 0 ? 0 : weight / sum));
}

function viewOf(placement: Placement, rows: readonly number[], verdict: Verdict): RingView {
  const shares = placement.shares();
  const fair = fairShares(placement);
  const up = fair.flatMap((share, i) => (share > 0 ? [i] : []));
  const { maxOverMean, variation } = balanceOf(
    up.map((i) => shares[i] ?? 0),
    up.map((i) => fair[i] ?? 0),
  );
  const summary: RingSummary = {
    servers: up.length,
    points: placement.ring?.points.length ?? placement.table?.length ?? 0,
    maxOverMean,
    variation,
    verdict: verdict(maxOverMean),
  };
  return { picture: pictureOf(placement, rows), summary };
}

/** Copies, because a view would be posted with the whole buffer behind it. */
function pictureOf(placement: Placement, rows: readonly number[]): RingPicture {
  const { ring, table } = placement;
  const row = (owner: number): number => rows[owner] ?? 0xffff;
  if (ring) {
    return { kind: 'ring', ends: ring.ends.slice(), owners: ring.endOwners.map(row) };
  }
  return table ? { kind: 'table', cells: Uint16Array.from(table, row) } : { kind: 'shares' };
}
