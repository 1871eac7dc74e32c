import { DisposableStore, type Disposable } from '../base/disposable';
import { childPath, type ZPath } from '../domain/znode/path';
import type { ZnodeStat } from '../domain/znode/stat';
import { ZkError } from './errors';
import type { ZnodeChange } from './znodeChange';
import type { ZnodeModel } from './znodeModel';

/** `present` for what was there from the start, then what happened. */
export interface SubtreeEvent {
  readonly type: 'present' | 'created' | 'deleted' | 'dataChanged' | 'statChanged' | 'unreadable';
  readonly path: ZPath;
  readonly stat?: ZnodeStat;
  readonly error?: ZkError;
}

/** Follows a whole subtree through a model; replaying the events gives what the server has. */
export class Subtree implements Disposable {
  private readonly store = new DisposableStore();
  private readonly nodes = new Map<ZPath, { names: Set<string>; holds: DisposableStore }>();

  constructor(
    private readonly model: ZnodeModel,
    private readonly root: ZPath,
    private readonly report: (event: SubtreeEvent) => void,
    private readonly onError: (error: unknown) => void,
  ) {
    this.store.add(model.onDidChange((changes) => this.onChanges(changes)));
  }

  /** Reads the subtree and reports it as present. Rejects when its root can't be read. */
  async start(): Promise<void> {
    try {
      await this.model.live.watchSubtree(this.root);
    } catch (error) {
      // A server before 3.6: the model watches each list by itself.
      if (!ZkError.is(error, 'Unimplemented')) throw error;
    }
    await this.add(this.root, 'present');
    if (!this.nodes.has(this.root)) {
      throw new ZkError('NoNode', `${this.root} does not exist`, this.root);
    }
  }

  dispose(): void {
    this.store.dispose();
    for (const { holds } of this.nodes.values()) holds.dispose();
    this.nodes.clear();
  }

  private async add(path: ZPath, type: 'present' | 'created'): Promise<void> {
    if (this.nodes.has(path) || this.store.isDisposed) return;
    const holds = new DisposableStore();
    const node = { names: new Set<string>(), holds };
    this.nodes.set(path, node);
    holds.add(this.model.hold(path, 'stat'));
    holds.add(this.model.hold(path, 'children'));
    const names = await this.model.children(path).catch((error: unknown) => {
      if (ZkError.is(error, 'NoAuth') || ZkError.is(error, 'NoNode')) return error;
      throw error;
    });
    const stat = await this.model.stat(path);
    if (this.nodes.get(path) !== node) return;
    if (!stat) return this.drop(path);
    this.report({ type, path, stat });
    if (names instanceof ZkError) {
      if (names.code === 'NoAuth') this.report({ type: 'unreadable', path, error: names });
      return;
    }
    node.names = new Set(names);
    await Promise.all(names.map((name) => this.add(childPath(path, name), type)));
  }

  /** Forgets a node and all below it without a report. */
  private drop(path: ZPath): void {
    this.nodes.get(path)?.holds.dispose();
    this.nodes.delete(path);
  }

  private remove(path: ZPath): void {
    const node = this.nodes.get(path);
    if (!node) return;
    for (const name of node.names) this.remove(childPath(path, name));
    this.drop(path);
    this.report({ type: 'deleted', path });
  }

  private onChanges(changes: readonly ZnodeChange[]): void {
    for (const change of changes) {
      const node = this.nodes.get(change.path);
      if (node) this.onChange(change, node);
    }
  }

  private onChange(
    { path, type, added, removed }: ZnodeChange,
    node: { names: Set<string> },
  ): void {
    const stat = this.model.peekStat(path);
    switch (type) {
      case 'children':
        for (const name of removed ?? []) {
          node.names.delete(name);
          this.remove(childPath(path, name));
        }
        for (const name of added ?? []) {
          node.names.add(name);
          this.add(childPath(path, name), 'created').catch(this.onError);
        }
        return;
      case 'data':
      case 'created':
        if (stat) this.report({ type: type === 'data' ? 'dataChanged' : 'created', path, stat });
        return;
      case 'stat':
        if (stat) this.report({ type: 'statChanged', path, stat });
        return;
      case 'error':
        this.report({ type: 'unreadable', path });
        return;
      case 'deleted':
        // The parent's list says so too, and in the right order with what replaces it; only the
        // root has no parent here.
        if (path === this.root) this.report({ type: 'deleted', path });
    }
  }
}
