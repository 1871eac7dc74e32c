import type * as vscode from 'vscode';
import type { TestOutcome } from './testConnection';

type L10n = typeof vscode.l10n;

/** Why a test did not succeed. */
export function describeTest(outcome: TestOutcome, l10n: L10n): string {
  switch (outcome.kind) {
    case 'connected':
      return l10n.t('The connection works.');
    case 'refused':
      return l10n.t('The connection failed: {0}', outcome.cause);
    case 'noAnswer':
      return l10n.t('No server answered within {0} seconds.', outcome.seconds);
    case 'authFailed':
      return l10n.t('The server refused the credentials.');
    case 'closed':
      return l10n.t('The test was stopped.');
    case 'noChroot':
      return l10n.t(
        'The servers answer, but there is no znode {0} to use as chroot.',
        outcome.chroot,
      );
  }
}

/** What to tell after the user's own connect; undefined when nothing went wrong. */
export function describeConnect(
  name: string,
  outcome: TestOutcome,
  l10n: L10n,
): string | undefined {
  switch (outcome.kind) {
    case 'refused':
      return l10n.t('{0} is not connected yet: {1}. Trying goes on.', name, outcome.cause);
    case 'noAnswer':
      return l10n.t(
        '{0} is not connected yet: no server answered within {1} seconds. Trying goes on.',
        name,
        outcome.seconds,
      );
    case 'authFailed':
      return l10n.t('{0} refused the credentials. Edit the connection to enter others.', name);
    default:
      return undefined;
  }
}
