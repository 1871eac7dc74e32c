import type { Member } from '../../domain/membership/member';
import { balanceOf, fairShares, keyLoads, zipf } from '../../domain/placement/balance';
import { createPlacement, isProblems } from '../../domain/placement/createPlacement';
import { expectedLoads } from '../../domain/placement/load';
import { movement } from '../../domain/placement/movement';
import type { Options, Placement, Problem, Server } from '../../domain/placement/types';
import { tryWhatIf, type WhatIf } from '../../domain/placement/whatIf';
import type { RingRates } from '../../domain/ring/choices';
import { utilisation } from '../../domain/ring/utilisation';
import { displayName } from '../../domain/znode/displayName';
import type {
  RingAfter,
  RingChange,
  RingPicture,
  RingServer,
  RingSummary,
  RingView,
} from '../../protocol/ring';

const LABEL_LENGTH = 60;

export interface RingInput {
  readonly members: readonly Member[];
  readonly preset: string;
  readonly options: Options;
  readonly whatIf: WhatIf;
  readonly rates?: RingRates | undefined;
  /** All keys that are asked for, when they are known and not too many. */
  readonly requests?: { readonly keys: readonly Uint8Array[]; readonly popularity: number };
  /** Observed load by address. */
  readonly load?: Readonly<Record<string, number>> | undefined;
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
  const { members, preset, options, whatIf, rates, load } = input;
  const now = createPlacement(preset, members, options);
  if (isProblems(now)) return now;
  const after = tryWhatIf(now, whatIf);
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
  const loads = load && partsOf(members.map(({ address }) => load[address] ?? 0));
  const afterShares = after?.shares();
  const afterFair = after && fairShares(after);
  const afterLoads = after && moves && loads && expectedLoads(now, after, moves, loads);
  const indexAfter = new Map(afterRows.map((row, i) => [row, i]));
  const asked = rates && requestParts(input, now);
  const askedAfter = rates && after && requestParts(input, after);
  const rho = (share: number) => rates && { utilisation: utilisation(rates, share) };
  const servers = [...rowOf].map(([address, row]): RingServer => {
    const member = members[row];
    const later = indexAfter.get(row) ?? -1;
    const share = shares[row] ?? 0;
    const afterShare = afterShares?.[later] ?? 0;
    const change = after && changeOf(member, after.servers[later]);
    return {
      address,
      label: displayName(address, LABEL_LENGTH),
      weight: member?.weight ?? 1,
      zone: displayName(member?.zone ?? '', LABEL_LENGTH),
      state: member?.state ?? '',
      share,
      fair: fair[row] ?? 0,
      ...rho(asked?.[row] ?? share),
      ...(loads && { load: loads[row] ?? 0 }),
      ...(moves && {
        after: {
          share: afterShare,
          fair: afterFair?.[later] ?? 0,
          gain: moves.gains[later] ?? 0,
          loss: moves.losses[row] ?? 0,
          weight: after.servers[later]?.weight ?? 1,
          ...rho(askedAfter?.[later] ?? afterShare),
          ...(afterLoads && { load: afterLoads[later] ?? 0 }),
        },
      }),
      ...(change && { change }),
    };
  });
  return { now, after, servers, view, afterView, afterRows };
}

function changeOf(before: Member | undefined, after: Server | undefined): RingChange | undefined {
  if (!before) return 'added';
  if (!after) return 'removed';
  if (after.down === true && before.down !== true) return 'drained';
  return (after.weight ?? 1) === (before.weight ?? 1) ? undefined : 'reweighted';
}

/** The part of all requests that each server gets. */
function requestParts({ requests }: RingInput, placement: Placement): number[] | undefined {
  if (!requests) return undefined;
  const { keys, popularity } = requests;
  const loads = keyLoads(placement, placement.hashKeys(keys), zipf(keys.length, popularity));
  return partsOf([...loads]);
}

/** Parts of the sum, 0 to 1; nothing when there is none. */
function partsOf(loads: readonly number[]): number[] | undefined {
  const sum = loads.reduce((total, one) => total + one, 0);
  return sum > 0 ? loads.map((one) => one / sum) : undefined;
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
