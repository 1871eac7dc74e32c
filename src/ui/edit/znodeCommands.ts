import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import { displayName } from '../../domain/znode/displayName';
import type { ZPath } from '../../domain/znode/path';
import type { MadeModes, UndoStore } from '../../zk/edit/undo';
import { registerCommand } from '../commands';
import { Commands } from '../contributions';
import type { UserInput } from '../userInput';
import { parseZnodeUri, znodeUri } from '../uri';
import { dataSources } from './dataSources';
import { subjectOf, type Place, type Subject, type SubjectPorts } from './subject';
import { whoAmI } from './whoAmI';
import { notifiedWork } from '../work';

export interface ZnodeCommandsFeature extends Pick<SubjectPorts, 'sessions' | 'targetOf'> {
  readonly selectedPlaces: () => readonly Place[];
  readonly ui: UserInput;
  readonly undo: UndoStore;
  readonly made: MadeModes;
  readonly perSecond: () => number | undefined;
  readonly log: Logger;
}

/**
 * Creating a znode, its access list and its quota, and who we are to the server; the flows are loaded
 * when they are needed.
 */
export function registerZnodeCommands(feature: ZnodeCommandsFeature): Disposable {
  const { selectedPlaces, ui, log } = feature;
  const { l10n } = vscode;
  const store = new DisposableStore();
  const selected = (): Place | undefined => selectedPlaces()[0] ?? placeOfEditor();
  const register = (id: string, run: (subject: Subject) => Promise<void>): void => {
    const handler = (argument?: unknown) =>
      run(subjectOf(argument, { ...feature, selected, l10n }));
    store.add(registerCommand(id, handler, log));
  };
  const ports = { ...feature, l10n, work: notifiedWork, sources: dataSources, show };
  register(Commands.znodeCreate, async (parent) => {
    const { createChild } = await import('./create');
    return createChild(parent, ports);
  });
  register(Commands.znodeAcl, async (subject) => (await import('./acl')).showAcl(subject, ports));
  register(Commands.znodeQuota, async (subject) => {
    const { showQuota } = await import('./quota');
    return showQuota(subject, ports);
  });
  register(Commands.connectionWhoAmI, async ({ session, target }) => {
    const who = await whoAmI(session.client);
    ui.notify({
      severity: 'info',
      message: describeIdentities(who, session.identity, target.name),
    });
  });
  return store;
}

function placeOfEditor(): Place | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && parseZnodeUri(uri);
}

async function show(connectionId: string, path: ZPath, opens: boolean): Promise<void> {
  const uri = znodeUri(connectionId, path);
  await vscode.commands.executeCommand(Commands.znodeReveal, uri);
  if (opens) await vscode.commands.executeCommand(Commands.znodeOpen, uri);
}

function describeIdentities(
  who: Awaited<ReturnType<typeof whoAmI>>,
  identity: string | undefined,
  name: string,
): string {
  const { t } = vscode.l10n;
  if (who) {
    const names = who.map(({ scheme, user }) => displayName(`${scheme}:${user}`));
    return t('To the servers of {0} you are {1}.', name, names.join(', '));
  }
  return identity === undefined
    ? t('The server does not tell (it is older than 3.7), and {0} has no credentials.', name)
    : t(
        'The server does not tell (it is older than 3.7). {0} is connected as {1}.',
        name,
        identity,
      );
}
