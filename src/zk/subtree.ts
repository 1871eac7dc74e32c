import { DisposableStore, type Disposable } from '../base/disposable';
import { childPath, type ZPath } from '../domain/znode/path';
import { sameStat, type ZnodeStat } from '../domain/znode/stat';
import { ZkError } from './errors';
import { isWritten } from './znodeChange';
import type { ZnodeModel } from './znodeModel';

/** `present` for what was there from the start, then what happened. */
export interface SubtreeEvent {
  readonly type: 'present' | 'created' | 'deleted' | 'dataChanged' | 'statChanged' | 'unreadable';
  readonly path: ZPath;
  readonly stat?: ZnodeStat;
  readonly error?: ZkError;
}

interface Followed {
  readonly holds: DisposableStore;
  /** Undefined as long as the znode isn't known to exist. */
  reported: ZnodeStat | undefined;
  readonly names: Set<string>;
  isUnreadable: boolean;
}

/**
 * Follows a whole subtree through a model; replaying its events gives what the server has. Whatever
 * the model says has changed, the znode is compared with what was reported of it, so that it doesn't
 * matter in which order, how often, or after which failure the model hears of things.
 */
export class Subtree implements Disposable {
  private readonly store = new DisposableStore();
  private readonly nodes = new Map<ZPath, Followed>();
  private firstReport: 'present' | 'created' = 'present';

  constructor(
    private readonly model: ZnodeModel,
    private readonly root: ZPath,
    private readonly report: (event: SubtreeEvent) => void,
  ) {
    this.store.add(
      model.onDidChange((changes) => {
        for (const { path } of changes) void this.compare(path);
      }),
    );
  }

  /** Reads the subtree and reports it as present. Rejects when its root can't be read. */
  async start(): Promise<void> {
    try {
      await this.model.live.watchSubtree(this.root);
    } catch (error) {
      // A server before 3.6: the model watches each list by itself.
      if (!ZkError.is(error, 'Unimplemented')) throw error;
    }
    await this.add(this.root);
    this.firstReport = 'created';
    if (!(await this.model.stat(this.root))) {
      throw new ZkError('NoNode', `${this.root} does not exist`, this.root);
    }
  }

  dispose(): void {
    this.store.dispose();
    for (const { holds } of this.nodes.values()) holds.dispose();
    this.nodes.clear();
  }

  /** Resolves when all that is below has been read, or will be as soon as it can be. */
  private async add(path: ZPath): Promise<void> {
    if (this.store.isDisposed) return;
    const holds = new DisposableStore();
    holds.add(this.model.hold(path, 'stat'));
    holds.add(this.model.hold(path, 'children'));
    const names = new Set<string>();
    this.nodes.set(path, { holds, reported: undefined, names, isUnreadable: false });
    // The listing first: where a watch covers it, it brings the stat along. What fails is read again
    // by the model, which announces it.
    await this.model.children(path).catch(() => undefined);
    await this.model.stat(path).catch(() => undefined);
    await this.compare(path);
  }

  private async compare(path: ZPath): Promise<void> {
    const node = this.nodes.get(path);
    if (!node) return;
    const stat = this.model.peekStat(path);
    if (!stat) {
      this.vanish(path, node);
      return this.compareReadability(path, node); // nothing of it may be seen, but it is there
    }
    if (!node.reported) this.report({ type: this.firstReport, path, stat });
    else if (!sameStat(node.reported, stat)) {
      const type = isWritten(node.reported, stat) ? 'dataChanged' : 'statChanged';
      this.report({ type, path, stat });
    }
    node.reported = stat;
    this.compareReadability(path, node);
    await this.compareNames(path, node);
  }

  private async compareNames(path: ZPath, { names }: Followed): Promise<void> {
    const now = this.model.peekChildren(path);
    if (!now) return;
    const gone = new Set(names);
    const added = now.filter((name) => !gone.delete(name));
    for (const name of gone) {
      names.delete(name);
      this.remove(childPath(path, name));
    }
    for (const name of added) names.add(name);
    await Promise.all(added.map((name) => this.add(childPath(path, name))));
  }

  private compareReadability(path: ZPath, node: Followed): void {
    const error = this.model.peekError(path, 'children');
    const isUnreadable = error?.code === 'NoAuth';
    if (isUnreadable && !node.isUnreadable) this.report({ type: 'unreadable', path, error });
    node.isUnreadable = isUnreadable;
  }

  /** It does not exist, but its parent's list still has it: it may be back before that is read. */
  private vanish(path: ZPath, node: Followed): void {
    for (const name of node.names) this.remove(childPath(path, name));
    node.names.clear();
    if (node.reported) this.report({ type: 'deleted', path });
    node.reported = undefined;
  }

  private remove(path: ZPath): void {
    const node = this.nodes.get(path);
    if (!node) return;
    this.vanish(path, node);
    node.holds.dispose();
    this.nodes.delete(path);
  }
}
