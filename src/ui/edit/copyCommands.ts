import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import { isWithin, type ZPath } from '../../domain/znode/path';
import { mapped } from '../../zk/edit/copyAddress';
import type { Sessions } from '../../zk/sessions';
import { registerCommand } from '../commands';
import { Commands } from '../contributions';
import { describeTime } from '../relativeTime';
import { parseZnodeUri, znodeUri } from '../uri';
import type { CopyPorts } from './copy';
import type { CopyCommand } from './copyQuestions';
import { subjectOf, type Place } from './subject';
import { notifiedWork } from '../work';

export interface CopyFeature extends Omit<CopyPorts, 'sessions' | 'work' | 'l10n' | 'follow'> {
  readonly sessions: Sessions;
  /** What is selected in the tree. */
  readonly selectedPlaces: () => readonly Place[];
  readonly log: Logger;
}

/** More tabs than these are left alone. */
const MOST_TABS = 20;

/**
 * Renaming, moving, copying and duplicating znodes with all that is below; the flows are loaded when
 * they are needed.
 */
export function registerCopy(feature: CopyFeature): Disposable {
  const { sessions, selectedPlaces, log } = feature;
  const { l10n } = vscode;
  const store = new DisposableStore();
  const ports = { ...feature, work: notifiedWork, l10n, describeTime, follow };
  const selected = (): Place | undefined => selectedPlaces()[0] ?? placeOfEditor();
  const register = (id: string, command: CopyCommand): void => {
    const run = async (argument?: unknown): Promise<void> => {
      const subject = subjectOf(argument, { ...feature, selected, l10n });
      const { copyZnodes } = await import('./copy');
      return copyZnodes(command, subject, ports);
    };
    store.add(registerCommand(id, run, log));
  };
  register(Commands.znodeRename, 'rename');
  register(Commands.znodeMove, 'move');
  register(Commands.znodeCopy, 'copy');
  register(Commands.znodeDuplicate, 'duplicate');
  store.add(
    registerCommand(
      Commands.editResumeMove,
      async (id) => {
        const { resumeInterruptedMove } = await import('./interruptedMoves');
        return resumeInterruptedMove(typeof id === 'string' ? id : undefined, ports);
      },
      log,
    ),
  );
  const offered = new Set<string>();
  store.add(
    sessions.onDidChange((id) => {
      const session = sessions.get(id);
      if (!session) offered.delete(id);
      if (session?.client.state.kind !== 'connected' || offered.has(id)) return;
      offered.add(id);
      import('./interruptedMoves')
        .then(({ offerToResume }) => offerToResume(id, ports))
        .catch((error: unknown) => log.error('interrupted moves', error));
    }),
  );
  return store;
}

function placeOfEditor(): Place | undefined {
  const uri = vscode.window.activeTextEditor?.document.uri;
  return uri && parseZnodeUri(uri);
}

/** The old tabs stay, and say that their znodes are gone; unsaved ones are the user's. */
async function follow(connectionId: string, source: ZPath, target: ZPath): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const clean = tabs.flatMap(({ input, isDirty }) => {
    const uri = input instanceof vscode.TabInputText && !isDirty ? input.uri : undefined;
    const place = uri && parseZnodeUri(uri);
    const isMoved = place?.connectionId === connectionId && isWithin(place.path, source);
    return place && isMoved ? [mapped(place.path, source, target)] : [];
  });
  for (const path of clean.slice(0, MOST_TABS)) {
    await vscode.commands.executeCommand(Commands.znodeOpen, znodeUri(connectionId, path));
  }
}
