import type * as vscode from 'vscode';
import { messageOf } from '../base/assert';
import { ZkError } from '../zk/errors';

/** One clause for a failed request: what happened and, where it helps, who we were to the server. */
export function describeError(error: unknown, l10n: typeof vscode.l10n, identity?: string): string {
  if (!(error instanceof ZkError)) return messageOf(error);
  switch (error.code) {
    case 'NoAuth':
      return identity === undefined
        ? l10n.t('no READ permission; connected without credentials')
        : l10n.t('no READ permission; connected as {0}', identity);
    case 'NoNode':
      return l10n.t('this znode does not exist');
    case 'ConnectionLoss':
      return l10n.t('the connection was lost before the server answered');
    case 'OperationTimeout':
      return l10n.t('the server did not answer in time');
    case 'SessionExpired':
      return l10n.t('the session expired before the server answered');
    case 'AuthFailed':
      return l10n.t('the server refused the credentials');
    case 'Throttled':
      return l10n.t('the server is overloaded and throttles requests');
    case 'Closed':
      return l10n.t('the connection was closed');
    default:
      return l10n.t('the server answered with an error: {0}', error.message);
  }
}
