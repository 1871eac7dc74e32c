import type { AclEntry } from '../../domain/znode/acl';
import { parentPath, type ZPath } from '../../domain/znode/path';
import type { ZnodeStat } from '../../domain/znode/stat';
import type { ZkReader } from '../client';
import { ZkError } from '../errors';
import { mapped } from './copyAddress';
import { haveEqualData } from './copyPlan';
import { realAcl } from './lostState';
import type { Pacer } from './pacer';
import { INTENDED, type LeftZnode, type LostZnode, type UndoRecord } from './undo';

/** A znode that is made again. */
export interface PlannedCreate {
  readonly lost: LostZnode;
  readonly acl: readonly AclEntry[];
  /** Where the ACL comes from: the znode's own, as its parent has it, or all rights to us alone. */
  readonly aclFrom: 'own' | 'parent' | 'creator';
}

/** A znode that gets its data, its ACL, or both back. */
export interface PlannedRevert {
  readonly lost: LostZnode;
  readonly left: LeftZnode;
  readonly data: boolean;
  readonly acl: boolean;
}

/**
 * Why a znode is left as it is.
 *
 * - `exists`: another one took its place; `changed`, `newChildren`, `gone`: somebody else was there
 * - `ephemeral`: of another session, whose end it would not tell any more
 * - `noParent`: the one above it is missing and is not restored either
 * - `noAcl`: nobody knows who might read it, neither from it nor from its parent
 */
export interface Refusal {
  readonly path: ZPath;
  readonly why: 'exists' | 'changed' | 'newChildren' | 'gone' | 'ephemeral' | 'noParent' | 'noAcl';
}

export interface RestorePlan {
  /** Parents first. */
  readonly creates: readonly PlannedCreate[];
  readonly reverts: readonly PlannedRevert[];
  /** Znodes that the change made, children first. */
  readonly removals: readonly (LeftZnode & { readonly dataLength: number })[];
  readonly refused: readonly Refusal[];
  /** They are as they were, because the change never reached them or was undone already. */
  readonly settled: number;
  /** Created znodes whose counter for sequence numbers had advanced, and starts again at 0. */
  readonly counters: number;
}

const CREATOR_ACL: readonly AclEntry[] = [{ scheme: 'auth', id: '', permissions: 31 }];

/**
 * Compares what a change has left with what is there now, and decides for each znode what to do: one
 * that anybody else has touched since is never overwritten.
 */
export async function planRestore(
  client: ZkReader,
  record: Pick<UndoRecord, 'lost' | 'left'> & Partial<Pick<UndoRecord, 'paths'>>,
  pacer: Pacer,
): Promise<RestorePlan> {
  const planner = new Planner(client, pacer, record);
  const left = new Map(record.left.map((znode) => [znode.path, znode]));
  const lost = new Set(record.lost.map(({ path }) => path));
  const deleted = record.lost.filter(({ path }) => !left.has(path));
  await pacer.forEach(deleted, (znode) => planner.lookAtDeleted(znode), 'read');
  const changed = record.lost.flatMap((znode) => {
    const after = left.get(znode.path);
    return after ? [{ lost: znode, left: after }] : [];
  });
  await pacer.forEach(changed, (pair) => planner.lookAtChanged(pair.lost, pair.left), 'read');
  const made = record.left.filter(({ path }) => !lost.has(path));
  await pacer.forEach(made, (znode) => planner.lookAtMade(znode), 'read');
  return planner.plan();
}

class Planner {
  private readonly missing: LostZnode[] = [];
  private readonly reverts: PlannedRevert[] = [];
  private readonly made: { readonly left: LeftZnode; readonly stat: ZnodeStat }[] = [];
  private readonly refused: Refusal[] = [];
  private settled = 0;

  constructor(
    private readonly client: ZkReader,
    private readonly pacer: Pacer,
    private readonly record: Parameters<typeof planRestore>[1],
  ) {}

  async lookAtDeleted(lost: LostZnode): Promise<void> {
    const { path } = lost;
    const stat = await this.client.exists(path);
    if (!stat) {
      if (this.isForeign(lost)) this.refuse(path, 'ephemeral');
      else this.missing.push(lost);
    } else if (isUntouched(lost.stat, stat) || (await this.hasData(path, lost.data))) {
      this.settled++;
    } else this.refuse(path, stat.czxid === lost.stat.czxid ? 'changed' : 'exists');
  }

  async lookAtChanged(lost: LostZnode, left: LeftZnode): Promise<void> {
    const { path } = lost;
    const stat = await this.client.exists(path);
    const hasNewAcl = left.aversion !== undefined;
    if (!stat) return this.refuse(path, 'gone');
    if (isAs(lost.stat, stat) && (!hasNewAcl || stat.aversion === lost.stat.aversion)) {
      this.settled++;
    } else if (!isAs(left, stat) || (hasNewAcl && stat.aversion !== left.aversion)) {
      const isBack = !hasNewAcl && stat.czxid === left.czxid;
      if (isBack && (await this.hasData(path, lost.data))) this.settled++;
      else this.refuse(path, 'changed');
    } else if (hasNewAcl && !lost.acl) this.refuse(path, 'noAcl');
    else {
      const data = left.version !== lost.stat.version;
      this.reverts.push({ lost, left, data, acl: hasNewAcl });
    }
  }

  async lookAtMade(left: LeftZnode): Promise<void> {
    const stat = await this.client.exists(left.path);
    if (!stat) this.settled++;
    else if (await this.isMade(left, stat)) {
      this.made.push({ left: { ...left, czxid: stat.czxid }, stat });
    } else this.refuse(left.path, 'changed');
  }

