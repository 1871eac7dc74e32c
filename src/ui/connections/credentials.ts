import type * as vscode from 'vscode';
import { formatHost, isLoopback, parseConnectString } from '../../zk/connectString';
import type { UserInput } from '../userInput';

type L10n = typeof vscode.l10n;

/** Why a text can't be a digest user; ZooKeeper splits `user:password` at the first colon. */
export function problemOfUser(text: string, l10n: L10n): string | undefined {
  if (text === '') return l10n.t('Enter the user.');
  if (text.includes(':')) return l10n.t('A user cannot contain a colon. Remove it.');
  return undefined;
}

export function problemOfPassword(text: string, l10n: L10n): string | undefined {
  return text === '' ? l10n.t('Enter the password.') : undefined;
}

/** The hosts of a connect string, as far as they fit into a sentence. */
export function hostsText(connectString: string): string {
  const parsed = parseConnectString(connectString);
  return 'kind' in parsed ? connectString : parsed.hosts.map(formatHost).join(', ');
}

/** Whether every host is this machine; a faulty connect string counts as remote. */
export function isLocal(connectString: string): boolean {
  const parsed = parseConnectString(connectString);
  return !('kind' in parsed) && isLoopback(parsed);
}

/** Whether the password may be sent: asks when it would cross a network without TLS. */
export async function mayBeSent(
  connectString: string,
  ui: Pick<UserInput, 'confirm'>,
  l10n: L10n,
): Promise<boolean> {
  if (isLocal(connectString)) return true;
  return ui.confirm({
    message: l10n.t('Send the password without encryption?'),
    detail: l10n.t(
      'The connection to {0} does not use TLS. Anyone on the network between can read the user and the password.',
      hostsText(connectString),
    ),
    action: l10n.t('Send Anyway'),
  });
}
