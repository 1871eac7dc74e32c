import { createPlacement, isProblems } from '../../src/domain/placement/createPlacement';
import { zipf } from '../../src/domain/placement/balance';
import type { Placement, VirtualNode } from '../../src/domain/placement/types';
import { displayName } from '../../src/domain/znode/displayName';
import type { RingKeyList, RingPlacementInput } from '../../src/protocol/ring';
import { keyBytesOf, textOf, type KeyBytes } from './keyList';
import type { KeyRow, KeySummary, PlaceInput, RowPage, RowQuery } from './placerMessages';

/** Positions beyond these are thinned out: more than a picture can tell apart. */
const MAX_POSITIONS = 2 ** 17;
const SHOWN_KEY = 120;
const NONE: KeyBytes = { count: 0, bytesAt: () => new Uint8Array() };

interface Side {
  readonly placement: Placement;
  readonly rows: readonly number[];
}

/** Where all keys of a list land, now and under a what-if. Owners are servers of the snapshot. */
export class KeyPlacer {
  private keys = NONE;
  private now: Side | undefined;
  private after: Side | undefined;
  private input: PlaceInput | undefined;
  private owners = new Int32Array();
  private later: Int32Array | undefined;
  private matches: { readonly query: string; readonly indexes: Uint32Array } | undefined;

  setKeys(list: RingKeyList): void {
    this.keys = keyBytesOf(list.keys);
    this.matches = undefined;
  }

  place(input: PlaceInput): KeySummary {
    this.input = input;
    this.now = sideOf(input.placement);
    this.after = sideOf(input.after);
    this.matches = undefined;
    const { keys, now, after } = this;
    const hashes = new Uint32Array(keys.count);
    this.owners = new Int32Array(keys.count).fill(-1);
    this.later = after && new Int32Array(keys.count).fill(-1);
    if (now) placeAll(keys, now, after, { hashes, owners: this.owners, later: this.later });
    return this.summary(input, hashes);
  }

  /** The rows of a page of the table. */
  rows(query: RowQuery): RowPage {
    const indexes = this.matching(query);
    const total = indexes?.length ?? this.keys.count;
    const rows: KeyRow[] = [];
    for (let at = query.from; at < Math.min(total, query.from + query.count); at++) {
      rows.push(this.row(indexes?.[at] ?? at));
    }
    return { from: query.from, rows, matching: total };
  }

  pointAt(position: number): VirtualNode | undefined {
    return this.now?.placement.pointAt(position, 0);
  }

  private row(index: number): KeyRow {
    const { now, later, input } = this;
    const key = this.keys.bytesAt(index);
    const owner = this.owners[index] ?? -1;
    const movesTo = later?.[index] ?? owner;
    const others = (input?.replicas ?? 1) - 1;
    const why = now?.placement.explain(key);
    return {
      index,
      key: displayName(textOf(key), SHOWN_KEY),
      hash: why?.hashHex ?? '',
      position: parseInt(why?.hashHex.slice(0, 8) ?? '0', 16),
      owner,
      answer: owner < 0 ? displayName(why?.answer ?? '', SHOWN_KEY) : '',
      replicas:
        now && others > 0
          ? now.placement
              .fallbacks(key, others, input?.distinctZones)
              .map((next) => now.rows[next] ?? -1)
          : [],
      ...(movesTo !== owner && { movesTo }),
    };
  }

  /** Indexes of the keys that match, or undefined when all do. */
  private matching({ text, server, movedOnly }: RowQuery): Uint32Array | undefined {
    if (text === '' && server === undefined && !movedOnly) return undefined;
    const query = JSON.stringify([text, server, movedOnly]);
    if (this.matches?.query === query) return this.matches.indexes;
    const { keys, owners, later } = this;
    const found: number[] = [];
    for (let i = 0; i < keys.count; i++) {
      if (movedOnly && (later?.[i] ?? owners[i]) === owners[i]) continue;
      if (server !== undefined && owners[i] !== server && later?.[i] !== server) continue;
      if (text === '' || textOf(keys.bytesAt(i)).includes(text)) found.push(i);
    }
    const indexes = Uint32Array.from(found);
    this.matches = { query, indexes };
    return indexes;
  }

  private summary({ servers, exponent }: PlaceInput, hashes: Uint32Array): KeySummary {
    const { owners, later, keys } = this;
    const popularity = exponent > 0 ? zipf(keys.count, exponent) : undefined;
    const alike = keys.count === 0 ? 0 : 1 / keys.count;
    const sums = newSums(servers);
    const sumsAfter = later && newSums(servers);
    let [moved, movedLoad] = [0, 0];
    for (let i = 0; i < keys.count; i++) {
      const load = popularity?.[i] ?? alike;
      const owner = owners[i] ?? -1;
      count(sums, owner, load);
      if (!later || !sumsAfter) continue;
      const next = later[i] ?? -1;
      count(sumsAfter, next, load);
      if (next === owner) continue;
      moved++;
      movedLoad += load;
    }
    return {
      total: keys.count,
      counts: sums.counts,
      countsAfter: sumsAfter?.counts,
      loads: sums.loads,
      loadsAfter: sumsAfter?.loads,
      moved,
      movedLoad,
      positions: thinned(hashes),
    };
  }
}

function sideOf(input: RingPlacementInput | undefined): Side | undefined {
  if (!input) return undefined;
  const placement = createPlacement(input.preset, input.servers, input.options);
  return isProblems(placement) ? undefined : { placement, rows: input.rows };
}

interface Placed {
  readonly hashes: Uint32Array;
  readonly owners: Int32Array;
  readonly later: Int32Array | undefined;
}

/** One hash for both sides where they hash alike, which is most of the work. */
function placeAll(keys: KeyBytes, now: Side, after: Side | undefined, into: Placed): void {
  const isOneHash =
    after?.placement.hashName === now.placement.hashName && after.placement.decidesByHash;
  for (let i = 0; i < keys.count; i++) {
    const key = keys.bytesAt(i);
    const { placement, rows } = now;
    const hash = placement.hashInto(key);
    const [hi, lo] = [hash[0] ?? 0, hash[1] ?? 0];
    into.hashes[i] = hi;
    const owner = placement.decidesByHash ? placement.layout.find(hi, lo) : placement.ownerOf(key);
    into.owners[i] = rows[owner] ?? -1;
    if (!after || !into.later) continue;
    const next = isOneHash ? after.placement.layout.find(hi, lo) : after.placement.ownerOf(key);
    into.later[i] = after.rows[next] ?? -1;
  }
}

interface Sums {
  readonly counts: number[];
  readonly loads: number[];
}

function newSums(servers: number): Sums {
  return {
    counts: Array.from({ length: servers }, () => 0),
    loads: Array.from({ length: servers }, () => 0),
  };
}

function count({ counts, loads }: Sums, owner: number, load: number): void {
  if (owner < 0) return;
  counts[owner] = (counts[owner] ?? 0) + 1;
  loads[owner] = (loads[owner] ?? 0) + load;
}

function thinned(hashes: Uint32Array): Uint32Array {
  const sorted = hashes.slice().sort();
  const step = Math.ceil(sorted.length / MAX_POSITIONS);
  return step <= 1 ? sorted : sorted.filter((_, i) => i % step === 0);
}
