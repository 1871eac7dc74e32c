import type * as vscode from 'vscode';
import { displayName } from '../../domain/znode/displayName';
import { formatBytes, formatCount } from '../../domain/znode/format';
import { baseName, isWithin, ROOT, SYSTEM, type ZPath } from '../../domain/znode/path';
import { deleteTree, type DeleteOutcome } from '../../zk/edit/deleteTree';
import { Pacer } from '../../zk/edit/pacer';
import { survey, type Survey } from '../../zk/edit/survey';
import { sizeInStore, type MadeModes, type UndoStore, type UndoWriter } from '../../zk/edit/undo';
import type { Session, Sessions } from '../../zk/sessions';
import { Commands } from '../contributions';
import { askingFor, nameOfTarget, requireWritable, type Target } from '../target';
import { Cancelled, type UserInput } from '../userInput';
import {
  countZnodes,
  describeOutcome,
  describeSurvey,
  namePaths,
  previewDelete,
} from './deleteText';
import type { Place } from './subject';
import type { Work } from '../work';

export interface DeletePorts {
  readonly sessions: Pick<Sessions, 'get'>;
  readonly targetOf: (connectionId: string) => (Target & { keepUndo: boolean }) | undefined;
  readonly undo: UndoStore;
  readonly made: MadeModes;
  readonly ui: UserInput;
  readonly work: Work;
  readonly l10n: typeof vscode.l10n;
  /** Steps a second at most; undefined lifts the cap. */
  readonly perSecond: () => number | undefined;
}

/** One deletion that the user asked for. */
interface Deletion extends DeletePorts {
  readonly session: Session;
  readonly target: Target & { readonly keepUndo: boolean };
  readonly paths: readonly ZPath[];
}

/** Shows what would go, asks, deletes, and says what went. Throws `Cancelled` when the user leaves. */
export async function deleteZnodes(places: readonly Place[], ports: DeletePorts): Promise<void> {
  const deletion = begin(places, ports);
  const { session, target, ui, l10n, paths } = deletion;
  const found = await look(deletion);
  if (found.roots.length === 0) {
    const message = l10n.t('{0} no longer exists.', namePaths(paths, l10n));
    ui.notify({ severity: 'info', message });
    return;
  }
  if (found.isTooLarge) {
    const count = formatCount(found.counts.znodes);
    throw new Error(l10n.t('There are more than {0} znodes. Delete parts of them first.', count));
  }
  const isKept = await confirm(deletion, found);
  requireWritable(session.writer, target, l10n);
  const undo = isKept ? await keep(deletion, found) : undefined;
  const outcome = await run(deletion, found, undo);
  const isLost = outcome.deleted + outcome.unknown > 0;
  await (isLost ? undo?.commit() : undo?.discard());
  tell(deletion, found, outcome, isLost ? undo?.id : undefined);
}

function begin(places: readonly Place[], ports: DeletePorts): Deletion {
  const { sessions, targetOf, l10n } = ports;
  const [first] = places;
  if (!first) throw new Error(l10n.t('Select a znode in the Clusters view first.'));
  const { connectionId } = first;
  if (places.some((place) => place.connectionId !== connectionId)) {
    throw new Error(l10n.t('Select znodes of one connection only.'));
  }
  const target = targetOf(connectionId) ?? {
    name: connectionId,
    production: false,
    keepUndo: false,
  };
  const session = sessions.get(connectionId);
  if (!session) throw new Error(l10n.t('Connect to {0} first.', target.name));
  for (const { path } of places) {
    if (path === ROOT) {
      throw new Error(l10n.t('The root cannot be deleted. Select znodes below it.'));
    }
    if (isWithin(path, SYSTEM)) {
      throw new Error(l10n.t('{0} belongs to ZooKeeper itself and cannot be deleted.', path));
    }
  }
  requireWritable(session.writer, target, l10n);
  const ui = askingFor(target, ports.ui, l10n);
  return { ...ports, ui, session, target, paths: places.map(({ path }) => path) };
}

function look({ ui, l10n, session, paths, perSecond }: Deletion): Promise<Survey> {
  const info = {
    title: l10n.t('Delete'),
    message: l10n.t('Looking at {0}', namePaths(paths, l10n)),
    detail: l10n.t('Nothing is deleted yet. Press Escape to stop.'),
  };
  return ui.progress(info, (signal, tell) =>
    survey(session.client, paths, {
      pacer: new Pacer({ perSecond: perSecond(), signal }),
      onProgress: (counts) => counts.znodes % 100 === 0 && tell(describeSurvey(counts, l10n)),
    }),
  );
}

