import * as vscode from 'vscode';
import type { Logger } from '../../base/logger';
import { displayName } from '../../domain/znode/displayName';
import { sortNames } from '../../domain/znode/names';
import { childPath, parsePath, problemOfPath, type ZPath } from '../../domain/znode/path';
import { ZkError } from '../../zk/errors';
import type { Session } from '../../zk/sessions';
import { describeError } from '../errorText';

const MOST_SUGGESTIONS = 200;

interface Suggestion extends vscode.QuickPickItem {
  readonly path?: ZPath;
}

/** Lets the user type a path, completing it level by level; undefined when left by Escape. */
export function askForPath(
  session: Session,
  start: string,
  log: Logger,
): Promise<ZPath | undefined> {
  const pick = vscode.window.createQuickPick<Suggestion>();
  pick.title = vscode.l10n.t('Go to Path');
  pick.placeholder = vscode.l10n.t('A path such as /services/web');
  pick.value = start;
  pick.ignoreFocusOut = true;
  const lists = new Map<ZPath, Promise<readonly string[]>>();
  const listOf = (path: ZPath): Promise<readonly string[]> => {
    let list = lists.get(path);
    if (!list) {
      list = session.client.getChildren(path).then(({ names }) => sortNames(names));
      lists.set(path, list);
    }
    return list;
  };

  const suggest = async (): Promise<void> => {
    const { value } = pick;
    pick.busy = true;
    const items = await suggestions(value, listOf).catch((error: unknown) => {
      log.debug(`go to path ${value}: ${String(error)}`);
      const reason = ZkError.is(error, 'NoNode')
        ? vscode.l10n.t('there is no such znode')
        : describeError(error, vscode.l10n, session.identity);
      return [message(reason)];
    });
    if (pick.value !== value) return;
    pick.busy = false;
    pick.items = items;
  };

  return new Promise((resolve) => {
    pick.onDidChangeValue(() => void suggest());
    pick.onDidAccept(() => {
      const path = pick.activeItems[0]?.path ?? parsePath(pick.value.trim());
      if (path === undefined) return;
      resolve(path);
      pick.hide();
    });
    pick.onDidHide(() => {
      resolve(undefined);
      pick.dispose();
    });
    pick.show();
    void suggest();
  });
}

async function suggestions(
  value: string,
  listOf: (path: ZPath) => Promise<readonly string[]>,
): Promise<Suggestion[]> {
  const slash = value.lastIndexOf('/');
  const parent = parsePath(value.slice(0, slash) || '/');
  if (slash < 0 || parent === undefined) return [message(describePathProblem(value))];
  const prefix = value.slice(slash + 1).toLowerCase();
  const names = await listOf(parent);
  const found = names.filter((name) => name.toLowerCase().startsWith(prefix));
  const items: Suggestion[] = found.slice(0, MOST_SUGGESTIONS).map((name) => ({
    label: displayName(childPath(parent, name)),
    path: childPath(parent, name),
    alwaysShow: true,
  }));
  if (found.length === 0) return [message(vscode.l10n.t('there is no such znode'))];
  if (found.length > MOST_SUGGESTIONS) {
    items.push(
      message(vscode.l10n.t('{0} more; type on to narrow them down', found.length - items.length)),
    );
  }
  return items;
}

function message(text: string): Suggestion {
  return { label: text, alwaysShow: true };
}

function describePathProblem(text: string): string {
  const problem = problemOfPath(text);
  return problem?.kind === 'notAbsolute'
    ? vscode.l10n.t('a path starts with /')
    : vscode.l10n.t('this is no path of a znode');
}
