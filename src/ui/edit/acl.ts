import type * as vscode from 'vscode';
import { PERMISSIONS, type AclEntry } from '../../domain/znode/acl';
import { isMasked, permits, type Identity } from '../../zk/edit/permission';
import { requireSame } from '../../zk/edit/aclTree';
import { modeOf, recordWrite } from '../../zk/edit/undo';
import { ZkError } from '../../zk/errors';
import { describeWriteError } from '../errorText';
import { askingFor, nameOfTarget } from '../target';
import { Cancelled } from '../userInput';
import { editEntries } from './aclEdit';
import { changeBelow } from './aclBelow';
import { describeLosses, type AclChange, type AclPorts } from './aclChange';
import { explainRefusal } from './noAuth';
import type { Subject } from './subject';
import { whoAmI } from './whoAmI';

/** Shows the ACL of a znode and lets the user change it, for the znode or for all below it. */
export async function showAcl(subject: Subject, ports: AclPorts): Promise<void> {
  const { l10n } = ports;
  const { session, target, path } = subject;
  const ui = askingFor(target, ports.ui, l10n);
  const title = l10n.t('Access List of {0}', path);
  const info = {
    title,
    message: l10n.t('Reading the access list'),
    detail: l10n.t('Press Escape to stop.'),
  };
  const [{ acl: before, stat }, who] = await ui
    .progress(info, (signal) =>
      Promise.all([
        session.client.getAcl(path, { signal }),
        whoAmI(session.client, { signal }).catch(() => undefined),
      ]),
    )
    .catch((error: unknown) => explain(error, subject, PERMISSIONS.read, l10n));
  const fixed = whyFixed(subject, before, who, l10n);
  const decision = await editEntries({ ui, l10n, title, before, fixed, who });
  if (decision.kind === 'closed') return;
  const change: AclChange = { subject, before, stat, acl: decision.acl, who };
  if (decision.kind === 'saveBelow') await changeBelow(change, { ...ports, ui });
  else await changeOne(change, { ...ports, ui });
}

/** Why the list can only be looked at. */
function whyFixed(
  { session, target }: Subject,
  acl: readonly AclEntry[],
  who: readonly Identity[] | undefined,
  l10n: typeof vscode.l10n,
): string | undefined {
  const { refusal } = session.writer;
  if (refusal === 'readOnlyConnection') return l10n.t('{0} is read-only.', target.name);
  if (refusal === 'readOnlyServer') return l10n.t('The server only serves reads now.');
  if (isMasked(acl)) {
    return l10n.t(
      'Without the permission admin the server hides hashes (user:x). Written back, nobody could log in as these users any more.',
    );
  }
  return permits(acl, PERMISSIONS.admin, who) === false
    ? l10n.t('To change it, the permission admin is needed, which this connection does not have.')
    : undefined;
}

async function changeOne(change: AclChange, { ui, l10n, undo }: AclPorts): Promise<void> {
  const { subject, before, stat, acl } = change;
  const { session, target, path } = subject;
  const warning = describeLosses(change, l10n);
  if (warning !== undefined || target.production) {
    const agreed = await ui.confirm({
      message: l10n.t('Change the access list of {0}?', path),
      detail: warning ?? l10n.t('Connection: {0}', nameOfTarget(target, l10n)),
      action: l10n.t('Change'),
    });
    if (!agreed) throw new Cancelled();
  }
  const record = {
    ...{ connectionId: session.id, connectionName: target.name },
    ...{ kind: 'setAcl' as const, paths: [path] },
  };
  const lost = { path, data: new Uint8Array(0), acl: before, mode: modeOf(stat), stat };
  const info = {
    title: l10n.t('Access List of {0}', path),
    message: l10n.t('Changing the access list'),
    detail: l10n.t('Press Escape to stop waiting.'),
  };
  await ui
    .progress(info, (signal) =>
      recordWrite(undo, record, [lost], async () => {
        await requireSame(session.client, path, stat);
        const { aversion } = await session.writer.setAcl(path, acl, stat.aversion, { signal });
        // The data as they were read: whoever has written some since did not do it for us.
        const { czxid, version } = stat;
        return { result: undefined, left: [{ path, czxid, version, aversion }] };
      }),
    )
    .catch((error: unknown) => explain(error, subject, PERMISSIONS.admin, l10n));
  ui.notify({ severity: 'info', message: l10n.t('Changed the access list of {0}.', path) });
}

async function explain(
  error: unknown,
  { session, path }: Subject,
  permission: number,
  l10n: typeof vscode.l10n,
): Promise<never> {
  if (!(error instanceof ZkError)) throw error;
  const why = await reasonFor(error);
  throw new Error(l10n.t('The access list of {0}: {1}.', path, why), { cause: error });

  function reasonFor({ code }: ZkError): string | Promise<string> {
    switch (code) {
      case 'NoAuth':
        return explainRefusal(session, path, permission, l10n);
      case 'BadVersion':
        return l10n.t(
          'somebody has changed it since it was shown, so nothing was written; open it again',
        );
      case 'InvalidAcl':
        return l10n.t('the server does not accept it: a scheme or an id is unknown');
      default:
        return describeWriteError(error, l10n, session.identity);
    }
  }
}
