import type { AclEntry } from '../../domain/znode/acl';
import { parentPath, type ZPath } from '../../domain/znode/path';
import { isEphemeral } from '../../domain/znode/stat';
import type { TransactionStep, ZkReader } from '../client';
import { mapped } from './copyAddress';
import type { CopyPlan } from './copyPlan';
import { realAcl, seeAll, type SeenZnode } from './lostState';
import type { Pacer } from './pacer';
import type { Stop } from './stop';
import type { Surveyed } from './survey';
import { createModeOf, INTENDED, type LeftZnode, type LostMode, type LostZnode } from './undo';
import type { ZnodeStat } from '../../domain/znode/stat';

/** What becomes of one znode of the source. */
export interface CopyItem {
  readonly znode: Surveyed;
  readonly at: ZPath;
  /** `equal` ones are there already; `ephemeral` ones are not copied. */
  readonly fate: 'create' | 'overwrite' | 'equal' | 'skip' | 'ephemeral';
  /** Undefined where nothing is written. */
  readonly step?: TransactionStep;
  /** What a move takes away, or an overwrite destroys. */
  readonly source?: LostZnode;
  readonly lost?: LostZnode;
  /** How the target will be, as far as that is known before. */
  readonly left?: LeftZnode;
  /** The ACL is that of the parent. */
  readonly isInherited?: boolean;
}

export interface CopyItemOptions {
  readonly from: ZkReader;
  readonly to: ZkReader;
  readonly pacer: Pacer;
  /** What to do with znodes that exist and have other data. */
  readonly conflicts: 'skip' | 'overwrite';
  readonly modeOf: (path: ZPath, stat: ZnodeStat) => LostMode;
}

/** Thrown for what isn't as it was planned. */
export class Surprise extends Error {
  constructor(readonly stop: Stop) {
    super(stop.reason);
  }
}

const CREATOR_ACL: readonly AclEntry[] = [{ scheme: 'auth', id: '', permissions: 31 }];

/** Reads znodes of the source as they are now, and says what each becomes. */
export class CopyItems {
  /** What was given to znodes that may not be there yet, for those that inherit it. */
  private readonly acls = new Map<ZPath, readonly AclEntry[]>();
  private failure: { readonly error: unknown } | undefined;

  constructor(
    private readonly plan: CopyPlan,
    private readonly options: CopyItemOptions,
  ) {}

  /** Parents before their children, over all calls. Throws `Surprise`. */
  async of(batch: readonly Surveyed[]): Promise<CopyItem[]> {
    const { from, pacer } = this.options;
    const located = batch.map((znode) => ({ znode, path: znode.path }));
    const seen = await seeAll(
      from,
      pacer,
      located.map(({ path }) => path),
    );
    return Promise.all(
      located.map(({ znode, path }, index) => this.item(znode, path, seen[index])),
    );
  }

  private async item(znode: Surveyed, path: ZPath, seen: SeenZnode | undefined): Promise<CopyItem> {
    const { plan } = this;
    if (seen?.stat.czxid !== znode.czxid) throw new Surprise({ reason: 'recreated', path });
    if (seen.stat.version !== znode.version) throw new Surprise({ reason: 'changed', path });
    const { data, stat } = seen;
    if (!data) throw new Surprise({ reason: 'noPermission', path });
    const at = mapped(path, plan.source, plan.target);
    const existing = plan.existing.get(at);
    if (plan.kind === 'copy' && isEphemeral(stat)) return { znode, at, fate: 'ephemeral' };
    const isSkipped = existing && !existing.isEqual && this.options.conflicts === 'skip';
    if (isSkipped) return { znode, at, fate: 'skip' };
    const mode = this.options.modeOf(path, stat);
    const acl = await this.ask(() => realAcl(this.options.from, path));
    const source = { path, data, acl, mode, stat };
    if (!existing) return this.creation(znode, at, source);
    const left = { path: at, czxid: existing.czxid, version: existing.version };
    if (existing.isEqual) return { znode, at, fate: 'equal', source, left };
    return this.overwriting(znode, source, left);
  }

  private async creation(znode: Surveyed, at: ZPath, source: LostZnode): Promise<CopyItem> {
    const acl = source.acl ?? (await this.inherited(at));
    this.acls.set(at, acl);
    const { data, mode } = source;
    return {
      ...{ znode, at, source, fate: 'create', isInherited: !source.acl },
      step: { type: 'create', path: at, data, acl, ...createModeOf(mode) },
      left: { path: at, czxid: INTENDED, version: 0 },
    };
  }

  private async overwriting(
    znode: Surveyed,
    source: LostZnode,
    { path: at, czxid, version }: LeftZnode,
  ): Promise<CopyItem> {
    const { data } = source;
    const before = await this.ask(() => this.options.to.getData(at));
    if (before.stat.czxid !== czxid) throw new Surprise({ reason: 'recreated', path: at });
    if (before.stat.version !== version) throw new Surprise({ reason: 'changed', path: at });
    return {
      ...{ znode, at, source, fate: 'overwrite' },
      step: { type: 'setData', path: at, data, version },
      lost: { path: at, ...before, acl: undefined, mode: { kind: 'lasting' } },
      left: { path: at, czxid, version: version + 1 },
    };
  }

  /** Once a question has failed, those that wait for their turn are not asked any more. */
  private ask<T>(question: () => Promise<T>): Promise<T> {
    const asked = async (): Promise<T> => {
      if (this.failure) throw this.failure.error;
      try {
        return await question();
      } catch (error) {
        this.failure = { error };
        throw error;
      }
    };
    return this.options.pacer.run(asked, 'read');
  }

  /** A masked list is never written: it would lock everybody out. */
  private async inherited(at: ZPath): Promise<readonly AclEntry[]> {
    const parent = parentPath(at) ?? at;
    const known = this.acls.get(parent);
    if (known) return known;
    const acl = await this.ask(() => realAcl(this.options.to, parent));
    this.acls.set(parent, acl ?? CREATOR_ACL);
    return acl ?? CREATOR_ACL;
  }
}
