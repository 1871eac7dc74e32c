import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { ConnectionProfile } from '../../domain/connection';
import { baseName, childPath, isWithin, lineage, ROOT, type ZPath } from '../../domain/znode/path';
import type { Session, SessionChanges, Sessions } from '../../zk/sessions';
import { describeError } from '../errorText';
import { Branch } from './branch';
import type { BranchState } from './branchState';
import { connectionTooltip, renderConnection } from './connectionItem';
import { renderMessage, renderMore } from './noteItems';
import {
  idOf,
  znodeId,
  type BranchNode,
  type ConnectionNode,
  type TreeNode,
  type ZnodeNode,
} from './nodes';
import { Refreshes } from './refreshes';
import { znodeTooltip } from './tooltip';
import { renderZnode } from './znodeItem';

/** What rows have to know of bookmarks. */
export interface BookmarkSource {
  has(connectionId: string, path: ZPath): boolean;
  readonly onDidChange: vscode.Event<void>;
}

/** Where the connections to show come from. */
export interface ProfileSource {
  readonly profiles: readonly ConnectionProfile[];
  readonly onDidChange: vscode.Event<void>;
}

/**
 * The tree of connections and their znodes. VS Code asks for one level at a time; what it was given
 * stays live through the session's model, and only rows that changed are rendered again.
 */
export class ClustersProvider implements vscode.TreeDataProvider<TreeNode>, Disposable {
  private readonly store = new DisposableStore();
  private readonly refreshes = this.store.add(
    new Refreshes((node) => this.branches.get(idOf(node))?.isAsleep === false),
  );
  private readonly connections = new Map<string, ConnectionNode>();
  private readonly znodes = new Map<string, ZnodeNode>();
  private readonly branches = new Map<string, Branch>();
  private readonly shown = new Map<string, Session>();

  readonly onDidChangeTreeData = this.refreshes.onDidFire;

  constructor(
    private readonly source: ProfileSource,
    private readonly sessions: Sessions,
    private readonly bookmarks: BookmarkSource,
    private readonly pageSize: () => number,
  ) {
    this.store.add(bookmarks.onDidChange(() => this.refreshes.fire(undefined)));
    this.store.add(source.onDidChange(() => this.refreshes.fire(undefined)));
    this.store.add(sessions.onDidChange((id) => this.onSession(id)));
    this.store.add(sessions.onDidChangeZnodes((burst) => this.onChanges(burst)));
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    this.refreshes.asked(node);
    try {
      return await this.below(node);
    } finally {
      this.refreshes.answered(node);
    }
  }

  private async below(node: TreeNode | undefined): Promise<TreeNode[]> {
    if (!node) return this.source.profiles.map((profile) => this.connection(profile));
    if (node.kind !== 'connection' && node.kind !== 'znode') return [];
    const session = this.sessions.get(node.connectionId);
    return session ? this.rows(node, session) : [];
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.kind === 'connection' ? undefined : node.parent;
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    const session = this.sessions.get(node.connectionId);
    switch (node.kind) {
      case 'connection':
        return renderConnection(node, session, this.stateOf(node));
      case 'more':
        return renderMore(node);
      case 'message':
        return renderMessage(node);
      case 'znode':
        return renderZnode(node, {
          stat: session?.model.peekStat(node.path),
          isWritable: session?.hasConnected === true && session.writer.refusal === undefined,
          sessionId: sessionIdOf(session),
          isBookmarked: this.bookmarks.has(node.connectionId, node.path),
          layout: this.branches.get(idOf(node.parent))?.layout,
          ...this.stateOf(node),
        });
    }
  }

