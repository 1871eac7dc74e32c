import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import type { ZPath } from '../../domain/znode/path';
import type { SamplersLoader } from '../../zk/ensemble/samplersLoader';
import type { Sessions } from '../../zk/sessions';
import { registerCommand } from '../commands';
import { Commands, Views } from '../contributions';
import type { UserInput } from '../userInput';
import type { TreeNode } from './nodes';
import type { EnsembleProvider } from './provider';

export interface EnsembleFeature {
  readonly sessions: Sessions;
  readonly samplers: SamplersLoader;
  readonly nameOf: (connectionId: string) => string | undefined;
  readonly selectedPlaces: () => readonly { connectionId: string; path: ZPath }[];
  readonly ui: UserInput;
  readonly log: Logger;
}

/** The *Ensemble* view and its commands; all but this is loaded when one of them is used. */
export function registerEnsemble(feature: EnsembleFeature): Disposable {
  const { log } = feature;
  const store = new DisposableStore();
  const tree = store.add(new LazyTree(feature));
  const command = (id: string, handler: (...args: never[]) => unknown): void => {
    store.add(registerCommand(id, handler, log));
  };
  const commands = () => import('./commands');
  command(Commands.ensembleRefresh, () => tree.refresh());
  const copies = [
    Commands.ensembleCopyAddress,
    Commands.ensembleCopyPath,
    Commands.ensembleCopyLine,
  ];
  for (const id of copies) {
    command(id, async (node?: unknown) => (await commands()).copyText(node ?? tree.selected));
  }
  command(Commands.ensembleReveal, async (node?: unknown) => {
    await (await commands()).reveal(node ?? tree.selected);
  });
  command(Commands.ensembleExplain, async (node?: unknown) => {
    (await commands()).explain(node ?? tree.selected, feature.ui);
  });
  command(Commands.znodeOwner, async (target?: unknown) => {
    const { showOwner } = await import('./ownerCommand');
    await showOwner(feature, target ?? feature.selectedPlaces()[0]);
  });
  return store;
}

/** A tree whose provider is loaded with its first row. */
class LazyTree implements vscode.TreeDataProvider<TreeNode>, Disposable {
  private readonly store = new DisposableStore();
  private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
  private readonly view: vscode.TreeView<TreeNode>;
  private provider: EnsembleProvider | undefined;
  private loading: Promise<EnsembleProvider> | undefined;

  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly feature: EnsembleFeature) {
    this.store.add(this.changed);
    this.view = this.store.add(
      vscode.window.createTreeView(Views.ensemble, {
        treeDataProvider: this,
        showCollapseAll: true,
      }),
    );
    this.store.add(this.view.onDidCollapseElement(({ element }) => this.provider?.fold(element)));
    this.store.add(this.view.onDidChangeVisibility(({ visible }) => this.show(visible)));
    this.store.add(
      feature.sessions.onDidChange(() => {
        // Without a provider there were no rows, and VS Code would not ask for them again.
        if (!this.provider) this.changed.fire(undefined);
      }),
    );
  }

  get selected(): TreeNode | undefined {
    return this.view.selection[0];
  }

  async refresh(): Promise<void> {
    await (await this.load()).refresh();
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!this.provider && this.feature.sessions.all().length === 0) return [];
    return (await this.load()).getChildren(node);
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    if (!this.provider) throw new Error('rows come from the provider');
    return this.provider.getTreeItem(node);
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return this.provider?.getParent(node);
  }

  dispose(): void {
    this.store.dispose();
  }

  private show(isVisible: boolean): void {
    this.provider?.setVisible(isVisible);
  }

  private load(): Promise<EnsembleProvider> {
    this.loading ??= this.make();
    return this.loading;
  }

  private async make(): Promise<EnsembleProvider> {
    const { sessions, nameOf, samplers } = this.feature;
    const { EnsembleProvider } = await import('./provider');
    const source = { sessions, nameOf, samplers: await samplers.load() };
    const provider = this.store.add(new EnsembleProvider(source));
    this.store.add(provider.onDidChangeTreeData((node) => this.changed.fire(node)));
    provider.setVisible(this.view.visible);
    this.provider = provider;
    return provider;
  }
}
