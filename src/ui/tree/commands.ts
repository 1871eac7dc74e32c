import * as vscode from 'vscode';
import type { Logger } from '../../base/logger';
import { baseName, ROOT, type ZPath } from '../../domain/znode/path';
import { ZkError } from '../../zk/errors';
import type { Sessions } from '../../zk/sessions';
import { chooseSession } from '../chooseSession';
import { registerCommand } from '../commands';
import { Commands } from '../contributions';
import type { UserInput } from '../userInput';
import { parseZnodeUri, znodeUri } from '../uri';
import { askForPath } from './goTo';
import type { BranchNode, MessageNode, MoreNode, TreeNode } from './nodes';
import { pathOf, type ClustersProvider } from './provider';
import type { ClustersView } from './view';
import { BY_ROW } from './znodeItem';

export interface TreeCommandsContext {
  readonly provider: ClustersProvider;
  readonly view: ClustersView;
  readonly sessions: Sessions;
  readonly ui: UserInput;
  readonly pageSize: () => number;
  readonly log: Logger;
}

const DOUBLE_CLICK_MS = 500;

/** What a command of the tree acts on: the row of the menu, else the selected row. */
type Target = TreeNode | vscode.Uri | undefined;

export function registerTreeCommands(context: TreeCommandsContext): vscode.Disposable {
  const { provider, view, sessions, ui, pageSize, log } = context;
  const branchOf = (target: Target): BranchNode | undefined => {
    const node = target instanceof vscode.Uri ? undefined : (target ?? view.selected);
    return node === undefined || isBranch(node) ? node : node.parent;
  };
  const znodeOf = (target: Target): { connectionId: string; path: ZPath } | undefined => {
    if (target instanceof vscode.Uri) return parseZnodeUri(target);
    const node = branchOf(target);
    return node && { connectionId: node.connectionId, path: pathOf(node) };
  };

  const refresh = (target: Target): void => {
    const node = target instanceof vscode.Uri ? undefined : target;
    if (!node) for (const { model } of sessions.all()) model.refresh();
    else sessions.get(node.connectionId)?.model.refresh(isBranch(node) ? pathOf(node) : ROOT);
    provider.render(node);
  };

  const retry = (node: MessageNode): void => provider.render(node.parent);

  const showMore = (node: MoreNode): void => {
    provider.branch(node.parent)?.showMore(pageSize());
    provider.render(node.parent);
  };

  const filter = async (target: Target): Promise<void> => {
    const node = branchOf(target);
    const branch = node && provider.branch(node);
    if (!branch) return;
    branch.filter = await ui.input({
      title: vscode.l10n.t('Filter Children'),
      prompt: vscode.l10n.t('Part of a name, or a pattern with * and ?. Empty shows all.'),
      value: branch.filter,
    });
    provider.render(node);
  };

  const clearFilter = (target: Target): void => {
    const node = branchOf(target);
    const branch = node && provider.branch(node);
    if (!branch) return;
    branch.filter = '';
    provider.render(node);
  };

  const goTo = async (target: Target): Promise<void> => {
    const session = await chooseSession(sessions, ui, branchOf(target)?.connectionId);
    if (!session) return;
    const selected = branchOf(target);
    const isHere = selected?.connectionId === session.id && pathOf(selected) !== ROOT;
    const path = await askForPath(session, isHere ? `${pathOf(selected)}/` : '/', log);
    if (path === undefined) return;
    await vscode.commands.executeCommand(`${view.id}.focus`);
    await view.reveal(session.id, path);
  };

  const reveal = async (target: Target): Promise<void> => {
    const znode = znodeOf(target ?? vscode.window.activeTextEditor?.document.uri);
    if (!znode) return;
    await vscode.commands.executeCommand(`${view.id}.focus`);
    await view.reveal(znode.connectionId, znode.path);
  };

  /**
   * A click shows a znode, a double click goes into its editor. An editor that took the focus by
   * itself, once it is ready, would take the keys that are meant for the row, and close the menu or
   * palette that was opened meanwhile.
   */
  const isDoubleClick = repetition(DOUBLE_CLICK_MS);
  const open = async (target: Target, by?: unknown): Promise<void> => {
    const znode = znodeOf(target);
    if (!znode) return;
    const uri = znodeUri(znode.connectionId, znode.path);
    const preserveFocus = by === BY_ROW && !isDoubleClick(uri.toString(), Date.now());
    await vscode.workspace.fs.readFile(uri); // the editor itself would not say why it can't
    await vscode.commands.executeCommand('vscode.open', uri, { preserveFocus });
  };

  const copy = (text: (path: ZPath) => string) => async (target: Target) => {
    const znode = znodeOf(target);
    if (znode) await vscode.env.clipboard.writeText(text(znode.path));
  };

  const setPaused = (isPaused: boolean) => async (target: Target) => {
    const session = await chooseSession(sessions, ui, branchOf(target)?.connectionId);
    if (isPaused) session?.model.live.pause();
    else await session?.model.resume();
  };

  const watchSubtree = async (target: Target): Promise<void> => {
    const znode = znodeOf(target);
    const live = znode && sessions.get(znode.connectionId)?.model.live;
    if (!live) return;
    try {
      await live.watchSubtree(znode.path);
    } catch (error) {
      if (!ZkError.is(error, 'Unimplemented')) throw error;
      throw new Error(
        vscode.l10n.t('This server is older than 3.6 and cannot watch a subtree as a whole.'),
        { cause: error },
      );
    }
  };

  const stopWatching = async (target: Target): Promise<void> => {
    const znode = znodeOf(target);
    if (!znode) return;
    await sessions.get(znode.connectionId)?.model.live.unwatchSubtree(znode.path);
  };

  return vscode.Disposable.from(
    registerCommand(Commands.treeRefresh, refresh, log),
    registerCommand(Commands.treeRetry, retry, log),
    registerCommand(Commands.treeShowMore, showMore, log),
    registerCommand(Commands.treeFilter, filter, log),
    registerCommand(Commands.treeClearFilter, clearFilter, log),
    registerCommand(Commands.znodeGoTo, goTo, log),
    registerCommand(Commands.znodeReveal, reveal, log),
    registerCommand(Commands.znodeOpen, open, log),
    registerCommand(
      Commands.znodeCopyPath,
      copy((path) => path),
      log,
    ),
    registerCommand(Commands.znodeCopyName, copy(baseName), log),
    registerCommand(Commands.znodeWatchSubtree, watchSubtree, log),
    registerCommand(Commands.znodeStopWatching, stopWatching, log),
    registerCommand(Commands.livePause, setPaused(true), log),
    registerCommand(Commands.liveResume, setPaused(false), log),
  );
}

/** Tells whether something is said again within a time. */
function repetition(withinMs: number): (what: string, now: number) => boolean {
  let last = { what: '', time: 0 };
  return (what, now) => {
    const isAgain = what === last.what && now - last.time < withinMs;
    last = { what, time: now };
    return isAgain;
  };
}

function isBranch(node: TreeNode): node is BranchNode {
  return node.kind === 'connection' || node.kind === 'znode';
}
