import * as vscode from 'vscode';
import { every } from '../../base/async';
import { DisposableStore, type Disposable } from '../../base/disposable';
import { ROOT, type ZPath } from '../../domain/znode/path';
import type { Sessions } from '../../zk/sessions';
import { Views } from '../contributions';
import { idOf, type TreeNode } from './nodes';
import { pathOf, type ClustersProvider } from './provider';

const RECHECK_PERIOD_MS = 1_000;
const RECHECK_AT_ONCE = 10;
const RECHECK_AGE_MS = 2_000;
const REVEALS = 5;
const REVEAL_MS = 300;

/** Where a row of the tree stands. */
export interface Place {
  readonly connectionId: string;
  readonly path: ZPath;
}

/** The *Clusters* view: expansion drives what is watched, a new connection unfolds by itself. */
export class ClustersView implements Disposable {
  readonly id = Views.clusters;
  private readonly store = new DisposableStore();
  private readonly view: vscode.TreeView<TreeNode>;
  private readonly unfolded = new Set<string>();

  constructor(
    private readonly provider: ClustersProvider,
    private readonly sessions: Sessions,
  ) {
    this.view = this.store.add(
      vscode.window.createTreeView(this.id, {
        treeDataProvider: provider,
        showCollapseAll: true,
        canSelectMany: true,
      }),
    );
    this.store.add(this.view.onDidCollapseElement(({ element }) => provider.collapse(element)));
    this.store.add(this.view.onDidExpandElement(({ element }) => provider.expand(element)));
    this.store.add(sessions.onDidChange((id) => this.unfold(id)));
    this.store.add(every(RECHECK_PERIOD_MS, () => this.recheck()));
  }

  get selected(): TreeNode | undefined {
    return this.view.selection[0];
  }

  /** The selected connections and znodes. */
  get selectedPlaces(): Place[] {
    return this.view.selection.flatMap((node) =>
      node.kind === 'connection' || node.kind === 'znode'
        ? [{ connectionId: node.connectionId, path: pathOf(node) }]
        : [],
    );
  }

  /** Shows and selects the row of a znode, whatever page or filter hides it. */
  async reveal(connectionId: string, path: ZPath): Promise<void> {
    for (let attempt = 1; attempt <= REVEALS; attempt++) {
      const node = this.provider.pinned(connectionId, path);
      if (!node) return;
      const isIn = (selection: readonly TreeNode[]): boolean =>
        selection.some((selected) => idOf(selected) === idOf(node));
      // Once is enough: whoever goes on to something else must not be brought back.
      const past = { wasSelected: false };
      const listener = this.view.onDidChangeSelection(({ selection }) => {
        past.wasSelected ||= isIn(selection);
      });
      await this.view.reveal(node, { select: true, focus: true });
      // VS Code passes over a row that it has not fetched yet, as that of a new znode, and says nothing.
      await new Promise((resolve) => setTimeout(resolve, REVEAL_MS));
      listener.dispose();
      if (past.wasSelected || isIn(this.view.selection)) return;
    }
  }

  dispose(): void {
    this.store.dispose();
  }

  private unfold(connectionId: string): void {
    const session = this.sessions.get(connectionId);
    if (!session) this.unfolded.delete(connectionId);
    if (!session?.hasConnected || this.unfolded.has(connectionId)) return;
    this.unfolded.add(connectionId);
    const node = this.provider.nodeFor(connectionId, ROOT);
    if (node && this.view.visible) {
      void this.view.reveal(node, { select: false, focus: false, expand: true });
    }
  }

  private recheck(): void {
    if (!this.view.visible) return;
    for (const { model } of this.sessions.all()) model.recheck(RECHECK_AT_ONCE, RECHECK_AGE_MS);
  }
}
