import type * as vscode from 'vscode';
import { OPEN_ACL } from '../../domain/znode/acl';
import { formatAcl } from '../../domain/znode/aclText';
import { displayName } from '../../domain/znode/displayName';
import { formatCount } from '../../domain/znode/format';
import { changeAcls, surveyAcls, type AclOutcome, type AclSurvey } from '../../zk/edit/aclTree';
import { Pacer } from '../../zk/edit/pacer';
import type { Stop } from '../../zk/edit/stop';
import { ZkError } from '../../zk/errors';
import { describeWriteError } from '../errorText';
import { Cancelled } from '../userInput';
import { describeLosses, type AclChange, type AclPorts } from './aclChange';
import { nameOfTarget } from '../target';

type L10n = typeof vscode.l10n;

const MOST_PATHS = 5;

/** Gives an ACL to a whole subtree: counts first, asks, and tells what was done and what not. */
export async function changeBelow(change: AclChange, ports: AclPorts): Promise<void> {
  const { ui, l10n, undo, work, perSecond } = ports;
  const { subject, acl, who } = change;
  const { session, target, path } = subject;
  const survey = await work(l10n.t('Looking at {0} and below', path), (signal, tell) =>
    surveyAcls(session.client, path, acl, {
      pacer: new Pacer({ signal, perSecond: perSecond() }),
      who,
      onProgress: (znodes) => tell(l10n.t('{0} znodes', formatCount(znodes)), 0),
    }),
  );
  if (survey.isTooLarge) {
    throw new Error(
      l10n.t('There are more than {0} znodes. Choose a smaller part.', formatCount(survey.znodes)),
    );
  }
  const { targets } = survey;
  if (targets.length === 0) {
    ui.notify({ severity: 'info', message: nothingToDo(survey, l10n) });
    return;
  }
  // Below, each znode has a list of its own: what we may do there is not looked at one by one.
  const losses = describeLosses({ ...change, before: [...change.before, ...OPEN_ACL] }, l10n);
  const agreed = await ui.confirm({
    message: l10n.t('Change the access list of {0} znodes?', formatCount(targets.length)),
    detail: [...previewLines(change, survey, l10n), ...(losses === undefined ? [] : [losses])].join(
      '\n',
    ),
    action: l10n.t('Change'),
  });
  if (!agreed) throw new Cancelled();
  const writing = await undo.begin({
    ...{ connectionId: session.id, connectionName: target.name },
    ...{ kind: 'setAcl' as const, paths: [path] },
  });
  const outcome = await work(l10n.t('Changing access lists below {0}', path), (signal, tell) =>
    changeAcls(targets, acl, {
      ...{ client: session.client, writer: session.writer },
      pacer: new Pacer({ signal, perSecond: perSecond() }),
      undo: writing,
      onProgress: (changed) => {
        const text = l10n.t('{0} of {1}', formatCount(changed), formatCount(targets.length));
        tell(text, (100 * changed) / targets.length);
      },
    }),
  );
  await (outcome.changed > 0 ? writing?.commit() : writing?.discard());
  report(outcome, targets.length, ports, path);
}

function nothingToDo({ znodes, denied }: AclSurvey, l10n: L10n): string {
  return denied === 0
    ? l10n.t('All {0} znodes have this access list already.', formatCount(znodes))
    : l10n.t(
        '{0} znodes have another access list, and none of them may be changed.',
        formatCount(denied),
      );
}

function previewLines({ subject, acl }: AclChange, survey: AclSurvey, l10n: L10n): string[] {
  const { znodes, targets, denied, deniedPaths, unlistable } = survey;
  const lines = [
    l10n.t('Connection: {0}', nameOfTarget(subject.target, l10n)),
    l10n.t('New list: {0}', displayName(formatAcl(acl), 120)),
    l10n.t(
      '{0} znodes, {1} with another list',
      formatCount(znodes),
      formatCount(targets.length + denied),
    ),
  ];
  if (denied > 0) {
    const some = deniedPaths.slice(0, MOST_PATHS).map((path) => displayName(path, 60));
    const more = denied > some.length ? '…' : '';
    lines.push(l10n.t('{0} cannot be changed: {1}', formatCount(denied), some.join(', ') + more));
  }
  if (unlistable > 0) {
    lines.push(
      l10n.t(
        'The children of {0} may not be listed and stay as they are.',
        formatCount(unlistable),
      ),
    );
  }
  return lines;
}

function report(outcome: AclOutcome, total: number, { ui, l10n }: AclPorts, path: string): void {
  const { changed, vanished, refused, stop } = outcome;
  const parts = [
    l10n.t(
      'Access lists below {0}: {1} of {2} changed',
      path,
      formatCount(changed),
      formatCount(total),
    ),
  ];
  if (vanished > 0) parts.push(l10n.t('{0} were deleted meanwhile', formatCount(vanished)));
  if (refused.length > 0) {
    parts.push(
      l10n.t('{0} were refused or changed by others meanwhile', formatCount(refused.length)),
    );
  }
  if (stop) parts.push(describeStop(stop, l10n));
  const isClean = refused.length === 0 && stop === undefined;
  ui.notify({ severity: isClean ? 'info' : 'warning', message: `${parts.join(', ')}.` });
}

function describeStop({ reason, error }: Stop, l10n: L10n): string {
  switch (reason) {
    case 'cancelled':
      return l10n.t('then you stopped it');
    case 'connection':
      return l10n.t('then the connection was lost');
    case 'readOnly':
      return l10n.t('then only reading was possible');
    case 'undoFull':
      return l10n.t('then what is lost could not be kept any longer');
    default:
      return ZkError.is(error, 'InvalidAcl')
        ? l10n.t('the server does not accept the list: a scheme or an id is unknown')
        : l10n.t('then it failed: {0}', describeWriteError(error, l10n));
  }
}
