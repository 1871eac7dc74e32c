import { decidingPoint, explainKey } from './explain';
import type { Layout } from './layout/layout';
import { buildPoints, mergePoints, type Member, type Points } from './layout/points';
import { RingLayout } from './layout/ring';
import { pick, sortedOrder } from './layout/sort';
import { membersOf } from './members';
import type { Definition, Rules } from './presets/rules';
import type {
  Assignment,
  Explanation,
  HashedKeys,
  Options,
  Placement,
  Preset,
  Problem,
  Ring,
  Server,
  VirtualNode,
  Warning,
} from './types';
import { MAX_POINTS, serverProblems } from './validate';
import { warningsFor } from './warnings';

/** A placement from checked input. Problems are left that only the layout can find, such as its size. */
export function newPlacement(
  definition: Definition,
  servers: readonly Server[],
  all: readonly Member[],
  options: Options,
  assignment: Assignment | undefined,
  previous?: PlacedKeys,
): PlacedKeys | Problem[] {
  const members = all.filter(({ server }) => server.down !== true);
  const rules = definition.rules({ options, all, members, assignment });
  if (Array.isArray(rules)) return rules;
  if (rules.space.kind === 'layout') {
    const layout = rules.space.build(members);
    if (Array.isArray(layout)) return layout;
    return new PlacedKeys(definition, servers, options, assignment, rules, layout, members, []);
  }
  const { points: pointRules } = rules.space;
  const counts = pointRules.counts(members);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total > MAX_POINTS) {
    const message = `This ring has ${total} points; at most ${MAX_POINTS} can be computed.`;
    return [{ code: 'points.tooMany', message, where: 'servers' }];
  }
  if (total === 0) {
    const message = 'These weights give no server a point on the ring.';
    return [{ code: 'points.none', message, where: 'servers' }];
  }
  const points =
    previous?.movedPoints(rules, members, counts) ?? buildPoints(pointRules, members, counts);
  const layout = new RingLayout(points, pointRules.search, rules.key.range);
  return new PlacedKeys(definition, servers, options, assignment, rules, layout, members, counts);
}

/** Keys among servers. Made by `createPlacement`. */
export class PlacedKeys implements Placement {
  readonly warnings: readonly Warning[];
  readonly #out = new Uint32Array(2);
  /** What tells the points of each member from others; worked out when members first change. */
  #identities: string[] | undefined;

  constructor(
    readonly definition: Definition,
    readonly servers: readonly Server[],
    readonly options: Options,
    readonly assignment: Assignment | undefined,
    readonly rules: Rules,
    readonly layout: Layout,
    /** The servers that take keys, and on rings the number of points of each. */
    readonly members: readonly Member[],
    readonly counts: readonly number[],
  ) {
    this.warnings = warningsFor(this);
  }

  get preset(): Preset {
    return this.definition.preset;
  }

  get hashName(): string {
    const { key, part } = this.rules;
    // What is cut out of keys depends on preset and options, so those belong to the label then.
    return part === undefined
      ? key.name
      : `${key.name} of ${this.preset.id} ${JSON.stringify(this.options)}`;
  }