  /** Where the window ended before it was told, ours is the one that is like what it was copied from. */
  private async isMade(left: LeftZnode, stat: ZnodeStat): Promise<boolean> {
    if (left.czxid !== INTENDED) return isAs(left, stat);
    const [source, target] = this.record.paths ?? [];
    if (source === undefined || target === undefined || stat.version !== left.version) return false;
    const path = mapped(left.path, target, source);
    const lost = this.record.lost.find((znode) => znode.path === path);
    return lost
      ? this.hasData(left.path, lost.data)
      : haveEqualData(this.client, path, this.client, left.path);
  }

  async plan(): Promise<RestorePlan> {
    const { reverts, refused } = this;
    const creates = await this.withAcls(await this.withParents());
    const removals = this.removals();
    const counters = creates.filter(({ lost }) => lost.stat.cversion > 0).length;
    return { creates, reverts, removals, refused, settled: this.settled, counters };
  }

  private async withParents(): Promise<LostZnode[]> {
    const reachable = new Set<ZPath>();
    const inOrder = this.missing.sort((a, b) => depthOf(a.path) - depthOf(b.path));
    const own = new Set(inOrder.map(({ path }) => path));
    const outer = new Set(inOrder.flatMap(({ path }) => parentPath(path) ?? []));
    const unknown = [...outer].filter((path) => !own.has(path));
    await this.pacer.forEach(
      unknown,
      async (path) => {
        if (await this.client.exists(path)) reachable.add(path);
      },
      'read',
    );
    return inOrder.filter(({ path }) => {
      const parent = parentPath(path);
      const isReachable = parent !== undefined && reachable.has(parent);
      if (isReachable) reachable.add(path);
      else this.refuse(path, 'noParent');
      return isReachable;
    });
  }

  /** An ACL that is not known comes from the parent, which may be one that is made again too. */
  private async withAcls(inOrder: readonly LostZnode[]): Promise<PlannedCreate[]> {
    const creates = new Map<ZPath, PlannedCreate>();
    const known = new Map<ZPath, readonly AclEntry[] | undefined>();
    let creator: boolean | undefined;
    for (const lost of inOrder) {
      if (lost.acl) {
        creates.set(lost.path, { lost, acl: lost.acl, aclFrom: 'own' });
        continue;
      }
      const parent = parentPath(lost.path);
      if (parent === undefined) continue;
      if (!known.has(parent)) {
        const planned = creates.get(parent)?.acl;
        const asked = (): Promise<readonly AclEntry[] | undefined> => realAcl(this.client, parent);
        known.set(parent, planned ?? (await this.pacer.run(asked, 'read')));
      }
      const acl = known.get(parent);
      creator ??= await this.hasIdentity();
      if (acl) creates.set(lost.path, { lost, acl, aclFrom: 'parent' });
      else if (creator) creates.set(lost.path, { lost, acl: CREATOR_ACL, aclFrom: 'creator' });
      else this.refuse(lost.path, 'noAcl');
    }
    return this.connected(creates);
  }

  /** Without those whose parent turned out not to be restorable. */
  private connected(creates: Map<ZPath, PlannedCreate>): PlannedCreate[] {
    const withoutAcl = new Set(
      this.refused.flatMap(({ path, why }) => (why === 'noAcl' ? [path] : [])),
    );
    return [...creates.values()].filter(({ lost: { path } }) => {
      const parent = parentPath(path);
      if (parent === undefined || !withoutAcl.has(parent)) return true;
      withoutAcl.add(path);
      this.refuse(path, 'noParent');
      return false;
    });
  }

  private removals(): RestorePlan['removals'] {
    const removable = new Map<ZPath, number>();
    const childrenFirst = this.made.sort((a, b) => depthOf(b.left.path) - depthOf(a.left.path));
    return childrenFirst.flatMap(({ left, stat }) => {
      const { path } = left;
      if (stat.numChildren > (removable.get(path) ?? 0)) {
        this.refuse(path, 'newChildren');
        return [];
      }
      const parent = parentPath(path);
      if (parent !== undefined) removable.set(parent, (removable.get(parent) ?? 0) + 1);
      return [{ ...left, dataLength: stat.dataLength }];
    });
  }

  /** The ephemeral of a session that isn't ours. */
  private isForeign({ mode }: LostZnode): boolean {
    const { state } = this.client;
    if (mode.kind !== 'ephemeral') return false;
    return state.kind !== 'connected' || state.sessionId !== mode.owner;
  }

  private async hasData(path: ZPath, data: Uint8Array): Promise<boolean> {
    try {
      return Buffer.compare((await this.client.getData(path)).data, data) === 0;
    } catch (error) {
      if (ZkError.is(error, 'NoAuth') || ZkError.is(error, 'NoNode')) return false;
      throw error;
    }
  }

  private async hasIdentity(): Promise<boolean> {
    try {
      const who = await this.client.whoAmI();
      return who.some(({ scheme }) => scheme !== 'ip');
    } catch (error) {
      if (ZkError.is(error, 'Unimplemented')) return false;
      throw error;
    }
  }

  private refuse(path: ZPath, why: Refusal['why']): void {
    this.refused.push({ path, why });
  }
}

type Mark = Pick<ZnodeStat, 'czxid' | 'version'>;

function isAs(a: Mark, b: Mark): boolean {
  return a.czxid === b.czxid && a.version === b.version;
}

/** With its ACL: where no answer came, nobody knows who has changed it. */
function isUntouched(before: ZnodeStat, now: ZnodeStat): boolean {
  return isAs(before, now) && before.aversion === now.aversion;
}

export function depthOf(path: ZPath): number {
  return path.split('/').length;
}
