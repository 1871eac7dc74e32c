import type * as vscode from 'vscode';
import { PERMISSIONS } from '../../domain/znode/acl';
import { displayName } from '../../domain/znode/displayName';
import type { ZPath } from '../../domain/znode/path';
import type { Session } from '../../zk/sessions';
import { whoAmI } from './whoAmI';

type L10n = typeof vscode.l10n;

const MOST_NAMES = 5;

/**
 * One clause for a request that was refused with `NoAuth`: which permission is missing and where, who
 * we are, and who has it as far as the access list may be read.
 */
export async function explainRefusal(
  { client, identity }: Pick<Session, 'client' | 'identity'>,
  path: ZPath,
  permission: number,
  l10n: L10n,
): Promise<string> {
  const who = await whoAmI(client).catch(() => undefined);
  const us =
    who?.map(({ scheme, user }) => displayName(`${scheme}:${user}`)).join(', ') ??
    identity ??
    l10n.t('nobody in particular');
  const missing = l10n.t(
    'it needs the permission {0} on {1}, and this connection is {2}',
    namePermission(permission),
    path,
    us,
  );
  const acl = await client.getAcl(path).then(
    (answer) => answer.acl,
    () => undefined,
  );
  if (!acl) return l10n.t('{0}; who has it is not shown to us', missing);
  const holders = acl
    .filter(({ permissions }) => (permissions & permission) !== 0)
    .map(({ scheme, id }) => displayName(`${scheme}:${id}`));
  if (holders.length === 0) return l10n.t('{0}; nobody has it', missing);
  const more = holders.length - MOST_NAMES;
  const names = holders.slice(0, MOST_NAMES).join(', ') + (more > 0 ? ` +${more}` : '');
  return l10n.t('{0}; it is given to {1}', missing, names);
}

/** `CREATE`, as ZooKeeper calls it. */
export function namePermission(permission: number): string {
  const names = Object.entries(PERMISSIONS).filter(([, bit]) => (permission & bit) !== 0);
  return names.map(([name]) => name.toUpperCase()).join(', ');
}
