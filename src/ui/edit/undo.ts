import type * as vscode from 'vscode';
import { formatCount } from '../../domain/znode/format';
import { Pacer } from '../../zk/edit/pacer';
import { planRestore, type RestorePlan } from '../../zk/edit/restorePlan';
import { restore, type RestoreOutcome } from '../../zk/edit/restore';
import type { UndoRecord, UndoStore } from '../../zk/edit/undo';
import type { Session, Sessions } from '../../zk/sessions';
import { Commands } from '../contributions';
import { askingFor, nameOfTarget, requireWritable, type Target } from '../target';
import { Cancelled, type UserInput } from '../userInput';
import { describeChange, describeRefusals, describeRestore, previewRestore } from './undoText';
import type { Work } from '../work';

export interface UndoPorts {
  readonly sessions: Pick<Sessions, 'get'>;
  readonly targetOf: (connectionId: string) => Target | undefined;
  readonly undo: UndoStore;
  readonly ui: UserInput;
  readonly work: Work;
  readonly l10n: typeof vscode.l10n;
  /** A time as the user reads it. */
  readonly describeTime: (ms: number) => string;
  /** Steps a second at most; undefined lifts the cap. */
  readonly perSecond: () => number | undefined;
}

/** Undoes the newest change of this window that was no undo itself. */
export async function undoLastChange(ports: UndoPorts): Promise<void> {
  const { undo, ui, l10n } = ports;
  const entry = (await undo.list()).find(({ isOurs, kind }) => isOurs && kind !== 'restore');
  if (entry) return undoChange(entry.id, ports);
  const message = l10n.t('This window has changed nothing that can be undone.');
  ui.notify({
    severity: 'info',
    message,
    actions: [{ label: l10n.t('Restore…'), command: Commands.editRestore }],
  });
}

/** Lets the user choose among all changes that are kept. */
export async function chooseAndRestore(ports: UndoPorts): Promise<void> {
  const { undo, ui, l10n, describeTime } = ports;
  const entries = await undo.list();
  if (entries.length === 0) {
    ui.notify({ severity: 'info', message: l10n.t('No change is kept that could be undone.') });
    return;
  }
  const id = await ui.pick({
    title: l10n.t('Restore'),
    placeholder: l10n.t('Which change should be undone?'),
    items: entries.map((entry) => ({
      label: describeChange(entry, l10n),
      description: entry.connectionName,
      detail: [
        describeTime(entry.time),
        ...(entry.isOurs ? [l10n.t('in this window')] : []),
        ...(entry.isComplete ? [] : [l10n.t('ended half-way')]),
      ].join(' · '),
      value: entry.id,
    })),
    active: entries[0]?.id,
  });
  await undoChange(id, ports);
}

/** Compares, shows what comes back and what doesn't, asks, and restores. */
export async function undoChange(id: string, ports: UndoPorts): Promise<void> {
  const { undo, l10n, sessions, targetOf } = ports;
  const record = await undo.read(id);
  if (!record) throw new Error(l10n.t('What was kept of this change can no longer be read.'));
  const { connectionId, connectionName } = record;
  const target = targetOf(connectionId) ?? { name: connectionName, production: false };
  const session = sessions.get(connectionId);
  if (!session) throw new Error(l10n.t('Connect to {0} first.', target.name));
  requireWritable(session.writer, target, l10n);
  const ui = askingFor(target, ports.ui, l10n);
  await new Undoing({ ...ports, ui }, record, session, target).run();
}

class Undoing {
  private readonly what: string;

  constructor(
    private readonly ports: UndoPorts,
    private readonly record: UndoRecord,
    private readonly session: Session,
    private readonly target: Target,
  ) {
    this.what = describeChange(record, ports.l10n);
  }

  async run(): Promise<void> {
    const plan = await this.plan();
    const { creates, reverts, removals } = plan;
    if (creates.length + reverts.length + removals.length === 0) return this.tellNothing(plan);
    await this.confirm(plan);
    requireWritable(this.session.writer, this.target, this.ports.l10n);
    const outcome = await this.restore(plan);
    // What could not come back now may do so later.
    const isDone = !outcome.stop && plan.refused.every(({ why }) => why === 'ephemeral');
    if (isDone) await this.ports.undo.remove(this.record.id);
    this.tell(plan, outcome);
  }

  private plan(): Promise<RestorePlan> {
    const { ui, l10n, perSecond } = this.ports;
    const info = {
      title: l10n.t('Undo'),
      message: l10n.t('Comparing with what is there now'),
      detail: l10n.t('Nothing is changed yet. Press Escape to stop.'),
    };
    return ui.progress(info, (signal) =>
      planRestore(this.session.client, this.record, new Pacer({ perSecond: perSecond(), signal })),
    );
  }

  private async confirm(plan: RestorePlan): Promise<void> {
    const { ui, l10n, describeTime } = this.ports;
    const lines = [
      l10n.t('Connection: {0}', nameOfTarget(this.target, l10n)),
      l10n.t('Changed: {0}', describeTime(this.record.time)),
      ...previewRestore(plan, l10n),
    ];
    const agreed = await ui.confirm({
      message: l10n.t('Undo “{0}”?', this.what),
      detail: lines.join('\n'),
      action: l10n.t('Undo'),
    });
    if (!agreed) throw new Cancelled();
  }

  private async restore(plan: RestorePlan): Promise<RestoreOutcome> {
    const { work, undo, l10n, perSecond } = this.ports;
    const { id, client, writer } = this.session;
    const { name: connectionName } = this.target;
    const { paths } = this.record;
    const change = { connectionId: id, connectionName, kind: 'restore' as const, paths };
    const own = await undo.begin(change);
    const total = plan.creates.length + plan.reverts.length + plan.removals.length;
    const outcome = await work(l10n.t('Undoing “{0}”', this.what), (signal, show) =>
      restore(plan, {
        ...{ client, writer, undo: own, signal },
        pacer: new Pacer({ perSecond: perSecond(), signal }),
        onProgress: (done) => {
          const text = l10n.t('{0} of {1}', formatCount(done), formatCount(total));
          show(text, (100 * done) / total);
        },
      }),
    );
    await (outcome.remaining < total ? own?.commit() : own?.discard());
    return outcome;
  }

  private async tellNothing({ refused }: RestorePlan): Promise<void> {
    const { ui, l10n, undo } = this.ports;
    if (refused.length === 0) {
      await undo.remove(this.record.id);
      const message = l10n.t('Nothing to undo: everything is as it was before.');
      ui.notify({ severity: 'info', message });
      return;
    }
    const message = [l10n.t('Nothing was undone.'), ...describeRefusals(refused, l10n, 1)].join(
      ' ',
    );
    ui.notify({ severity: 'warning', message });
  }

  private tell({ refused }: RestorePlan, outcome: RestoreOutcome): void {
    const { ui, l10n } = this.ports;
    const sentences = [describeRestore(outcome, l10n)];
    if (refused.length > 0) sentences.push(...describeRefusals(refused, l10n, 1));
    const again = {
      label: l10n.t('Continue…'),
      command: Commands.editRestore,
      argument: this.record.id,
    };
    ui.notify({
      severity: outcome.stop || refused.length > 0 ? 'warning' : 'info',
      message: sentences.join(' '),
      actions: outcome.stop ? [again] : [],
    });
  }
}
