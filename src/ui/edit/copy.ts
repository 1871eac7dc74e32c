import { formatBytes, formatCount } from '../../domain/znode/format';
import { baseName, parentPath, ROOT, type ZPath } from '../../domain/znode/path';
import { problemOfAddress } from '../../zk/edit/copyAddress';
import { planCopy, type CopyPlan, type CopyRequest } from '../../zk/edit/copyPlan';
import { carryOver } from '../../zk/edit/copyResume';
import { copyTree, type CopyOutcome } from '../../zk/edit/copyTree';
import { Pacer } from '../../zk/edit/pacer';
import { sizeInStore, type UndoRecord, type UndoWriter } from '../../zk/edit/undo';
import type { Session, Sessions } from '../../zk/sessions';
import { Commands } from '../contributions';
import { askingFor, nameOfTarget, requireWritable, type Target } from '../target';
import { Cancelled } from '../userInput';
import {
  askAboutExisting,
  askConnection,
  askTarget,
  nameOfCopy,
  titleOf,
  type CopyCommand,
} from './copyQuestions';
import {
  askedFor,
  describeAddressProblem,
  describeCopyObstacle,
  describeCopyOutcome,
  previewCopy,
} from './copyText';
import type { DeletePorts } from './delete';
import { describeSurvey, namePaths } from './deleteText';
import type { Subject } from './subject';

export interface CopyPorts extends DeletePorts {
  readonly sessions: Pick<Sessions, 'get' | 'all'>;
  /** Lets the editors of what was moved show it where it is now. */
  readonly follow: (connectionId: string, source: ZPath, target: ZPath) => Promise<void>;
}

/** One copy or move that the user asked for. */
interface Copy extends CopyPorts {
  readonly command: CopyCommand;
  readonly source: ZPath;
  readonly from: Session;
  readonly to: Session;
  /** Where `to` leads. */
  readonly target: Target & { readonly keepUndo: boolean };
  /** The interrupted change that this one continues. */
  readonly resumed?: UndoRecord;
}

/** Asks where to, looks, tells every loss, asks, and does it. Throws `Cancelled` when the user leaves. */
export async function copyZnodes(
  command: CopyCommand,
  { session: from, path: source }: Pick<Subject, 'session' | 'path'>,
  ports: CopyPorts,
): Promise<void> {
  const { l10n, sessions, targetOf } = ports;
  const why = problemOfAddress(source, `${source}-` as ZPath, true);
  if (source === ROOT || why) throw new Error(describeAddressProblem(why ?? 'root', l10n));
  const to =
    command === 'copy'
      ? await askConnection(from, source, sessions, targetOf, ports.ui, l10n)
      : from;
  const copy = begin(ports, { command, source, from, to });
  let value = await firstValue(copy);
  for (;;) {
    const target = await askTarget({ ...copy, isOneTree: from.id === to.id }, value);
    const plan = await look(copy, target);
    if (plan.existing.size === 0) return finish(copy, plan, 'skip');
    const answer = await askAboutExisting(plan, copy.ui, l10n);
    if (answer !== 'again') return finish(copy, plan, answer);
    value = command === 'rename' || command === 'duplicate' ? baseName(target) : target;
  }
}

/** Goes on with a move that ended half-way. What is in its place already, as it was, is left so. */
export async function resumeMove(record: UndoRecord, ports: CopyPorts): Promise<void> {
  const { l10n, sessions, undo } = ports;
  const { connectionId, connectionName, paths } = record;
  const [source, target] = paths;
  const session = sessions.get(connectionId);
  if (!session) throw new Error(l10n.t('Connect to {0} first.', connectionName));
  if (source === undefined || target === undefined) {
    throw new Error(l10n.t('What was kept of this change can no longer be read.'));
  }
  const ends = { command: 'move' as const, source, from: session, to: session };
  const copy: Copy = { ...begin(ports, ends), resumed: record };
  if ((await session.client.exists(source)) === undefined) {
    // It ended between the last deletion and the end of its record.
    const kept = await keep(copy, { kind: 'move', source, target }, new Map());
    await kept.commit();
    await undo.remove(record.id);
    const message = l10n.t('Nothing is left to move: {0} is gone.', namePaths([source], l10n));
    return ports.ui.notify({ severity: 'info', message });
  }
  const plan = await look(copy, target);
  const answer = plan.differing === 0 ? 'skip' : await askAboutExisting(plan, copy.ui, l10n);
  if (answer === 'again') return copyZnodes('move', { session, path: source }, ports);
  return finish(copy, plan, answer);
}

function begin(ports: CopyPorts, ends: Pick<Copy, 'command' | 'source' | 'from' | 'to'>): Copy {
  const { targetOf, l10n } = ports;
  const { id, writer } = ends.to;
  const target = targetOf(id) ?? { name: id, keepUndo: false };
  requireWritable(writer, target, l10n);
  return { ...ports, ...ends, target, ui: askingFor(target, ports.ui, l10n) };
}

async function firstValue({ command, source, from }: Copy): Promise<string> {
  if (command === 'rename') return baseName(source);
  if (command !== 'duplicate') return source;
  const { names } = await from.client.getChildren(parentPath(source) ?? ROOT);
  return nameOfCopy(source, names);
}

