import type * as vscode from 'vscode';
import { formatHost, isLoopback, parseConnectString } from '../../zk/connectString';
import { mapped } from '../../zk/engine/dial';
import type { Link } from '../secrets';
import type { UserInput } from '../userInput';
import { problemOfPassphrase } from './keyMaterial';

type L10n = typeof vscode.l10n;

/** Why a text can't be a user; ZooKeeper splits `user:password` at the first colon. */
export function problemOfUser(text: string, l10n: L10n): string | undefined {
  if (text === '') return l10n.t('Enter the user.');
  if (text.includes(':')) return l10n.t('A user cannot contain a colon. Remove it.');
  return undefined;
}

export function problemOfPassword(text: string, l10n: L10n): string | undefined {
  return text === '' ? l10n.t('Enter the password.') : undefined;
}

/** Why a passphrase doesn't open the key in this file. */
export function describePassphrase(
  file: string,
  content: Uint8Array,
  passphrase: string,
  l10n: L10n,
): string | undefined {
  if (passphrase === '') return l10n.t('Enter the passphrase.');
  const problem = problemOfPassphrase(content, passphrase);
  if (problem === 'wrong') return l10n.t('This passphrase does not open {0}.', file);
  return problem && l10n.t('The key in {0} cannot be used: {1}', file, problem.cause);
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

/** Whether credentials may be used on this link: asks when they would cross a network without TLS. */
export async function mayBeSent(
  link: Link,
  ui: Pick<UserInput, 'confirm'>,
  l10n: L10n,
): Promise<boolean> {
  if (link.tls || link.auth === 'none') return true;
  const parsed = parseConnectString(link.connectString);
  const targets = 'kind' in parsed ? [] : parsed.hosts.map((host) => mapped(host, link.addressMap));
  if (targets.length > 0 && isLoopback({ hosts: targets, chroot: '' })) return true;
  const hosts = targets.map(formatHost).join(', ');
  if (link.auth === 'sasl') {
    return ui.confirm({
      message: l10n.t('Log in without encryption?'),
      detail: l10n.t(
        'The connection to {0} does not use TLS. SASL DIGEST-MD5 does not send the password itself, but anyone on the network between can guess passwords from what is sent, and can read and change the data.',
        hosts,
      ),
      action: l10n.t('Log In Anyway'),
    });
  }
  return ui.confirm({
    message: l10n.t('Send the password without encryption?'),
    detail: l10n.t(
      'The connection to {0} does not use TLS. Anyone on the network between can read the user and the password.',
      hosts,
    ),
    action: l10n.t('Send Anyway'),
  });
}
