import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../base/disposable';
import type { Logger } from '../../base/logger';
import { registerCommand } from '../commands';
import { Commands } from '../contributions';
import { describeTime } from '../relativeTime';
import type { DeletePorts } from './delete';
import { placeOf, type Place } from './subject';
import { notifiedWork } from '../work';

export interface DeleteFeature extends Omit<DeletePorts, 'work' | 'l10n'> {
  /** What is selected in the tree. */
  readonly selectedPlaces: () => readonly Place[];
  readonly log: Logger;
}

/**
 * Deleting znodes, and undoing whatever the workbench has changed; the flows are loaded when they are
 * needed.
 */
export function registerDelete(feature: DeleteFeature): Disposable {
  const { selectedPlaces, log } = feature;
  const ports = { ...feature, work: notifiedWork, l10n: vscode.l10n, describeTime };
  const store = new DisposableStore();
  const register = (id: string, run: (...args: unknown[]) => Promise<void>): void => {
    store.add(registerCommand(id, run, log));
  };
  register(Commands.znodeDelete, async (clicked, selected) => {
    const places = placesOf(selected) ?? placesOf(clicked) ?? [...selectedPlaces()];
    const { deleteZnodes } = await import('./delete');
    return deleteZnodes(places, ports);
  });
  register(Commands.editUndo, async () => (await import('./undo')).undoLastChange(ports));
  register(Commands.editRestore, async (id) => {
    const { chooseAndRestore, undoChange } = await import('./undo');
    return typeof id === 'string' ? undoChange(id, ports) : chooseAndRestore(ports);
  });
  return store;
}

function placesOf(argument: unknown): Place[] | undefined {
  const places = [argument].flat().flatMap((one) => placeOf(one) ?? []);
  return places.length > 0 ? places : undefined;
}