  ownerOf(key: Uint8Array): number {
    if (this.rules.override !== undefined) return this.rules.override(key);
    const { key: keyHash, part } = this.rules;
    const hashed = part === undefined ? key : part(key);
    if (keyHash.bits === 32) return this.layout.find(keyHash.hash(hashed, hashed.length), 0);
    keyHash.hash(hashed, hashed.length, this.#out);
    return this.layout.find(this.#out[0] ?? 0, this.#out[1] ?? 0);
  }

  ownersOf(keys: readonly Uint8Array[]): Int32Array {
    const owners = new Int32Array(keys.length);
    let i = 0;
    for (const key of keys) owners[i++] = this.ownerOf(key);
    return owners;
  }

  hashKeys(keys: readonly Uint8Array[]): HashedKeys {
    const wide = this.rules.key.bits === 64;
    const hi = new Uint32Array(keys.length);
    const lo = wide ? new Uint32Array(keys.length) : undefined;
    keys.forEach((key, i) => {
      this.hashInto(key);
      hi[i] = this.#out[0] ?? 0;
      if (lo) lo[i] = this.#out[1] ?? 0;
    });
    const order = sortedOrder(hi, lo);
    return { keys, order, hi: pick(hi, order), lo: lo && pick(lo, order) };
  }

  ownersOfHashed(hashed: HashedKeys): Int32Array {
    const { override } = this.rules;
    if (override === undefined) return this.layout.sweep(hashed);
    return Int32Array.from(hashed.order, (i) => override(hashed.keys[i] ?? new Uint8Array()));
  }

  get decidesByHash(): boolean {
    return this.rules.override === undefined;
  }

  pointAt(hi: number, lo: number): VirtualNode | undefined {
    return decidingPoint(this, hi, lo);
  }

  hashInto(key: Uint8Array): Uint32Array {
    const { key: keyHash, part } = this.rules;
    const hashed = part === undefined ? key : part(key);
    if (keyHash.bits === 64) keyHash.hash(hashed, hashed.length, this.#out);
    else {
      this.#out[0] = keyHash.hash(hashed, hashed.length);
      this.#out[1] = 0;
    }
    return this.#out;
  }

  answerOf(key: Uint8Array): string {
    const owner = this.ownerOf(key);
    const { address } = this.servers[owner] ?? {};
    if (address !== undefined) return address;
    const [hi = 0, lo = 0] = this.hashInto(key);
    return this.rules.answer?.(hi, lo) ?? '';
  }

  explain(key: Uint8Array): Explanation {
    return explainKey(this, key);
  }

  fallbacks(key: Uint8Array, count: number, distinctZones = false): number[] {
    const [hi = 0, lo = 0] = this.hashInto(key);
    const owner = this.ownerOf(key);
    const zones = new Set([this.servers[owner]?.zone]);
    const found: number[] = [];
    if (owner < 0) return found;
    for (const next of this.layout.walk(hi, lo)) {
      if (found.length >= count) break;
      if (next === owner) continue;
      const zone = this.servers[next]?.zone;
      // Servers without a zone are a zone each.
      if (distinctZones && zone !== undefined && zones.has(zone)) continue;
      zones.add(zone);
      found.push(next);
    }
    return found;
  }

  shares(): Float64Array {
    return this.layout.shares(this.servers.length);
  }

  get ring(): Ring | undefined {
    if (this.layout.kind !== 'ring') return undefined;
    const { points, ends, bits } = this.layout;
    return {
      bits,
      points: points.hi,
      owners: points.owners,
      ends: ends.hi,
      endOwners: ends.owners,
    };
  }

  get table(): Int32Array | undefined {
    return this.layout.kind === 'table' ? this.layout.cells : undefined;
  }

  withServers(servers: readonly Server[]): PlacedKeys | Problem[] {
    const problems = serverProblems(this.definition, servers);
    if (problems.length > 0) return problems;
    return newPlacement(
      this.definition,
      servers,
      membersOf(servers),
      this.options,
      this.assignment,
      this,
    );
  }

  /** The points of other members, keeping those of servers whose points are the same. */
  movedPoints(
    rules: Rules,
    members: readonly Member[],
    counts: readonly number[],
  ): Points | undefined {
    if (this.layout.kind !== 'ring' || rules.space.kind !== 'ring') return undefined;
    const { points: pointRules } = rules.space;
    const newIndex = new Int32Array(this.servers.length).fill(-1);
    const identities = (this.#identities ??= this.members.map((member) =>
      pointRules.identity(member),
    ));
    let places: Map<string, number> | undefined;
    const placeOf = (identity: string, i: number): number => {
      if (identities[i] === identity) return i; // most stay where they were
      places ??= new Map(identities.map((one, at) => [one, at]));
      return places.get(identity) ?? -1;
    };
    const fresh: Member[] = [];
    const freshCounts: number[] = [];
    let rising = -1;
    for (const [i, member] of members.entries()) {
      const count = counts[i] ?? 0;
      const before = placeOf(pointRules.identity(member), i);
      // Ties depend on the order of servers: a server that changed places enters anew.
      if (before <= rising || this.counts[before] !== count) {
        fresh.push(member);
        freshCounts.push(count);
      } else {
        newIndex[this.members[before]?.index ?? 0] = member.index;
        rising = before;
      }
    }
    const added = buildPoints(pointRules, fresh, freshCounts);
    return mergePoints(this.layout.points, newIndex, added, pointRules.tie);
  }
}
