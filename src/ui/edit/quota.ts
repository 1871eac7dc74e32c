import type * as vscode from 'vscode';
import { formatBytes, formatCount } from '../../domain/znode/format';
import { lineage } from '../../domain/znode/path';
import type { Quota, QuotaLimits } from '../../zk/client';
import { ZkError } from '../../zk/errors';
import { describeWriteError } from '../errorText';
import { askingFor, nameOfTarget } from '../target';
import { Cancelled, WentBack, type PickItem, type UserInput } from '../userInput';
import { parseSize } from '../../domain/size';
import type { Subject } from './subject';

export interface QuotaPorts {
  readonly ui: UserInput;
  readonly l10n: typeof vscode.l10n;
}

type Limit = keyof QuotaLimits;
type Choice = Limit | 'save' | 'remove' | 'fixed';

/** Shows the limits of a subtree beside what it uses, and lets the user change them. */
export async function showQuota(subject: Subject, ports: QuotaPorts): Promise<void> {
  const { l10n } = ports;
  const { session, target, path } = subject;
  const ui = askingFor(target, ports.ui, l10n);
  const title = l10n.t('Quota of {0}', path);
  const present = await ui
    .progress(
      { title, message: l10n.t('Reading the quota'), detail: l10n.t('Press Escape to stop.') },
      (signal) => readQuotas(subject, signal),
    )
    .catch((error: unknown) => explain(error, subject, l10n));
  const { own, above } = present;
  const isFixed = session.writer.refusal !== undefined || above !== undefined;
  const fixed = above
    ? l10n.t('{0} has a quota, and quotas cannot be nested. Change that one.', above)
    : l10n.t('Only reading is possible through {0}.', target.name);
  let limits = own?.limits ?? {};
  for (;;) {
    const items = limitItems(limits, own, l10n);
    const isChanged = JSON.stringify(limits) !== JSON.stringify(own?.limits ?? {});
    const hasLimit = Object.keys(limits).length > 0;
    if (isFixed) items.push({ label: fixed, icon: 'lock', value: 'fixed' });
    else if (isChanged && hasLimit) {
      items.push({ label: l10n.t('Save'), icon: 'save', value: 'save' });
    } else if (own) {
      items.push({ label: l10n.t('Remove the quota'), icon: 'trash', value: 'remove' });
    }
    const choice = await ui.pick<Choice>({
      title,
      placeholder: own
        ? l10n.t(
            'In use: {0} znodes, {1}',
            formatCount(own.used.count),
            formatBytes(own.used.bytes),
          )
        : l10n.t('There is no quota. Choose a limit to set.'),
      items,
    });
    if (choice === 'fixed' || (isFixed && choice !== 'save')) return;
    if (choice === 'save' || choice === 'remove') {
      return save(subject, choice === 'save' ? limits : undefined, { ui, l10n });
    }
    try {
      limits = await askLimit(choice, limits, title, { ui, l10n });
    } catch (error) {
      if (!(error instanceof WentBack)) throw error;
    }
  }
}

async function readQuotas({ session, path }: Subject, signal: AbortSignal) {
  const { client } = session;
  const above = lineage(path).slice(0, -1);
  const [own, ...others] = await Promise.all(
    [path, ...above].map((at) => client.getQuota(at, { signal })),
  );
  return { own, above: above.find((_, index) => others[index] !== undefined) };
}

function limitItems(
  limits: QuotaLimits,
  own: Quota | undefined,
  l10n: typeof vscode.l10n,
): PickItem<Choice>[] {
  const soft = l10n.t('When it is exceeded, the server writes a line to its log.');
  const hard = l10n.t(
    'What would exceed it is refused, if the server enforces quotas (3.7, enforceQuota).',
  );
  const item = (value: Limit, label: string, detail: string): PickItem<Choice> => {
    const limit = limits[value];
    const format = isCount(value) ? formatCount : formatBytes;
    const used = own && (isCount(value) ? own.used.count : own.used.bytes);
    const isOver = limit !== undefined && used !== undefined && used > limit;
    const text = limit === undefined ? l10n.t('no limit') : format(limit);
    const description = isOver ? l10n.t('{0}, exceeded', text) : text;
    return { label, description, detail, value };
  };
  return [
    item('count', l10n.t('Znodes, soft limit'), soft),
    item('bytes', l10n.t('Bytes of data, soft limit'), soft),
    item('countHardLimit', l10n.t('Znodes, hard limit'), hard),
    item('bytesHardLimit', l10n.t('Bytes of data, hard limit'), hard),
  ];
}

async function askLimit(
  which: Limit,
  limits: QuotaLimits,
  title: string,
  { ui, l10n }: QuotaPorts,
): Promise<QuotaLimits> {
  const parse = (text: string): number | undefined =>
    isCount(which) ? countOf(text) : parseSize(text);
  const text = await ui.input({
    ...{ title, step: 2, totalSteps: 2 },
    prompt: isCount(which)
      ? l10n.t('How many znodes there may be, the znode itself included. Empty for no limit.')
      : l10n.t('How much data there may be, such as 10 MB. Empty for no limit.'),
    value: limits[which]?.toString() ?? '',
    validate: (value) => {
      if (value.trim() === '' || parse(value) !== undefined) return undefined;
      return isCount(which)
        ? l10n.t('Enter a whole number.')
        : l10n.t('Enter a number with B, kB, MB or GB, or without for bytes.');
    },
  });
  const others = Object.entries(limits).filter(([name]) => name !== which);
  const value = parse(text);
  return Object.fromEntries(value === undefined ? others : [...others, [which, value]]);
}

async function save(
  subject: Subject,
  limits: QuotaLimits | undefined,
  { ui, l10n }: QuotaPorts,
): Promise<void> {
  const { session, target, path } = subject;
  if (target.production) {
    const agreed = await ui.confirm({
      message: limits
        ? l10n.t('Set the quota of {0}?', path)
        : l10n.t('Remove the quota of {0}?', path),
      detail: l10n.t('Connection: {0}', nameOfTarget(target, l10n)),
      action: limits ? l10n.t('Set') : l10n.t('Remove'),
    });
    if (!agreed) throw new Cancelled();
  }
  const info = {
    title: l10n.t('Quota of {0}', path),
    message: l10n.t('Changing the quota'),
    detail: l10n.t('Press Escape to stop waiting.'),
  };
  await ui
    .progress(info, (signal) => session.writer.setQuota(path, limits, { signal }))
    .catch((error: unknown) => explain(error, subject, l10n));
  ui.notify({
    severity: 'info',
    message: limits
      ? l10n.t('Set the quota of {0}.', path)
      : l10n.t('Removed the quota of {0}.', path),
  });
}

function explain(error: unknown, { session, path }: Subject, l10n: typeof vscode.l10n): never {
  if (!(error instanceof ZkError)) throw error;
  const why = ZkError.is(error, 'BadArguments')
    ? l10n.t('a znode above or below it has a quota already, and quotas cannot be nested')
    : describeWriteError(error, l10n, session.identity);
  throw new Error(l10n.t('The quota of {0}: {1}.', path, why), { cause: error });
}

function isCount(limit: Limit): boolean {
  return limit === 'count' || limit === 'countHardLimit';
}

function countOf(text: string): number | undefined {
  return /^\s*\d{1,15}\s*$/.test(text) ? Number(text) : undefined;
}