async function look(copy: Copy, target: ZPath): Promise<CopyPlan> {
  const { command, source, from, to, ui, l10n, perSecond } = copy;
  const kind = command === 'rename' || command === 'move' ? 'move' : 'copy';
  const info = {
    title: titleOf(command, source, l10n),
    message: l10n.t('Looking at {0}', namePaths([source], l10n)),
    detail: l10n.t('Nothing is changed yet. Press Escape to stop.'),
  };
  const plan = await ui.progress(info, (signal, tell) =>
    planCopy(
      from.client,
      to.client,
      { kind, source, target },
      {
        pacer: new Pacer({ perSecond: perSecond(), signal }),
        onProgress: (counts) => counts.znodes % 100 === 0 && tell(describeSurvey(counts, l10n)),
      },
    ),
  );
  if ('problem' in plan) throw new Error(describeCopyObstacle(plan, l10n));
  return plan;
}

async function finish(copy: Copy, plan: CopyPlan, conflicts: 'skip' | 'overwrite'): Promise<void> {
  const { to, target, l10n, undo: store, resumed, follow } = copy;
  const isKept = await confirm(copy, plan, conflicts);
  requireWritable(to.writer, target, l10n);
  const undo = isKept ? await keep(copy, plan, plan.existing) : undefined;
  const outcome = await run(copy, plan, conflicts, undo);
  const { created, overwritten, deleted, isUnknown, stop } = outcome;
  const isChanged = created + overwritten + deleted > 0 || isUnknown;
  if (!isChanged && (stop || !resumed)) await undo?.discard();
  else {
    await (stop ? undo?.suspend() : undo?.commit());
    if (resumed && (undo || !stop)) await store.remove(resumed.id);
  }
  tell(copy, plan, outcome, isChanged ? undo?.id : undefined);
  if (plan.kind === 'move' && !stop) await follow(to.id, plan.source, plan.target);
}

/** Returns whether what happens will be kept. */
async function confirm(
  { ui, l10n, target, undo }: Copy,
  plan: CopyPlan,
  conflicts: 'skip' | 'overwrite',
): Promise<boolean> {
  const { znodes, bytes, pathUnits } = plan.survey.counts;
  const isMove = plan.kind === 'move';
  const kept = isMove || conflicts === 'overwrite' ? bytes : 0;
  const size = sizeInStore(2 * znodes, kept, pathUnits / znodes + plan.target.length);
  const isKept = target.keepUndo && size <= undo.bytesPerChange;
  const lines = [
    l10n.t('Connection: {0}', nameOfTarget(target, l10n)),
    ...previewCopy(plan, conflicts, l10n),
  ];
  if (isKept) lines.push(l10n.t('It can be undone for a week.'));
  else if (!target.keepUndo) {
    lines.push(l10n.t('It cannot be undone: this connection keeps nothing.'));
  } else {
    const limit = formatBytes(undo.bytesPerChange);
    lines.push(l10n.t('It cannot be undone: there is more than the {0} that are kept.', limit));
  }
  if (!isKept && isMove && !plan.isOneTransaction) {
    lines.push(l10n.t('If it is interrupted, move it to the same place again: it goes on there.'));
  }
  const action = isMove ? l10n.t('Move') : l10n.t('Copy');
  const agreed = await ui.confirm({
    message: askedFor(plan, l10n),
    detail: lines.join('\n'),
    action,
  });
  if (!agreed) throw new Cancelled();
  return isKept;
}

/** Nothing is done when what was promised to be kept can't be. */
async function keep(
  { undo, from, to, target: { name }, resumed, l10n }: Copy,
  { kind, source, target }: CopyRequest,
  existing: CopyPlan['existing'],
): Promise<UndoWriter> {
  // Of a copy from elsewhere only the target is of this connection.
  const paths = from.id === to.id ? [source, target] : [target, target];
  const change = { connectionId: to.id, connectionName: name, kind, paths };
  const writer = await undo.begin(change);
  if (writer && (!resumed || (await carryOver(resumed, { existing }, writer)))) return writer;
  await writer?.discard();
  throw new Error(
    l10n.t('Nothing was done, because what is lost could not be kept. See the log for the cause.'),
  );
}

function run(
  copy: Copy,
  plan: CopyPlan,
  conflicts: 'skip' | 'overwrite',
  undo: UndoWriter | undefined,
): Promise<CopyOutcome> {
  const { work, l10n, from, to, made, perSecond } = copy;
  const title = titleOf(copy.command, plan.source, l10n);
  return work(title, (signal, show) =>
    copyTree(plan, {
      ...{ from: from.client, to: to.client, writer: to.writer, conflicts, undo, signal },
      pacer: new Pacer({ perSecond: perSecond(), signal }),
      modeOf: (path, stat) => made.of(from.id, path, stat),
      onCreated: (path, czxid, mode) => {
        if (mode.kind === 'container' || mode.kind === 'ttl') {
          made.remember(to.id, path, czxid, mode);
        }
      },
      onProgress: (done, total) => {
        const text = l10n.t('{0} of {1}', formatCount(done), formatCount(total));
        show(text, (100 * done) / total);
      },
    }),
  );
}

function tell(
  { ui, l10n }: Copy,
  plan: CopyPlan,
  outcome: CopyOutcome,
  undoId: string | undefined,
): void {
  const undo = { label: l10n.t('Undo…'), command: Commands.editRestore, argument: undoId };
  const resume = { label: l10n.t('Resume…'), command: Commands.editResumeMove, argument: undoId };
  const canResume = outcome.stop && plan.kind === 'move';
  ui.notify({
    severity: outcome.stop ? 'warning' : 'info',
    message: describeCopyOutcome(plan, outcome, l10n),
    actions: undoId === undefined ? [] : [...(canResume ? [resume] : []), undo],
  });
}