/** Returns whether what is lost will be kept. */
async function confirm(deletion: Deletion, found: Survey): Promise<boolean> {
  const { ui, l10n, target, undo } = deletion;
  const { roots, counts } = found;
  const isRecursive = counts.znodes > roots.length;
  const isTyped = isRecursive || roots.length > 1;
  const size = sizeInStore(counts.znodes, counts.bytes, counts.pathUnits / counts.znodes);
  const isKept = target.keepUndo && size <= undo.bytesPerChange;
  const lines = [
    l10n.t('Connection: {0}', nameOfTarget(target, l10n)),
    ...previewDelete(found, l10n),
    describeUndo(deletion, isKept),
  ];
  const name = namePaths(roots, l10n);
  const agreed = await ui.confirm({
    message: isRecursive
      ? l10n.t('Delete {0} with all that is below?', name)
      : l10n.t('Delete {0}?', name),
    detail: lines.join('\n'),
    action: isTyped ? l10n.t('Delete…') : l10n.t('Delete'),
  });
  if (!agreed) throw new Cancelled();
  if (isTyped) await askForProof(deletion, found);
  return isKept;
}

function describeUndo({ target, undo, l10n }: Deletion, isKept: boolean): string {
  if (isKept)
    return l10n.t('It can be undone for a week, but for what restoring cannot bring back.');
  if (!target.keepUndo) return l10n.t('It cannot be undone: this connection keeps nothing.');
  const limit = formatBytes(undo.bytesPerChange);
  return l10n.t('It cannot be undone: there is more than the {0} that are kept.', limit);
}

/** The name of the one, or the number of the many. */
async function askForProof({ ui, l10n, target }: Deletion, found: Survey): Promise<void> {
  const { roots, counts } = found;
  const [root] = roots;
  const isOne = roots.length === 1 && root !== undefined;
  const proof = isOne ? baseName(root) : String(roots.length);
  const shown = isOne ? displayName(proof) : proof;
  const count = countZnodes(counts.znodes, l10n);
  await ui.input({
    title: l10n.t('Delete {0} from {1}', count, nameOfTarget(target, l10n)),
    prompt: isOne
      ? l10n.t('Type the name {0} to delete it with all that is below.', shown)
      : l10n.t('Type {0}, the number of selected znodes, to delete them.', shown),
    placeholder: shown,
    validate: (typed) =>
      typed === proof || typed === shown ? undefined : l10n.t('Type {0} to go on.', shown),
  });
}

function run(
  deletion: Deletion,
  found: Survey,
  undo: UndoWriter | undefined,
): Promise<DeleteOutcome> {
  const { work, l10n, session, made, perSecond } = deletion;
  const { id, client, writer } = session;
  const total = found.counts.znodes;
  const title = l10n.t('Deleting {0}', namePaths(found.roots, l10n));
  return work(title, (signal, show) =>
    deleteTree(found, {
      ...{ client, writer, undo, signal },
      pacer: new Pacer({ perSecond: perSecond(), signal }),
      modeOf: (path, stat) => made.of(id, path, stat),
      onProgress: (deleted) => {
        const text = l10n.t('{0} of {1}', formatCount(deleted), formatCount(total));
        show(text, (100 * deleted) / total);
      },
    }),
  );
}

/** Nothing is deleted when what is lost was promised to be kept and can't be. */
async function keep({ session, target, undo, l10n }: Deletion, found: Survey): Promise<UndoWriter> {
  const writer = await undo.begin({
    ...{ connectionId: session.id, connectionName: target.name },
    ...{ kind: 'delete', paths: found.roots },
  });
  if (writer) return writer;
  throw new Error(
    l10n.t(
      'Nothing was deleted, because what is lost could not be kept. See the log for the cause.',
    ),
  );
}

function tell(
  deletion: Deletion,
  found: Survey,
  outcome: DeleteOutcome,
  undoId: string | undefined,
): void {
  const { ui, l10n, session } = deletion;
  const { roots } = found;
  const places = roots.map((path) => ({ connectionId: session.id, path }));
  const actions = [
    ...(outcome.stop
      ? [{ label: l10n.t('Continue…'), command: Commands.znodeDelete, argument: places }]
      : []),
    ...(undoId === undefined
      ? []
      : [{ label: l10n.t('Undo…'), command: Commands.editRestore, argument: undoId }]),
  ];
  const message = describeOutcome(roots, outcome, l10n);
  ui.notify({ severity: outcome.stop ? 'warning' : 'info', message, actions });
}