  /** Tooltips are made when they are asked for: they tell the time since. */
  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const session = this.sessions.get(node.connectionId);
    if (node.kind === 'connection') item.tooltip = connectionTooltip(node, session);
    else if (node.kind === 'znode') {
      item.tooltip = znodeTooltip(node.path, session?.model.peekStat(node.path), Date.now());
    }
    return item;
  }

  /** Renders a row and what is shown below it again, from memory. */
  render(node: TreeNode | undefined): void {
    this.refreshes.fire(node && [node]);
  }

  /** The row of a znode, with the rows above it, whether they are shown yet or not. */
  nodeFor(connectionId: string, path: ZPath): BranchNode | undefined {
    const profile = this.source.profiles.find(({ id }) => id === connectionId);
    if (!profile) return undefined;
    let node: BranchNode = this.connection(profile);
    for (const step of lineage(path).slice(1)) node = this.znode(node, step);
    return node;
  }

  /** As `nodeFor`, and makes every row on the way part of its page, so that it can be revealed. */
  pinned(connectionId: string, path: ZPath): BranchNode | undefined {
    const node = this.nodeFor(connectionId, path);
    const session = this.sessions.get(connectionId);
    if (!node || !session) return undefined;
    for (let at = node; at.kind === 'znode'; at = at.parent) {
      const branch = this.branchOf(at.parent, session);
      const name = baseName(at.path);
      if (branch.page.shown.includes(name)) continue;
      branch.pin(name);
      this.refreshes.fire([at.parent]);
    }
    return node;
  }

  /** The page and filter of a branch that is, or is about to be, expanded. */
  branch(node: BranchNode): Branch | undefined {
    const session = this.sessions.get(node.connectionId);
    return session ? this.branchOf(node, session) : undefined;
  }

  /** A collapsed row holds nothing: its list and the rows below it are no longer watched. */
  collapse(node: TreeNode): void {
    if (node.kind !== 'connection' && node.kind !== 'znode') return;
    for (const { branch } of this.branchesWithin(node.connectionId, pathOf(node))) branch.dispose();
  }

  /** VS Code doesn't ask again for the rows of a branch that it has shown before. */
  expand(node: TreeNode): void {
    if (this.branches.get(idOf(node))?.isAsleep) this.refreshes.fire([node]);
  }

  dispose(): void {
    for (const branch of this.branches.values()) branch.dispose();
    this.store.dispose();
  }

  private async rows(node: BranchNode, session: Session): Promise<TreeNode[]> {
    const branch = this.branchOf(node, session);
    const { connectionId } = node;
    try {
      const { late } = await branch.load();
      void late?.then(
        () => this.branches.get(idOf(node)) === branch && this.refreshes.fire([node]),
      );
    } catch (error) {
      const text = describeError(error, vscode.l10n, session.identity);
      return [{ kind: 'message', connectionId, parent: node, text, retry: true }];
    }
    if (this.sessions.get(connectionId) !== session) return [];
    const { shown, matching } = branch.page;
    const path = pathOf(node);
    const rows: TreeNode[] = shown.map((name) => this.znode(node, childPath(path, name)));
    if (branch.total === 0 && node.kind === 'connection') {
      const text = vscode.l10n.t('there are no znodes here yet');
      rows.push({ kind: 'message', connectionId, parent: node, text, retry: false });
    } else if (matching === 0 && branch.filter !== '') {
      const text = vscode.l10n.t('no name matches the filter “{0}”', branch.filter);
      rows.push({ kind: 'message', connectionId, parent: node, text, retry: false });
    } else if (shown.length < matching) {
      rows.push({ kind: 'more', connectionId, parent: node, shown: shown.length, total: matching });
    }
    return rows;
  }

  private branchOf(node: BranchNode, session: Session): Branch {
    const id = idOf(node);
    let branch = this.branches.get(id);
    if (!branch) {
      branch = new Branch(node.connectionId, pathOf(node), session.model, this.pageSize());
      this.branches.set(id, branch);
    }
    return branch;
  }

  private stateOf(node: BranchNode): BranchState {
    const live = this.sessions.get(node.connectionId)?.model.live;
    const path = pathOf(node);
    return {
      filter: this.branches.get(idOf(node))?.filter ?? '',
      isWatched: live?.subtrees.includes(path) === true,
      isThrottled: live?.isThrottled(path) === true,
    };
  }

  private connection(profile: ConnectionProfile): ConnectionNode {
    const known = this.connections.get(profile.id);
    if (known?.profile === profile) return known;
    const node: ConnectionNode = { kind: 'connection', connectionId: profile.id, profile };
    this.connections.set(profile.id, node);
    return node;
  }

  private znode(parent: BranchNode, path: ZPath): ZnodeNode {
    const id = znodeId(parent.connectionId, path);
    const known = this.znodes.get(id);
    if (known?.parent === parent) return known;
    const node: ZnodeNode = { kind: 'znode', connectionId: parent.connectionId, path, parent };
    this.znodes.set(id, node);
    return node;
  }

  private onSession(connectionId: string): void {
    const session = this.sessions.get(connectionId);
    if (this.shown.get(connectionId) !== session) this.forget(connectionId, ROOT);
    if (session) this.shown.set(connectionId, session);
    else this.shown.delete(connectionId);
    const node = this.connections.get(connectionId);
    if (node) this.refreshes.fire([node]);
  }

  private onChanges({ connectionId, changes }: SessionChanges): void {
    const touched = new Set<BranchNode>();
    for (const { path, type, removed } of changes) {
      const node = this.shownNode(connectionId, path);
      if (node) touched.add(node);
      if (type !== 'children') continue;
      for (const name of removed ?? []) {
        this.forget(connectionId, childPath(path, name));
        this.znodes.delete(znodeId(connectionId, childPath(path, name)));
      }
    }
    const topmost = [...touched].filter((node) => !hasAncestorIn(node, touched));
    if (topmost.length > 0) this.refreshes.fire(topmost);
  }

  private shownNode(connectionId: string, path: ZPath): BranchNode | undefined {
    if (path === ROOT) return this.connections.get(connectionId);
    return this.znodes.get(znodeId(connectionId, path));
  }

  private forget(connectionId: string, path: ZPath): void {
    for (const { id, branch } of this.branchesWithin(connectionId, path)) {
      branch.dispose();
      this.branches.delete(id);
      this.znodes.delete(id);
    }
  }

  private branchesWithin(connectionId: string, path: ZPath): { id: string; branch: Branch }[] {
    return [...this.branches]
      .filter(([, branch]) => branch.connectionId === connectionId && isWithin(branch.path, path))
      .map(([id, branch]) => ({ id, branch }));
  }
}

export function pathOf(node: BranchNode): ZPath {
  return node.kind === 'connection' ? ROOT : node.path;
}

function sessionIdOf(session: Session | undefined): bigint | undefined {
  const state = session?.client.state;
  return state?.kind === 'connected' ? state.sessionId : undefined;
}

/** A parent's rendering includes its rows, so they need none of their own. */
function hasAncestorIn(node: BranchNode, set: ReadonlySet<BranchNode>): boolean {
  for (let at = node; at.kind === 'znode';) {
    at = at.parent;
    if (set.has(at)) return true;
  }
  return false;
}
