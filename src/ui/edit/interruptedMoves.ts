import type { UndoEntry, UndoStore } from '../../zk/edit/undo';
import { Commands } from '../contributions';
import { Cancelled, type UserInput } from '../userInput';
import { resumeMove, type CopyPorts } from './copy';
import { undoChange, type UndoPorts } from './undo';
import { describeChange } from './undoText';

export type ResumePorts = CopyPorts & Omit<UndoPorts, 'targetOf' | 'sessions'>;

/** Moves that ended half-way, of this window or an earlier one, the newest first. */
export async function interruptedMoves(
  undo: UndoStore,
  connectionId?: string,
): Promise<UndoEntry[]> {
  const entries = await undo.list(connectionId);
  return entries.filter(({ kind, isComplete }) => kind === 'move' && !isComplete);
}

/** Says once, when a connection opens, that something was left half-way there. */
export async function offerToResume(
  connectionId: string,
  {
    undo,
    ui,
    l10n,
  }: Pick<ResumePorts, 'undo' | 'l10n'> & { readonly ui: Pick<UserInput, 'notify'> },
): Promise<void> {
  const [entry] = await interruptedMoves(undo, connectionId);
  if (!entry) return;
  ui.notify({
    severity: 'warning',
    message: l10n.t(
      '“{0}” on {1} ended half-way, unless another window is still at it.',
      describeChange(entry, l10n),
      entry.connectionName,
    ),
    actions: [{ label: l10n.t('Resume…'), command: Commands.editResumeMove, argument: entry.id }],
  });
}

/** Goes on with an interrupted move or rolls it back. @param id of its entry; undefined asks */
export async function resumeInterruptedMove(
  id: string | undefined,
  ports: ResumePorts,
): Promise<void> {
  const { undo, ui, l10n, describeTime } = ports;
  const entries = await interruptedMoves(undo);
  const entry = id === undefined ? await choose(entries, ports) : entries.find((e) => e.id === id);
  const record = entry && (await undo.read(entry.id));
  if (!record) {
    ui.notify({ severity: 'info', message: l10n.t('No interrupted move is kept.') });
    return;
  }
  const answer = await ui.decide({
    message: l10n.t('“{0}” ended half-way.', describeChange(record, l10n)),
    detail: [
      l10n.t('Connection: {0}', record.connectionName),
      l10n.t('Begun: {0}', describeTime(record.time)),
      l10n.t('Nothing is lost: each znode is at its old or its new place, or at both.'),
    ].join('\n'),
    actions: [
      { label: l10n.t('Resume'), value: 'resume' },
      { label: l10n.t('Roll Back'), value: 'rollBack' },
    ],
  });
  if (!answer) throw new Cancelled();
  await (answer === 'resume' ? resumeMove(record, ports) : undoChange(record.id, ports));
}

async function choose(
  entries: readonly UndoEntry[],
  { ui, l10n, describeTime }: ResumePorts,
): Promise<UndoEntry | undefined> {
  if (entries.length < 2) return entries[0];
  return ui.pick({
    title: l10n.t('Resume Interrupted Move'),
    placeholder: l10n.t('Which move?'),
    items: entries.map((entry) => ({
      label: describeChange(entry, l10n),
      description: entry.connectionName,
      detail: describeTime(entry.time),
      value: entry,
    })),
  });
}
