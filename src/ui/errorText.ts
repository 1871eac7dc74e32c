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

/** The same for a request that would have changed something. */
export function describeWriteError(
  error: unknown,
  l10n: typeof vscode.l10n,
  identity?: string,
): string {
  if (!(error instanceof ZkError)) return messageOf(error);
  switch (error.code) {
    case 'NoAuth':
      return identity === undefined
        ? l10n.t('its access list does not permit this without credentials')
        : l10n.t('its access list does not permit this to {0}', identity);
    case 'RequestTooLarge':
      return l10n.t('it is larger than the server takes (jute.maxbuffer, 1 MB unless changed)');
    case 'QuotaExceeded':
      return l10n.t('a quota above it is used up');
    case 'NotReadOnly':
      return l10n.t('only reading is possible here');
    case 'ConnectionLoss':
    case 'OperationTimeout':
    case 'SessionExpired':
      return l10n.t('no answer came: it may have been done or not ({0})', error.code);
    default:
      return describeError(error, l10n, identity);
  }
}
